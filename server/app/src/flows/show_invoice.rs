//! One invoice of a debtor's own.

use crate::App;
use crate::failure::Failure;
use crate::flows::start_session::DebtorSession;
use saldo_domain::Refusal;
use saldo_domain::ids::InvoiceId;
use saldo_domain::invoice::Invoice;
use saldo_store::invoice;

/// An invoice of the debtor of a session.
///
/// # Errors
/// `not_found`, also for somebody else's.
pub async fn own(app: &App, session: DebtorSession, id: InvoiceId) -> Result<Invoice, Failure> {
    let tx = app.store().read_of(session.creditor_id).await?;
    let row = invoice::load(&tx, session.creditor_id, id).await?;
    if row.debtor_id == session.debtor_id { Ok(row.invoice) } else { Err(Refusal::NotFound.into()) }
}
