//! The audit log: every change by a person leaves a line, in the transaction of the change.

use crate::App;
use crate::failure::Failure;
use saldo_domain::actor::Actor;
use saldo_domain::ids::{AuditId, CreditorId};
use saldo_store::{Page, PageRequest, Tx, audit};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

pub use saldo_store::audit::{AuditFilter, AuditRow};

/// What was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// A stable word: `member`, `invoice`, `payment_plan` …
    pub kind: &'static str,
    /// Which one.
    pub id: Uuid,
}

impl Subject {
    /// A thing of a kind.
    pub fn new(kind: &'static str, id: impl Into<Uuid>) -> Self {
        Self { kind, id: id.into() }
    }
}

/// Writes a line: `before` is none for what is new, `after` for what is gone. Secrets never go in.
///
/// # Errors
/// Faults of the store.
#[expect(clippy::too_many_arguments, reason = "a line has these parts, and each caller has them at hand")]
pub async fn record(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    actor: &Actor,
    action: &'static str,
    subject: Subject,
    before: Option<Json>,
    after: Option<Json>,
) -> Result<(), Failure> {
    let row = AuditRow {
        id: AuditId(app.ambient().uuid_v7()),
        recorded_at: app.now(),
        actor: *actor,
        action: action.to_owned(),
        subject_kind: subject.kind.to_owned(),
        subject_id: subject.id,
        before,
        after,
    };
    Ok(audit::insert(tx, creditor, &row).await?)
}

/// A creditor's lines, the latest first.
///
/// # Errors
/// Faults of the store.
pub async fn list(
    app: &App,
    creditor: CreditorId,
    filter: &AuditFilter,
    page: PageRequest,
) -> Result<Page<AuditRow>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(audit::list(&tx, creditor, filter, page).await?)
}

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its path: `terms.rate_bps`.
    pub field: String,
    /// How it was.
    pub before: Option<String>,
    /// How it is.
    pub after: Option<String>,
}

/// The fields in which two states differ, in the order of their names.
pub fn changes(before: Option<&Json>, after: Option<&Json>) -> Vec<Change> {
    let (before, after) = (fields(before), fields(after));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let change = |name: &String| Change {
        field: name.clone(),
        before: before.get(name).cloned(),
        after: after.get(name).cloned(),
    };
    names.into_iter().map(change).filter(|change| change.before != change.after).collect()
}

fn fields(state: Option<&Json>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    if let Some(state) = state {
        walk(String::new(), state, &mut found);
    }
    found
}

fn walk(path: String, value: &Json, found: &mut BTreeMap<String, String>) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Json::Object(parts) => parts.iter().for_each(|(name, part)| walk(below(name), part, found)),
        Json::Array(parts) => {
            parts.iter().enumerate().for_each(|(place, part)| walk(below(&(place + 1).to_string()), part, found));
        }
        Json::Null => {}
        Json::String(text) => {
            found.insert(path, text.clone());
        }
        other => {
            found.insert(path, other.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_differs_is_a_change() {
        let before = json!({"name": "Ana", "role": "viewer", "terms": {"days": [10, 30], "note": null}});
        let after = json!({"name": "Ana", "role": "agent", "terms": {"days": [10, 45], "note": "x"}});
        let shown: Vec<_> = changes(Some(&before), Some(&after))
            .into_iter()
            .map(|change| (change.field, change.before.unwrap_or_default(), change.after.unwrap_or_default()))
            .collect();
        let expected = [("role", "viewer", "agent"), ("terms.days.2", "30", "45"), ("terms.note", "", "x")];
        assert_eq!(shown, expected.map(|(field, old, new)| (field.to_owned(), old.to_owned(), new.to_owned())));
        assert_eq!(changes(None, None), []);
        assert_eq!(changes(None, Some(&json!({"a": 1}))).len(), 1);
    }
}
