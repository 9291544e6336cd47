//! What a creditor charges for paying late.

use crate::Refusal;
use crate::money::Money;
use crate::segment::Segment;
use serde::{Deserialize, Serialize};

/// The most days of grace.
pub const GRACE_DAYS_MAX: u32 = 365;
/// The most days of an interest period.
pub const PERIOD_DAYS_MAX: u32 = 366;
/// The highest annual rate: 1,000 %, for money that loses its worth.
pub const ANNUAL_RATE_BPS_MAX: u32 = 100_000;

/// One version of a late-charge policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateFeePolicy {
    /// Which invoices it is for.
    pub segment: Segment,
    /// Days after the due date that cost nothing: neither a fee nor interest counts them.
    pub grace_days: u32,
    /// Once, on the first day after the grace.
    pub fee: LateFee,
    /// Simple interest by the day: annual rate × days / 365. Zero for none.
    pub annual_rate_bps: u32,
    /// Interest is booked for so many days at once.
    pub period_days: u32,
    /// What fee and interest together never pass.
    pub cap: ChargeCap,
}

/// The fee for paying late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fee", rename_all = "snake_case", deny_unknown_fields)]
pub enum LateFee {
    /// No fee.
    None,
    /// The same for every invoice.
    Flat {
        /// How much.
        amount: Money,
    },
    /// A share of what is open.
    Rate {
        /// In basis points.
        rate_bps: u32,
    },
}

/// The most that one item's charges may come to; the lower of both counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChargeCap {
    /// A share of what the item claims, in basis points.
    #[serde(default)]
    pub rate_bps: Option<u32>,
    /// An amount.
    #[serde(default)]
    pub amount: Option<Money>,
}

impl LateFeePolicy {
    /// The policy, if it charges something and can be meant.
    ///
    /// # Errors
    /// `rate_zero` where neither a fee nor interest is charged, `rate_above_whole` for a fee or a cap above 100 % or a
    /// yearly rate above [`ANNUAL_RATE_BPS_MAX`], `days_out_of_range`, `amount_not_positive`, `currency_mismatch`, and those
    /// of [`Segment::checked`].
    pub fn checked(mut self) -> Result<Self, Refusal> {
        self.segment = self.segment.checked()?;
        if self.grace_days > GRACE_DAYS_MAX || !(1..=PERIOD_DAYS_MAX).contains(&self.period_days) {
            return Err(Refusal::DaysOutOfRange);
        }
        if self.annual_rate_bps > ANNUAL_RATE_BPS_MAX {
            return Err(Refusal::RateAboveWhole);
        }
        let amounts = match self.fee {
            LateFee::None if self.annual_rate_bps == 0 => return Err(Refusal::RateZero),
            LateFee::None => [None, self.cap.amount],
            LateFee::Flat { amount } => [Some(amount), self.cap.amount],
            LateFee::Rate { rate_bps } => {
                share(rate_bps)?;
                [None, self.cap.amount]
            }
        };
        self.cap.rate_bps.map_or(Ok(()), share)?;
        for amount in amounts.into_iter().flatten() {
            if amount.currency() != self.segment.currency {
                return Err(Refusal::CurrencyMismatch { left: self.segment.currency, right: amount.currency() });
            }
            amount.positive()?;
        }
        Ok(self)
    }

    /// The most that charges on a claim of `amount` may come to, where there is a cap.
    ///
    /// # Errors
    /// `currency_mismatch`, `amount_overflow`.
    pub fn charges_max(&self, amount: Money) -> Result<Option<Money>, Refusal> {
        let share = self.cap.rate_bps.map(|rate_bps| amount.share(rate_bps)).transpose()?;
        match (share, self.cap.amount) {
            (Some(share), Some(fixed)) => share.min(fixed).map(Some),
            (one, other) => Ok(one.or(other)),
        }
    }
}

fn share(rate_bps: u32) -> Result<(), Refusal> {
    match rate_bps {
        0 => Err(Refusal::RateZero),
        1..=10_000 => Ok(()),
        _ => Err(Refusal::RateAboveWhole),
    }
}
