//! What money that came in, or went back, does to the books.

use crate::Refusal;
use crate::allocation::{Allocation, AllocationOrder, allocate};
use crate::calendar::Date;
use crate::ids::{AccountId, InvoiceId, PaymentId};
use crate::invoice::{InvoiceStatus, OpenItem};
use crate::ledger::{EntryKind, JournalEntry, LedgerAccount, Side, account_line, item_line};
use crate::money::Money;
use crate::snapshot::AccountSnapshot;
use serde::{Deserialize, Serialize};

/// Money received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// On which account.
    pub account_id: AccountId,
    /// What came in.
    pub amount: Money,
    /// When it counts.
    pub effective_on: Date,
    /// What of it pays which item, refunds already taken off.
    pub allocations: Vec<Allocation>,
    /// What of it is credit, refunds already taken off.
    pub unapplied: Money,
    /// What was given back.
    pub refunded: Money,
}

/// What is to be written, all of it in one database transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// The entry.
    pub entry: JournalEntry,
    /// The parts that pay items; for a refund, the parts that are taken from them.
    pub allocations: Vec<Allocation>,
    /// What became credit; for a refund, what is taken from it.
    pub unapplied: Money,
    /// The items as they stand afterwards.
    pub items: Vec<ItemChange>,
}

/// An item's next status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemChange {
    /// The item.
    pub invoice_id: InvoiceId,
    /// Its next status.
    pub status: InvoiceStatus,
}

/// Books money that came in: `into` is where it lies now (a provider's clearing account, or the bank).
///
/// # Errors
/// `amount_not_positive`, `currency_mismatch`, `amount_overflow`.
pub fn receive(
    account: &AccountSnapshot,
    amount: Money,
    order: &AllocationOrder,
    into: LedgerAccount,
    on: Date,
) -> Result<Booking, Refusal> {
    let allocated = allocate(amount, &account.items, order)?;
    let mut lines = vec![account_line(into, Side::Debit, amount, account.id)];
    lines.extend(pays(&allocated.allocations, account.id));
    if allocated.surplus.is_positive() {
        lines.push(account_line(LedgerAccount::UnappliedCash, Side::Credit, allocated.surplus, account.id));
    }
    Ok(Booking {
        entry: JournalEntry::try_new(EntryKind::Payment, on, lines)?,
        items: reduce(&account.items, &allocated.allocations, on)?,
        allocations: allocated.allocations,
        unapplied: allocated.surplus,
    })
}

/// Applies credit to the oldest due items; nothing where there is no credit or nothing is open.
///
/// # Errors
/// `currency_mismatch`, `amount_overflow`.
pub fn apply_credit(account: &AccountSnapshot, on: Date) -> Result<Option<Booking>, Refusal> {
    if !account.unapplied.is_positive() || account.items.is_empty() {
        return Ok(None);
    }
    let allocated = allocate(account.unapplied, &account.items, &AllocationOrder::OldestDueFirst)?;
    let applied = account.unapplied.minus(allocated.surplus)?;
    let mut lines = vec![account_line(LedgerAccount::UnappliedCash, Side::Debit, applied, account.id)];
    lines.extend(pays(&allocated.allocations, account.id));
    Ok(Some(Booking {
        entry: JournalEntry::try_new(EntryKind::CreditApplied, on, lines)?,
        items: reduce(&account.items, &allocated.allocations, on)?,
        allocations: allocated.allocations,
        unapplied: applied.negated()?,
    }))
}

/// Books money that went back: credit first, then the items, the last one paid first; those items are open again.
/// `outstanding` tells what each item that the payment paid has open now (zero when it is paid).
///
/// # Errors
/// `amount_not_positive`, `refund_above_payment`, `currency_mismatch`, `amount_overflow`.
pub fn refund(
    payment: &Payment,
    amount: Money,
    outstanding: impl Fn(InvoiceId) -> Money,
    on: Date,
) -> Result<Booking, Refusal> {
    let amount = amount.positive()?;
    if amount.minus(payment.amount.minus(payment.refunded)?)?.is_positive() {
        return Err(Refusal::RefundAbovePayment);
    }
    let from_credit = amount.min(payment.unapplied)?;
    let mut rest = amount.minus(from_credit)?;
    let mut lines = Vec::new();
    if from_credit.is_positive() {
        lines.push(account_line(LedgerAccount::UnappliedCash, Side::Debit, from_credit, payment.account_id));
    }
    let mut allocations = Vec::new();
    let mut reopened: Vec<(InvoiceId, Money)> = Vec::new();
    for paid in payment.allocations.iter().rev() {
        let part = rest.min(paid.amount)?;
        if part.is_positive() {
            rest = rest.minus(part)?;
            lines.push(item_line(LedgerAccount::Receivable, Side::Debit, part, payment.account_id, paid.invoice_id));
            match reopened.iter_mut().find(|(id, _)| *id == paid.invoice_id) {
                Some((_, open)) => *open = open.plus(part)?,
                None => reopened.push((paid.invoice_id, outstanding(paid.invoice_id).plus(part)?)),
            }
            allocations.push(Allocation { invoice_id: paid.invoice_id, amount: part });
        }
    }
    if rest.is_positive() {
        return Err(Refusal::RefundAbovePayment);
    }
    lines.push(account_line(LedgerAccount::ProviderClearing, Side::Credit, amount, payment.account_id));
    let entry = JournalEntry::try_new(EntryKind::Refund, on, lines)?;
    let open = |(invoice_id, outstanding)| ItemChange { invoice_id, status: InvoiceStatus::Open { outstanding } };
    let items = reopened.into_iter().map(open).collect();
    Ok(Booking { entry, allocations, unapplied: from_credit, items })
}

fn pays(allocations: &[Allocation], account: AccountId) -> impl Iterator<Item = crate::ledger::JournalLine> {
    allocations.iter().map(move |allocation| {
        item_line(LedgerAccount::Receivable, Side::Credit, allocation.amount, account, allocation.invoice_id)
    })
}

fn reduce(items: &[OpenItem], allocations: &[Allocation], on: Date) -> Result<Vec<ItemChange>, Refusal> {
    let mut changes = Vec::with_capacity(allocations.len());
    for allocation in allocations {
        let item = items.iter().find(|item| item.invoice_id == allocation.invoice_id).ok_or(Refusal::ItemNotOpen)?;
        let outstanding = item.outstanding.minus(allocation.amount)?;
        let status = match outstanding.minor() {
            0 => InvoiceStatus::Paid { paid_on: on },
            1.. => InvoiceStatus::Open { outstanding },
            _ => return Err(Refusal::AboveOutstanding),
        };
        changes.push(ItemChange { invoice_id: allocation.invoice_id, status });
    }
    Ok(changes)
}
