use super::plan::{PaymentPlan, PlanState};
use super::schedule::ScheduledInstalment;
use super::template::EarlySettlement;
use crate::Refusal;
use crate::calendar::{Date, plus_days};
use crate::ids::InvoiceId;
use crate::invoice::OpenItem;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// How a plan stands. The instalments' amounts less what is paid are always what remains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanProgress {
    /// What is closed of it: money, credit notes, rebates.
    pub paid: Money,
    /// What is open of it.
    pub remaining: Money,
    /// What is open of the instalments whose day has come.
    pub due_now: Money,
    /// Every instalment by number.
    pub instalments: Vec<InstalmentStanding>,
    /// The first one that is not paid.
    pub next: Option<InstalmentStanding>,
}

/// How one instalment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstalmentStanding {
    /// 0 for the down payment.
    pub number: u32,
    /// The last day to pay it on time.
    pub due_on: Date,
    /// The last day before it counts as missed.
    pub grace_until: Date,
    /// What it asks.
    pub amount: Money,
    /// What is paid of it.
    pub paid: Money,
    /// Where it stands.
    pub state: InstalmentState,
}

/// Where an instalment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstalmentState {
    /// Nothing is missing.
    Paid,
    /// A part is paid, and its day has not passed.
    Partial,
    /// Today is its day.
    Due,
    /// Its day has passed, within its grace or not.
    Overdue,
    /// Its day is to come.
    Upcoming,
}

impl InstalmentState {
    /// The word under which it is shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Partial => "partial",
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::Upcoming => "upcoming",
        }
    }
}

impl InstalmentStanding {
    /// What is missing.
    ///
    /// # Errors
    /// `amount_overflow`.
    pub fn missing(&self) -> Result<Money, Refusal> {
        self.amount.minus(self.paid)
    }

    /// Whether it counts as missed.
    pub fn is_missed(&self, today: Date) -> bool {
        self.state != InstalmentState::Paid && today > self.grace_until
    }
}

/// How a plan stands over the open items of its account. An active plan has as paid what is not open of its total;
/// instalments fill in order, and what an item was raised by after the agreement is asked with the last one. A proposed
/// plan has nothing paid, a completed one everything, an ended one what it had then; those ask nothing.
///
/// # Errors
/// `currency_mismatch`, `amount_overflow`, `date_out_of_range`.
pub fn progress(plan: &PaymentPlan, open: &[OpenItem], today: Date) -> Result<PlanProgress, Refusal> {
    let (total, zero) = (plan.schedule.total, Money::zero(plan.schedule.total.currency()));
    let (paid, raised) = match &plan.state {
        PlanState::Proposed { .. } => (zero, zero),
        PlanState::Completed { .. } => (total, zero),
        PlanState::Broken { paid, .. } | PlanState::Canceled { paid, .. } => (*paid, zero),
        PlanState::Active { .. } => {
            let paid = total.minus(open_of(plan, open)?)?;
            if paid.minor() < 0 { (zero, paid.negated()?) } else { (paid, zero) }
        }
    };
    let last = plan.schedule.instalments.last().map(|instalment| instalment.number);
    let mut rest = paid;
    let mut instalments = Vec::with_capacity(plan.schedule.instalments.len());
    for line in &plan.schedule.instalments {
        let amount = if Some(line.number) == last { line.amount.plus(raised)? } else { line.amount };
        let part = rest.min(amount)?;
        rest = rest.minus(part)?;
        instalments.push(standing(plan, line, amount, part, today)?);
    }
    let asked = instalments.iter().filter(|one| plan.is_active() && one.due_on <= today);
    Ok(PlanProgress {
        paid,
        remaining: total.plus(raised)?.minus(paid)?,
        due_now: missing(zero, asked)?,
        next: instalments.iter().find(|one| one.state != InstalmentState::Paid).copied(),
        instalments,
    })
}

fn standing(
    plan: &PaymentPlan,
    line: &ScheduledInstalment,
    amount: Money,
    paid: Money,
    today: Date,
) -> Result<InstalmentStanding, Refusal> {
    let grace = i32::try_from(plan.terms.grace_days).map_err(|_| Refusal::DateOutOfRange)?;
    let state = if paid == amount {
        InstalmentState::Paid
    } else if line.due_on < today {
        InstalmentState::Overdue
    } else if paid.is_positive() {
        InstalmentState::Partial
    } else if line.due_on == today {
        InstalmentState::Due
    } else {
        InstalmentState::Upcoming
    };
    let grace_until = plus_days(line.due_on, grace)?;
    Ok(InstalmentStanding { number: line.number, due_on: line.due_on, grace_until, amount, paid, state })
}

fn missing<'a>(zero: Money, instalments: impl Iterator<Item = &'a InstalmentStanding>) -> Result<Money, Refusal> {
    instalments.into_iter().try_fold(zero, |sum, one| sum.plus(one.missing()?))
}

/// What is open of a plan's items.
fn open_of(plan: &PaymentPlan, open: &[OpenItem]) -> Result<Money, Refusal> {
    let own = open.iter().filter(|item| plan.items.contains(&item.invoice_id));
    Money::sum(plan.schedule.total.currency(), own.map(|item| item.outstanding))
}

/// What the next `count` unpaid instalments ask together: one for the next, all of them for the whole rest.
///
/// # Errors
/// `plan_not_open` unless the plan is active, `nothing_to_pay`, `instalment_count_out_of_range`, and those of [`progress`].
pub fn amount_of(plan: &PaymentPlan, open: &[OpenItem], today: Date, count: u32) -> Result<Money, Refusal> {
    if !plan.is_active() {
        return Err(Refusal::PlanNotOpen);
    }
    let progress = progress(plan, open, today)?;
    let unpaid: Vec<_> = progress.instalments.iter().filter(|one| one.state != InstalmentState::Paid).collect();
    let max = u32::try_from(unpaid.len()).unwrap_or(u32::MAX);
    match (max, usize::try_from(count)) {
        (0, _) => Err(Refusal::NothingToPay),
        (_, Ok(wanted)) if (1..=unpaid.len()).contains(&wanted) => {
            missing(Money::zero(plan.schedule.total.currency()), unpaid.into_iter().take(wanted))
        }
        _ => Err(Refusal::InstalmentCountOutOfRange { min: 1, max }),
    }
}

/// What ends a plan at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlyPayment {
    /// What remains.
    pub full: Money,
    /// What of the charge is given up.
    pub rebate: Money,
    /// What is to be paid.
    pub pay: Money,
    /// The item that the rebate closes a part of, where there is a rebate.
    pub charge_item: Option<InvoiceId>,
}

/// What paying the whole rest today asks. Where the plan gives the unearned charge back, that is the charge's share of the
/// instalments that are neither due nor begun, never more than is open of the charge.
///
/// # Errors
/// `plan_not_open` unless the plan is active, `nothing_to_pay`, and those of [`progress`].
pub fn settle_early(plan: &PaymentPlan, open: &[OpenItem], today: Date) -> Result<EarlyPayment, Refusal> {
    if !plan.is_active() {
        return Err(Refusal::PlanNotOpen);
    }
    let progress = progress(plan, open, today)?;
    let full = progress.remaining;
    if !full.is_positive() {
        return Err(Refusal::NothingToPay);
    }
    let unearned = unearned_charge(plan, open, today)?;
    // A rebate of everything would leave nothing to pay with.
    let given = unearned.filter(|(_, amount)| amount.minor() < full.minor());
    let rebate = given.map_or(Money::zero(full.currency()), |(_, amount)| amount);
    Ok(EarlyPayment { full, rebate, pay: full.minus(rebate)?, charge_item: given.map(|(item, _)| item) })
}

/// What of an active plan's charge would be given back if it ended today, and on which item.
///
/// # Errors
/// Those of [`progress`].
pub fn unearned_charge(
    plan: &PaymentPlan,
    open: &[OpenItem],
    today: Date,
) -> Result<Option<(InvoiceId, Money)>, Refusal> {
    let charge = open.iter().find(|item| Some(item.invoice_id) == plan.charge_item);
    let Some(item) = charge.filter(|_| plan.is_active() && plan.terms.early == EarlySettlement::RebateUnearned) else {
        return Ok(None);
    };
    let amount = unearned(plan, &progress(plan, open, today)?, today)?.min(item.outstanding)?;
    Ok(amount.is_positive().then_some((item.invoice_id, amount)))
}

fn unearned(plan: &PaymentPlan, progress: &PlanProgress, today: Date) -> Result<Money, Refusal> {
    let untouched = |number: u32| {
        progress.instalments.iter().any(|one| one.number == number && one.due_on > today && one.paid.is_zero())
    };
    let shares = plan.schedule.charge_shares()?.into_iter().filter(|(number, _)| untouched(*number));
    Money::sum(plan.schedule.charge.currency(), shares.map(|(_, share)| share))
}
