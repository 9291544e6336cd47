//! Claims that shrink without money: credit notes and write-offs.

use crate::Refusal;
use crate::calendar::Date;
use crate::ids::AccountId;
use crate::invoice::{InvoiceStatus, OpenItem};
use crate::ledger::{EntryKind, JournalEntry, LedgerAccount};
use crate::money::Money;
use crate::payment::ItemChange;

/// What is to be written for an item, all of it in one database transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// The entry.
    pub entry: JournalEntry,
    /// The item as it stands afterwards.
    pub item: ItemChange,
}

/// Reduces a claim. An item of which nothing is left counts as paid.
///
/// # Errors
/// `amount_not_positive`, `above_outstanding`, `currency_mismatch`, `amount_overflow`.
pub fn credit_note(account: AccountId, item: &OpenItem, amount: Money, on: Date) -> Result<Adjustment, Refusal> {
    let left = rest(item, amount)?;
    let entry = JournalEntry::credit_note(account, item.invoice_id, amount, on)?;
    let status = if left.is_zero() { InvoiceStatus::Paid { paid_on: on } } else { open(left) };
    Ok(Adjustment { entry, item: ItemChange { invoice_id: item.invoice_id, status } })
}

/// Gives up a claim, or a part of it.
///
/// # Errors
/// `amount_not_positive`, `above_outstanding`, `currency_mismatch`, `amount_overflow`.
pub fn write_off(account: AccountId, item: &OpenItem, amount: Money, on: Date) -> Result<Adjustment, Refusal> {
    let left = rest(item, amount)?;
    let id = item.invoice_id;
    let entry = JournalEntry::give_up(EntryKind::WriteOff, LedgerAccount::WriteOff, account, id, amount, on)?;
    let status = if left.is_zero() { InvoiceStatus::WrittenOff { written_off_on: on } } else { open(left) };
    Ok(Adjustment { entry, item: ItemChange { invoice_id: id, status } })
}

fn open(outstanding: Money) -> InvoiceStatus {
    InvoiceStatus::Open { outstanding }
}

fn rest(item: &OpenItem, amount: Money) -> Result<Money, Refusal> {
    let left = item.outstanding.minus(amount.positive()?)?;
    if left.minor() < 0 { Err(Refusal::AboveOutstanding) } else { Ok(left) }
}
