//! The charges on one item over a span of days, each line with what it was computed from.

use super::policy::{LateFee, LateFeePolicy};
use crate::Refusal;
use crate::calendar::{Date, days_between, plus_days};
use crate::invoice::OpenItem;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// One charge and how it came to its amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeLine {
    /// The first day that it counts.
    pub from: Date,
    /// The last day that it counts; for a fee the day on which it falls due.
    pub to: Date,
    /// The days that bear interest: those of the span that no pause took out. None for a fee.
    pub days: u32,
    /// What it was computed on.
    pub base: Money,
    /// In basis points: of the base for a fee, for a year for interest. None for a flat fee.
    pub rate: Option<u32>,
    /// What is charged, above zero.
    pub amount: Money,
    /// What it is for.
    pub why: ChargeReason,
    /// What it would be without the cap, where the cap cut it.
    pub uncapped: Option<Money>,
}

/// What a charge is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargeReason {
    /// The same for every invoice that is late.
    FlatFee,
    /// A share of what is open.
    RateFee,
    /// Interest by the day.
    Interest,
}

/// Days that cost nothing, both ends included: a promise that was open, a dispute, a plan that was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChargePause {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// What else is known of an item when charges are computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeStanding {
    /// What was charged on it before, fees and interest together.
    pub charged: Money,
    /// Whether its fee was charged.
    pub fee_charged: bool,
    /// Whether it stands in a plan that is alive.
    pub in_plan: bool,
    /// Days that cost nothing.
    pub pauses: Vec<ChargePause>,
}

impl ChargeStanding {
    /// An item on which nothing was charged and nothing rests.
    pub fn fresh(zero: Money) -> Self {
        Self { charged: zero, fee_charged: false, in_plan: false, pauses: Vec::new() }
    }
}

/// The first day that bears interest: the one after the grace.
///
/// # Errors
/// `date_out_of_range`.
pub fn interest_from(item: &OpenItem, policy: &LateFeePolicy) -> Result<Date, Refusal> {
    let grace = i32::try_from(policy.grace_days).map_err(|_| Refusal::DateOutOfRange)?;
    plus_days(plus_days(item.due_on, grace)?, 1)
}

/// The charges that fall due on the days `from` to `to`, both included: the fee on the first day after the grace, and
/// interest for each whole period that ends in the span. Periods are counted from the first day that bears interest, so a
/// span asked day by day gives the same lines as one asked at once.
///
/// Interest is simple, on what is open when it is booked: a part paid within a period is not charged for that period, and
/// there is no interest on charges. Nothing is charged on charges, on a contested item, in a living plan, or on the days of
/// a pause; a fee whose day is paused falls due on the first day that is not.
///
/// # Errors
/// `currency_mismatch`, `amount_overflow`, `date_out_of_range`.
pub fn charges(
    item: &OpenItem,
    policy: &LateFeePolicy,
    standing: &ChargeStanding,
    from: Date,
    to: Date,
) -> Result<Vec<ChargeLine>, Refusal> {
    let rests = item.disputed || standing.in_plan || !item.kind.is_invoice();
    if rests || !policy.segment.currency.eq(&item.outstanding.currency()) {
        return Ok(Vec::new());
    }
    let begins = interest_from(item, policy)?;
    let mut lines = Vec::new();
    if !standing.fee_charged
        && let Some(line) = fee(item, policy, standing, begins, from, to)?
    {
        lines.push(line);
    }
    lines.extend(interest(item, policy, standing, begins, from, to)?);
    capped(lines, policy.charges_max(item.amount)?, standing.charged)
}

fn fee(
    item: &OpenItem,
    policy: &LateFeePolicy,
    standing: &ChargeStanding,
    begins: Date,
    from: Date,
    to: Date,
) -> Result<Option<ChargeLine>, Refusal> {
    let (amount, rate, why) = match policy.fee {
        LateFee::None => return Ok(None),
        LateFee::Flat { amount } => (amount, None, ChargeReason::FlatFee),
        LateFee::Rate { rate_bps } => (item.outstanding.share(rate_bps)?, Some(rate_bps), ChargeReason::RateFee),
    };
    let mut day = begins;
    while let Some(pause) = standing.pauses.iter().find(|pause| (pause.from..=pause.to).contains(&day)) {
        day = plus_days(pause.to, 1)?;
    }
    let due = (from..=to).contains(&day);
    let line = ChargeLine { from: day, to: day, days: 0, base: item.outstanding, rate, amount, why, uncapped: None };
    Ok(due.then_some(line))
}

fn interest(
    item: &OpenItem,
    policy: &LateFeePolicy,
    standing: &ChargeStanding,
    begins: Date,
    from: Date,
    to: Date,
) -> Result<Vec<ChargeLine>, Refusal> {
    let period = i32::try_from(policy.period_days.max(1)).map_err(|_| Refusal::DateOutOfRange)?;
    let mut lines = Vec::new();
    if policy.annual_rate_bps == 0 || to < begins {
        return Ok(lines);
    }
    let skipped = days_between(begins, from.max(begins)) / period;
    let mut first = plus_days(begins, skipped * period)?;
    loop {
        let last = plus_days(first, period - 1)?;
        if last > to {
            return Ok(lines);
        }
        let days = bearing_days(first, last, &standing.pauses)?;
        let part = i64::from(policy.annual_rate_bps) * i64::from(days);
        let amount = item.outstanding.times_ratio(part, 3_650_000)?;
        let (base, rate) = (item.outstanding, Some(policy.annual_rate_bps));
        let why = ChargeReason::Interest;
        lines.push(ChargeLine { from: first, to: last, days, base, rate, amount, why, uncapped: None });
        first = plus_days(last, 1)?;
    }
}

/// The days of a span that are in no pause, each once.
fn bearing_days(first: Date, last: Date, pauses: &[ChargePause]) -> Result<u32, Refusal> {
    let mut count = 0;
    let mut day = first;
    while day <= last {
        count += u32::from(!pauses.iter().any(|pause| (pause.from..=pause.to).contains(&day)));
        day = plus_days(day, 1)?;
    }
    Ok(count)
}

/// Cuts the lines at the cap, in order, and drops those that charge nothing.
fn capped(lines: Vec<ChargeLine>, most: Option<Money>, charged: Money) -> Result<Vec<ChargeLine>, Refusal> {
    let mut room = most.map(|most| most.minus(charged)).transpose()?;
    let mut kept = Vec::with_capacity(lines.len());
    for mut line in lines {
        if let Some(left) = room {
            let amount = line.amount.min(left)?;
            line.uncapped = (amount != line.amount).then_some(line.amount);
            line.amount = amount;
            room = Some(left.minus(amount.min(left)?)?);
        }
        if line.amount.is_positive() {
            kept.push(line);
        }
    }
    Ok(kept)
}
