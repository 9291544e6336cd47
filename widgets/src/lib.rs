//! What other people's pages embed: custom elements whose inside is rendered by Leptos in WASM.
//!
//! A class that extends `HTMLElement` cannot be exported by wasm-bindgen, so the elements themselves are defined by a
//! small JavaScript loader (`portal/bundles/src/widget.js`), which calls [`mount`](mount()) and frees what it returns.

pub mod texts;
pub mod token;

#[cfg(target_arch = "wasm32")]
mod balance;
#[cfg(target_arch = "wasm32")]
mod fetch;
#[cfg(target_arch = "wasm32")]
mod mount;

#[cfg(target_arch = "wasm32")]
pub use mount::{Host, Mounted, Options, mount};
