// The self-test behind `saldo.js?debug`: says in one sentence each what keeps the widgets from working, and what is fine.

const say = (fault, text) => (fault ? console.error : console.info)("Saldo: " + text);

const CODES = {
  token_expired: "the token has ended; make one for each page view, and set the property `refresh` for pages that stay open.",
  token_invalid: "the token is not one of this server's, or was changed; make it with POST /v1/widget-sessions or sign it with a live widget key.",
  key_revoked: "the key that signed the token was revoked; sign with another widget key.",
  scope_missing: "the token's scope does not cover what this element shows.",
  origin_unlisted: `the server does not serve this page: the token must be made for ${location.origin}, and the console's list of widget origins must name it.`,
  too_many_requests: "the server was asked too often; wait a minute.",
};

// The smallest module there is.
const wasm = () => {
  try {
    return Boolean(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
  } catch {
    return false;
  }
};

const policies = async () => {
  const metas = [...document.querySelectorAll('meta[http-equiv="Content-Security-Policy" i]')].map((meta) => meta.content);
  const header = await fetch(location.href, { method: "HEAD" }).then((answer) => answer.headers.get("content-security-policy"), () => null);
  return [...metas, ...(header ? header.split(",") : [])];
};

const allows = (policy, name, origin) => {
  const directive = policy.split(";").map((one) => one.trim().split(/\s+/)).find(([first]) => first.toLowerCase() == name);
  return !directive || directive.some((source) => source == "*" || source == "https:" || source == origin);
};

const claims = (token) => {
  try {
    return JSON.parse(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
  } catch {
    return null;
  }
};

const testToken = (name, token) => {
  if (!token) return say(1, `${name} has no token: set the attribute or the property \`token\`.`), false;
  const said = claims(token);
  if (said?.origin && said.origin != location.origin) {
    return say(1, `${name}: the token was made for ${said.origin}, and this page is ${location.origin}.`), false;
  }
  if (said?.exp && said.exp * 1000 < Date.now()) return say(1, `${name}: ${CODES.token_expired}`), false;
  return true;
};

const testServer = async (name, base, token) => {
  let blocked;
  const hear = (event) => (blocked = event.effectiveDirective);
  document.addEventListener("securitypolicyviolation", hear);
  try {
    const body = JSON.stringify({ token, parts: ["balance"] });
    const answer = await fetch(base + "/v1/widget/view", { method: "POST", credentials: "omit", body });
    if (answer.ok) return say(0, `${name}: the server answers.`);
    const { code } = await answer.json().catch(() => ({}));
    say(1, `${name}: ${CODES[code] || `the server answered ${answer.status} (${code || "no code"}).`}`);
  } catch {
    await new Promise((done) => setTimeout(done, 50));
    if (blocked) return say(1, `${name}: the page's Content-Security-Policy blocks the server: add ${base} to ${blocked}.`);
    const there = await fetch(base + "/healthz", { mode: "no-cors", credentials: "omit" }).then(() => true, () => false);
    say(1, `${name}: ${there ? CODES.origin_unlisted : `${base} cannot be reached: the server is down, or the address of the script is wrong.`}`);
  } finally {
    document.removeEventListener("securitypolicyviolation", hear);
  }
};

export const run = async (home) => {
  say(0, `the loader came from ${home.origin}.`);
  say(!wasm(), wasm() ? "WebAssembly may run." : "the page's Content-Security-Policy blocks WebAssembly: add 'wasm-unsafe-eval' to script-src.");
  for (const policy of await policies()) {
    const able = allows(policy, "form-action", home.origin);
    say(!able, able ? "forms may lead to the payment page." : `the page's Content-Security-Policy blocks the Pay button: add ${home.origin} to form-action.`);
  }
  const header = await fetch(location.href, { method: "HEAD" }).then((answer) => answer.headers.get("referrer-policy"), () => null);
  const referrer = document.querySelector("meta[name=referrer]")?.content || header;
  if (referrer == "no-referrer") say(1, "the page's Referrer-Policy is no-referrer: the payment page refuses forms that do not say where they come from; use strict-origin.");
  const elements = [...document.querySelectorAll("saldo-pay,saldo-balance,saldo-statement,saldo-choices,saldo-plan,saldo-reminder")];
  if (!elements.length) say(1, "the page has no element of the kit, or they stand inside another component.");
  const asked = new Set();
  for (const element of elements) {
    const name = `<${element.localName}>`;
    const base = element.shared?.base || element.getAttribute("base") || home.origin;
    const back = element.getAttribute("return-url");
    if (back && new URL(back, location.href).origin != location.origin) {
      say(1, `${name}: return-url leads to another origin, and is ignored unless the console's list of widget origins names it (return_url_unlisted).`);
    }
    if (!testToken(name, element.token) || asked.has(base + element.token)) continue;
    asked.add(base + element.token);
    await testServer(name, base, element.token);
  }
};
