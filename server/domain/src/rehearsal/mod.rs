//! What a ladder would send: the decision itself, stepped over the days ahead.
//!
//! A rehearsal supposes that nothing happens but time: nobody pays, nobody writes, no message comes back, imports go on as
//! they do, and a payment that is under way now ends without money. So it shows the most that may be sent.

mod ahead;
mod compare;
mod price;
mod summary;

pub use ahead::ahead;
pub use compare::{Change, changes};
pub use price::ChannelPrices;
pub use summary::{BlockCount, DayCount, DebtorRun, StopCount, Summary};

use crate::Refusal;
use crate::calendar::{Date, Timestamp, plus_days};
use crate::ids::{InvoiceId, PolicyId};
use crate::reminder::{
    ActiveDunning, Channel, Contact, ContactOutcome, Decision, DunningStep, Hold, RungRef, StopReason, decide,
};
use crate::snapshot::DebtorSnapshot;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// How many days a rehearsal looks ahead.
pub const DAYS: i32 = 30;

/// After how many decisions over one debtor a rehearsal gives up: more than a year of waits.
const DECISIONS_MAX: usize = 1_000;

/// A message that would leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RehearsedMessage {
    /// When.
    pub at: Timestamp,
    /// The date on the debtor's wall.
    pub on: Date,
    /// The step.
    pub step: DunningStep,
    /// The version of the policy that says it.
    pub policy_id: PolicyId,
    /// The place among its steps.
    pub place: usize,
    /// How.
    pub channel: Channel,
    /// The key of the text.
    pub template: String,
    /// What it would name.
    pub invoice_ids: Vec<InvoiceId>,
}

/// Silence although there would be something to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Since when.
    pub from_at: Timestamp,
    /// The date on the debtor's wall on which it began.
    pub on: Date,
    /// When the question is asked again.
    pub until_at: Timestamp,
    /// Whether it lasts beyond the day on which it began.
    pub whole_day: bool,
    /// Why.
    pub why: Hold,
}

/// What one debtor would live through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Walk {
    /// The messages, in the order of time.
    pub messages: Vec<RehearsedMessage>,
    /// The silences, in the order of time.
    pub blocks: Vec<Block>,
    /// Why nothing more would be sent, where the ladder ends before the time does.
    pub end: Option<StopReason>,
}

/// Steps the decision from one moment to another: what is sent becomes a contact, what waits jumps to its end.
///
/// # Errors
/// Those of [`decide`].
pub fn walk(
    snapshot: &DebtorSnapshot,
    channels: &[Channel],
    from_at: Timestamp,
    until_at: Timestamp,
) -> Result<Walk, Refusal> {
    let mut imagined = snapshot.clone();
    let mut walk = Walk::default();
    let mut now = from_at;
    for _ in 0..DECISIONS_MAX {
        match decide(&imagined, channels, now)? {
            Decision::Send { step, rung, channel, items } => {
                // A debtor gets a step once, whatever else changes.
                if imagined.contacts.iter().any(|contact| contact.step == step && contact.says()) {
                    return Ok(walk);
                }
                walk.messages.push(RehearsedMessage {
                    at: now,
                    on: imagined.today(now),
                    step,
                    policy_id: rung.policy_id,
                    place: rung.place,
                    channel,
                    template: template(&imagined, rung),
                    invoice_ids: items.clone(),
                });
                let (invoice_ids, outcome) = (items, ContactOutcome::Left);
                imagined.contacts.push(Contact { handed_off_at: now, channel, step, invoice_ids, outcome });
            }
            Decision::Wait { until, why } => {
                if why != Hold::NotYetDue {
                    walk.blocks.push(block(&imagined, now, until, why));
                }
                suppose(&mut imagined, why, until_at);
                now = until.max(now.checked_add(SignedDuration::from_secs(1)).map_err(|_| Refusal::DateOutOfRange)?);
                if now >= until_at {
                    return Ok(walk);
                }
                // From here on imports go on: only what is old now is held for it.
                imagined.data_fresh_at = imagined.data_fresh_at.max(Some(until_at));
            }
            Decision::Stop { why } => {
                walk.end = Some(why);
                return Ok(walk);
            }
        }
    }
    Ok(walk)
}

/// The end of a rehearsal that begins at a moment.
///
/// # Errors
/// `date_out_of_range`.
pub fn end_of(from_at: Timestamp) -> Result<Timestamp, Refusal> {
    from_at.checked_add(SignedDuration::from_hours(24 * i64::from(DAYS))).map_err(|_| Refusal::DateOutOfRange)
}

/// The snapshot as if a draft were published: it stands in the place of the versions that it would end.
#[must_use]
pub fn with_draft(snapshot: &DebtorSnapshot, draft: &ActiveDunning, replaced: &[PolicyId]) -> DebtorSnapshot {
    let mut imagined = snapshot.clone();
    imagined.dunning.retain(|active| !replaced.contains(&active.id) && active.id != draft.id);
    imagined.dunning.push(draft.clone());
    imagined
}

fn template(snapshot: &DebtorSnapshot, rung: RungRef) -> String {
    let active = snapshot.dunning.iter().find(|active| active.id == rung.policy_id);
    active.and_then(|active| active.policy.steps.get(rung.place)).map(|step| step.template.clone()).unwrap_or_default()
}

fn block(snapshot: &DebtorSnapshot, from_at: Timestamp, until_at: Timestamp, why: Hold) -> Block {
    let on = snapshot.today(from_at);
    let whole_day = plus_days(on, 1).is_ok_and(|next| snapshot.today(until_at) >= next);
    Block { from_at, on, until_at, whole_day, why }
}

/// What only an event would end is taken to end without money or news.
fn suppose(imagined: &mut DebtorSnapshot, why: Hold, until_at: Timestamp) {
    match why {
        Hold::PendingPayment => imagined.open_attempts.clear(),
        Hold::StaleData => imagined.data_fresh_at = Some(until_at),
        _ => {}
    }
}
