//! What a creditor offers for paying early.

use crate::Refusal;
use crate::calendar::{Date, plus_days};
use crate::money::Money;
use crate::segment::Segment;
use serde::{Deserialize, Serialize};

/// The whole, in basis points. A discount's rate lies below it.
pub const RATE_WHOLE_BPS: u32 = 10_000;
/// The most tiers of one policy.
pub const TIERS_MAX: usize = 6;
/// The most days of a tier.
pub const TIER_DAYS_MAX: u32 = 730;
/// The most minutes of grace: one day.
pub const GRACE_MINUTES_MAX: u32 = 1_440;

/// One version of a discount policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiscountPolicy {
    /// Which invoices it is for.
    pub segment: Segment,
    /// What a rate is taken of.
    pub base: DiscountBase,
    /// How much is saved until when.
    pub rule: DiscountRule,
    /// What becomes of it when parts are paid.
    pub part_payments: PartPayments,
    /// A payment that began in time may succeed so many minutes after the deadline.
    pub grace_minutes: u32,
}

/// What a rate is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiscountBase {
    /// The whole amount.
    Gross,
    /// The amount without its tax; an invoice whose tax is not known gets nothing.
    NetOfTax,
}

/// How much is saved until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum DiscountRule {
    /// Steps that shrink with time.
    Tiers {
        /// The earliest and best first.
        tiers: Vec<DiscountTier>,
    },
    /// Something for each day before the due date: annual rate × days / 365.
    Sliding {
        /// For a year, in basis points.
        annual_rate_bps: u32,
    },
}

/// One step of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiscountTier {
    /// Its last day.
    pub until: TierUntil,
    /// What it saves.
    pub reduction: Reduction,
}

/// The last day of a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "until", rename_all = "snake_case", deny_unknown_fields)]
pub enum TierUntil {
    /// Counted from the issue date, which is day zero.
    DaysAfterIssue {
        /// How many.
        days: u32,
    },
    /// Counted back from the due date, which is day zero.
    DaysBeforeDue {
        /// How many.
        days: u32,
    },
}

/// What a tier saves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reduction", rename_all = "snake_case", deny_unknown_fields)]
pub enum Reduction {
    /// A share of the base.
    Rate {
        /// In basis points.
        rate_bps: u32,
    },
    /// The same for every invoice.
    Fixed {
        /// How much.
        amount: Money,
    },
}

/// What becomes of a discount when an item is paid in parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartPayments {
    /// Only a payment of the whole invoice, of which nothing was paid before, earns it.
    None,
    /// What is paid in time earns its part.
    Proportional,
    /// The payment that closes the item in time earns all of it, whatever was paid before and when.
    IfRestInTime,
}

impl DiscountPolicy {
    /// The policy, if a controller could have meant it.
    ///
    /// # Errors
    /// `rate_above_whole` for a rate of 100 % or more, `rate_zero`, `amount_not_positive`, `currency_mismatch`,
    /// `tiers_unordered` where a later tier is better or not later, kinds of reduction mix, or there is none or too many,
    /// `days_out_of_range`, and those of [`Segment::checked`].
    pub fn checked(mut self) -> Result<Self, Refusal> {
        self.segment = self.segment.checked()?;
        if self.grace_minutes > GRACE_MINUTES_MAX {
            return Err(Refusal::DaysOutOfRange);
        }
        match &self.rule {
            DiscountRule::Sliding { annual_rate_bps } => check_rate(*annual_rate_bps)?,
            DiscountRule::Tiers { tiers } => {
                if tiers.is_empty() || tiers.len() > TIERS_MAX {
                    return Err(Refusal::TiersUnordered);
                }
                tiers.iter().try_for_each(|tier| check_tier(tier, &self.segment))?;
                tiers.windows(2).try_for_each(|pair| check_order(&pair[0], &pair[1]))?;
            }
        }
        Ok(self)
    }
}

fn check_rate(rate_bps: u32) -> Result<(), Refusal> {
    match rate_bps {
        0 => Err(Refusal::RateZero),
        RATE_WHOLE_BPS.. => Err(Refusal::RateAboveWhole),
        _ => Ok(()),
    }
}

fn check_tier(tier: &DiscountTier, segment: &Segment) -> Result<(), Refusal> {
    let (TierUntil::DaysAfterIssue { days } | TierUntil::DaysBeforeDue { days }) = tier.until;
    if days > TIER_DAYS_MAX {
        return Err(Refusal::DaysOutOfRange);
    }
    match tier.reduction {
        Reduction::Rate { rate_bps } => check_rate(rate_bps),
        Reduction::Fixed { amount } if amount.currency() != segment.currency => {
            Err(Refusal::CurrencyMismatch { left: segment.currency, right: amount.currency() })
        }
        Reduction::Fixed { amount } => amount.positive().map(|_| ()),
    }
}

/// Two ways to count days can only be compared on an invoice; there, a tier that is not later than the one before it falls
/// away.
fn check_order(earlier: &DiscountTier, later: &DiscountTier) -> Result<(), Refusal> {
    let is_later = match (earlier.until, later.until) {
        (TierUntil::DaysAfterIssue { days: first }, TierUntil::DaysAfterIssue { days: second }) => first < second,
        (TierUntil::DaysBeforeDue { days: first }, TierUntil::DaysBeforeDue { days: second }) => first > second,
        (TierUntil::DaysAfterIssue { .. }, TierUntil::DaysBeforeDue { .. }) => true,
        (TierUntil::DaysBeforeDue { .. }, TierUntil::DaysAfterIssue { .. }) => false,
    };
    let is_smaller = match (earlier.reduction, later.reduction) {
        (Reduction::Rate { rate_bps: first }, Reduction::Rate { rate_bps: second }) => first > second,
        (Reduction::Fixed { amount: first }, Reduction::Fixed { amount: second }) => first.minor() > second.minor(),
        _ => false,
    };
    if is_later && is_smaller { Ok(()) } else { Err(Refusal::TiersUnordered) }
}

impl TierUntil {
    /// The last day on an invoice: never after its due date, for then nothing is early.
    ///
    /// # Errors
    /// `deadline_before_issue`, `date_out_of_range`.
    pub fn last_day(self, issued_on: Date, due_on: Date) -> Result<Date, Refusal> {
        let signed = |days: u32| i32::try_from(days).map_err(|_| Refusal::DateOutOfRange);
        let day = match self {
            Self::DaysAfterIssue { days } => plus_days(issued_on, signed(days)?)?,
            Self::DaysBeforeDue { days } => plus_days(due_on, -signed(days)?)?,
        };
        if day < issued_on { Err(Refusal::DeadlineBeforeIssue) } else { Ok(day.min(due_on)) }
    }
}
