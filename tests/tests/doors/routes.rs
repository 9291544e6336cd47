//! The routes of the portal, read from its source: a new one is in every table by itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use saldo_tests::needs;

/// Every method and path that the portal answers, beside the API.
pub fn of_the_portal() -> BTreeSet<(&'static str, String)> {
    let mut found = BTreeSet::new();
    read(&needs::top().join("portal/src/routes"), &mut found);
    assert!(found.len() > 180, "only {} routes are found", found.len());
    found
}

fn read(folder: &Path, found: &mut BTreeSet<(&'static str, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of the portal").flatten() {
        let path = entry.path();
        if path.is_dir() {
            read(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let source = fs::read_to_string(&path).expect("a source");
            for call in source.split(".route(").skip(1) {
                let whole = call_of(call);
                let Some(path) = whole.split('"').nth(1) else { continue };
                for (method, verb) in [("GET", "get("), ("POST", "post("), ("PUT", "put("), ("DELETE", "delete(")] {
                    let begins = |at: usize| at == 0 || !whole.as_bytes()[at - 1].is_ascii_alphanumeric();
                    if whole.match_indices(verb).any(|(at, _)| begins(at) && whole.as_bytes()[at.max(1) - 1] != b'_') {
                        found.insert((method, path.to_owned()));
                    }
                }
            }
        }
    }
}

/// What stands between a call's parentheses; the first of them is gone already.
fn call_of(text: &str) -> &str {
    let mut depth = 1;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..at];
        }
    }
    text
}

/// A path with something in the place of each parameter.
pub fn filled(path: &str, with: &str) -> String {
    let mut path = path.to_owned();
    while let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
        path.replace_range(start..=end, with);
    }
    path
}
