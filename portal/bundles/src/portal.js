// Fetches the glue and the WASM only where the page has an island, then wakes the islands in the page's order.
// An external file, so that the page needs no inline script.

const wakeIsland = async (island, glue) => {
  const wake = glue[island.dataset.component];
  if (!wake) return console.warn("no such island", island.dataset.component);
  try {
    await wake(island);
  } catch (error) {
    console.error(error);
  }
};

// Children that the server rendered into an island belong to it: what it left on them runs before an island inside.
const walk = async (node, glue, owners) => {
  const tag = node.localName;
  if (tag === "leptos-island") {
    if (owners.length) owners[owners.length - 1]?.();
    await wakeIsland(node, glue);
  }
  const inner = tag === "leptos-children" ? [...owners, node.$$on_hydrate] : owners;
  for (const child of node.children) await walk(child, glue, inner);
};

const boot = async () => {
  const wasm = fetch(new URL("WASM", import.meta.url));
  const [glue, module] = await Promise.all([import("./GLUE"), WebAssembly.compileStreaming(wasm)]);
  const { exports } = await WebAssembly.instantiate(module, { g: glue });
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  glue.hydrate();
  await walk(document.body, glue, []);
  document.documentElement.dataset.hydrated = "";
};

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// The link's token leaves the history when the reader goes on.
for (const form of document.querySelectorAll("form[data-forget]")) {
  form.addEventListener("submit", () => history.replaceState(null, "", form.dataset.forget));
}

// What is typed is explained while it is typed: the server reads the form back and answers a part of the page.
for (const form of document.querySelectorAll("form[data-live]")) {
  let timer;
  let latest = 0;
  const ask = async () => {
    const turn = ++latest;
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.dataset.live, { method: "POST", body });
      const text = await answer.text();
      if (answer.ok && turn === latest) document.getElementById("live").innerHTML = text;
    } catch (error) {
      console.warn(error);
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 300);
  });
}

if (document.querySelector("leptos-island")) boot();
