//! What is compiled in for tests stays out of what businesses run.

use std::process::Command;

use crate::source::root;

const FOR_TESTS: [(&str, &str); 2] = [("fail", "failpoints"), ("saldo-domain", "planted")];

/// The features for tests that the binary has when it is built with `arguments`.
fn compiled_in(arguments: &[&str]) -> Vec<(&'static str, &'static str)> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["tree", "--offline", "--locked", "--package", "saldo-portal", "--edges", "normal"])
        .args(["--prefix", "none", "--format", "{p} | {f}"])
        .args(arguments)
        .output()
        .expect("cargo can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8_lossy(&output.stdout);
    let has = |package: &str, feature: &str| {
        tree.lines().filter(|line| line.starts_with(&format!("{package} v"))).any(|line| {
            line.split_once(" | ").is_some_and(|(_, on)| on.trim_end_matches(" (*)").split(',').any(|on| on == feature))
        })
    };
    FOR_TESTS.into_iter().filter(|(package, feature)| has(package, feature)).collect()
}

#[test]
fn a_release_has_no_planted_bug_and_no_fail_point() {
    assert_eq!(compiled_in(&[]), []);
}

#[test]
fn a_build_with_planted_bugs_is_found() {
    assert_eq!(compiled_in(&["--features", "faults"]), FOR_TESTS);
}
