//! What was paid, to keep or print.

use crate::App;
use crate::failure::Failure;
use crate::flows::start_session::DebtorSession;
use saldo_domain::Refusal;
use saldo_domain::ids::PaymentId;
use saldo_domain::invoice::Invoice;
use saldo_domain::money::Money;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::payment::{self, PaymentRow};
use saldo_store::{invoice, snapshot};

/// A payment with what it paid.
pub struct Receipt {
    /// The payment.
    pub row: PaymentRow,
    /// The invoices that it pays.
    pub invoices: Vec<Invoice>,
    /// What is owed on its account now.
    pub balance: Money,
    /// The debtor as it stands.
    pub snapshot: DebtorSnapshot,
}

/// One payment of this debtor.
///
/// # Errors
/// `not_found` for another debtor's payment.
pub async fn show(app: &App, session: DebtorSession, id: PaymentId) -> Result<Receipt, Failure> {
    let tx = app.store().read_of(session.creditor_id).await?;
    let row = payment::load(&tx, session.creditor_id, id).await?;
    if row.debtor_id != session.debtor_id {
        return Err(Refusal::NotFound.into());
    }
    let ids: Vec<_> = row.payment.allocations.iter().map(|part| part.invoice_id).collect();
    let invoices = invoice::find_many(&tx, session.creditor_id, &ids).await?;
    let snapshot = snapshot::load(&tx, session.creditor_id, session.debtor_id).await?;
    let account = snapshot.account(row.payment.account_id).ok_or(Refusal::NotFound)?;
    let balance = Money::sum(account.currency, account.items.iter().map(|item| item.outstanding))?;
    Ok(Receipt { row, invoices: invoices.into_iter().map(|row| row.invoice).collect(), balance, snapshot })
}
