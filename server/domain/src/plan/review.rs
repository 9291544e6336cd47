use super::plan::{BreakReason, CancelReason, PaymentPlan, PlanState};
use super::progress::{InstalmentStanding, progress};
use crate::Refusal;
use crate::actor::Actor;
use crate::calendar::{Date, Timestamp};
use crate::invoice::OpenItem;
use crate::money::Money;
use crate::outcome::Outcome;

/// Looks at a plan on a day: completed when nothing remains, broken when more instalments are past their grace than its
/// rule allows, canceled when its first date came before everybody had agreed. A completed plan whose money a bank takes
/// back stays completed: the item is open again by its own date.
///
/// # Errors
/// Those of [`progress`].
pub fn review(
    plan: PaymentPlan,
    open: &[OpenItem],
    today: Date,
    at: Timestamp,
) -> Result<Outcome<PaymentPlan>, Refusal> {
    match &plan.state {
        PlanState::Proposed { .. } if plan.schedule.first_on().is_none_or(|first_on| first_on < today) => {
            Ok(plan.end(Actor::System, CancelReason::Lapsed, None, None, at))
        }
        PlanState::Active { .. } => review_active(plan, open, today, at),
        _ => Ok(Outcome::AlreadyApplied),
    }
}

fn review_active(
    mut plan: PaymentPlan,
    open: &[OpenItem],
    today: Date,
    at: Timestamp,
) -> Result<Outcome<PaymentPlan>, Refusal> {
    let standing = progress(&plan, open, today)?;
    let PlanState::Active { acceptance, approved } = plan.state.clone() else { return Ok(Outcome::AlreadyApplied) };
    if standing.remaining.is_zero() {
        plan.state = PlanState::Completed { acceptance, approved, completed_at: at };
        return Ok(Outcome::Executed(plan));
    }
    let missed: Vec<&InstalmentStanding> = standing.instalments.iter().filter(|one| one.is_missed(today)).collect();
    let count = u32::try_from(missed.len()).unwrap_or(u32::MAX);
    let Some(first) = missed.first().filter(|_| count > plan.terms.break_rule.missed_max) else {
        return Ok(Outcome::AlreadyApplied);
    };
    let zero = Money::zero(plan.schedule.total.currency());
    plan.state = PlanState::Broken {
        acceptance,
        approved,
        broken_at: at,
        broken_on: today,
        instalment: first.number,
        missed: missed.iter().try_fold(zero, |sum, one| sum.plus(one.missing()?))?,
        paid: standing.paid,
        why: BreakReason::Missed { count },
    };
    Ok(Outcome::Executed(plan))
}
