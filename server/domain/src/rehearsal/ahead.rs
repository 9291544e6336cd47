use super::walk;
use crate::Refusal;
use crate::calendar::{Timestamp, days_between};
use crate::reminder::{Channel, Decision, Hold, RungRef, decide};
use crate::snapshot::DebtorSnapshot;
use jiff::SignedDuration;

/// How far away a step may be that is brought forward.
const REACH: SignedDuration = SignedDuration::from_hours(24 * 60);

/// The decision at a moment, where the next step may come before its day: everything but its date still counts, so that
/// hours, holidays, caps, consent and holds answer as they always do. The step keeps its own name: on its day it has been
/// sent. What speaks of something overdue is never said before it is, nor what asks before it is due.
///
/// # Errors
/// Those of [`decide`].
pub fn ahead(snapshot: &DebtorSnapshot, channels: &[Channel], now: Timestamp) -> Result<Decision, Refusal> {
    let decision = decide(snapshot, channels, now)?;
    if !matches!(decision, Decision::Wait { why: Hold::NotYetDue, .. }) {
        return Ok(decision);
    }
    let until_at = now.checked_add(REACH).map_err(|_| Refusal::DateOutOfRange)?;
    let Some(coming) = walk(snapshot, channels, now, until_at)?.messages.into_iter().next() else {
        return Ok(decision);
    };
    let rung = RungRef { policy_id: coming.policy_id, place: coming.place };
    let offset = days_between(coming.step.due_on, snapshot.today(now));
    if offset.signum() != coming.step.offset.signum() {
        return Ok(decision);
    }
    let mut nearer = snapshot.clone();
    let active = nearer.dunning.iter_mut().find(|active| active.id == rung.policy_id);
    let Some(step) = active.and_then(|active| active.policy.steps.get_mut(rung.place)) else {
        return Ok(decision);
    };
    step.offset = offset;
    Ok(match decide(&nearer, channels, now)? {
        Decision::Send { rung: said, channel, items, .. } if said == rung => {
            Decision::Send { step: coming.step, rung, channel, items }
        }
        Decision::Send { .. } => decision,
        other => other,
    })
}
