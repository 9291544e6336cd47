//! The statement, from one snapshot.

use crate::App;
use crate::failure::Failure;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_domain::statement::{self, Statement};
use saldo_store::payment::{self, PaymentRow};
use saldo_store::{PageRequest, snapshot};

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
    let tx = app.store().read_of(creditor).await?;
    Ok(snapshot::load_with_movements(&tx, creditor, debtor).await?)
}

/// How many payments a statement links to.
const PAYMENTS_SHOWN: u64 = 20;

/// A debtor's latest payments, newest first.
///
/// # Errors
/// Faults of the store.
pub async fn list_payments(app: &App, creditor: CreditorId, debtor: DebtorId) -> Result<Vec<PaymentRow>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(payment::list(&tx, creditor, Some(debtor), PageRequest::first(PAYMENTS_SHOWN)).await?.items)
}
