//! Terms: what one invoice promises, computed once and frozen on it. A policy edited later changes nothing here.

use super::policy::{
    DiscountBase, DiscountPolicy, DiscountRule, DiscountTier, PartPayments, RATE_WHOLE_BPS, Reduction,
};
use crate::Refusal;
use crate::calendar::{Date, Timestamp, Zone, days_between, plus_days};
use crate::ids::{MemberId, PolicyId};
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// What one invoice promises for paying early.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiscountTerms {
    /// Where they come from.
    pub source: TermsSource,
    /// What the saving is computed on.
    pub base: Money,
    /// How much until when.
    pub offer: DiscountOffer,
    /// On whose wall the days end.
    pub zone: Zone,
    /// What becomes of it when parts are paid.
    pub part_payments: PartPayments,
    /// A payment that began in time may succeed so many minutes after the deadline.
    pub grace_minutes: u32,
}

/// Where terms come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "source", rename_all = "snake_case")]
pub enum TermsSource {
    /// A policy in force when the invoice was issued.
    Policy {
        /// Which version.
        id: PolicyId,
    },
    /// Somebody of the creditor granted them.
    Granted {
        /// Who.
        by: MemberId,
        /// When.
        at: Timestamp,
    },
}

/// How much is saved until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "offer", rename_all = "snake_case")]
pub enum DiscountOffer {
    /// Amounts with their last moments.
    Steps {
        /// The earliest and best first.
        steps: Vec<DiscountStep>,
    },
    /// Something for each day before the due date.
    Sliding {
        /// For a year, in basis points.
        annual_rate_bps: u32,
        /// The day to which days are counted.
        due_on: Date,
        /// The last moment at which anything is saved.
        until_at: Timestamp,
    },
}

/// One amount with its last moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiscountStep {
    /// The last day, on the wall of the terms' zone.
    pub until_on: Date,
    /// The last second of that day.
    pub until_at: Timestamp,
    /// What is saved, above zero and below what the invoice claims.
    pub saved: Money,
}

/// What of an invoice decides over its terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceFacts {
    /// The day it was issued.
    pub issued_on: Date,
    /// The last day to pay it on time.
    pub due_on: Date,
    /// What it claims.
    pub amount: Money,
    /// The tax in it, where it is known.
    pub tax: Option<Money>,
    /// The debtor's tags.
    pub tags: Vec<String>,
}

/// The best single discount of the policies in force: the one that saves most at its first step, then the one with the
/// later deadline, then the first of the list; never two. None where no policy covers the invoice.
///
/// A tier that would end before the issue date is passed over, so that an invoice on short terms can be issued;
/// [`grant_one`] names that refusal.
///
/// # Errors
/// `amount_overflow`, `date_out_of_range`.
pub fn grant(
    policies: &[(PolicyId, DiscountPolicy)],
    facts: &InvoiceFacts,
    zone: &Zone,
) -> Result<Option<DiscountTerms>, Refusal> {
    let mut best: Option<DiscountTerms> = None;
    for (id, policy) in policies {
        let terms = match grant_one(*id, policy, facts, zone) {
            Err(Refusal::DeadlineBeforeIssue) => None,
            other => other?,
        };
        let Some(terms) = terms else { continue };
        let rank = |terms: &DiscountTerms| -> Result<(i64, Timestamp), Refusal> { terms.first(facts.issued_on) };
        let better = match &best {
            None => true,
            Some(best) => rank(&terms)? > rank(best)?,
        };
        if better {
            best = Some(terms);
        }
    }
    Ok(best)
}

/// The terms that one policy gives an invoice; none where it does not cover it, where it is taken net of a tax that is not
/// known, or where it would save nothing or everything.
///
/// # Errors
/// `deadline_before_issue` where no tier ends on or after the issue date; `amount_overflow`, `date_out_of_range`.
pub fn grant_one(
    id: PolicyId,
    policy: &DiscountPolicy,
    facts: &InvoiceFacts,
    zone: &Zone,
) -> Result<Option<DiscountTerms>, Refusal> {
    if !policy.segment.covers(facts.amount, &facts.tags) {
        return Ok(None);
    }
    let base = match (policy.base, facts.tax) {
        (DiscountBase::Gross, _) => facts.amount,
        (DiscountBase::NetOfTax, Some(tax)) => facts.amount.minus(tax)?,
        (DiscountBase::NetOfTax, None) => return Ok(None),
    };
    let offer = match &policy.rule {
        DiscountRule::Tiers { tiers } => steps(tiers, base, facts, zone)?,
        DiscountRule::Sliding { annual_rate_bps } => sliding(*annual_rate_bps, base, facts, zone)?,
    };
    Ok(offer.map(|offer| DiscountTerms {
        source: TermsSource::Policy { id },
        base,
        offer,
        zone: zone.clone(),
        part_payments: policy.part_payments,
        grace_minutes: policy.grace_minutes,
    }))
}

fn steps(
    tiers: &[DiscountTier],
    base: Money,
    facts: &InvoiceFacts,
    zone: &Zone,
) -> Result<Option<DiscountOffer>, Refusal> {
    let mut steps: Vec<DiscountStep> = Vec::with_capacity(tiers.len());
    let mut late = None;
    for tier in tiers {
        let until_on = match tier.until.last_day(facts.issued_on, facts.due_on) {
            Err(refusal @ Refusal::DeadlineBeforeIssue) => {
                late = Some(refusal);
                continue;
            }
            other => other?,
        };
        let saved = match tier.reduction {
            Reduction::Rate { rate_bps } => base.share(rate_bps)?,
            Reduction::Fixed { amount } => amount,
        };
        let fits = saved.is_positive() && base.minus(saved)?.is_positive();
        if fits && steps.last().is_none_or(|last| last.until_on < until_on && last.saved.minor() > saved.minor()) {
            steps.push(DiscountStep { until_on, until_at: zone.end_of(until_on)?, saved });
        }
    }
    match (steps.is_empty(), late) {
        (true, Some(refusal)) => Err(refusal),
        (true, None) => Ok(None),
        (false, _) => Ok(Some(DiscountOffer::Steps { steps })),
    }
}

fn sliding(
    annual_rate_bps: u32,
    base: Money,
    facts: &InvoiceFacts,
    zone: &Zone,
) -> Result<Option<DiscountOffer>, Refusal> {
    if !sliding_saving(base, annual_rate_bps, days_between(facts.issued_on, facts.due_on))?.is_positive() {
        return Ok(None);
    }
    let until_at = zone.end_of(plus_days(facts.due_on, -1)?)?;
    Ok(Some(DiscountOffer::Sliding { annual_rate_bps, due_on: facts.due_on, until_at }))
}

/// What so many days before the due date save: annual rate × days / 365 of the base, rounded once; always less than the
/// base.
pub(super) fn sliding_saving(base: Money, annual_rate_bps: u32, days: i32) -> Result<Money, Refusal> {
    let part = i64::from(annual_rate_bps) * i64::from(days.max(0));
    let saved = base.times_ratio(part, i64::from(RATE_WHOLE_BPS) * 365)?;
    saved.min(base.minus(Money::new(1, base.currency()))?)
}

impl DiscountTerms {
    /// What is saved at the first step, or on a date with a sliding rate, in minor units; and until when.
    fn first(&self, issued_on: Date) -> Result<(i64, Timestamp), Refusal> {
        match &self.offer {
            DiscountOffer::Steps { steps } => {
                Ok(steps.first().map_or((0, Timestamp::MIN), |step| (step.saved.minor(), step.until_at)))
            }
            DiscountOffer::Sliding { annual_rate_bps, due_on, until_at } => {
                let saved = sliding_saving(self.base, *annual_rate_bps, days_between(issued_on, *due_on))?;
                Ok((saved.minor(), *until_at))
            }
        }
    }

    /// The last moment at which they save anything.
    pub fn until_at(&self) -> Timestamp {
        match &self.offer {
            DiscountOffer::Steps { steps } => steps.last().map_or(Timestamp::MIN, |step| step.until_at),
            DiscountOffer::Sliding { until_at, .. } => *until_at,
        }
    }
}

/// A discount that somebody of the creditor grants on one invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtraDiscount {
    /// Of what the item claims, in basis points.
    pub rate_bps: u32,
    /// The last day, on the debtor's wall.
    pub until_on: Date,
    /// Who grants it.
    pub by: MemberId,
    /// When.
    pub at: Timestamp,
}

/// The terms of an extra discount on what an item claims. The whole of it counts when the rest is paid in time; it stands
/// beside the terms of the item's policy, and the better of the two applies, never both.
///
/// # Errors
/// `rate_zero`, `rate_above_whole`, `deadline_before_issue` also for a day that is over, `amount_not_positive` where
/// nothing would be saved or nothing left, `date_out_of_range`.
pub fn extra(granted: &ExtraDiscount, issued_on: Date, amount: Money, zone: &Zone) -> Result<DiscountTerms, Refusal> {
    match granted.rate_bps {
        0 => return Err(Refusal::RateZero),
        RATE_WHOLE_BPS.. => return Err(Refusal::RateAboveWhole),
        _ => {}
    }
    let until_at = zone.end_of(granted.until_on)?;
    if granted.until_on < issued_on || until_at < granted.at {
        return Err(Refusal::DeadlineBeforeIssue);
    }
    let saved = amount.share(granted.rate_bps)?.positive()?;
    amount.minus(saved)?.positive()?;
    Ok(DiscountTerms {
        source: TermsSource::Granted { by: granted.by, at: granted.at },
        base: amount,
        offer: DiscountOffer::Steps { steps: vec![DiscountStep { until_on: granted.until_on, until_at, saved }] },
        zone: zone.clone(),
        part_payments: PartPayments::IfRestInTime,
        grace_minutes: 0,
    })
}
