//! Writing what the domain has worked out: entries and the items that they change.

use crate::App;
use crate::failure::Failure;
use saldo_domain::ids::{CreditorId, DebtorId, EntryId};
use saldo_domain::invoice::Invoice;
use saldo_domain::ledger::JournalEntry;
use saldo_domain::payment::{Booking, ItemChange};
use saldo_store::invoice::NewInvoice;
use saldo_store::journal::{self, NewEntry};
use saldo_store::{Tx, invoice, payment_plan};

/// Writes entries of one debtor. The first books the provider's movement, where there is one.
///
/// # Errors
/// Faults of the store.
pub async fn entries(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    debtor_id: DebtorId,
    entries: &[JournalEntry],
    movement_key: Option<String>,
) -> Result<(), Failure> {
    let mut movement_key = movement_key;
    let recorded_at = app.now();
    let rows = entries.iter().map(|entry| NewEntry {
        id: EntryId(app.ambient().uuid_v7()),
        entry,
        debtor_id: Some(debtor_id),
        movement_key: movement_key.take(),
        recorded_at,
    });
    journal::insert_entries(tx, creditor, &rows.collect::<Vec<_>>()).await?;
    // What was booked may complete a plan, or open an instalment again.
    Ok(payment_plan::mark_for_review(tx, creditor, debtor_id, recorded_at).await?)
}

/// Writes a booking's entries and its items' next status; what it does to a payment is the caller's.
///
/// # Errors
/// Faults of the store.
pub async fn booking(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    debtor_id: DebtorId,
    booking: &Booking,
    movement_key: Option<String>,
) -> Result<(), Failure> {
    entries(app, tx, creditor, debtor_id, &booking.entries, movement_key).await?;
    statuses(tx, creditor, &booking.items).await
}

/// Writes items' next status.
///
/// # Errors
/// Faults of the store.
pub async fn statuses(tx: &Tx, creditor: CreditorId, items: &[ItemChange]) -> Result<(), Failure> {
    for change in items {
        invoice::set_status(tx, creditor, change).await?;
    }
    Ok(())
}

/// Begins an item of any kind: the claim and its entry. The caller holds the debtor.
///
/// # Errors
/// `number_taken` is a conflict of the store here; faults of the store.
pub async fn item(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    debtor_id: DebtorId,
    claim: Invoice,
) -> Result<(), Failure> {
    let entry = JournalEntry::begin(claim.kind, claim.account_id, claim.id, claim.amount, claim.issued_on)?;
    invoice::insert_many(tx, creditor, &[NewInvoice { invoice: claim, debtor_id, import: None }]).await?;
    entries(app, tx, creditor, debtor_id, &[entry], None).await
}
