// The one script that a page includes: defines the elements, keeps their place, and asks once for all of them, while the
// rest of the kit (kit.js) is on its way beside the answer.

(() => {
  const D = document;
  const elements = customElements;
  if (elements.get("saldo-pay")) return;

  // A module script has no `currentScript`: it is then found by its address.
  const first = D.querySelector('script[src*="/widgets/v1/saldo.js"]');
  const script = D.currentScript || first;
  const home = new URL(script.src);
  // Where two servers' scripts stand on a page, which of them runs first is chance: a token goes to the page's first.
  const server = new URL((first || script).src).origin;
  const groups = new Map();
  let sheet;

  // The link checks what `import` cannot: the module that is imported is then the one that it fetched.
  let kit;
  const load = () =>
    (kit ||= new Promise((done, fail) => {
      const link = D.createElement("link");
      if (!link.relList.supports("modulepreload")) return done();
      link.rel = "modulepreload";
      link.crossOrigin = "";
      link.integrity = "KIT_SUM";
      link.nonce = script.nonce;
      link.onload = done;
      link.onerror = fail;
      link.href = home.origin + "/assets/KIT";
      D.head.append(link);
    })
      .then(() => import(home.origin + "/assets/KIT"))
      .catch((error) => {
        kit = 0;
        throw error;
      }));

  // A string as the body keeps it a simple request: nothing is asked beforehand.
  const post = ({ base, token, locale }, path, more, signal) => {
    const body = JSON.stringify({ token, locale, ...more });
    return fetch(base + "/v1/widget/" + path, { method: "POST", credentials: "omit", body, signal });
  };

  // One request for all that a group's elements show.
  const gather = async (group) => {
    group.due = 0;
    const parts = [...group.parts];
    const answer = post(group, "view", { parts, currency_display: group.currency });
    answer.catch(() => {});
    try {
      const kit = await load();
      kit.settle(kit, group, parts, answer);
    } catch {
      for (const element of group.all) element.tell("error", { code: "kit_blocked" }, true);
    }
  };

  class Saldo extends HTMLElement {
    static get observedAttributes() {
      return ["token", "locale", "currency-display", "base"];
    }

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      // Where style sheets cannot be constructed (Safari before 16.4) a `<style>` element does the same.
      try {
        if (!sheet) (sheet = new CSSStyleSheet()).replaceSync("HOST_CSS");
        root.adoptedStyleSheets = [sheet];
      } catch {
        this.style_ = D.createElement("style");
        this.style_.textContent = "HOST_CSS";
      }
      this.wait();
    }

    get token() {
      return this.getAttribute("token");
    }

    set token(token) {
      this.setAttribute("token", token);
    }

    connectedCallback() {
      // Set before this class was there.
      if (this.hasOwnProperty("token")) {
        const { token } = this;
        delete this.token;
        this.token = token;
      }
      this.join();
    }

    // An element that is only moved is back before this runs.
    disconnectedCallback() {
      Promise.resolve().then(() => this.isConnected || this.leave());
    }

    attributeChangedCallback() {
      if (this.isConnected) this.join();
    }

    // Elements with the same server, token and language are a group: one answer, one state.
    join() {
      const { token, kind } = this;
      const text = (name) => this.getAttribute(name) || undefined;
      const base = text("base") || server;
      const locale = text("locale") || (this.closest("[lang]") || D.documentElement).lang || undefined;
      const currency = text("currency-display");
      const rest = [, base, locale, currency].join();
      const group = groups.get(token + rest) || {
        groups, rest, base, token, locale, currency, post, all: new Set(), parts: new Set(["balance"]),
      };
      if (this.shared != group) this.leave();
      if (!token) return;
      groups.set(token + rest, (this.shared = group));
      group.all.add(this);
      if (kind != "pay") group.parts.add(kind);
      if (group.asked == group.parts.size) return group.draw?.(this);
      group.asked = group.parts.size;
      group.due ||= Promise.resolve(group).then(gather);
    }

    leave() {
      const group = this.shared;
      this.shared = this.ready = 0;
      this.off?.();
      this.wait();
      if (!group) return;
      group.all.delete(this);
      if (group.all.size) return;
      group.stop?.();
      for (const [key, other] of groups) if (other == group) groups.delete(key);
    }

    tell(name, detail, cancelable) {
      return this.dispatchEvent(new CustomEvent("saldo-" + name, { bubbles: true, composed: true, cancelable, detail }));
    }

    // The page's own content stands until there is something better to show.
    wait() {
      const loading = D.createElement("slot");
      loading.name = "loading";
      loading.append(D.createElement("slot"));
      const place = D.createElement("div");
      place.className = "wait";
      place.append(loading);
      this.show(place);
    }

    show(...inside) {
      this.shadowRoot.replaceChildren(...(this.style_ ? [this.style_] : []), ...inside);
    }
  }

  for (const kind of ["pay", "balance", "statement", "choices", "plan", "reminder"]) {
    elements.define(
      "saldo-" + kind,
      class extends Saldo {
        get kind() {
          return kind;
        }
      },
    );
  }

  if (home.search == "?debug") import(home.origin + "/widgets/v1/debug.js").then((test) => test.run(home, groups));
})();
