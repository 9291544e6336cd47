//! Money that came in is booked: once for each payment of a provider, whatever the order, repetition or delay.

use crate::App;
use crate::failure::Failure;
use crate::flows::book;
use crate::jobs::{self, Job};
use saldo_domain::Refusal;
use saldo_domain::allocation::AllocationOrder;
use saldo_domain::attempt::PaymentAttempt;
use saldo_domain::concession::{ConcessionKind, ItemConcession};
use saldo_domain::ids::PaymentId;
use saldo_domain::ledger::LedgerAccount;
use saldo_domain::money::Money;
use saldo_domain::outcome::Outcome;
use saldo_domain::payment::{Payment, receive};
use saldo_domain::provider::Capture;
use saldo_domain::settlement::SettlementOffer;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::payment::PaymentRow;
use saldo_store::{Tx, debtor, payment, settlement_offer};

/// Books a capture under the debtor's lock. A second capture of one attempt pays nothing: it becomes visible credit.
///
/// # Errors
/// Faults of the store, and amounts that do not fit.
pub async fn record(
    app: &App,
    tx: &Tx,
    snapshot: &DebtorSnapshot,
    attempt: &PaymentAttempt,
    capture: &Capture,
) -> Result<Outcome<PaymentId>, Failure> {
    let creditor = attempt.creditor_id;
    let known = payment::find_by_reference(tx, creditor, &attempt.provider, &capture.payment_reference).await?;
    if known.is_some() {
        return Ok(Outcome::AlreadyApplied);
    }
    let account = snapshot.account(attempt.account_id).ok_or(Refusal::NotFound)?;
    let on = snapshot.debtor.zone(&snapshot.creditor).date_at(capture.captured_at);
    let before = payment::list_for_attempt(tx, creditor, attempt.debtor_id, attempt.id).await?;
    let order = if before.is_empty() { attempt.order.clone() } else { AllocationOrder::Selected(Vec::new()) };
    let honoured = |given: &&ItemConcession| given.honour.is_honoured(attempt.created_at, capture.captured_at);
    let concessions: Vec<ItemConcession> =
        if before.is_empty() { attempt.concessions.iter().filter(honoured).cloned().collect() } else { Vec::new() };
    let into = LedgerAccount::ProviderClearing;
    let booking = receive(account, capture.amount, &order, &concessions, into, on)?;
    let now = app.now();
    let movement_key = format!("{}:{}:capture", attempt.provider, capture.payment_reference);
    book::booking(app, tx, creditor, attempt.debtor_id, &booking, Some(movement_key)).await?;
    let payment = Payment {
        id: PaymentId(app.ambient().uuid_v7()),
        account_id: attempt.account_id,
        amount: capture.amount,
        effective_on: on,
        allocations: booking.allocations,
        unapplied: booking.unapplied,
        refunded: Money::zero(capture.amount.currency()),
    };
    let id = payment.id;
    let row = PaymentRow {
        payment,
        debtor_id: attempt.debtor_id,
        attempt_id: Some(attempt.id),
        provider: attempt.provider.clone(),
        provider_reference: capture.payment_reference.clone(),
        recorded_at: now,
    };
    payment::insert(tx, creditor, &row).await?;
    take_settlement(app, tx, snapshot, &row).await?;
    debtor::set_next_contact(tx, creditor, attempt.debtor_id, Some(now)).await?;
    jobs::insert(app, tx, creditor, Job::SendReceipt { payment_id: id, by_hand: None }).await?;
    Ok(Outcome::Executed(id))
}

/// Notes an offer as taken whose items a payment has closed with what the offer gives up.
///
/// # Errors
/// Faults of the store.
pub(crate) async fn take_settlement(
    app: &App,
    tx: &Tx,
    snapshot: &DebtorSnapshot,
    paid: &PaymentRow,
) -> Result<(), Failure> {
    let settled = |offer: &&SettlementOffer| {
        paid.payment.allocations.iter().any(|part| {
            let given = part.concession.is_some_and(|given| given.kind == ConcessionKind::Settlement);
            given && offer.items.contains(&part.invoice_id)
        })
    };
    let Some(offer) = snapshot.settlement_offers.iter().find(settled) else { return Ok(()) };
    if let Outcome::Executed(taken) = offer.clone().take(paid.payment.id, app.now())? {
        settlement_offer::update(tx, snapshot.creditor.id, &taken).await?;
    }
    Ok(())
}
