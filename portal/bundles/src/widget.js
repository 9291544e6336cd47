// The one script that a page includes. Defines the elements; the rest comes from the same place once, when the first
// element stands on the page.

(() => {
  if (customElements.get("saldo-balance")) return;

  // A module script has no `currentScript`: it is then found by its address.
  const script = document.currentScript || document.querySelector('script[src*="/widgets/v1/saldo.js"]');
  const base = new URL("../..", script.src).href.replace(/\/$/, "");

  let runtime;
  const load = () => {
    runtime ||= boot().catch((error) => {
      runtime = undefined;
      throw error;
    });
    return runtime;
  };

  const boot = async () => {
    const wasm = fetch(base + "/assets/WASM");
    const [glue, module] = await Promise.all([import(base + "/assets/GLUE"), WebAssembly.compileStreaming(wasm)]);
    const { exports } = await WebAssembly.instantiate(module, { g: glue });
    glue.__wbg_set_wasm(exports);
    exports.__wbindgen_start();
    return glue;
  };

  // Where style sheets cannot be constructed (Safari before 16.4) a `<style>` element does the same.
  const sheets = {};
  const style = (root, css) => {
    try {
      if (!sheets[css]) {
        sheets[css] = new CSSStyleSheet();
        sheets[css].replaceSync(css);
      }
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheets[css]];
    } catch {
      const element = document.createElement("style");
      element.textContent = css;
      root.append(element);
    }
  };

  class SaldoBalance extends HTMLElement {
    static get observedAttributes() {
      return ["token", "locale"];
    }

    constructor() {
      super();
      const root = this.attachShadow({ mode: "open" });
      style(root, "HOST_CSS");
      this.fallback = document.createElement("slot");
      root.append(this.fallback);
    }

    connectedCallback() {
      this.show();
    }

    disconnectedCallback() {
      this.clear();
    }

    attributeChangedCallback() {
      if (this.isConnected) this.show();
    }

    announce(name, detail) {
      this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
    }

    clear() {
      this.turn = undefined;
      this.mounted?.free();
      this.mounted = undefined;
      this.shadowRoot.append(this.fallback);
    }

    // Until the token is there the page's own content stands; a later call makes this one void.
    async show() {
      this.clear();
      const token = this.getAttribute("token");
      if (token === null) return;
      const turn = (this.turn = {});
      try {
        const glue = await load();
        if (this.turn !== turn) return;
        const root = this.shadowRoot;
        if (!this.styled) style(root, glue.css);
        this.styled = true;
        this.fallback.remove();
        const locale = this.getAttribute("locale") || document.documentElement.lang;
        this.mounted = glue.mount(this, root, { base, token, locale });
      } catch (error) {
        this.announce("saldo-error", "unavailable");
        throw error;
      }
    }
  }

  customElements.define("saldo-balance", SaldoBalance);
})();
