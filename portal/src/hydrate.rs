//! The browser's way in: called by the loader on a page that has islands, before it wakes them one by one.

use leptos::wasm_bindgen;
use leptos::wasm_bindgen::prelude::wasm_bindgen;

/// Prepares the reactive system for the islands; the loader then calls the export of each.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
