//! The first thing that a newcomer sees.

use std::process::Command;

use crate::source::{Finding, Source, assert_clean, root};

const VISIBLE: [&str; 9] =
    ["Cargo.toml", "Cargo.lock", "LICENSE", "README.md", "portal", "server", "style", "tests", "widgets"];

/// What is visible at the top but should not be, and what should be but is not.
fn differences(entries: &[String]) -> Vec<Finding> {
    let at = |name: &str, message: &str| Source::planted(name, "").finding(1, message);
    let surplus = entries.iter().filter(|entry| !entry.starts_with('.') && !VISIBLE.contains(&entry.as_str()));
    let missing = VISIBLE.iter().filter(|name| !entries.iter().any(|entry| entry == *name));
    let surplus = surplus.map(|entry| at(entry, "does not belong at the top"));
    surplus.chain(missing.map(|name| at(name, "is missing at the top"))).collect()
}

/// The top's entries, less what `.gitignore` names.
fn entries() -> Vec<String> {
    let listing = Command::new("git")
        .args(["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git is installed");
    assert!(listing.status.success(), "git ls-files: {}", String::from_utf8_lossy(&listing.stderr));
    let listing = String::from_utf8(listing.stdout).expect("paths of the tree are UTF-8");
    let mut entries: Vec<String> =
        listing.split('\0').filter_map(|path| path.split('/').next()).map(str::to_owned).collect();
    entries.retain(|entry| !entry.is_empty());
    entries.sort();
    entries.dedup();
    entries
}

#[test]
fn the_top_level_is_exactly_what_the_design_draws() {
    assert_clean("the visible top level", &differences(&entries()));
}

#[test]
fn a_planted_folder_and_a_missing_file_are_found() {
    let mut entries: Vec<String> = VISIBLE.iter().filter(|name| **name != "style").map(|name| (*name).into()).collect();
    entries.extend([".ci".to_owned(), "docs".to_owned()]);
    let found: Vec<String> = differences(&entries).iter().map(Finding::to_string).collect();
    assert_eq!(found, ["docs:1: does not belong at the top", "style:1: is missing at the top"]);
}
