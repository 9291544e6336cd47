// Behind wasm-bindgen's glue, in the same module: the first screen (the amount and a form that pays), what keeps it true,
// and the WASM for the elements that show more.

const WASM_AT = new URL("WASM", import.meta.url);
const idle = window.requestIdleCallback || ((run) => setTimeout(run, 200));

let running;
let sheet;
const boot = (self) =>
  (running ||= WebAssembly.compileStreaming(fetch(WASM_AT, { integrity: "WASM_SUM" }))
    .then(async (module) => {
      sheet = new TextDecoder().decode(WebAssembly.Module.customSections(module, "css")[0]);
      const { exports } = await WebAssembly.instantiate(module, { g: self });
      __wbg_set_wasm(exports);
      exports.__wbindgen_start();
    })
    .catch((error) => {
      running = 0;
      throw error;
    }));

const make = (tag, name, ...inside) => {
  const made = document.createElement(tag);
  if (name) made.className = made.part = name;
  made.append(...inside.filter(Boolean));
  return made;
};

// Answers the response, or throws a code. Where the token has ended, one element's `refresh` is called for all.
const ask = async (group, path, more, signal, first) => {
  const answer = await (first || group.post(group, path, more, signal));
  if (answer.ok) return answer;
  const { code } = await answer.json().catch(() => ({}));
  if (code == "token_expired" && first !== 0 && (await renew(group))) return ask(group, path, more, signal, 0);
  throw code || "server";
};

const renew = (group) =>
  (group.renewal ||= (async () => {
    const element = [...group.all].find((element) => element.refresh);
    const token = element && (await element.refresh());
    if (token) {
      group.groups.set(token + group.rest, group);
      group.token = token;
    }
    return token;
  })()
    .catch(() => 0)
    .finally(() => (group.renewal = 0)));

// Shows what the loader asked for.
export const settle = async (self, group, parts, first) => {
  group.self = self;
  group.draw = draw;
  const turn = (group.turn = {});
  const old = group.view;
  let fault;
  try {
    const known = group.whole == parts.length && !first ? old?.revision : undefined;
    const answer = await ask(group, "view", { parts, known, currency_display: group.currency }, undefined, first);
    const next = answer.status == 200 && (await answer.json());
    if (group.turn != turn) return;
    group.whole = parts.length;
    if (next) group.view = next;
    else if (!group.fault) return;
  } catch (error) {
    if (group.turn != turn) return;
    fault = typeof error == "string" ? error : "network";
    // What was shown stands while the way is down, but not when the answer is no.
    if (old && isDown(fault)) return;
    group.view = undefined;
  }
  group.fault = fault;
  if (!group.all.size) return;
  for (const element of group.all) draw(element);
  live(group);
  if (old && group.view) compare(group, old, group.view);
};

const isDown = (fault) => fault == "network" || fault == "server";

const again = (group) => settle(group.self, group, [...group.parts]);

const draw = (element) => {
  const group = element.shared;
  const { kind, shadowRoot: root } = element;
  const { view, fault } = group;
  if (view && element.mounted) return element.mounted();
  const focused = root.activeElement;
  dress(element, 1, "FIRST_CSS");
  element.off?.();
  if (view) element.show(...first(element, view));
  else if (fault) element.show(failed(element));
  else return;
  if (focused) root.querySelector("button")?.focus();
  if (!view) return;
  if (element.ready != group) {
    element.ready = group;
    element.tell("ready", view);
  }
  if (kind != "pay" && kind != "balance") idle(() => watch(element), { timeout: 2e3 });
};

const RETRY = { es: "Reintentar", pt: "Tentar novamente" };

const failed = (element) => {
  const group = element.shared;
  const shown = element.tell("error", { code: group.fault }, true);
  const retry = make("button", "retry", RETRY[(group.locale || navigator.language).slice(0, 2)] || "Try again");
  retry.onclick = () => again(group);
  return make("div", "wait", make("slot"), shown && retry);
};

// The amount and the form; a plan and a reminder wait for the WASM.
const first = (element, { balance, words, scopes, locale, ...parts }) => {
  const { kind } = element;
  if (kind == "plan" || kind == "reminder") return parts[kind] ? [make("div", "wait", make("slot"))] : [];
  const owed = !balance || balance.amount_due.minor > 0;
  const sum = kind == "pay" && balance && make("span", "sum", " ", balance.formatted);
  const pay = owed && scopes.includes("pay") && form(element, "pay", make("button", "pay", words.pay, sum));
  if (kind == "pay") return [pay || make("p", "label", balance?.state_text)];
  const texts = balance
    ? [
        make("p", "label", owed ? words.due : balance.state_text),
        make("p", "amount", balance.formatted),
        ...[
          owed && balance.state_text,
          owed && balance.next_due_text && words.next_due + ": " + balance.next_due_text,
          balance.open_item_count && balance.items_text,
          balance.discount_text,
          balance.credit_text,
          balance.other_text,
        ].map((text) => text && make("p", "detail", text)),
      ]
    : [];
  const card = make("section", "card", ...texts, pay);
  card.lang = locale;
  return [card];
};

// The browsers inside message apps have no second window.
const ALONE = /; wv\)|FBA[NV]|Instagram|Line\/|WhatsApp|Telegram|MicroMessenger/;

// A real form: a payment is a navigation to our own page, and no amount is part of it.
const form = (element, to, button, more = []) => {
  const group = element.shared;
  const made = make("form", "form", button);
  const back = element.getAttribute("return-url") || location.origin + location.pathname;
  for (const [name, value] of [["to", to], ["locale", group.view.locale], ["return_url", back], ["token", group.token], ...more]) {
    made.append(Object.assign(make("input"), { type: "hidden", name, value }));
  }
  made.method = "post";
  made.action = group.view.open;
  made.onsubmit = () => {
    made.elements.token.value = group.token;
    made.target = "_top";
    const able = element.getAttribute("mode") == "popup" && !ALONE.test(navigator.userAgent);
    if (able && (group.popup = open("", "saldo", "popup,width=480,height=760"))) made.target = "saldo";
  };
  return made;
};

// What happened between two answers.
const compare = (group, old, view) => {
  const paid = view.balance && old.balance && view.balance.amount_due.minor < old.balance.amount_due.minor;
  const agreed = "plan" in view && view.plan?.state == "active" && (old.plan?.id != view.plan.id || old.plan.state != "active");
  if (!paid && !agreed) return;
  group.popup?.close();
  for (const element of group.all) element.tell(agreed ? "plan-agreed" : "paid", view);
};

// Near the viewport, or touched.
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting && target.wake) target.wake();
  },
  { rootMargin: "300px" },
);

const TOUCHES = ["pointerover", "focusin"];

const watch = (element) => {
  const group = element.shared;
  if (!group?.view || element.mounted || element.wake) return;
  const rest = () => {
    near.unobserve(element);
    for (const touch of TOUCHES) element.removeEventListener(touch, element.wake);
    element.wake = null;
  };
  element.wake = (event) => {
    rest();
    boot(group.self).then(
      // A press that has begun is let end before what it is on is replaced.
      () => setTimeout(() => fill(element, group), event ? 300 : 0),
      () => element.shared == group && element.tell("error", { code: "wasm_blocked" }, true),
    );
  };
  element.off = rest;
  near.observe(element);
  for (const touch of TOUCHES) element.addEventListener(touch, element.wake);
};

// The loader's sheet, the first screen's, and the one that came with the WASM: each once for all elements.
const sheets = {};
const dress = (element, count, css) => {
  if (element.dressed >= count) return;
  element.dressed = count;
  if (element.style_) return void (element.style_.textContent += css);
  if (!sheets[count]) (sheets[count] = new CSSStyleSheet()).replaceSync(css);
  const root = element.shadowRoot;
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheets[count]];
};

const fill = (element, group) => {
  if (element.shared != group || element.mounted || !group.view) return;
  dress(element, 2, sheet);
  const focused = element.shadowRoot.activeElement;
  const place = make("div", "inside");
  element.show(place);
  const port = {
    open(to, words) {
      const more = [];
      for (let at = 0; at < words.length; at += 2) more.push([words[at], words[at + 1]]);
      const made = form(element, to, "", more);
      place.append(made);
      made.onsubmit();
      made.submit();
      made.remove();
    },
    dismiss: (id, until) => dismiss(element, id, until),
  };
  const number = mount(element.kind, place, port, shown(group));
  element.mounted = () => update(number, shown(group));
  element.off = () => {
    element.mounted = element.off = 0;
    unmount(number);
  };
  if (focused) place.querySelector("input, button")?.focus();
};

// For how long a reminder stays away is the server's to know; the page's own storage keeps it while the server is not there.
const KEY = "saldo-later-";
const shown = ({ view }) => {
  try {
    if (view.reminder && localStorage.getItem(KEY + view.reminder.id) > Date.now()) return { ...view, reminder: undefined };
  } catch {}
  return view;
};

const dismiss = (element, id, until) => {
  const group = element.shared;
  if (!element.tell("dismissed", { reminder_id: id, until }, true)) return;
  try {
    if (until == "later") localStorage.setItem(KEY + id, Date.now() + 864e5);
  } catch {}
  group.view = { ...group.view, reminder: undefined };
  for (const other of group.all) draw(other);
  ask(group, "dismissals", { reminder_id: id, until, locale: undefined }).catch(() => {});
};

// Hears of changes while the page is looked at: a stream, and asking again where there is none.
const live = (group) => {
  if (group.stop) return;
  let over;
  const wait = (time) => new Promise((done) => setTimeout(done, time));
  const listen = async (signal) => {
    const answer = await ask(group, "events", { known: group.view?.revision }, signal);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ""; ; ) {
      const { done, value } = await reader.read();
      if (done) return;
      const events = (text + value).split("\n\n");
      text = events.pop();
      for (const event of events) {
        const revision = /"revision":"([^"]*)"/.exec(event)?.[1];
        if (revision && revision != group.view?.revision) again(group);
      }
    }
  };
  const run = async () => {
    const { signal } = (over = new AbortController());
    while (!signal.aborted && (!group.fault || isDown(group.fault))) {
      const pause = await listen(signal).then(() => 1e3, () => 15e3);
      if (!signal.aborted) await wait(pause);
      if (!signal.aborted) await again(group);
    }
  };
  const turn = () => {
    if (document.hidden) {
      over?.abort();
      over = 0;
    } else if (!over) {
      again(group);
      run();
    }
  };
  const back = ({ persisted }) => persisted && turn();
  document.addEventListener("visibilitychange", turn);
  addEventListener("pageshow", back);
  group.stop = () => {
    over?.abort();
    group.stop = group.turn = 0;
    document.removeEventListener("visibilitychange", turn);
    removeEventListener("pageshow", back);
  };
  if (!document.hidden) idle(() => group.stop && !over && run());
};
