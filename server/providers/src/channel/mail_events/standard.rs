//! The door for any mail server: signed as Standard Webhooks says
//! (<https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>), with events as JSON, or
//! with a report just as it arrived as a mail.

use super::progress;
use super::report::parse_report;
use crate::Secret;
use crate::channel::event::{EventSource, Knock, MessageStep, Told};
use crate::channel::http::short;
use crate::payment::{EventRefused, TOLERANCE_SECONDS};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::hmac::{HMAC_SHA256, Key, sign, verify};
use saldo_domain::calendar::Timestamp;
use serde::Deserialize;

/// Mails whose fate is told by whoever has the secret.
#[derive(Debug)]
pub struct StandardMail {
    secrets: Vec<Secret>,
}

impl StandardMail {
    /// With each secret that may still be in use: `whsec_` and base64, or plain text.
    pub fn new(secrets: Vec<Secret>) -> Self {
        Self { secrets }
    }
}

/// Signs a delivery. For whoever forwards reports to us, and for tests.
pub fn sign_standard(secret: &Secret, id: &str, at: Timestamp, body: &[u8]) -> String {
    format!("v1,{}", STANDARD.encode(sign(&key(secret), &signed(id, at.as_second(), body))))
}

fn key(secret: &Secret) -> Key {
    let decoded = secret.expose().strip_prefix("whsec_").and_then(|text| STANDARD.decode(text).ok());
    Key::new(HMAC_SHA256, &decoded.unwrap_or_else(|| secret.expose().as_bytes().to_vec()))
}

fn signed(id: &str, seconds: i64, body: &[u8]) -> Vec<u8> {
    [format!("{id}.{seconds}.").as_bytes(), body].concat()
}

impl StandardMail {
    fn check(&self, knock: &Knock<'_>, now: Timestamp) -> Result<String, EventRefused> {
        let header = |name: &str| (knock.header)(name).ok_or(EventRefused::SignatureMissing);
        let (id, at, signatures) = (header("webhook-id")?, header("webhook-timestamp")?, header("webhook-signature")?);
        let seconds: i64 = at.parse().map_err(|_| EventRefused::SignatureMalformed)?;
        if id.is_empty() || id.len() > 200 {
            return Err(EventRefused::SignatureMalformed);
        }
        let signed = signed(&id, seconds, knock.body);
        let candidates: Vec<Vec<u8>> = signatures
            .split_ascii_whitespace()
            .filter_map(|part| STANDARD.decode(part.strip_prefix("v1,")?).ok())
            .take(16)
            .collect();
        if candidates.is_empty() {
            return Err(EventRefused::SignatureMalformed);
        }
        let genuine = self.secrets.iter().any(|secret| {
            let key = key(secret);
            candidates.iter().any(|candidate| verify(&key, &signed, candidate).is_ok())
        });
        if !genuine {
            return Err(EventRefused::SignatureWrong);
        }
        match now.as_second().saturating_sub(seconds) {
            age if age > TOLERANCE_SECONDS => Err(EventRefused::TooOld),
            age if age < -TOLERANCE_SECONDS => Err(EventRefused::FromFuture),
            _ => Ok(id),
        }
    }
}

impl EventSource for StandardMail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn read(&self, knock: &Knock<'_>, now: Timestamp) -> Result<Told, EventRefused> {
        let event_reference = self.check(knock, now)?;
        let kind = (knock.header)("content-type").unwrap_or_default();
        let events = if kind.trim_start().to_ascii_lowercase().starts_with("message/rfc822") {
            parse_report(knock.body).map(|report| report.events()).unwrap_or_default()
        } else {
            let body: Body = serde_json::from_slice(knock.body).map_err(|_| EventRefused::BodyUnreadable)?;
            body.events.into_iter().map(Event::read).collect()
        };
        Ok(Told { event_reference, events })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    events: Vec<Event>,
}

/// One event: `{"message_id": "…@host", "state": "bounced", "detail": "550 5.1.1 …"}`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    message_id: String,
    state: State,
    #[serde(default)]
    detail: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Delivered,
    Bounced,
    Failed,
    Complained,
}

impl Event {
    fn read(self) -> crate::channel::event::MessageEvent {
        let step = match self.state {
            State::Delivered => MessageStep::Delivered,
            State::Bounced => MessageStep::Bounced,
            State::Failed => MessageStep::Failed,
            State::Complained => MessageStep::Complained,
        };
        progress(&self.message_id, step, self.detail.map(|words| short(&words)))
    }
}
