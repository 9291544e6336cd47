//! What of a group leaves, and what its channels said.

use crate::App;
use crate::channels::end_of;
use crate::failure::Failure;
use crate::flows::access_link::later;
use jiff::SignedDuration;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, MessageId};
use saldo_domain::reminder::ContactOutcome;
use saldo_providers::channel::{ChannelFault, HandedOver, Outgoing};
use saldo_store::reminder::{self, ReminderRow, ReminderState, Tried};
use saldo_store::{Tx, debtor, message};

/// When a channel that did not take a message is tried again.
const RETRY_AFTER: SignedDuration = SignedDuration::from_mins(5);
/// A message that has not begun to leave so long after the decision does not leave: what it says may have changed.
const BEGIN_WITHIN: SignedDuration = SignedDuration::from_secs(60);
/// How many messages of a group are handed over at once.
const AT_ONCE: usize = 64;

/// A message that is about to leave.
pub(crate) struct Leaving {
    pub(crate) row: ReminderRow,
    pub(crate) id: MessageId,
    /// Our name of the message.
    pub(crate) reference: String,
    /// What was tried for its rung before.
    pub(crate) tried: Vec<Tried>,
}

/// Hands the messages over; one answer for each, in their order.
pub(crate) async fn hand_over(
    app: &App,
    creditor: CreditorId,
    messages: Vec<Outgoing>,
    decided_at: Timestamp,
) -> Vec<HandedOver> {
    let mut answers = Vec::with_capacity(messages.len());
    let mut messages = messages.into_iter().map(|message| (creditor, message)).peekable();
    while messages.peek().is_some() {
        let part: Vec<_> = messages.by_ref().take(AT_ONCE).collect();
        if app.now().duration_since(decided_at) > BEGIN_WITHIN {
            let late = || Err(ChannelFault::Retry { detail: "the channel was too slow to begin".to_owned() });
            answers.extend(part.iter().map(|_| late()));
        } else {
            answers.extend(app.channels().hand_over_many(part).await);
        }
    }
    answers
}

/// Writes what became of each message, and when its debtor is looked at next.
///
/// # Errors
/// Faults of the store.
pub(crate) async fn record_answers(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    leaving: &[Leaving],
    answers: Vec<HandedOver>,
) -> Result<(), Failure> {
    let now = app.now();
    let (mut sent, mut unknown, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    let mut next = Vec::with_capacity(leaving.len());
    let ends = leaving.iter().zip(&answers).map(|(leaving, answer)| end_of(leaving.id, answer));
    message::mark_many(tx, creditor, &ends.collect::<Vec<_>>(), now).await?;
    for (leaving, answer) in leaving.iter().zip(answers) {
        let (id, debtor_id) = (leaving.row.id, leaving.row.debtor_id);
        let mut again = now;
        let outcome = match answer {
            Ok(_) => {
                sent.push((id, leaving.reference.clone()));
                "sent"
            }
            // One that may have left before is still that, whatever became of this one.
            Err(fault) if fault.may_have_left() || leaving.row.handed_off_at.is_some() => {
                unknown.push((id, String::new()));
                "unknown"
            }
            Err(fault) if fault.may_retry() => {
                failed.push((id, fault.to_string()));
                again = later(now, RETRY_AFTER)?;
                "failed"
            }
            Err(fault) => {
                let mut tried = leaving.tried.clone();
                tried.push(Tried { channel: leaving.row.channel, at: now, outcome: ContactOutcome::Refused });
                reminder::mark_refused(tx, creditor, id, (now, &fault.to_string()), &tried).await?;
                "failed"
            }
        };
        app.metrics().message("reminder", outcome);
        next.push((debtor_id, Some(again)));
    }
    reminder::mark_many(tx, creditor, ReminderState::Sent, &sent, now).await?;
    reminder::mark_many(tx, creditor, ReminderState::Unknown, &unknown, now).await?;
    reminder::mark_many(tx, creditor, ReminderState::Failed, &failed, now).await?;
    Ok(debtor::set_next_contacts(tx, creditor, &next).await?)
}
