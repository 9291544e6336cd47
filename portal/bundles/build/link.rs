//! This script once more, called by rustc in the linker's place.
//!
//! leptos links the classes by which `wasm-streams` hands Rust streams to JavaScript. Nothing here uses them, but their
//! exports hold their code, and only the linker can let go of code that a table of functions names. So the exports are
//! not asked for, and the linker drops some 4 kB (after brotli) from each bundle.

use std::env;
use std::ffi::OsString;
use std::process::{Command, exit};

use crate::Outcome;

/// Set in the environment of the nested build.
pub const MARK: &str = "SALDO_BUNDLES_LINK";

/// The classes, as the names of their exports hold them.
pub const UNUSED_CLASSES: &str = "intounderlying";

/// Links as asked, without the unused exports.
pub fn run() -> Outcome<()> {
    let mut linker = Command::new("rust-lld");
    let mut arguments = env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        if argument != "--export" {
            linker.arg(argument);
        } else if let Some(name) = arguments.next().filter(|name| !is_unused(name)) {
            linker.arg(argument).arg(name);
        }
    }
    let status = linker.status().map_err(|error| format!("rust-lld, the linker of the Rust toolchain: {error}"))?;
    exit(status.code().unwrap_or(1));
}

fn is_unused(name: &OsString) -> bool {
    name.to_str().is_some_and(|name| name.to_ascii_lowercase().contains(UNUSED_CLASSES))
}
