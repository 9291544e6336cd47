//! What the tests of the whole product stand on: databases, processes, servers, a browser.
//!
//! Helpers end the test with a message instead of returning errors: a test reads as what a person does.
//! Without the features `harness` and `fuzz` this is empty, so that the tidiness test waits for nothing.

#[cfg(feature = "harness")]
pub mod browser;
#[cfg(feature = "sim")]
pub mod fail_points;
#[cfg(feature = "sim")]
pub mod figures;
#[cfg(feature = "fuzz")]
pub mod fuzz;
#[cfg(any(feature = "harness", feature = "sim"))]
pub mod needs;
#[cfg(feature = "harness")]
pub mod origin;
#[cfg(feature = "sim")]
pub mod plans;
#[cfg(any(feature = "harness", feature = "sim"))]
pub mod postgres;
#[cfg(feature = "harness")]
pub mod process;
#[cfg(feature = "product")]
pub mod product;
#[cfg(feature = "sim")]
pub mod promises;
#[cfg(feature = "product")]
pub mod report;
#[cfg(feature = "harness")]
pub mod server;
#[cfg(feature = "harness")]
pub mod wasm;
