//! `tests/README.md`: the promises, their tests, the bugs planted against them, and what the last run counted.

use std::collections::BTreeMap;
use std::fmt::Write;

use saldo_domain::planted::Bug;

use crate::promises::{PROMISES, Promise};

/// Under which the figures keep what was run; all else stands under its promise.
pub const RUN: &str = "run";

const BEFORE: &str = "\
# The promises and their proof

Made by `tests/report` from `tests/src/promises.rs` and from what the tests counted; a test checks that it is current.

Each promise has a test that runs in `tests/run`, and a bug that is compiled in for tests only (`server/domain/src/planted.rs`).
The test binary runs itself once more with `SALDO_PLANTED=P1` (to `P14`), and fails unless the promise's test then fails with
its own words. To see one: `SALDO_PLANTED=P4 cargo test --workspace --test sim` says which promise is broken, and how.

";

const AFTER: &str = "
## Where to look

| folder | what it asks |
|---|---|
| `tests/tests/doors` | the whole server by HTTP and by command line, on SQLite and PostgreSQL |
| `tests/tests/browser` | pages and widgets in Chromium, with and without JavaScript |
| `tests/tests/sim` | years of simulated time: late, doubled and lost events, crashes, clocks that are wrong |
| `tests/tests/crashes` | the real binary killed, the power cut, backup, restore, upgrade |
| `tests/access.md` | who may what: every route, whom it answers, whom it hides from (generated too) |
| `tests/tests/tidy` | the tree's own rules |
| `tests/gate` | the simulation with a million operations over a thousand seeds |
| `tests/fuzz`, `tests/attack` | from outside: fuzzers and scanners; not part of the quick run |
| `tests/benches` | speeds, with the floors they are compared with |
";

/// The whole text, from the promises and from what was counted (by promise and part).
///
/// # Panics
/// When a promise has no test.
#[must_use]
pub fn text(counted: &BTreeMap<String, BTreeMap<String, String>>) -> String {
    let mut text = BEFORE.to_owned();
    if let Some(commit) = counted.get(RUN).and_then(|run| run.get("commit")) {
        let _ = writeln!(text, "Counted on commit `{commit}`.\n");
    }
    text.push_str("| | promise | test | planted bug | counted in the last run |\n|---|---|---|---|---|\n");
    for bug in Bug::ALL {
        let promise = of(bug);
        let none = BTreeMap::new();
        let parts = counted.get(bug.promise()).unwrap_or(&none);
        let figures: Vec<String> = parts.iter().map(|(part, counted)| format!("{part}: {counted}")).collect();
        let Promise { says, planted, binary, test, .. } = promise;
        let _ = writeln!(
            text,
            "| {} | {says} | `{binary}` `{test}` | {planted} | {} |",
            bug.promise(),
            figures.join("<br>")
        );
    }
    text + AFTER
}

fn of(bug: Bug) -> &'static Promise {
    PROMISES.iter().find(|promise| promise.bug == bug).unwrap_or_else(|| panic!("{} has no test", bug.promise()))
}
