//! Mailgun's webhooks (<https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhooks>). The signature
//! covers a moment and a token, not the event; so each token is taken once: it is the name of the delivery.

use super::progress;
use crate::Secret;
use crate::channel::event::{EventSource, Knock, MessageStep, Told};
use crate::channel::http::short;
use crate::payment::{EventRefused, TOLERANCE_SECONDS};
use hmac::{Hmac, Mac};
use saldo_domain::calendar::Timestamp;
use serde::Deserialize;
use sha2::Sha256;
use std::fmt::Write as _;
use subtle::ConstantTimeEq;

/// Mails that leave through Mailgun.
#[derive(Debug)]
pub struct Mailgun {
    signing_key: Secret,
}

impl Mailgun {
    /// With the HTTP webhook signing key of the account.
    pub fn new(signing_key: Secret) -> Self {
        Self { signing_key }
    }
}

/// Signs a moment and a token as Mailgun does. For the double.
pub fn sign_for_mailgun(signing_key: &Secret, seconds: i64, token: &str) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(signing_key.expose().as_bytes()).expect("HMAC takes a key of any length");
    mac.update(format!("{seconds}{token}").as_bytes());
    mac.finalize().into_bytes().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl EventSource for Mailgun {
    fn name(&self) -> &'static str {
        "mailgun"
    }

    fn read(&self, knock: &Knock<'_>, now: Timestamp) -> Result<Told, EventRefused> {
        let body: Body = serde_json::from_slice(knock.body).map_err(|_| EventRefused::BodyUnreadable)?;
        let Signature { timestamp, token, signature } = body.signature;
        let seconds: i64 = timestamp.parse().map_err(|_| EventRefused::SignatureMalformed)?;
        if token.is_empty() || token.len() > 200 {
            return Err(EventRefused::SignatureMalformed);
        }
        let expected = sign_for_mailgun(&self.signing_key, seconds, &token);
        if !bool::from(expected.as_bytes().ct_eq(signature.to_ascii_lowercase().as_bytes())) {
            return Err(EventRefused::SignatureWrong);
        }
        match now.as_second().saturating_sub(seconds) {
            age if age > TOLERANCE_SECONDS => return Err(EventRefused::TooOld),
            age if age < -TOLERANCE_SECONDS => return Err(EventRefused::FromFuture),
            _ => {}
        }
        let event = body.event_data;
        let message_id = event.message.headers.message_id.clone();
        let told = message_id.zip(event.step()).map(|(id, step)| progress(&id, step, event.detail()));
        Ok(Told { event_reference: token, events: told.into_iter().collect() })
    }
}

#[derive(Deserialize)]
struct Body {
    signature: Signature,
    #[serde(rename = "event-data")]
    event_data: EventData,
}

#[derive(Deserialize)]
struct Signature {
    timestamp: String,
    token: String,
    signature: String,
}

#[derive(Deserialize)]
struct EventData {
    event: String,
    severity: Option<String>,
    reason: Option<String>,
    #[serde(default)]
    message: Message,
    #[serde(rename = "delivery-status")]
    status: Option<Status>,
}

#[derive(Default, Deserialize)]
struct Message {
    #[serde(default)]
    headers: Headers,
}

#[derive(Default, Deserialize)]
struct Headers {
    #[serde(rename = "message-id")]
    message_id: Option<String>,
}

#[derive(Deserialize)]
struct Status {
    code: Option<i64>,
    message: Option<String>,
    description: Option<String>,
}

impl EventData {
    /// A temporary failure is tried again by Mailgun, and says nothing yet.
    fn step(&self) -> Option<MessageStep> {
        match (self.event.as_str(), self.severity.as_deref()) {
            ("delivered", _) => Some(MessageStep::Delivered),
            ("opened", _) => Some(MessageStep::Read),
            ("complained", _) => Some(MessageStep::Complained),
            ("unsubscribed", _) => Some(MessageStep::Stopped),
            // "old": it was tried for too long, which says nothing of the address.
            ("failed", Some("permanent")) if self.reason.as_deref() == Some("old") => Some(MessageStep::Failed),
            ("failed", Some("permanent")) => Some(MessageStep::Bounced),
            _ => None,
        }
    }

    fn detail(&self) -> Option<String> {
        let status = self.status.as_ref()?;
        let words = status.message.as_deref().filter(|text| !text.is_empty()).or(status.description.as_deref());
        Some(short(&format!("{} {}", status.code.unwrap_or_default(), words.unwrap_or_default())))
    }
}
