//! The audit log: every change by a person leaves a line, in the transaction of the change.

use crate::App;
use crate::failure::Failure;
use saldo_domain::actor::Actor;
use saldo_domain::ids::{AuditId, CreditorId};
use saldo_store::{Page, PageRequest, Tx, audit};
use serde_json::Value as Json;
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
    let tx = app.store().read().await?;
    Ok(audit::list(&tx, creditor, filter, page).await?)
}
