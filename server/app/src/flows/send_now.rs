//! A person brings one debtor's next step forward. It is no way around anything: hours, holidays, caps, consent and holds
//! answer as they always do, now and again at the hand-over.

use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use crate::flows::rehearsal::channels;
use crate::jobs::{self, Job};
use saldo_domain::OutreachRefusal;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::ids::{CreditorId, DebtorId, ReminderId};
use saldo_domain::rehearsal::ahead;
use saldo_domain::reminder::Decision;
use saldo_store::reminder::{self, BROUGHT_FORWARD, ReminderRow, ReminderState, Tried};
use saldo_store::{debtor, snapshot};
use serde_json::json;

/// Plans the next step of a debtor for now.
///
/// # Errors
/// `not_found`, `message_held` where the rules ask for silence now or the step cannot come yet, `message_stopped` where
/// nothing is to be said any more.
pub async fn send(app: &App, creditor: CreditorId, actor: Actor, debtor_id: DebtorId) -> Result<ReminderId, Failure> {
    let now = app.now();
    let tx = app.store().write_of(creditor).await?;
    let snapshot = snapshot::lock_and_load(&tx, creditor, debtor_id).await?;
    let refused = |refusal: OutreachRefusal| Failure::from(Refusal::Outreach(refusal));
    let (step, rung, channel, items) = match ahead(&snapshot, &channels(app), now)? {
        Decision::Send { step, rung, channel, items } => (step, rung, channel, items),
        Decision::Wait { until, why } => return Err(refused(OutreachRefusal::MessageHeld { why, until })),
        Decision::Stop { why } => return Err(refused(OutreachRefusal::MessageStopped { why })),
    };
    let row = ReminderRow {
        id: ReminderId(app.ambient().uuid_v7()),
        debtor_id,
        step,
        channel,
        state: ReminderState::Planned,
        items,
        rung,
        reason: BROUGHT_FORWARD.to_owned(),
        by_hand: None,
        error: None,
        finished_at: None,
        planned_at: now,
        handed_off_at: None,
        message_reference: None,
    };
    let tried = Tried::of_step(&snapshot.contacts, step);
    let planned = reminder::plan_many(&tx, creditor, &[(row, tried)], now).await?;
    let reminder_id = planned.first().map(|(_, id)| *id).ok_or(Refusal::NotFound)?;
    let subject = Subject::new("reminder", reminder_id.0);
    let after = json!({"debtor_id": debtor_id, "step": step.key(), "channel": channel.as_str()});
    audit::record(app, &tx, creditor, &actor, "reminder_sent_now", subject, None, Some(after)).await?;
    jobs::insert(app, &tx, creditor, Job::SendReminders { reminders: planned }).await?;
    // Whatever becomes of it, the debtor is looked at again.
    debtor::set_next_contact(&tx, creditor, debtor_id, Some(now)).await?;
    tx.commit().await?;
    Ok(reminder_id)
}
