//! axe-core, as `tests/run` fetched it, run on the page that stands.

use std::env;
use std::fmt;
use std::fs;

use serde_json::{Value, json};

use super::Browser;
use crate::needs;

/// One broken rule of accessibility, with every place that breaks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// axe's own name of the rule: `color-contrast`.
    pub rule: String,
    /// What should be so.
    pub help: String,
    /// The elements' HTML and why each fails.
    pub places: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}", self.rule, self.help)?;
        self.places.iter().try_for_each(|place| writeln!(f, "    {place}"))
    }
}

const RUN: &str = r"
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})
        .then(result => done(result.violations.map(rule => ({
            rule: rule.id, help: rule.help,
            places: rule.nodes.map(node => node.html + ' ' + node.failureSummary.replace(/\s+/g, ' ')),
        }))), error => done(String(error)));
";

impl Browser {
    /// WCAG 2.2 AA and axe's best practices on the page that stands; none where axe-core is missing: skipped, loudly.
    ///
    /// # Panics
    /// When axe-core cannot run, or is missing under `tests/run`.
    pub async fn violations(&self) -> Option<Vec<Violation>> {
        let Some(script) = env::var("SALDO_TEST_AXE").ok().and_then(|path| fs::read_to_string(path).ok()) else {
            needs::missing("axe-core (SALDO_TEST_AXE)");
            return None;
        };
        // `return` and a comma-less body: the file ends in its own call, and its value is not wanted.
        self.execute(&format!("{script}\n; window.axe = axe;"), &[]).await;
        let answer = self.command("execute/async", json!({"script": RUN, "args": []})).await;
        let found = answer.as_array().unwrap_or_else(|| panic!("axe-core could not run: {answer}"));
        Some(found.iter().map(violation).collect())
    }

    /// Ends the test with every violation on the page that stands.
    ///
    /// # Panics
    /// When there is one.
    pub async fn assert_accessible(&self) {
        let Some(found) = self.violations().await else { return };
        let lines: String = found.iter().map(Violation::to_string).collect();
        assert!(found.is_empty(), "{}: axe-core found\n{lines}", self.url().await);
    }
}

fn violation(value: &Value) -> Violation {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let places = value["places"].as_array().map(|places| places.iter().map(text).collect()).unwrap_or_default();
    Violation { rule: text(&value["rule"]), help: text(&value["help"]), places }
}
