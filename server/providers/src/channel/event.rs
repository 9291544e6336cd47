//! What providers tell of messages after the hand-over: the word of each provider becomes one of these, once its
//! signature has been checked.

use crate::payment::EventRefused;
use saldo_domain::calendar::Timestamp;
use saldo_domain::reminder::Channel;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A request at the door of a provider.
pub struct Knock<'a> {
    /// The whole address that was asked, as the provider knows it.
    pub url: &'a str,
    /// What stands behind the question mark, as it came.
    pub query: &'a str,
    /// The value of a header, by its lower-case name.
    pub header: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// The bytes of the body.
    pub body: &'a [u8],
}

/// What a genuine request tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The provider's name of the delivery: repeated ones share it.
    pub event_reference: String,
    /// What it tells, in its order.
    pub events: Vec<MessageEvent>,
}

/// One thing that is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MessageEvent {
    /// How far a message of ours came.
    Progress {
        /// By which channel.
        channel: Channel,
        /// The id that we gave with it, where the provider sends it back.
        message_id: Option<String>,
        /// The provider's name of it.
        provider_reference: Option<String>,
        /// How far.
        step: MessageStep,
        /// The provider's words.
        detail: Option<String>,
    },
    /// Somebody wrote to us.
    Reply {
        /// By which channel.
        channel: Channel,
        /// Who: the number as E.164.
        sender: String,
        /// What.
        text: String,
    },
}

/// How far a message came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageStep {
    /// It left the provider.
    Sent,
    /// It arrived.
    Delivered,
    /// It was read.
    Read,
    /// It came back for good: the address takes none.
    Bounced,
    /// It did not arrive this time; the address may be good.
    Failed,
    /// The recipient calls it unwanted.
    Complained,
    /// The recipient asked the provider for silence; the message itself may have arrived.
    Stopped,
}

/// Who tells what became of messages.
pub trait EventSource: Send + Sync + fmt::Debug {
    /// Its name in the path: `twilio`, `whatsapp`, `mailgun`, `mail`.
    fn name(&self) -> &'static str;

    /// Checks that a request is genuine, and reads it.
    ///
    /// # Errors
    /// [`EventRefused`]: answer 400.
    fn read(&self, knock: &Knock<'_>, now: Timestamp) -> Result<Told, EventRefused>;

    /// What to answer to the provider that asks whether the door is ours; none where it does not ask.
    ///
    /// # Errors
    /// [`EventRefused::SignatureWrong`] for another's word.
    fn challenge(&self, _query: &str) -> Result<Option<String>, EventRefused> {
        Ok(None)
    }
}
