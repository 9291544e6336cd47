//! A payment that its card holder disputes: what it had paid is open again; a won one counts again, a lost one stays.

use crate::App;
use crate::failure::Failure;
use crate::flows::book;
use saldo_domain::Refusal;
use saldo_domain::ids::{ChargebackId, CreditorId};
use saldo_domain::ledger::EntryKind;
use saldo_domain::money::Money;
use saldo_domain::outcome::Outcome;
use saldo_domain::payment::{GivenBack, give_back, restore};
use saldo_domain::provider::{ChargebackStanding, ProviderChargeback};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::chargeback::{self, ChargebackRow};
use saldo_store::given_back::{self, GivenBackRow};
use saldo_store::payment::PaymentRow;
use saldo_store::{Tx, debtor, payment, snapshot};

/// Takes in what a provider says of a chargeback, under the debtor's lock. What has ended stays as it ended, so events may
/// come in any order and often. The provider's fee for it is not known from the event, and not guessed.
///
/// # Errors
/// `report_mismatch`, `refund_above_payment`; faults of the store.
pub async fn record(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    paid: &PaymentRow,
    told: &ProviderChargeback,
) -> Result<Outcome<()>, Failure> {
    let snapshot = snapshot::lock_and_load(tx, creditor, paid.debtor_id).await?;
    let known = chargeback::find_by_reference(tx, creditor, &paid.provider, &told.chargeback_reference).await?;
    match (known, told.standing) {
        (None, standing) => {
            let row = ChargebackRow {
                id: ChargebackId(app.ambient().uuid_v7()),
                debtor_id: paid.debtor_id,
                payment_id: paid.payment.id,
                provider: paid.provider.clone(),
                reference: told.chargeback_reference.clone(),
                amount: told.amount,
                standing,
                opened_at: told.at,
                ended_at: standing.is_final().then_some(told.at),
            };
            chargeback::insert(tx, creditor, &row).await?;
            // Won before its opening was heard of: the money went and came, so nothing is to be booked.
            if standing != ChargebackStanding::Won {
                take_back(app, tx, &snapshot, paid, told).await?;
            }
        }
        (Some(known), standing) if known.standing == ChargebackStanding::Opened && standing.is_final() => {
            chargeback::mark_ended(tx, creditor, known.id, standing, told.at).await?;
            if standing == ChargebackStanding::Won {
                count_again(app, tx, &snapshot, paid, told).await?;
            }
        }
        _ => return Ok(Outcome::AlreadyApplied),
    }
    debtor::set_next_contact(tx, creditor, paid.debtor_id, Some(app.now())).await?;
    saldo_store::autopay::wake(tx, creditor, paid.debtor_id, app.now()).await?;
    Ok(Outcome::Executed(()))
}

fn movement_key(paid: &PaymentRow, told: &ProviderChargeback, kind: &str) -> String {
    format!("{}:{}:{kind}", paid.provider, told.chargeback_reference)
}

async fn take_back(
    app: &App,
    tx: &Tx,
    snapshot: &DebtorSnapshot,
    paid: &PaymentRow,
    told: &ProviderChargeback,
) -> Result<(), Failure> {
    let creditor = snapshot.creditor.id;
    let paid = payment::load(tx, creditor, paid.payment.id).await?;
    if told.amount.currency() != paid.payment.amount.currency() {
        return Err(Refusal::ReportMismatch.into());
    }
    let zero = Money::zero(told.amount.currency());
    let items: Vec<_> = snapshot.accounts.iter().flat_map(|account| &account.items).collect();
    let outstanding = |id| items.iter().find(|item| item.invoice_id == id).map_or(zero, |item| item.outstanding);
    let on = snapshot.debtor.zone(&snapshot.creditor).date_at(told.at);
    let booking = give_back(GivenBack::Chargeback, &paid.payment, told.amount, outstanding, on)?;
    let movement_key = movement_key(&paid, told, "chargeback");
    let given = GivenBackRow {
        movement_key: movement_key.clone(),
        payment_id: paid.payment.id,
        amount: told.amount,
        taken: booking.allocations.clone(),
        restored_at: None,
    };
    given_back::insert(tx, creditor, &given).await?;
    book::booking(app, tx, creditor, paid.debtor_id, &booking, Some(movement_key)).await?;
    Ok(payment::apply_given_back(tx, creditor, paid.payment.id, &booking).await?)
}

async fn count_again(
    app: &App,
    tx: &Tx,
    snapshot: &DebtorSnapshot,
    paid: &PaymentRow,
    told: &ProviderChargeback,
) -> Result<(), Failure> {
    let won = movement_key(paid, told, "chargeback_won");
    restore_movement(app, tx, snapshot, paid, &movement_key(paid, told, "chargeback"), EntryKind::ChargebackWon, won)
        .await
}

/// Counts money again that went back with a movement; once.
///
/// # Errors
/// `not_found` for an unknown movement.
pub(crate) async fn restore_movement(
    app: &App,
    tx: &Tx,
    snapshot: &DebtorSnapshot,
    paid: &PaymentRow,
    movement_key: &str,
    kind: EntryKind,
    new_key: String,
) -> Result<(), Failure> {
    let creditor = snapshot.creditor.id;
    let given = given_back::find(tx, creditor, movement_key).await?.ok_or(Refusal::NotFound)?;
    if !given_back::mark_restored(tx, creditor, movement_key, app.now()).await? {
        return Ok(());
    }
    let account = snapshot.account(paid.payment.account_id).ok_or(Refusal::NotFound)?;
    let on = snapshot.debtor.zone(&snapshot.creditor).date_at(app.now());
    let booking = restore(account, kind, given.amount, &given.taken, on)?;
    book::booking(app, tx, creditor, paid.debtor_id, &booking, Some(new_key)).await?;
    Ok(payment::apply_restored(tx, creditor, paid.payment.id, &booking).await?)
}
