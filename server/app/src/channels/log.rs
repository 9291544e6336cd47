use jiff::Timestamp;
use saldo_domain::ids::{DebtorId, MessageId};
use saldo_domain::locale::Language;
use saldo_domain::reminder::Channel;
use saldo_providers::channel::{ChannelFault, HandedOver, Outgoing};
use saldo_store::message::{MessageEnd, MessagePurpose, MessageRow, MessageState};

/// The row of a message that is about to be handed over, for `store::message::insert_handing_off`. Reminder and template
/// are for the caller to fill in.
pub fn log_row(
    id: MessageId,
    (debtor_id, language): (DebtorId, Language),
    purpose: MessagePurpose,
    message: &Outgoing,
    at: Timestamp,
) -> MessageRow {
    // A mail is known to the world by the id that we gave it; the others get a name from their provider.
    let reference = matches!(message, Outgoing::Mail(_)).then(|| message.message_id().to_owned());
    MessageRow {
        id,
        debtor_id,
        reminder_id: None,
        purpose,
        channel: message.channel(),
        template: None,
        language,
        recipient: message.recipient().map(|text| masked(message.channel(), text)).unwrap_or_default(),
        state: MessageState::HandingOff,
        provider_reference: reference,
        by_hand: None,
        error: None,
        handed_off_at: at,
        finished_at: None,
    }
}

/// What a channel's answer makes of the row.
pub fn end_of(id: MessageId, answer: &HandedOver) -> MessageEnd {
    match answer {
        Ok(receipt) => MessageEnd::sent(id, receipt.provider_reference.clone()),
        Err(fault @ ChannelFault::Unknown { .. }) => MessageEnd::ended(id, MessageState::Unknown, fault.to_string()),
        Err(fault) => MessageEnd::ended(id, MessageState::Failed, fault.to_string()),
    }
}

/// An address of a channel as the log shows it: enough to know it by, not enough to use it.
pub fn masked(channel: Channel, address: &str) -> String {
    match channel {
        Channel::Email => {
            let (name, host) = address.split_once('@').unwrap_or((address, ""));
            let first: String = name.chars().take(1).collect();
            format!("{first}•••@{host}")
        }
        Channel::Sms | Channel::Whatsapp | Channel::Call => {
            let count = address.chars().count();
            let last: String = address.chars().skip(count.saturating_sub(4)).collect();
            let first: String = address.chars().take(if count > 9 { 3 } else { 0 }).collect();
            format!("{first}••••{last}")
        }
        Channel::Letter => address.to_owned(),
        Channel::Banner => String::new(),
    }
}
