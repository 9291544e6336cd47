use saldo_domain::actor::Actor;
use saldo_domain::ids::MessageId;
use serde::{Deserialize, Serialize};

/// A person's wish to send a message again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    /// Who.
    pub by: Actor,
    /// Why, in that person's words.
    pub reason: String,
    /// The message that failed, or of which nobody knows.
    pub of: MessageId,
}

/// What a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessagePurpose {
    /// A rung of a ladder.
    Reminder,
    /// The confirmation of a payment.
    Receipt,
    /// The invoice itself.
    Invoice,
    /// A fresh link that the debtor asked for.
    Link,
    /// A fresh code that the debtor asked for.
    Code,
    /// Something else that the debtor should know: a plan, an instalment.
    Notice,
}

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// Committed to leave; the channel has not answered.
    HandingOff,
    /// The channel took it.
    Sent,
    /// It arrived.
    Delivered,
    /// It was read.
    Read,
    /// It came back: the address takes none.
    Bounced,
    /// The recipient calls it unwanted.
    Complained,
    /// The channel did not take it, or could not bring it.
    Failed,
    /// Nobody knows whether it left: shown, never sent again by itself.
    Unknown,
}

impl MessageState {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::HandingOff,
        Self::Sent,
        Self::Delivered,
        Self::Read,
        Self::Bounced,
        Self::Complained,
        Self::Failed,
        Self::Unknown,
    ];

    /// The word under which it is stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HandingOff => "handing_off",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Bounced => "bounced",
            Self::Complained => "complained",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    /// The state of a word.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Whether finance should see it.
    pub fn is_trouble(self) -> bool {
        matches!(self, Self::Bounced | Self::Complained | Self::Failed | Self::Unknown)
    }

    /// The states that this one may follow. What is told late or twice finds none of them, so nothing goes back.
    pub fn may_follow(self) -> &'static [Self] {
        use MessageState::{Bounced, Delivered, HandingOff, Read, Sent, Unknown};
        match self {
            Self::HandingOff => &[],
            Self::Unknown => &[HandingOff],
            Self::Sent => &[HandingOff, Unknown],
            Self::Failed | Self::Delivered => &[HandingOff, Unknown, Sent],
            Self::Read | Self::Bounced => &[HandingOff, Unknown, Sent, Delivered],
            Self::Complained => &[HandingOff, Unknown, Sent, Delivered, Read, Bounced],
        }
    }
}

impl MessagePurpose {
    /// The word under which it is stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reminder => "reminder",
            Self::Receipt => "receipt",
            Self::Invoice => "invoice",
            Self::Link => "link",
            Self::Code => "code",
            Self::Notice => "notice",
        }
    }
}
