//! The statement, from one snapshot.

use crate::App;
use crate::failure::Failure;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_domain::statement::{self, Statement};
use saldo_store::snapshot;

/// The statement of a debtor now.
///
/// # Errors
/// `not_found`.
pub async fn open(app: &App, creditor: CreditorId, debtor: DebtorId) -> Result<Statement, Failure> {
    let snapshot = load(app, creditor, debtor).await?;
    Ok(statement::build(&snapshot, app.now())?)
}

/// Everything that is known of a debtor, in one database transaction.
///
/// # Errors
/// `not_found`.
pub async fn load(app: &App, creditor: CreditorId, debtor: DebtorId) -> Result<DebtorSnapshot, Failure> {
    let tx = app.store().read().await?;
    Ok(snapshot::load(&tx, creditor, debtor).await?)
}
