//! Money that went back is booked once; what it had paid is open again.

use crate::App;
use crate::failure::Failure;
use crate::flows::book;
use saldo_domain::Refusal;
use saldo_domain::ids::CreditorId;
use saldo_domain::money::Money;
use saldo_domain::outcome::Outcome;
use saldo_domain::payment::{GivenBack, give_back};
use saldo_domain::provider::ProviderRefund;
use saldo_store::journal;
use saldo_store::payment::PaymentRow;
use saldo_store::{Tx, debtor, payment, snapshot};

/// Books a refund under the debtor's lock.
///
/// # Errors
/// `refund_above_payment`; faults of the store.
pub async fn record(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    paid: &PaymentRow,
    given_back: &ProviderRefund,
) -> Result<Outcome<()>, Failure> {
    let snapshot = snapshot::lock_and_load(tx, creditor, paid.debtor_id).await?;
    let movement_key = format!("{}:{}:refund", paid.provider, given_back.refund_reference);
    if journal::has_movement(tx, creditor, &movement_key).await? {
        return Ok(Outcome::AlreadyApplied);
    }
    let paid = payment::load(tx, creditor, paid.payment.id).await?;
    let items: Vec<_> = snapshot.accounts.iter().flat_map(|account| &account.items).collect();
    let zero = Money::zero(given_back.amount.currency());
    let outstanding = |id| items.iter().find(|item| item.invoice_id == id).map_or(zero, |item| item.outstanding);
    let on = snapshot.debtor.zone(&snapshot.creditor).date_at(given_back.refunded_at);
    if given_back.amount.currency() != paid.payment.amount.currency() {
        return Err(Refusal::ReportMismatch.into());
    }
    let booking = give_back(GivenBack::Refund, &paid.payment, given_back.amount, outstanding, on)?;
    let now = app.now();
    book::booking(app, tx, creditor, paid.debtor_id, &booking, Some(movement_key)).await?;
    payment::apply_given_back(tx, creditor, paid.payment.id, &booking).await?;
    debtor::set_next_contact(tx, creditor, paid.debtor_id, Some(now)).await?;
    if let Some(refund_id) = given_back.refund_id {
        saldo_store::refund::mark_succeeded(tx, creditor, refund_id, &given_back.refund_reference, now).await?;
    }
    Ok(Outcome::Executed(()))
}
