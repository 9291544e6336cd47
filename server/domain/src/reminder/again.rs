use super::{Channel, ContactOutcome, Decision, DunningStep, decide};
use crate::Refusal;
use crate::calendar::{Date, Timestamp};
use crate::snapshot::DebtorSnapshot;

/// A step that no ladder has.
const NO_STEP: DunningStep = DunningStep { offset: i32::MIN, due_on: Date::MIN };

/// The decision at a moment over a step whose message may not have arrived, as if it had not been said: a person asks for it
/// once more. What may have left counts for every cap and gap all the same; a channel that refused may be tried again; and
/// whatever else has come meanwhile, a payment first of all, answers as always.
///
/// # Errors
/// Those of [`decide`].
pub fn again(
    snapshot: &DebtorSnapshot,
    channels: &[Channel],
    step: DunningStep,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let mut unsaid = snapshot.clone();
    unsaid.contacts.retain(|contact| contact.step != step || contact.outcome != ContactOutcome::Refused);
    for contact in unsaid.contacts.iter_mut().filter(|contact| contact.step == step) {
        contact.step = NO_STEP;
        contact.invoice_ids.clear();
    }
    decide(&unsaid, channels, now)
}
