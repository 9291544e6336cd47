//! Money that went back is booked once; what it had paid is open again.

use crate::App;
use crate::failure::Failure;
use crate::flows::book;
use crate::flows::record_chargeback::restore_movement;
use saldo_domain::Refusal;
use saldo_domain::ids::{CreditorId, RefundId};
use saldo_domain::ledger::EntryKind;
use saldo_domain::money::Money;
use saldo_domain::outcome::Outcome;
use saldo_domain::payment::{GivenBack, give_back};
use saldo_domain::provider::ProviderRefund;
use saldo_store::given_back::GivenBackRow;
use saldo_store::journal;
use saldo_store::payment::PaymentRow;
use saldo_store::refund::RefundState;
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
    let taken = GivenBackRow {
        movement_key: movement_key.clone(),
        payment_id: paid.payment.id,
        amount: given_back.amount,
        taken: booking.allocations.clone(),
        restored_at: None,
    };
    saldo_store::given_back::insert(tx, creditor, &taken).await?;
    book::booking(app, tx, creditor, paid.debtor_id, &booking, Some(movement_key)).await?;
    payment::apply_given_back(tx, creditor, paid.payment.id, &booking).await?;
    debtor::set_next_contact(tx, creditor, paid.debtor_id, Some(now)).await?;
    if let Some(refund_id) = given_back.refund_id {
        let reference = &given_back.refund_reference;
        let is_news = saldo_store::refund::mark_succeeded(tx, creditor, refund_id, reference, now).await?;
        // Events keep no order: that it came back again may have been told before.
        if !is_news && has_failed(tx, creditor, &paid, reference).await? {
            come_back(app, tx, creditor, &paid, reference).await?;
        }
    }
    Ok(Outcome::Executed(()))
}

async fn has_failed(tx: &Tx, creditor: CreditorId, paid: &PaymentRow, reference: &str) -> Result<bool, Failure> {
    let known = saldo_store::refund::find_by_reference(tx, creditor, paid.payment.id, reference).await?;
    Ok(known.is_some_and(|row| row.state == RefundState::Failed))
}

async fn come_back(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    paid: &PaymentRow,
    reference: &str,
) -> Result<(), Failure> {
    let snapshot = snapshot::lock_and_load(tx, creditor, paid.debtor_id).await?;
    let key = |kind: &str| format!("{}:{reference}:{kind}", paid.provider);
    let (went, came) = (key("refund"), key("refund_returned"));
    restore_movement(app, tx, &snapshot, paid, &went, EntryKind::RefundReturned, came).await
}

/// A refund that was booked did not reach the debtor: the money counts again. `false` when it was not booked, or counts
/// again already.
///
/// # Errors
/// Faults of the store.
pub async fn take_back(app: &App, tx: &Tx, creditor: CreditorId, id: RefundId) -> Result<bool, Failure> {
    let row = saldo_store::refund::load(tx, creditor, id).await?;
    let paid = payment::load(tx, creditor, row.payment_id).await?;
    debtor::lock(tx, creditor, paid.debtor_id).await?;
    let Some(reference) = row.provider_reference else { return Ok(false) };
    if !saldo_store::refund::mark_returned(tx, creditor, id, "it did not reach the debtor", app.now()).await? {
        return Ok(false);
    }
    come_back(app, tx, creditor, &paid, &reference).await?;
    debtor::set_next_contact(tx, creditor, paid.debtor_id, Some(app.now())).await?;
    Ok(true)
}
