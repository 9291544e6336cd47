// The elements themselves come from the business's own Saldo server, so that a page always has the version that the
// server speaks.

const PATH = "/widgets/v1/saldo.js";

/** Adds the loader of the server at `base` (`https://pay.example`) to the page, once, and answers when it has run. */
export const loadSaldo = (base, { nonce, debug } = {}) =>
  new Promise((done, fail) => {
    if (customElements.get("saldo-pay")) return done();
    const src = base.replace(/\/$/, "") + PATH + (debug ? "?debug" : "");
    let script = [...document.scripts].find((script) => script.src == src);
    if (!script) {
      script = document.createElement("script");
      script.async = true;
      script.crossOrigin = "anonymous";
      if (nonce) script.nonce = nonce;
      const policy = globalThis.trustedTypes?.createPolicy("saldo", { createScriptURL: (url) => url });
      script.src = policy ? policy.createScriptURL(src) : src;
      document.head.append(script);
    }
    script.addEventListener("load", () => done());
    script.addEventListener("error", () => fail(new Error(`${src} could not be loaded`)));
  });

/** Every element of the kit. */
export const elements = ["saldo-balance", "saldo-statement", "saldo-choices", "saldo-plan", "saldo-reminder", "saldo-pay"];
