use super::template::{Frequency, PlanCharge, PlanTemplate};
use crate::Refusal;
use crate::calendar::{Date, plus_days};
use crate::money::Money;
use crate::planted::{self, Bug};
use jiff::Span;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// What a debtor chooses of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanChoice {
    /// How many instalments, the down payment not counted.
    pub count: u32,
    /// The day of the first one; a monthly plan keeps its day of the month.
    pub first_on: Date,
}

/// All dates and amounts of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// What is due on the day of acceptance; the same as instalment number 0.
    pub down_payment: Option<Money>,
    /// Every payment by date: number 0 is the down payment where there is one, then 1, 2, 3, …
    pub instalments: Vec<ScheduledInstalment>,
    /// What was owed.
    pub principal: Money,
    /// What the plan costs beside it.
    pub charge: Money,
    /// Both; the sum of the instalments.
    pub total: Money,
}

/// One line of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduledInstalment {
    /// 0 for the down payment, then from 1.
    pub number: u32,
    /// The last day to pay it on time.
    pub due_on: Date,
    /// Above zero.
    pub amount: Money,
}

/// The parts of an amount before it is spread over dates.
struct Parts {
    down: Money,
    charge: Money,
    total: Money,
    rest: Money,
}

fn parts(template: &PlanTemplate, principal: Money) -> Result<Parts, Refusal> {
    let principal = principal.positive()?;
    let charge = match template.charge {
        PlanCharge::None => Money::zero(principal.currency()),
        PlanCharge::Fee { amount } => amount,
        PlanCharge::FlatRate { rate_bps } => principal.share(rate_bps)?,
    };
    let down = principal.share(template.down_payment_bps)?;
    let total = principal.plus(charge)?;
    Ok(Parts { down, charge, total, rest: total.minus(down)? })
}

/// How many instalments an amount allows: the template's own range, cut where the smallest one would fall below the
/// minimum. The down payment and the charge do not depend on the number.
///
/// # Errors
/// `instalment_below_minimum` when not even the fewest fit, `amount_not_positive`, `currency_mismatch`, `amount_overflow`.
pub fn counts(template: &PlanTemplate, principal: Money) -> Result<RangeInclusive<u32>, Refusal> {
    let rest = parts(template, principal)?.rest;
    rest.min(template.instalment_min)?;
    let fitting = rest.minor().checked_div(template.instalment_min.minor()).unwrap_or(0);
    let most = u32::try_from(fitting.max(0)).unwrap_or(u32::MAX).min(template.instalments_max);
    if most < template.instalments_min {
        return Err(Refusal::InstalmentBelowMinimum { minimum: template.instalment_min });
    }
    Ok(template.instalments_min..=most)
}

/// The days on which the first instalment may fall: from the day of acceptance (the day after it where that day already
/// has the down payment) to the template's last.
///
/// # Errors
/// `date_out_of_range`.
pub fn first_dates(template: &PlanTemplate, today: Date) -> Result<RangeInclusive<Date>, Refusal> {
    let from = plus_days(today, i32::from(template.down_payment_bps > 0))?;
    let last = i32::try_from(template.first_within_days).map_err(|_| Refusal::DateOutOfRange)?;
    Ok(from..=plus_days(today, last)?)
}

/// All dates and amounts of a choice. The instalments sum to the total and differ by at most one minor unit, the larger
/// ones first; the charge is rounded once and stands in the instalments, not in the down payment.
///
/// # Errors
/// `instalment_count_out_of_range`, `instalment_below_minimum`, `first_date_out_of_range`, `currency_mismatch`,
/// `amount_not_positive`, `amount_overflow`, `date_out_of_range`.
pub fn schedule(
    template: &PlanTemplate,
    principal: Money,
    choice: &PlanChoice,
    today: Date,
) -> Result<Schedule, Refusal> {
    let (min, max) = (template.instalments_min, template.instalments_max);
    if !(min..=max).contains(&choice.count) {
        return Err(Refusal::InstalmentCountOutOfRange { min, max });
    }
    if !counts(template, principal)?.contains(&choice.count) {
        return Err(Refusal::InstalmentBelowMinimum { minimum: template.instalment_min });
    }
    let first = first_dates(template, today)?;
    if !first.contains(&choice.first_on) {
        return Err(Refusal::FirstDateOutOfRange { from: *first.start(), until: *first.end() });
    }
    let Parts { down, charge, total, rest } = parts(template, principal)?;
    let down_payment = down.is_positive().then_some(down);
    let mut instalments = Vec::with_capacity(rest_count(choice.count));
    instalments.extend(down_payment.map(|amount| ScheduledInstalment { number: 0, due_on: today, amount }));
    for (amount, number) in shares(rest, choice.count)?.into_iter().zip(1..) {
        let due_on = due_on(template.frequency, choice.first_on, number - 1)?;
        instalments.push(ScheduledInstalment { number, due_on, amount });
    }
    Ok(Schedule { down_payment, instalments, principal, charge, total })
}

fn shares(rest: Money, count: u32) -> Result<Vec<Money>, Refusal> {
    if planted::is(Bug::RoundingPerInstalment) {
        let (parts, half) = (i64::from(count), i64::from(count / 2));
        return Ok((0..count).map(|_| Money::new((rest.minor() + half) / parts, rest.currency())).collect());
    }
    rest.split(count)
}

fn rest_count(count: u32) -> usize {
    usize::try_from(count).unwrap_or(0) + 1
}

/// The date of an instalment, always counted from the first one: 31 January, 28 February, 31 March.
fn due_on(frequency: Frequency, first_on: Date, steps: u32) -> Result<Date, Refusal> {
    let steps = i64::from(steps);
    let span = match frequency {
        Frequency::Weekly => Span::new().try_weeks(steps),
        Frequency::Fortnightly => Span::new().try_weeks(2 * steps),
        Frequency::Monthly => Span::new().try_months(steps),
    };
    first_on.checked_add(span.map_err(|_| Refusal::DateOutOfRange)?).map_err(|_| Refusal::DateOutOfRange)
}

impl Schedule {
    /// The day of instalment number 1.
    pub fn first_on(&self) -> Option<Date> {
        self.instalments.iter().find(|instalment| instalment.number == 1).map(|instalment| instalment.due_on)
    }

    /// The day of the last instalment.
    pub fn last_on(&self) -> Option<Date> {
        self.instalments.last().map(|instalment| instalment.due_on)
    }

    /// What of the charge each instalment carries: equal parts, the larger ones first, none in the down payment.
    ///
    /// # Errors
    /// `amount_not_positive` for a schedule without instalments.
    pub fn charge_shares(&self) -> Result<Vec<(u32, Money)>, Refusal> {
        let numbers: Vec<u32> = self.instalments.iter().map(|one| one.number).filter(|number| *number > 0).collect();
        let count = u32::try_from(numbers.len()).map_err(|_| Refusal::AmountOverflow)?;
        Ok(numbers.into_iter().zip(self.charge.split(count)?).collect())
    }
}
