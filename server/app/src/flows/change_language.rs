//! The debtor chooses the language of our messages.

use crate::App;
use crate::failure::Failure;
use crate::flows::start_session::DebtorSession;
use saldo_domain::locale::Language;
use saldo_store::debtor;

/// Keeps the language.
///
/// # Errors
/// Faults of the store.
pub async fn change(app: &App, session: DebtorSession, language: Language) -> Result<(), Failure> {
    let tx = app.store().write().await?;
    debtor::lock(&tx, session.creditor_id, session.debtor_id).await?;
    debtor::set_language(&tx, session.creditor_id, session.debtor_id, language).await?;
    Ok(tx.commit().await?)
}
