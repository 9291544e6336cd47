//! What money that came in, or went back, does to the books.

use crate::Refusal;
use crate::allocation::{Allocation, AllocationOrder, allocate};
use crate::calendar::Date;
use crate::concession::{Concession, ItemConcession};
use crate::ids::{AccountId, InvoiceId, PaymentId};
use crate::invoice::{InvoiceStatus, OpenItem};
use crate::ledger::{EntryKind, JournalEntry, JournalLine, LedgerAccount, Side, account_line, item_line};
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
    /// What of it pays which item, and what it closed beside the money; what went back is taken off.
    pub allocations: Vec<Allocation>,
    /// What of it is credit; what went back is taken off.
    pub unapplied: Money,
    /// What went back: refunds, reversals and chargebacks.
    pub refunded: Money,
}

/// What is to be written, all of it in one database transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// The entry of the money first, then one for each kind of concession.
    pub entries: Vec<JournalEntry>,
    /// The parts that pay items; for money that goes back, the parts that are taken from them.
    pub allocations: Vec<Allocation>,
    /// What became credit; for money that goes back, what is taken from it.
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

/// Books money that came in: `into` is where it lies now (a provider's clearing account, or the bank). The caller has
/// left out the concessions that are not honoured any more.
///
/// # Errors
/// `amount_not_positive`, `currency_mismatch`, `amount_overflow`.
pub fn receive(
    account: &AccountSnapshot,
    amount: Money,
    order: &AllocationOrder,
    concessions: &[ItemConcession],
    into: LedgerAccount,
    on: Date,
) -> Result<Booking, Refusal> {
    let allocated = allocate(amount, &account.items, order, concessions)?;
    let from = account_line(into, Side::Debit, amount, account.id);
    book(account, EntryKind::Payment, from, allocated.allocations, allocated.surplus, on)
}

/// Applies credit to the oldest due items; nothing where there is no credit or nothing is open.
///
/// # Errors
/// `currency_mismatch`, `amount_overflow`.
pub fn apply_credit(account: &AccountSnapshot, on: Date) -> Result<Option<Booking>, Refusal> {
    if !account.unapplied.is_positive() || account.items.is_empty() {
        return Ok(None);
    }
    let allocated = allocate(account.unapplied, &account.items, &AllocationOrder::OldestDueFirst, &[])?;
    let applied = account.unapplied.minus(allocated.surplus)?;
    let from = account_line(LedgerAccount::UnappliedCash, Side::Debit, applied, account.id);
    let none = Money::zero(account.currency);
    let booking = book(account, EntryKind::CreditApplied, from, allocated.allocations, none, on)?;
    Ok(Some(Booking { unapplied: applied.negated()?, ..booking }))
}

/// Counts money again that had gone back: a chargeback that was decided for the creditor, a refund that did not reach the
/// debtor. `taken` is what was taken from the items then; what is not open any more becomes credit.
///
/// # Errors
/// `amount_not_positive`, `currency_mismatch`, `amount_overflow`.
pub fn restore(
    account: &AccountSnapshot,
    kind: EntryKind,
    amount: Money,
    taken: &[Allocation],
    on: Date,
) -> Result<Booking, Refusal> {
    let mut rest = amount.positive()?;
    let mut allocations = Vec::new();
    for part in taken {
        let Some(item) = account.items.iter().find(|item| item.invoice_id == part.invoice_id) else { continue };
        let money = rest.min(part.amount)?.min(item.outstanding)?;
        let open = item.outstanding.minus(money)?;
        let concession = match part.concession {
            Some(given) if money == part.amount && open.is_positive() => {
                Some(Concession { amount: given.amount.min(open)?, ..given })
            }
            _ => None,
        };
        rest = rest.minus(money)?;
        allocations.push(Allocation { invoice_id: part.invoice_id, amount: money, concession });
    }
    let from = account_line(LedgerAccount::ProviderClearing, Side::Debit, amount, account.id);
    book(account, kind, from, allocations, rest, on)
}

fn book(
    account: &AccountSnapshot,
    kind: EntryKind,
    from: JournalLine,
    allocations: Vec<Allocation>,
    surplus: Money,
    on: Date,
) -> Result<Booking, Refusal> {
    let mut lines = vec![from];
    for part in allocations.iter().filter(|part| part.amount.is_positive()) {
        lines.push(item_line(LedgerAccount::Receivable, Side::Credit, part.amount, account.id, part.invoice_id));
    }
    if surplus.is_positive() {
        lines.push(account_line(LedgerAccount::UnappliedCash, Side::Credit, surplus, account.id));
    }
    let mut entries = vec![JournalEntry::try_new(kind, on, lines)?];
    for part in &allocations {
        if let Some(given) = part.concession {
            let (kind, borne_by) = (given.kind.entry_kind(), given.kind.ledger_account());
            entries.push(JournalEntry::give_up(kind, borne_by, account.id, part.invoice_id, given.amount, on)?);
        }
    }
    Ok(Booking { entries, items: reduce(&account.items, &allocations, on)?, allocations, unapplied: surplus })
}

/// Why money goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GivenBack {
    /// We return it.
    Refund,
    /// The bank takes it back: a debit that was returned.
    Reversal,
    /// The card holder disputed the payment.
    Chargeback,
}

impl GivenBack {
    /// The entry that books it.
    pub fn entry_kind(self) -> EntryKind {
        match self {
            Self::Refund => EntryKind::Refund,
            Self::Reversal => EntryKind::Reversal,
            Self::Chargeback => EntryKind::Chargeback,
        }
    }
}

/// Books money that went back: credit first, then the items, the last one paid first; those items are open again, with
/// the part of their concession that the money was of what they took. `outstanding` tells what each item that the payment
/// paid has open now (zero when it is paid).
///
/// # Errors
/// `amount_not_positive`, `refund_above_payment`, `currency_mismatch`, `amount_overflow`.
pub fn give_back(
    why: GivenBack,
    payment: &Payment,
    amount: Money,
    outstanding: impl Fn(InvoiceId) -> Money,
    on: Date,
) -> Result<Booking, Refusal> {
    let amount = amount.positive()?;
    if amount.minus(payment.amount.minus(payment.refunded)?)?.is_positive() {
        return Err(Refusal::RefundAbovePayment);
    }
    let account = payment.account_id;
    let from_credit = amount.min(payment.unapplied)?;
    let whole = amount == payment.amount.minus(payment.refunded)?;
    let (allocations, rest) = take(payment, amount.minus(from_credit)?, whole)?;
    if rest.is_positive() {
        return Err(Refusal::RefundAbovePayment);
    }
    let mut lines = Vec::new();
    if from_credit.is_positive() {
        lines.push(account_line(LedgerAccount::UnappliedCash, Side::Debit, from_credit, account));
    }
    for part in allocations.iter().filter(|part| part.amount.is_positive()) {
        lines.push(item_line(LedgerAccount::Receivable, Side::Debit, part.amount, account, part.invoice_id));
    }
    lines.push(account_line(LedgerAccount::ProviderClearing, Side::Credit, amount, account));
    let mut entries = vec![JournalEntry::try_new(why.entry_kind(), on, lines)?];
    for part in &allocations {
        if let Some(given) = part.concession {
            let lines = vec![
                item_line(LedgerAccount::Receivable, Side::Debit, given.amount, account, part.invoice_id),
                item_line(given.kind.ledger_account(), Side::Credit, given.amount, account, part.invoice_id),
            ];
            entries.push(JournalEntry::try_new(EntryKind::ConcessionReversed, on, lines)?);
        }
    }
    Ok(Booking { entries, items: reopen(&allocations, outstanding)?, allocations, unapplied: from_credit })
}

/// What is taken from which item, the last one paid first, and what the items could not give. A concession that came
/// without money goes when the whole payment goes.
fn take(payment: &Payment, amount: Money, whole: bool) -> Result<(Vec<Allocation>, Money), Refusal> {
    let mut rest = amount;
    let mut taken = Vec::new();
    for paid in payment.allocations.iter().rev() {
        let money = rest.min(paid.amount)?;
        let free = whole && paid.amount.is_zero();
        if !money.is_positive() && !free {
            continue;
        }
        rest = rest.minus(money)?;
        let concession = match paid.concession {
            Some(given) => {
                let part =
                    if free { given.amount } else { given.amount.times_ratio(money.minor(), paid.amount.minor())? };
                part.is_positive().then_some(Concession { amount: part, ..given })
            }
            None => None,
        };
        taken.push(Allocation { invoice_id: paid.invoice_id, amount: money, concession });
    }
    Ok((taken, rest))
}

fn reopen(taken: &[Allocation], outstanding: impl Fn(InvoiceId) -> Money) -> Result<Vec<ItemChange>, Refusal> {
    let mut reopened: Vec<(InvoiceId, Money)> = Vec::new();
    for part in taken {
        let again = part.closes()?;
        match reopened.iter_mut().find(|(id, _)| *id == part.invoice_id) {
            Some((_, open)) => *open = open.plus(again)?,
            None => reopened.push((part.invoice_id, outstanding(part.invoice_id).plus(again)?)),
        }
    }
    let open = |(invoice_id, outstanding)| ItemChange { invoice_id, status: InvoiceStatus::Open { outstanding } };
    Ok(reopened.into_iter().map(open).collect())
}

fn reduce(items: &[OpenItem], allocations: &[Allocation], on: Date) -> Result<Vec<ItemChange>, Refusal> {
    let mut changes = Vec::with_capacity(allocations.len());
    for allocation in allocations {
        let item = items.iter().find(|item| item.invoice_id == allocation.invoice_id).ok_or(Refusal::ItemNotOpen)?;
        let outstanding = item.outstanding.minus(allocation.closes()?)?;
        let status = match outstanding.minor() {
            0 => InvoiceStatus::Paid { paid_on: on },
            1.. => InvoiceStatus::Open { outstanding },
            _ => return Err(Refusal::AboveOutstanding),
        };
        changes.push(ItemChange { invoice_id: allocation.invoice_id, status });
    }
    Ok(changes)
}
