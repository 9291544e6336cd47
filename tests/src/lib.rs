//! What the tests of the whole product stand on: databases, processes, servers, a browser.
//!
//! Helpers end the test with a message instead of returning errors: a test reads as what a person does.
//! Without the features `harness` and `fuzz` this is empty, so that the tidiness test waits for nothing.

#[cfg(feature = "harness")]
pub mod browser;
#[cfg(feature = "product")]
pub mod fail_points;
#[cfg(feature = "product")]
pub mod figures;
#[cfg(feature = "fuzz")]
pub mod fuzz;
#[cfg(feature = "harness")]
pub mod needs;
#[cfg(feature = "harness")]
pub mod origin;
#[cfg(feature = "harness")]
pub mod postgres;
#[cfg(feature = "harness")]
pub mod process;
#[cfg(feature = "product")]
pub mod product;
#[cfg(feature = "product")]
pub mod promises;
#[cfg(feature = "harness")]
pub mod server;
#[cfg(feature = "harness")]
pub mod wasm;
