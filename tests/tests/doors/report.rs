//! `tests/README.md` says what the tests prove; it is generated, and never behind.

use std::fs;
use std::path::Path;

use saldo_domain::planted::Bug;
use saldo_tests::promises::PROMISES;
use saldo_tests::{figures, needs, report};

#[test]
fn the_report_is_current() {
    let (file, kept) = (needs::top().join("tests/README.md"), needs::top().join("tests/figures.json"));
    if let Ok(commit) = std::env::var("SALDO_REPORT") {
        let mut counted = figures::gathered(&kept);
        counted.insert(report::RUN.to_owned(), [("commit".to_owned(), commit)].into());
        fs::write(&kept, serde_json::to_string_pretty(&counted).expect("figures are JSON") + "\n").expect("writable");
        fs::write(&file, report::text(&counted)).expect("writable");
    }
    let said = fs::read_to_string(&file).unwrap_or_default();
    assert!(said == report::text(&figures::in_tree(&kept)), "tests/README.md is behind: run tests/report");
}

/// Whether a source of a folder holds a text.
fn says(folder: &Path, text: &str) -> bool {
    let paths = fs::read_dir(folder).expect("a folder of tests").map(|entry| entry.expect("an entry").path());
    paths.into_iter().any(|path| match path.is_dir() {
        true => says(&path, text),
        false => fs::read_to_string(path).unwrap_or_default().contains(text),
    })
}

#[test]
fn every_promise_has_one_test_that_exists_and_was_counted() {
    let counted = figures::in_tree(&needs::top().join("tests/figures.json"));
    for bug in Bug::ALL {
        let own: Vec<_> = PROMISES.iter().filter(|promise| promise.bug == bug).collect();
        let [promise] = own.as_slice() else { panic!("{}: {} rows", bug.promise(), own.len()) };
        let name = promise.test.rsplit("::").next().expect("a path has an end");
        let folder = needs::top().join("tests/tests").join(promise.binary);
        let named = says(&folder, &format!("fn {name}("));
        assert!(named, "{}: no fn {name} in {}", bug.promise(), folder.display());
        assert!(promise.caught.starts_with(bug.promise()), "{}: its words name it", bug.promise());
        assert!(counted.contains_key(bug.promise()), "{}: nothing was counted", bug.promise());
    }
}
