//! The price of paying an item now: the frozen terms against a moment, or against the value date of bank money.

use super::policy::PartPayments;
use super::terms::{DiscountOffer, DiscountTerms, sliding_saving};
use crate::Refusal;
use crate::calendar::{Date, Timestamp, days_between};
use crate::invoice::OpenItem;
use crate::money::Money;
use jiff::SignedDuration;

/// What paying the whole of an item costs, and until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiscountPrice {
    /// What is saved, above zero.
    pub saved: Money,
    /// What is to be paid, above zero.
    pub pay: Money,
    /// The last second at which this price holds.
    pub last_moment: Timestamp,
    /// What is open, as it stands without the discount.
    pub full: Money,
    /// A payment that began by then may succeed so many minutes later.
    pub grace_minutes: u32,
    /// Whether a payment of a part earns its part.
    pub proportional: bool,
}

/// The price of paying all that is open of an item at a moment: the best of its terms, never two. None where no terms save
/// anything at that moment.
///
/// # Errors
/// `currency_mismatch`, `amount_overflow`, `date_out_of_range`.
pub fn price(item: &OpenItem, at: Timestamp) -> Result<Option<DiscountPrice>, Refusal> {
    best(item, |terms| at_moment(terms, at))
}

/// The price for money whose value date at the bank is known: a date in the terms' zone, whenever it was recorded. A date
/// before the issue counts as the day of issue.
///
/// # Errors
/// Those of [`price`].
pub fn price_by_value_date(item: &OpenItem, on: Date) -> Result<Option<DiscountPrice>, Refusal> {
    best(item, |terms| on_date(terms, on.max(item.issued_on)))
}

/// Whether money is in time for a deadline: by the second of its success, or by the second of the attempt's start when
/// success follows no later than `grace_minutes` after the deadline. The deadline's second counts as a whole.
pub fn honoured(until_at: Timestamp, grace_minutes: u32, started_at: Timestamp, succeeded_at: Timestamp) -> bool {
    let grace = SignedDuration::from_mins(i64::from(grace_minutes));
    let late_end = until_at.checked_add(grace).unwrap_or(until_at);
    in_time(succeeded_at, until_at) || (in_time(started_at, until_at) && in_time(succeeded_at, late_end))
}

fn in_time(at: Timestamp, until_at: Timestamp) -> bool {
    at.as_second() <= until_at.as_second()
}

type Saving = Option<(Money, Timestamp)>;

fn best(
    item: &OpenItem,
    saving: impl Fn(&DiscountTerms) -> Result<Saving, Refusal>,
) -> Result<Option<DiscountPrice>, Refusal> {
    let mut best: Option<DiscountPrice> = None;
    for terms in &item.discounts {
        let Some((whole, last_moment)) = saving(terms)? else { continue };
        let Some(saved) = earned(item, terms, whole)? else { continue };
        let rank = |price: &DiscountPrice| (price.saved.minor(), price.last_moment);
        let found = DiscountPrice {
            saved,
            pay: item.outstanding.minus(saved)?,
            last_moment,
            full: item.outstanding,
            grace_minutes: terms.grace_minutes,
            proportional: terms.part_payments == PartPayments::Proportional,
        };
        if best.as_ref().is_none_or(|best| rank(&found) > rank(best)) {
            best = Some(found);
        }
    }
    Ok(best)
}

/// What the terms save in whole at a moment.
fn at_moment(terms: &DiscountTerms, at: Timestamp) -> Result<Saving, Refusal> {
    match &terms.offer {
        DiscountOffer::Steps { steps } => {
            Ok(steps.iter().find(|step| in_time(at, step.until_at)).map(|step| (step.saved, step.until_at)))
        }
        DiscountOffer::Sliding { until_at, .. } if !in_time(at, *until_at) => Ok(None),
        DiscountOffer::Sliding { .. } => on_date(terms, terms.zone.date_at(at)),
    }
}

/// What the terms save in whole on a date of their zone.
fn on_date(terms: &DiscountTerms, on: Date) -> Result<Saving, Refusal> {
    match &terms.offer {
        DiscountOffer::Steps { steps } => {
            Ok(steps.iter().find(|step| on <= step.until_on).map(|step| (step.saved, step.until_at)))
        }
        DiscountOffer::Sliding { annual_rate_bps, due_on, .. } => {
            let saved = sliding_saving(terms.base, *annual_rate_bps, days_between(on, *due_on))?;
            Ok(saved.is_positive().then_some((saved, terms.zone.end_of(on)?)))
        }
    }
}

/// What of the whole saving the payment of all that is open earns. A claim that became smaller than the base takes its part
/// only; the smallest unit always stays to be paid.
fn earned(item: &OpenItem, terms: &DiscountTerms, whole: Money) -> Result<Option<Money>, Refusal> {
    let (amount, open) = (item.amount, item.outstanding);
    let whole = match amount.minor() < terms.base.minor() {
        true => whole.times_ratio(amount.minor(), terms.base.minor())?,
        false => whole,
    };
    let saved = match terms.part_payments {
        PartPayments::None if open != amount => return Ok(None),
        PartPayments::None | PartPayments::IfRestInTime => whole,
        PartPayments::Proportional => whole.times_ratio(open.minor(), amount.minor())?,
    };
    let saved = saved.min(open.minus(Money::new(1, open.currency()))?)?;
    Ok(saved.is_positive().then_some(saved))
}
