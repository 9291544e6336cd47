//! A person sends a message again that failed, or of which nobody knows. It is no way around anything: what was paid, promised
//! or withdrawn meanwhile answers as it always does, now and again at the hand-over.

use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use crate::flows::send_again_mail;
use crate::jobs::{self, Job};
use saldo_domain::OutreachRefusal;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::free_text::line;
use saldo_domain::ids::{CreditorId, MessageId, ReminderId};
use saldo_domain::reminder::{Decision, again};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::message::{self, ByHand};
use saldo_store::reminder::{self, ReminderRow, ReminderState, SENT_AGAIN, Tried};
use saldo_store::{Tx, snapshot};
use serde_json::json;

/// The most characters of a reason.
pub const REASON_MAX: usize = 300;

/// Plans a message once more, with the reason that a person gives: of a reminder, which it names, or a receipt or an invoice.
///
/// # Errors
/// `not_found`, `text_length`, `card_number_in_text`, `message_not_again` for what arrived, is about to leave or says what
/// counts no longer, `message_held` where the rules ask for silence now, `message_stopped` where nothing is to be said any more,
/// `message_overtaken` where another step has come.
pub async fn send(
    app: &App,
    creditor: CreditorId,
    actor: Actor,
    id: MessageId,
    reason: &str,
) -> Result<Option<ReminderId>, Failure> {
    let refused = |refusal: OutreachRefusal| Failure::from(Refusal::Outreach(refusal));
    let reason = line("reason", reason, REASON_MAX)?;
    let tx = app.store().write_of(creditor).await?;
    let message = message::load(&tx, creditor, id).await?;
    let Some(reminder_id) = message.reminder_id else {
        send_again_mail::plan(app, &tx, creditor, actor, (&message, reason)).await?;
        tx.commit().await?;
        return Ok(None);
    };
    let snapshot = snapshot::lock_and_load(&tx, creditor, message.debtor_id).await?;
    let row = reminder::load(&tx, creditor, reminder_id).await?;
    if !matches!(row.state, ReminderState::Unknown | ReminderState::Failed) {
        return Err(refused(OutreachRefusal::MessageNotAgain));
    }
    let now = app.now();
    match again(&snapshot, app.channels().ready(), row.step, now)? {
        Decision::Send { step, .. } if step == row.step => {}
        Decision::Send { .. } => return Err(refused(OutreachRefusal::MessageOvertaken)),
        Decision::Wait { until, why } => return Err(refused(OutreachRefusal::MessageHeld { why, until })),
        Decision::Stop { why } => return Err(refused(OutreachRefusal::MessageStopped { why })),
    }
    let by_hand = ByHand { by: actor, reason, of: id };
    if !reminder::plan_again(&tx, creditor, reminder_id, &by_hand, now).await? {
        return Err(refused(OutreachRefusal::MessageNotAgain));
    }
    let before = json!({"state": row.state.name(), "handed_off_at": row.handed_off_at});
    let after = json!({"reminder_id": reminder_id, "step": row.step.key(), "reason": by_hand.reason});
    let subject = Subject::new("message", id.0);
    audit::record(app, &tx, creditor, &actor, "message_sent_again", subject, Some(before), Some(after)).await?;
    let reminders = vec![(message.debtor_id, reminder_id)];
    jobs::insert(app, &tx, creditor, Job::SendReminders { reminders }).await?;
    tx.commit().await?;
    Ok(Some(reminder_id))
}

/// What was tried for a rung before this message; of one that is sent again it is kept now, since its own moment goes.
pub(super) async fn tried_before(
    tx: &Tx,
    creditor: CreditorId,
    snapshot: &DebtorSnapshot,
    row: &ReminderRow,
) -> Result<Vec<Tried>, Failure> {
    if row.reason != SENT_AGAIN {
        return Ok(Tried::of_step(&snapshot.contacts, row.step));
    }
    let tried = Tried::of_step_again(&snapshot.contacts, row.step);
    reminder::keep_tried(tx, creditor, row.id, &tried).await?;
    Ok(tried)
}
