//! Message channels: the hand-over of messages, with an honest answer about whether each may have left.

mod check;
mod compose;
mod event;
mod fault;
mod group;
mod http;
mod mail_events;
mod memory;
mod outgoing;
mod smtp;
mod twilio;
mod whatsapp;

pub use event::{EventSource, Knock, MessageEvent, MessageStep, Told};
pub use fault::ChannelFault;
pub use mail_events::{MailReport, Mailgun, StandardMail, parse_report, sign_for_mailgun, sign_standard};
pub use memory::{MemoryChannel, Scripted};
pub use outgoing::{
    Attachment, Banner, CallTask, Letter, Mail, MailAddress, Outgoing, TextMessage, WhatsappMessage, WhatsappTemplate,
};
pub use smtp::{SmtpChannel, SmtpConfig, SmtpCredentials, SmtpTls};
pub use twilio::{Twilio, TwilioConfig, sign_for_twilio};
pub use whatsapp::{Now, Whatsapp, WhatsappConfig, sign_for_whatsapp};

use async_trait::async_trait;
use saldo_domain::ids::CreditorId;
use saldo_domain::reminder::Channel;
use std::fmt;

/// The channel has taken the message over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// [`Outgoing::message_id`].
    pub message_id: String,
    /// The channel's name of the message, by which it tells later what became of it.
    pub provider_reference: String,
    /// The other side's words.
    pub answer: String,
}

/// What became of a hand-over.
pub type HandedOver = Result<Receipt, ChannelFault>;

/// A way to reach people.
#[async_trait]
pub trait MessageChannel: Send + Sync + fmt::Debug {
    /// Which way it is. A message of another way is refused as `Permanent`.
    fn channel(&self) -> Channel;

    /// Hands a creditor's message over.
    ///
    /// # Errors
    /// [`ChannelFault`], which says whether the message may have left.
    async fn hand_over(&self, creditor: CreditorId, message: &Outgoing) -> HandedOver;

    /// Hands many messages over; one answer for each, in their order.
    async fn hand_over_many(&self, messages: &[(CreditorId, Outgoing)]) -> Vec<HandedOver> {
        let mut answers = Vec::with_capacity(messages.len());
        for (creditor, message) in messages {
            answers.push(self.hand_over(*creditor, message).await);
        }
        answers
    }
}
