//! What was told of messages is worked on: each message moves on, never back; replies are kept and heard.

use crate::App;
use crate::failure::Failure;
use crate::flows::{consent, receive_reply};
use crate::jobs::Progress;
use saldo_domain::ids::{CreditorId, InboundEventId, MessageId};
use saldo_domain::reminder::Channel;
use saldo_providers::channel::{MessageEvent, MessageStep};
use saldo_store::inbound_event::{self, InboundEventState as EventState};
use saldo_store::message::{self, MessageEnd, MessageRow, MessageState};
use saldo_store::reminder::{self, ReminderState};
use saldo_store::{Tx, debtor};

/// Tries for which an event waits for the record that it is about: something over half an hour.
const TRIES_FOR_A_MATCH: u32 = 10;

/// Works on what one request told, in one database transaction. What cannot be matched is kept and shown.
///
/// # Errors
/// Faults of the store: the job is tried again.
pub async fn work(
    app: &App,
    creditor: CreditorId,
    id: InboundEventId,
    events: Vec<MessageEvent>,
    tries: u32,
) -> Result<Progress, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let (mut matched, mut missing) = (0_u32, 0_u32);
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
    if missing > 0 && tries < TRIES_FOR_A_MATCH {
        tx.rollback().await?;
        return Ok(Progress::Retry("its message is not there yet".to_owned()));
    }
    let (state, note) = match (matched, missing) {
        (_, 0) => (EventState::Worked, None),
        (0, _) => (EventState::Unmatched, Some("no message or number of ours")),
        _ => (EventState::Worked, Some("some of it is about no message or number of ours")),
    };
    inbound_event::mark(&tx, creditor, id, state, note, app.now()).await?;
    tx.commit().await?;
    app.metrics().event("messages", state.name());
    Ok(Progress::Done)
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
