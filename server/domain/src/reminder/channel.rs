use crate::Refusal;
use serde::{Deserialize, Serialize};

/// How a message travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// E-mail.
    Email,
    /// A text message to a mobile number.
    Sms,
    /// WhatsApp.
    Whatsapp,
    /// A letter on paper.
    Letter,
    /// A task for an agent, who calls.
    Call,
    /// A banner of the widget on the creditor's own site.
    Banner,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 6] = [Self::Email, Self::Sms, Self::Whatsapp, Self::Letter, Self::Call, Self::Banner];

    /// Its name on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Whatsapp => "whatsapp",
            Self::Letter => "letter",
            Self::Call => "call",
            Self::Banner => "banner",
        }
    }

    /// Whether it reaches out to a person: a banner waits until the person comes by itself, so no cap counts it.
    pub fn reaches_out(self) -> bool {
        !matches!(self, Self::Banner)
    }
}

impl std::str::FromStr for Channel {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == text).ok_or(Refusal::ChannelUnknown)
    }
}
