//! Builds a package of the tree as browsers would run it.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::needs;

const TRIPLE: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "browser";

/// The WASM of a package's library, in the profile in which the portal's is built; none where the toolchain has no such
/// target: the test is skipped, loudly.
///
/// # Panics
/// When it does not compile.
#[must_use]
pub fn build(package: &str) -> Option<Vec<u8>> {
    let listed = Command::new("rustc").args(["--print", "target-libdir", "--target", TRIPLE]).output().ok()?;
    let folder = PathBuf::from(String::from_utf8_lossy(&listed.stdout).trim());
    if !folder.is_dir() {
        needs::missing(&format!("Rust's {TRIPLE} target"));
        return None;
    }
    let target = needs::target_folder("tests-tools/wasm");
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(needs::top()).args(["rustc", "--quiet", "--lib", "--crate-type", "cdylib", "--package", package]);
    cargo.args(["--target", TRIPLE, "--profile", PROFILE, "--locked", "--target-dir"]).arg(&target);
    for (name, _) in env::vars_os() {
        let of_the_outer_build = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_BUILD_") || name.ends_with("RUSTFLAGS")
        });
        if of_the_outer_build {
            cargo.env_remove(name);
        }
    }
    assert!(cargo.status().expect("cargo runs").success(), "{package} does not compile for browsers");
    let file = target.join(TRIPLE).join(PROFILE).join(format!("{}.wasm", package.replace('-', "_")));
    Some(fs::read(file).expect("cargo wrote it"))
}
