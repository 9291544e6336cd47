//! Message channels: the hand-over of one message, with an honest answer about whether it may have left.

mod compose;
mod fault;
mod memory;
mod smtp;

pub use fault::ChannelFault;
pub use memory::{MemoryChannel, Scripted};
pub use smtp::{SmtpChannel, SmtpConfig, SmtpCredentials, SmtpTls};

use async_trait::async_trait;
use saldo_domain::calendar::Timestamp;
use std::fmt;

/// A name and an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailAddress {
    /// Shown instead of the address, where known.
    pub name: Option<String>,
    /// The address.
    pub email: String,
}

impl MailAddress {
    /// An address with a name.
    pub fn named(name: impl Into<String>, email: impl Into<String>) -> Self {
        Self { name: Some(name.into()), email: email.into() }
    }

    /// An address alone.
    pub fn bare(email: impl Into<String>) -> Self {
        Self { name: None, email: email.into() }
    }
}

/// One e-mail to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The name of the message in the world, `word@host` without brackets: the same on every try.
    pub message_id: String,
    /// The moment in its header.
    pub date: Timestamp,
    /// Who writes.
    pub from: MailAddress,
    /// Who reads the answer, where another.
    pub reply_to: Option<MailAddress>,
    /// Who receives it.
    pub to: MailAddress,
    /// The subject.
    pub subject: String,
    /// The message as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Where one POST withdraws the channel: makes the headers of RFC 2369 and, over https, of RFC 8058.
    pub list_unsubscribe_url: Option<String>,
}

/// The channel has taken the message over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// [`Mail::message_id`].
    pub message_id: String,
    /// The other side's words; often its name of the message.
    pub answer: String,
}

/// A way to reach people.
#[async_trait]
pub trait MessageChannel: Send + Sync + fmt::Debug {
    /// Hands a message over.
    ///
    /// # Errors
    /// [`ChannelFault`], which says whether the message may have left.
    async fn hand_over(&self, message: &Mail) -> Result<Receipt, ChannelFault>;
}
