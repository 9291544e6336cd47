//! What reads other people's bytes, each as one function that takes any: it ends the process where a rule is broken.
//!
//! `tests/fuzz` feeds them with libFuzzer, guided by coverage; a test feeds them their corpora and blind changes of those.

mod fields;
mod import;
mod money;
mod mutate;
mod template;
mod token;
mod webhook;

use std::path::PathBuf;

pub use mutate::Mutator;

/// A function that takes any bytes.
pub struct Target {
    /// Its name: the folder of its corpus, and what `tests/fuzz/run` is called with.
    pub name: &'static str,
    /// Takes the bytes.
    pub run: fn(&[u8]),
}

/// All of them.
pub const TARGETS: [Target; 7] = [
    Target { name: "token", run: token::run },
    Target { name: "webhook", run: webhook::run },
    Target { name: "import", run: import::run },
    Target { name: "template", run: template::run },
    Target { name: "money", run: money::run_money },
    Target { name: "date", run: money::run_date },
    Target { name: "fields", run: fields::run },
];

/// The target with a name.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn target(name: &str) -> &'static Target {
    let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    TARGETS.iter().find(|target| target.name == name).unwrap_or_else(|| panic!("no target {name:?}: {names:?}"))
}

impl Target {
    /// What its corpus holds, in the order of the files' names.
    ///
    /// # Panics
    /// When the folder cannot be read.
    #[must_use]
    pub fn corpus(&self) -> Vec<Vec<u8>> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(self.name);
        let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder is read").path()).collect();
        files.sort();
        files.iter().map(|file| std::fs::read(file).expect("a corpus is readable")).collect()
    }
}
