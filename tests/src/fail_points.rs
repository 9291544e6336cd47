//! The names of the product's fail points, read from its source: a new commit or call is in the list by itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use saldo_store::fail_point::name_of_file;

/// Where the product commits, by folder.
const FOLDERS: [&str; 3] = ["server/app/src", "server/store/src", "portal/src"];
/// The file that calls to the outside pass through.
const CALLS: &str = "server/app/src/watched.rs";
/// What the door answers to.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Every fail point, in the order of the alphabet:
/// `begin::FILE::before`, `commit::FILE::before` and `::after`, `call::METHOD::before` and `::after`, `answer::METHOD::before`.
///
/// # Panics
/// When the source cannot be read.
#[must_use]
pub fn names() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests stand in the tree").to_owned();
    let mut names = BTreeSet::new();
    for folder in FOLDERS {
        for file in files(&root.join(folder)) {
            let text = fs::read_to_string(&file).expect("a source file");
            let part = name_of_file(&file.to_string_lossy());
            if [".write().await", ".write_of(", ".write_across("].iter().any(|begins| text.contains(begins)) {
                names.insert(format!("begin::{part}::before"));
            }
            if text.contains(".commit().await") {
                names.extend(["before", "after"].map(|when| format!("commit::{part}::{when}")));
            }
        }
    }
    let calls = fs::read_to_string(root.join(CALLS)).expect("the calls");
    for call in calls.split("watched!(").skip(1).filter_map(|rest| rest.split_once(',')) {
        names.extend(["before", "after"].map(|when| format!("call::{}::{when}", call.0)));
    }
    names.extend(METHODS.map(|method| format!("answer::{method}::before")));
    names.into_iter().collect()
}

/// Places that begin or commit in words by which [`names`] does not find them, and calls of the provider that pass no fail
/// point.
///
/// # Panics
/// When the source cannot be read.
#[must_use]
pub fn unlisted() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests stand in the tree").to_owned();
    let read = |file: &Path| fs::read_to_string(file).expect("a source file");
    let mut unlisted = Vec::new();
    for file in FOLDERS.iter().flat_map(|folder| files(&root.join(folder))) {
        let text = read(&file);
        for (word, known) in [(".commit()", ".commit().await"), (".write()", ".write().await")] {
            if text.matches(word).count() != text.matches(known).count() {
                unlisted.push(format!("{word} in {}", file.display()));
            }
        }
    }
    let asked = read(&root.join("server/providers/src/payment/mod.rs")).matches("async fn ").count();
    let told = read(&root.join("server/providers/src/channel/mod.rs")).matches("async fn ").count();
    // Looking a name up tells nobody anything.
    let met = usize::from(read(&root.join("server/providers/src/outbound/network.rs")).contains("async fn connect("));
    let watched = read(&root.join(CALLS)).matches("watched!(").count();
    if asked + told + met != watched {
        unlisted.push(format!("{asked}, {told} and {met} calls, {watched} of them watched"));
    }
    unlisted
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the tree").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}
