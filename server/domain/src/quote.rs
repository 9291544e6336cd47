//! What a debtor may pay now, on the balance that it saw.

use crate::Refusal;
use crate::allocation::AllocationOrder;
use crate::calendar::Timestamp;
use crate::ids::{AccountId, AttemptId, InvoiceId};
use crate::money::Money;
use crate::snapshot::{AccountSnapshot, DebtorSnapshot};
use serde::{Deserialize, Serialize};

/// What a debtor chose to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "selection", rename_all = "snake_case")]
pub enum Selection {
    /// All that is open.
    Everything,
    /// Some items, whole.
    Items {
        /// Which.
        invoice_ids: Vec<InvoiceId>,
    },
    /// Another amount, applied to the oldest due first.
    Amount {
        /// How much.
        amount: Money,
    },
}

/// An amount that may be paid until a moment, on one balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The account.
    pub account_id: AccountId,
    /// What is asked.
    pub amount: Money,
    /// What it pays.
    pub order: AllocationOrder,
    /// The balance that it stands on.
    pub balance_version: i64,
    /// Until when.
    pub valid_until: Timestamp,
}

/// How long a quote stands.
pub const VALID_FOR: jiff::SignedDuration = jiff::SignedDuration::from_mins(30);

/// Prices a selection on the balance that the debtor saw.
///
/// # Errors
/// `not_found`, `balance_changed`, `nothing_to_pay`, `item_not_open`, `amount_not_positive`, `amount_above_balance`,
/// `currency_mismatch`.
pub fn quote(
    snapshot: &DebtorSnapshot,
    account_id: AccountId,
    selection: &Selection,
    seen_version: i64,
    now: Timestamp,
) -> Result<Quote, Refusal> {
    let account = snapshot.account(account_id).ok_or(Refusal::NotFound)?;
    if account.items.is_empty() {
        return Err(Refusal::NothingToPay);
    }
    if seen_version != account.balance_version {
        return Err(Refusal::BalanceChanged { seen: seen_version, current: account.balance_version });
    }
    let (amount, order) = amount_of(account, selection)?;
    Ok(Quote {
        account_id,
        amount,
        order,
        balance_version: account.balance_version,
        valid_until: now.checked_add(VALID_FOR).map_err(|_| Refusal::DateOutOfRange)?,
    })
}

fn amount_of(account: &AccountSnapshot, selection: &Selection) -> Result<(Money, AllocationOrder), Refusal> {
    let owed = Money::sum(account.currency, account.items.iter().map(|item| item.outstanding))?;
    match selection {
        Selection::Everything => {
            let all = account.items.iter().map(|item| item.invoice_id).collect();
            Ok((owed, AllocationOrder::Selected(all)))
        }
        Selection::Items { invoice_ids } => {
            let mut chosen: Vec<InvoiceId> = invoice_ids.clone();
            chosen.sort();
            chosen.dedup();
            if chosen.is_empty() {
                return Err(Refusal::NothingToPay);
            }
            let open = |id: &InvoiceId| account.items.iter().find(|item| item.invoice_id == *id);
            let amounts: Option<Vec<Money>> = chosen.iter().map(|id| open(id).map(|item| item.outstanding)).collect();
            let amount = Money::sum(account.currency, amounts.ok_or(Refusal::ItemNotOpen)?)?;
            Ok((amount, AllocationOrder::Selected(chosen)))
        }
        Selection::Amount { amount } => {
            let amount = amount.positive()?;
            if amount.minus(owed)?.is_positive() {
                return Err(Refusal::AmountAboveBalance { owed });
            }
            Ok((amount, AllocationOrder::OldestDueFirst))
        }
    }
}

/// The open attempt that a new one with this order would compete with: the same item may be paid once at a time, and an
/// amount without chosen items competes with everything on its account.
pub fn attempt_under_way(
    snapshot: &DebtorSnapshot,
    account_id: AccountId,
    order: &AllocationOrder,
    own: AttemptId,
) -> Option<AttemptId> {
    let competes = |other: &AllocationOrder| match (order.items(), other.items()) {
        (Some(a), Some(b)) => a.iter().any(|id| b.contains(id)),
        _ => true,
    };
    snapshot
        .open_attempts
        .iter()
        .find(|attempt| attempt.account_id == account_id && attempt.id != own && competes(&attempt.order))
        .map(|attempt| attempt.id)
}
