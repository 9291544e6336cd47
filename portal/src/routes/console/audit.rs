use crate::pages::console::{AuditEntry, AuditFilterForm, AuditView};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::Query;
use saldo_app::flows::audit::{self, AuditFilter, AuditRow, changes};
use saldo_app::flows::manage_members;
use saldo_app::lists::{Cursor, PageRequest};
use saldo_domain::actor::Actor;
use saldo_domain::member::Permission;
use serde::Deserialize;
use uuid::Uuid;

/// Lines on one page.
const ROWS: u64 = 50;

/// What stands in the address.
#[derive(Default, Deserialize)]
pub struct AuditQuery {
    after: Option<Uuid>,
    #[serde(default)]
    actor: String,
    #[serde(default)]
    action: String,
    #[serde(default)]
    subject: String,
}

/// Who changed what, the latest first.
pub async fn show(console: ConsoleVisit, Query(query): Query<AuditQuery>) -> Answer {
    console.needs(Permission::Read)?;
    let failed = |failure| Page::failure(&console.visit, failure);
    let chrome = console.visit.of_console(&console.creditor);
    let members = manage_members::list(console.app(), console.id()).await.map_err(failed)?;
    let people: Vec<(Actor, String)> = members
        .into_iter()
        .map(|row| (Actor::Member { id: row.member.id }, row.member.name))
        .chain([(Actor::Operator, chrome.t("actor-operator")), (Actor::System, chrome.t("actor-system"))])
        .collect();
    let request = PageRequest::new(query.after.map(Cursor), ROWS);
    let listed = audit::list(console.app(), console.id(), &filter(&query), request).await.map_err(failed)?;
    let name = |actor: &Actor| match (people.iter().find(|(known, _)| known == actor), actor) {
        (Some((_, name)), _) => name.clone(),
        (None, Actor::ApiKey { id }) => chrome.with("actor-api-key", [("id", id.to_string().into())]),
        (None, Actor::Debtor { id }) => chrome.with("actor-debtor", [("id", id.to_string().into())]),
        (None, other) => other.kind().to_owned(),
    };
    let view = AuditView {
        lines: listed.items.into_iter().map(|row| entry(name(&row.actor), row)).collect(),
        actors: people.iter().map(|(actor, name)| (written(actor), name.clone())).collect(),
        next: listed.next.map(|cursor| cursor.to_string()),
        first_page: query.after.is_none(),
        filter: AuditFilterForm { actor: query.actor, action: query.action, subject: query.subject },
    };
    Ok(Page::ok(&view, &chrome))
}

fn filter(query: &AuditQuery) -> AuditFilter {
    let (kind, id) = query.actor.split_once(':').map_or((query.actor.as_str(), None), |(kind, id)| (kind, Some(id)));
    AuditFilter {
        actor: Actor::from_parts(kind, id.and_then(|id| id.parse().ok())),
        action: Some(query.action.trim().to_owned()).filter(|text| !text.is_empty()),
        subject_kind: None,
        subject_id: query.subject.trim().parse().ok(),
    }
}

/// An actor as the address has it.
fn written(actor: &Actor) -> String {
    actor.id().map_or_else(|| actor.kind().to_owned(), |id| format!("{}:{id}", actor.kind()))
}

fn entry(actor: String, row: AuditRow) -> AuditEntry {
    AuditEntry {
        recorded_at: row.recorded_at,
        actor,
        changes: changes(row.before.as_ref(), row.after.as_ref()),
        action: row.action,
        subject_kind: row.subject_kind,
        subject_id: row.subject_id,
    }
}
