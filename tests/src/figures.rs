//! What the tests of the promises counted in their last run; the report shows it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use saldo_domain::planted::Bug;
use serde_json::Value;

use crate::needs;

const FOLDER: &str = "figures";

/// Keeps what a promise's test counted (`1,000 seeds, 1,002,113 operations`) for the report. `part` tells the parts of one
/// promise's test apart (`SQLite`, `PostgreSQL`). A run with a planted bug keeps nothing.
///
/// # Panics
/// When the target folder cannot be written.
pub fn record(bug: Bug, part: &str, counted: &str) {
    if std::env::var_os("SALDO_PLANTED").is_some() {
        return;
    }
    let kept = serde_json::json!({ "promise": bug.promise(), "part": part, "counted": counted });
    let file = needs::target_folder(FOLDER).join(format!("{}-{part}.json", bug.promise()));
    fs::write(file, kept.to_string()).expect("the target folder is writable");
}

/// What was counted, by promise and part: what stands in `file`, and over it what the last runs kept in the target folder.
///
/// # Panics
/// When a kept figure cannot be read.
#[must_use]
pub fn gathered(file: &Path) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut all = in_tree(file);
    for entry in fs::read_dir(needs::target_folder(FOLDER)).expect("the target folder is readable") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a figure");
        let kept: Value = serde_json::from_str(&text).expect("a figure is JSON");
        let word = |key: &str| kept[key].as_str().expect("a figure has its words").to_owned();
        all.entry(word("promise")).or_default().insert(word("part"), word("counted"));
    }
    all
}

/// What the tree says was counted.
///
/// # Panics
/// When the file is not what [`gathered`] made.
#[must_use]
pub fn in_tree(file: &Path) -> BTreeMap<String, BTreeMap<String, String>> {
    fs::read_to_string(file).map_or_else(|_| BTreeMap::new(), |text| serde_json::from_str(&text).expect("figures"))
}
