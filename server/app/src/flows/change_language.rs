//! The debtor chooses the language of our messages.

use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use crate::flows::start_session::DebtorSession;
use saldo_domain::actor::Actor;
use saldo_domain::locale::Language;
use saldo_store::debtor;
use serde_json::json;

/// Keeps the language.
///
/// # Errors
/// Faults of the store.
pub async fn change(app: &App, session: DebtorSession, language: Language) -> Result<(), Failure> {
    let (creditor, id) = (session.creditor_id, session.debtor_id);
    let tx = app.store().write_of(creditor).await?;
    debtor::lock(&tx, creditor, id).await?;
    let before = debtor::load(&tx, creditor, id).await?.language;
    debtor::set_language(&tx, creditor, id, language).await?;
    let (actor, subject) = (Actor::Debtor { id }, Subject::new("debtor", id.0));
    let (before, after) = (json!({"language": before}), json!({"language": language}));
    audit::record(app, &tx, creditor, &actor, "language_changed", subject, Some(before), Some(after)).await?;
    Ok(tx.commit().await?)
}
