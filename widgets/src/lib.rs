//! What other people's pages embed: the inside of the elements that show more than an amount, rendered by Leptos in WASM.
//!
//! The elements are defined by a small loader (`portal/bundles/src/widget.js`), and `portal/bundles/src/kit.js` draws the
//! first screen, asks the server and listens for changes. It calls [`mount`](mount()) for what it does not draw itself.
//! Every word, amount and date comes from the server; what a choice comes to is computed by `saldo_domain`, as the server
//! does.

pub mod sum;

#[cfg(target_arch = "wasm32")]
mod choices;
#[cfg(target_arch = "wasm32")]
mod dom;
#[cfg(target_arch = "wasm32")]
mod json;
#[cfg(target_arch = "wasm32")]
mod mount;
#[cfg(target_arch = "wasm32")]
mod plan;
#[cfg(target_arch = "wasm32")]
mod reminder;
#[cfg(target_arch = "wasm32")]
mod statement;

#[cfg(target_arch = "wasm32")]
pub use mount::{Port, mount, unmount, update};
