//! What a payment closes without money: a discount, a rebate, a settlement.

use crate::Refusal;
use crate::calendar::Timestamp;
use crate::discount::honoured;
use crate::ids::InvoiceId;
use crate::ledger::{EntryKind, LedgerAccount};
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// Why an item closes with less money than it claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConcessionKind {
    /// Paid early.
    Discount,
    /// A plan was settled before its end.
    PlanRebate,
    /// Less was accepted as payment in full.
    Settlement,
}

impl ConcessionKind {
    /// What it costs the creditor is booked there.
    pub fn ledger_account(self) -> LedgerAccount {
        match self {
            Self::Discount => LedgerAccount::DiscountAllowed,
            Self::PlanRebate => LedgerAccount::InterestIncome,
            Self::Settlement => LedgerAccount::WriteOff,
        }
    }

    /// The entry that books it.
    pub fn entry_kind(self) -> EntryKind {
        match self {
            Self::Discount => EntryKind::DiscountTaken,
            Self::PlanRebate => EntryKind::PlanRebate,
            Self::Settlement => EntryKind::WriteOff,
        }
    }
}

/// A part of an item that is given up because the rest of it is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concession {
    /// Why.
    pub kind: ConcessionKind,
    /// How much of the item it closes, above zero.
    pub amount: Money,
}

/// Until when a concession is honoured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Honour {
    /// The last moment.
    pub until_at: Timestamp,
    /// An attempt that began in time may succeed so many minutes after that moment.
    pub grace_minutes: u32,
}

impl Honour {
    /// Whether money that came of an attempt is in time: by the second of its success, or by the second of the attempt's
    /// start when success follows within the grace.
    pub fn is_honoured(&self, started_at: Timestamp, succeeded_at: Timestamp) -> bool {
        honoured(self.until_at, self.grace_minutes, started_at, succeeded_at)
    }
}

/// What one item's payment may leave out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemConcession {
    /// The item.
    pub invoice_id: InvoiceId,
    /// What is given up when the item is closed.
    pub concession: Concession,
    /// Whether a payment of a part of the item takes its part of the concession.
    pub proportional: bool,
    /// Until when.
    pub honour: Honour,
}

impl ItemConcession {
    /// What is given up with `paid` money on an item with `outstanding` open; none where it is not earned.
    ///
    /// # Errors
    /// `currency_mismatch`, `amount_overflow`.
    pub fn earned(&self, outstanding: Money, paid: Money) -> Result<Option<Concession>, Refusal> {
        let whole = self.concession.amount.min(outstanding)?;
        let price = outstanding.minus(whole)?;
        let amount = if paid.minor() >= price.minor() {
            whole
        } else if self.proportional {
            whole.times_ratio(paid.minor(), price.minor())?
        } else {
            Money::zero(outstanding.currency())
        };
        Ok(amount.is_positive().then_some(Concession { kind: self.concession.kind, amount }))
    }
}
