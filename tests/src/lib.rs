//! What the tests of the whole product stand on: databases, processes, servers, a browser.
//!
//! Helpers end the test with a message instead of returning errors: a test reads as what a person does.
//! Without the feature `harness` this is empty, so that the tidiness test waits for nothing.
#![cfg(feature = "harness")]

pub mod browser;
#[cfg(feature = "product")]
pub mod fail_points;
#[cfg(feature = "product")]
pub mod figures;
pub mod needs;
pub mod origin;
pub mod postgres;
pub mod process;
#[cfg(feature = "product")]
pub mod product;
#[cfg(feature = "product")]
pub mod promises;
pub mod wasm;
