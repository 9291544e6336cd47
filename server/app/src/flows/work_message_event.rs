//! What was told of messages is worked on: each message moves on, never back; replies are kept and heard.

use crate::App;
use crate::failure::Failure;
use crate::flows::{consent, receive_reply};
use crate::jobs::Progress;
use saldo_domain::ids::{CreditorId, DebtorId, InboundEventId, MessageId};
use saldo_domain::reminder::Channel;
use saldo_providers::channel::{MessageEvent, MessageStep};
use saldo_store::inbound_event::{self, InboundEventState as EventState};
use saldo_store::job::{self, ClaimedJob};
use saldo_store::message::{self, MessageEnd, MessageRow, MessageState};
use saldo_store::reminder::{self, ReminderState};
use saldo_store::{Tx, debtor};
use std::collections::HashMap;

/// Tries for which an event waits for the record that it is about: something over half an hour.
const TRIES_FOR_A_MATCH: u32 = 10;

/// Works on what one request told, in one database transaction. What cannot be matched is kept and shown.
///
/// # Errors
/// Faults of the store: the job is tried again.
pub async fn work(
    app: &App,
    claimed: &ClaimedJob,
    id: InboundEventId,
    events: Vec<MessageEvent>,
) -> Result<Progress, Failure> {
    let creditor = claimed.creditor_id;
    let tx = app.store().write_of(creditor).await?;
    let (arrived, events) = apart(events);
    let mut missing = u32::try_from(arrived.iter().map(|(_, names)| names.len()).sum::<usize>()).unwrap_or(u32::MAX);
    let mut matched = note_arrived(app, &tx, creditor, &arrived).await?;
    missing -= matched;
    for event in events {
        let is_known = match event {
            MessageEvent::Progress { channel, message_id, provider_reference, step, detail } => {
                let names = Names { channel, message_id, provider_reference };
                move_on(app, &tx, creditor, &names, step, detail.as_deref()).await?
            }
            MessageEvent::Reply { channel, sender, text } => {
                receive_reply::keep(app, &tx, creditor, channel, &sender, &text).await?
            }
        };
        *(if is_known { &mut matched } else { &mut missing }) += 1;
    }
    if missing > 0 && claimed.attempt_count < TRIES_FOR_A_MATCH {
        tx.rollback().await?;
        return Ok(Progress::Retry("its message is not there yet".to_owned()));
    }
    let (state, note) = match (matched, missing) {
        (_, 0) => (EventState::Worked, None),
        (0, _) => (EventState::Unmatched, Some("no message or number of ours")),
        _ => (EventState::Worked, Some("some of it is about no message or number of ours")),
    };
    inbound_event::mark(&tx, creditor, id, state, note, app.now()).await?;
    // In one transaction with the job's end: a node that lost the job writes nothing.
    if !job::mark_done(&tx, creditor, claimed.id, claimed.fence, app.now()).await? {
        return Ok(Progress::Done);
    }
    tx.commit().await?;
    app.metrics().event("messages", state.name());
    Ok(Progress::Ended)
}

/// The names of messages that arrived, by their channel.
type Arrived = Vec<(Channel, Vec<String>)>;

/// Messages of which nothing else is told than that they arrived, apart from everything else that is told.
fn apart(events: Vec<MessageEvent>) -> (Arrived, Vec<MessageEvent>) {
    let mut times: HashMap<String, u32> = HashMap::new();
    for event in &events {
        if let MessageEvent::Progress { provider_reference: Some(reference), .. } = event {
            *times.entry(reference.clone()).or_default() += 1;
        }
    }
    let (mut arrived, mut others): (Arrived, Vec<MessageEvent>) = (Vec::new(), Vec::new());
    for event in events {
        match event {
            MessageEvent::Progress {
                channel,
                message_id: None,
                provider_reference: Some(reference),
                step: MessageStep::Delivered,
                ..
            } if times.get(&reference) == Some(&1) => match arrived.iter_mut().find(|(known, _)| *known == channel) {
                Some((_, references)) => references.push(reference),
                None => arrived.push((channel, vec![reference])),
            },
            other => others.push(other),
        }
    }
    (arrived, others)
}

/// Writes that messages arrived, under the locks of their debtors, in few statements. Answers how many of them are ours.
async fn note_arrived(app: &App, tx: &Tx, creditor: CreditorId, arrived: &Arrived) -> Result<u32, Failure> {
    let mut ours = 0;
    for (channel, references) in arrived {
        let references: Vec<&str> = references.iter().map(String::as_str).collect();
        let found = message::find_by_references(tx, creditor, *channel, &references).await?;
        let (ids, debtors): (Vec<MessageId>, Vec<DebtorId>) = found.values().copied().unzip();
        debtor::lock_many(tx, creditor, &debtors).await?;
        let reminders = message::mark_many_delivered(tx, creditor, &ids, app.now()).await?;
        reminder::mark_many_delivered(tx, creditor, &reminders, app.now()).await?;
        ours += u32::try_from(found.len()).unwrap_or(u32::MAX);
    }
    Ok(ours)
}

/// By what a message may be known.
struct Names {
    channel: Channel,
    message_id: Option<String>,
    provider_reference: Option<String>,
}

async fn find(tx: &Tx, creditor: CreditorId, names: &Names) -> Result<Option<MessageRow>, Failure> {
    let own = names.message_id.as_deref().and_then(|text| text.parse().ok()).map(MessageId);
    if let Some(id) = own
        && let Some(row) = message::find(tx, creditor, id).await?.filter(|row| row.channel == names.channel)
    {
        return Ok(Some(row));
    }
    match &names.provider_reference {
        Some(reference) => Ok(message::find_by_reference(tx, creditor, names.channel, reference).await?),
        None => Ok(None),
    }
}

/// Whether the message is known; where it has come as far before, nothing changes.
async fn move_on(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    names: &Names,
    step: MessageStep,
    detail: Option<&str>,
) -> Result<bool, Failure> {
    let Some(row) = find(tx, creditor, names).await? else { return Ok(false) };
    debtor::lock(tx, creditor, row.debtor_id).await?;
    let (state, of_reminder) = match step {
        MessageStep::Sent => (MessageState::Sent, Some(ReminderState::Sent)),
        MessageStep::Delivered => (MessageState::Delivered, Some(ReminderState::Delivered)),
        MessageStep::Read => (MessageState::Read, Some(ReminderState::Delivered)),
        MessageStep::Bounced => (MessageState::Bounced, Some(ReminderState::Bounced)),
        MessageStep::Failed => (MessageState::Failed, Some(ReminderState::Bounced)),
        MessageStep::Complained => (MessageState::Complained, None),
        // The recipient's wish for silence; what the message itself did is another matter, unless it was refused.
        MessageStep::Stopped => (MessageState::Failed, Some(ReminderState::Bounced)),
    };
    let end = MessageEnd {
        id: row.id,
        state,
        provider_reference: names.provider_reference.clone(),
        error: detail.filter(|_| state.is_trouble()).map(str::to_owned),
    };
    let moved = message::mark(tx, creditor, &end, app.now()).await?;
    if moved && let (Some(reminder_id), Some(told)) = (row.reminder_id, of_reminder) {
        reminder::mark_told(tx, creditor, reminder_id, told, app.now()).await?;
    }
    if moved || step == MessageStep::Stopped {
        silence(app, tx, creditor, &row, step).await?;
    }
    Ok(true)
}

/// What the word means for the messages to come.
async fn silence(app: &App, tx: &Tx, creditor: CreditorId, row: &MessageRow, step: MessageStep) -> Result<(), Failure> {
    let (debtor_id, channel) = (row.debtor_id, row.channel);
    match step {
        MessageStep::Bounced => consent::record_bounce(app, tx, creditor, debtor_id, channel, "bounced").await?,
        MessageStep::Complained => consent::record_unwanted(app, tx, creditor, debtor_id, channel, "complaint").await?,
        MessageStep::Stopped => consent::record_stop(app, tx, creditor, debtor_id, channel, "stopped").await?,
        _ => false,
    };
    let is_trouble = matches!(step, MessageStep::Bounced | MessageStep::Failed | MessageStep::Stopped);
    if is_trouble || step == MessageStep::Complained {
        // Another channel of the rung may say it: the decision is taken anew.
        debtor::set_next_contact(tx, creditor, debtor_id, Some(app.now())).await?;
    }
    Ok(())
}
