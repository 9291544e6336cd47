//! The nested cargo that compiles a package to WASM.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use crate::{Outcome, link};

const TRIPLE: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "browser";

/// What the child keeps of cargo's own environment: where crates come from, the job server, the terminal.
const KEPT: [&str; 8] = [
    "CARGO_HOME",
    "CARGO_HTTP_",
    "CARGO_MAKEFLAGS",
    "CARGO_NET_",
    "CARGO_REGISTRIES_",
    "CARGO_REGISTRY_",
    "CARGO_SOURCE_",
    "CARGO_TERM_",
];

/// What the outer build says about itself outside the `CARGO_` names, and must not say to the inner one.
const DROPPED: [&str; 15] = [
    "CLIPPY_ARGS",
    "DEBUG",
    "HOST",
    "NUM_JOBS",
    "OPT_LEVEL",
    "OUT_DIR",
    "PROFILE",
    "RUSTC_LINKER",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER",
    "RUSTDOC",
    "RUSTDOCFLAGS",
    "RUSTFLAGS",
    "TARGET",
    "__CARGO_DEFAULT_LIB_METADATA",
];

/// A target folder of the bundles' own beside the outer build's profiles. Sharing one would deadlock: the outer
/// cargo holds its lock while this script runs.
pub fn target_dir() -> Outcome<PathBuf> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let outer = out.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file()).unwrap_or(&out);
    Ok(outer.join("browser"))
}

/// Adds the WASM target to the toolchain where it is missing.
pub fn ensure_target() -> Outcome<()> {
    if has_target()? {
        return Ok(());
    }
    let added = Command::new("rustup").args(["target", "add", TRIPLE]).stdout(Stdio::null()).status();
    if added.is_ok_and(|status| status.success()) && has_target()? {
        return Ok(());
    }
    Err(format!(
        "the browser bundles need Rust's {TRIPLE} target: run `rustup target add {TRIPLE}` (or set {}=1 to build without them)",
        crate::SKIP
    )
    .into())
}

fn has_target() -> Outcome<bool> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print", "target-libdir", "--target", TRIPLE]).output()?;
    let folder = String::from_utf8(output.stdout)?;
    Ok(output.status.success() && fs::read_dir(folder.trim()).is_ok_and(|mut entries| entries.next().is_some()))
}

/// Compiles the library of `package` and answers where its WASM is.
///
/// The crate type is asked for here: a library that is also an rlib is not optimised across crates.
pub fn build(root: &Path, target: &Path, package: &str, features: &[&str]) -> Outcome<PathBuf> {
    let mut cargo = Command::new(env::var_os("CARGO").ok_or("CARGO is not set")?);
    cargo
        .current_dir(root)
        .args(["rustc", "--lib", "--crate-type", "cdylib", "--package", package])
        .args(["--target", TRIPLE, "--profile", PROFILE, "--target-dir"])
        .arg(target)
        .args(features)
        .arg("--")
        .arg(linker_flag()?)
        .stdout(Stdio::null());
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_of_the_outer_build) {
            cargo.env_remove(name);
        }
    }
    cargo.env("CARGO_BUILD_BUILD_DIR", target).env("CARGO_ENCODED_RUSTFLAGS", remap_flag()).env(link::MARK, "1");
    if !cargo.status()?.success() {
        println!("cargo::error={package} could not be built for browsers");
        // Only a script that fails has its output shown, and with it the compiler's messages.
        std::process::exit(1);
    }
    let stem = target.join(TRIPLE).join(PROFILE).join(package.replace('-', "_"));
    watch_sources(&stem.with_extension("d"))?;
    Ok(stem.with_extension("wasm"))
}

/// This script stands in for the linker; see [`link`].
fn linker_flag() -> Outcome<OsString> {
    let mut flag = OsString::from("-Clinker=");
    flag.push(env::current_exe()?);
    Ok(flag)
}

/// Keeps the builder's home folder out of what the world downloads, so that every machine builds the same bytes.
fn remap_flag() -> OsString {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo"))).unwrap_or_default();
    let mut flag = OsString::from("--remap-path-prefix=");
    flag.push(home.join("registry/src"));
    flag.push("=");
    flag
}

fn is_of_the_outer_build(name: &str) -> bool {
    let of_cargo = name.starts_with("CARGO_") && !KEPT.iter().any(|kept| name.starts_with(kept));
    of_cargo || name.starts_with("DEP_") || DROPPED.contains(&name)
}

/// The sources that went into the library, as the compiler listed them: a page that only the server renders is not
/// among them, and so does not make the bundles again.
fn watch_sources(dep_info: &Path) -> Outcome<()> {
    let text = fs::read_to_string(dep_info)?;
    let (_, sources) = text.split_once(": ").ok_or("the compiler's list of sources has no colon")?;
    for source in sources.replace("\\ ", "\0").split_whitespace() {
        println!("cargo::rerun-if-changed={}", source.replace('\0', " "));
    }
    Ok(())
}
