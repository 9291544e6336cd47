//! What Meta tells: how far messages came, and what people write.

use super::Whatsapp;
use crate::Secret;
use crate::channel::event::{EventSource, Knock, MessageEvent, MessageStep, Told};
use crate::payment::EventRefused;
use hmac::{Hmac, Mac};
use saldo_domain::calendar::Timestamp;
use saldo_domain::reminder::Channel;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use subtle::ConstantTimeEq;

/// Signs a body as Meta does: `sha256=` and HMAC-SHA256 in hex. For the double.
pub fn sign_for_whatsapp(app_secret: &Secret, body: &[u8]) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(app_secret.expose().as_bytes()).expect("HMAC takes a key of any length");
    mac.update(body);
    format!("sha256={}", hex(&mac.finalize().into_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl EventSource for Whatsapp {
    fn name(&self) -> &'static str {
        "whatsapp"
    }

    fn read(&self, knock: &Knock<'_>, _: Timestamp) -> Result<Told, EventRefused> {
        let header = (knock.header)("x-hub-signature-256").ok_or(EventRefused::SignatureMissing)?;
        if !header.starts_with("sha256=") {
            return Err(EventRefused::SignatureMalformed);
        }
        let expected = sign_for_whatsapp(&self.config.app_secret, knock.body);
        if !bool::from(expected.as_bytes().ct_eq(header.to_ascii_lowercase().as_bytes())) {
            return Err(EventRefused::SignatureWrong);
        }
        let body: Body = serde_json::from_slice(knock.body).map_err(|_| EventRefused::BodyUnreadable)?;
        let values = body.entry.into_iter().flat_map(|entry| entry.changes).map(|change| change.value);
        let own = values.filter(|value| {
            value.metadata.as_ref().is_some_and(|metadata| metadata.phone_number_id == self.config.phone_number_id)
        });
        let mut events = Vec::new();
        for value in own {
            events.extend(value.statuses.into_iter().filter_map(Status::read));
            events.extend(value.messages.into_iter().filter_map(Message::read));
        }
        // Meta names no delivery; a repeated one has the same bytes.
        Ok(Told { event_reference: hex(&Sha256::digest(knock.body)), events })
    }

    fn challenge(&self, query: &str) -> Result<Option<String>, EventRefused> {
        let field = |name: &str| {
            form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
        };
        if field("hub.mode").as_deref() != Some("subscribe") {
            return Err(EventRefused::BodyUnreadable);
        }
        let word = field("hub.verify_token").unwrap_or_default();
        if !bool::from(word.as_bytes().ct_eq(self.config.verify_token.expose().as_bytes())) {
            return Err(EventRefused::SignatureWrong);
        }
        let echo = field("hub.challenge").unwrap_or_default();
        let is_word = echo.len() <= 128 && echo.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if is_word { Ok(Some(echo)) } else { Err(EventRefused::BodyUnreadable) }
    }
}

#[derive(Deserialize)]
struct Body {
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    value: Value,
}

#[derive(Deserialize)]
struct Value {
    metadata: Option<Metadata>,
    #[serde(default)]
    statuses: Vec<Status>,
    #[serde(default)]
    messages: Vec<Message>,
}

#[derive(Deserialize)]
struct Metadata {
    phone_number_id: String,
}

#[derive(Deserialize)]
struct Status {
    id: String,
    status: String,
    biz_opaque_callback_data: Option<String>,
    #[serde(default)]
    errors: Vec<StatusError>,
}

#[derive(Deserialize)]
struct StatusError {
    code: i64,
    #[serde(default)]
    title: String,
}

impl Status {
    /// `deleted` and `warning` say nothing of the delivery.
    fn read(self) -> Option<MessageEvent> {
        let error = self.errors.first();
        let step = match (self.status.as_str(), error.map(|error| error.code)) {
            ("sent", _) => MessageStep::Sent,
            ("delivered", _) => MessageStep::Delivered,
            ("read" | "played", _) => MessageStep::Read,
            ("failed", Some(131026 | 131030)) => MessageStep::Bounced,
            ("failed", Some(131050)) => MessageStep::Stopped,
            ("failed", _) => MessageStep::Failed,
            _ => return None,
        };
        Some(MessageEvent::Progress {
            channel: Channel::Whatsapp,
            message_id: self.biz_opaque_callback_data,
            provider_reference: Some(self.id),
            step,
            detail: error.map(|error| format!("{} {}", error.code, super::short(&error.title))),
        })
    }
}

#[derive(Deserialize)]
struct Message {
    from: String,
    text: Option<Text>,
    button: Option<Button>,
    interactive: Option<Interactive>,
}

#[derive(Deserialize)]
struct Text {
    body: String,
}

#[derive(Deserialize)]
struct Button {
    text: String,
}

#[derive(Deserialize)]
struct Interactive {
    button_reply: Option<ButtonReply>,
}

#[derive(Deserialize)]
struct ButtonReply {
    title: String,
}

impl Message {
    /// A picture or a reaction opens the window as well; its text is empty.
    fn read(self) -> Option<MessageEvent> {
        let pressed = self.button.map(|button| button.text);
        let chosen = self.interactive.and_then(|interactive| interactive.button_reply).map(|reply| reply.title);
        let text = self.text.map(|text| text.body).or(pressed).or(chosen).unwrap_or_default();
        let digits = self.from.trim_start_matches('+');
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Some(MessageEvent::Reply { channel: Channel::Whatsapp, sender: format!("+{digits}"), text })
    }
}
