//! What a test needs from the machine. `tests/run` promises all of it; a plain `cargo test` skips, and says so.

use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Says on stderr, past the test harness's capture, that a test is skipped.
///
/// # Panics
/// Under `tests/run` (`SALDO_TESTS_COMPLETE=1`), where nothing may be missing.
pub fn missing(what: &str) {
    assert!(env::var_os("SALDO_TESTS_COMPLETE").is_none(), "{what} is missing, though tests/run promised it");
    skipped(what);
}

/// Says on stderr, past the test harness's capture, that a test is skipped, wherever it runs.
pub fn skipped(what: &str) {
    let name = std::thread::current().name().unwrap_or("a test").to_owned();
    // The harness captures `eprintln!`, and a skipped test would pass in silence.
    let _ = writeln!(std::io::stderr(), "skipped: {name}: {what} is missing");
}

/// A file of `../shared/data`, which stands beside the checkout and not in it; absent: the test is skipped, loudly.
#[must_use]
pub fn shared_data(path: &str) -> Option<PathBuf> {
    let file = top().parent()?.join("shared/data").join(path);
    if file.exists() {
        return Some(file);
    }
    skipped(&format!("../shared/data/{path}"));
    None
}

/// The top of the tree.
///
/// # Panics
/// Never: the crate lies in the tree.
#[must_use]
pub fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the tree")
}

/// The target folder in which this test was built.
///
/// # Panics
/// When the test's own path cannot be read.
#[must_use]
pub fn target() -> PathBuf {
    let own = env::current_exe().expect("a test knows its own path");
    own.ancestors().nth(3).expect("target/PROFILE/deps/test").to_owned()
}

/// A folder below the target folder, made if it is absent.
///
/// # Panics
/// When it cannot be made.
#[must_use]
pub fn target_folder(name: &str) -> PathBuf {
    let folder = target().join(name);
    fs::create_dir_all(&folder).expect("the target folder is writable");
    folder
}
