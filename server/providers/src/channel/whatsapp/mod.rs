//! WhatsApp through Meta's Cloud API
//! (<https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages>).

mod event;

pub use event::sign_for_whatsapp;

use super::group::at_once;
use super::http::{Answer, Http, short};
use super::{ChannelFault, HandedOver, MessageChannel, Outgoing, Receipt, WhatsappMessage};
use crate::Secret;
use async_trait::async_trait;
use jiff::SignedDuration;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::CreditorId;
use saldo_domain::reminder::Channel;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

const META: &str = "https://graph.facebook.com";
const REQUESTS_MAX: usize = 8;
/// For how long after the debtor's last message free text may be sent.
const WINDOW: SignedDuration = SignedDuration::from_hours(24);
/// The window may close while the message travels.
const WINDOW_MARGIN: SignedDuration = SignedDuration::from_mins(5);

/// What time it is.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How to reach the Cloud API.
#[derive(Clone)]
pub struct WhatsappConfig {
    /// The id of the sending number there.
    pub phone_number_id: String,
    /// The access token of a system user.
    pub token: Secret,
    /// Signs what Meta tells us.
    pub app_secret: Secret,
    /// The word that Meta repeats when it asks whether the door is ours.
    pub verify_token: Secret,
    /// The version of the API: `v23.0`.
    pub version: String,
    /// Where its API is; none: Meta's own.
    pub base_url: Option<String>,
    /// For each request. 15 s.
    pub timeout: Duration,
    /// The clock by which the window is judged.
    pub now: Now,
}

/// WhatsApp through Meta's Cloud API.
pub struct Whatsapp {
    config: WhatsappConfig,
    http: Http,
}

impl Whatsapp {
    /// Prepares the channel. Nothing is sent.
    ///
    /// # Errors
    /// `Permanent` for credentials that are none.
    pub fn try_new(config: WhatsappConfig) -> Result<Self, ChannelFault> {
        let is_id = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_id(&config.phone_number_id) || config.token.expose().is_empty() {
            return Err(ChannelFault::permanent("a phone number id and an access token are needed"));
        }
        if config.app_secret.expose().is_empty() || config.verify_token.expose().is_empty() {
            return Err(ChannelFault::permanent("the app secret and a verify token are needed"));
        }
        let base = config.base_url.as_deref().filter(|url| !url.is_empty()).unwrap_or(META);
        let http = Http::try_new(base, &format!("Bearer {}", config.token.expose()), config.timeout)?;
        Ok(Self { config, http })
    }

    /// Asks for the sending number, for a check of the configuration.
    ///
    /// # Errors
    /// `Retry` with what went wrong.
    pub async fn check(&self) -> Result<(), ChannelFault> {
        let answer = self.http.get(&format!("/{}/{}", self.config.version, self.config.phone_number_id)).await?;
        if answer.status.is_success() { Ok(()) } else { Err(ChannelFault::retry(format!("{}", answer.status))) }
    }

    /// Free text inside the window; outside it the approved template, or nothing at all.
    fn wire(&self, message: &WhatsappMessage) -> Result<Json, ChannelFault> {
        let open =
            message.last_reply_at.is_some_and(|at| (self.config.now)().duration_since(at) < WINDOW - WINDOW_MARGIN);
        let mut wire = json!({
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": message.to.trim_start_matches('+'),
            "biz_opaque_callback_data": message.message_id,
        });
        match &message.template {
            _ if open => {
                wire["type"] = json!("text");
                wire["text"] = json!({ "preview_url": false, "body": message.body });
            }
            Some(template) => {
                let parameters: Vec<Json> =
                    template.parameters.iter().map(|text| json!({ "type": "text", "text": one_line(text) })).collect();
                wire["type"] = json!("template");
                wire["template"] = json!({ "name": template.name, "language": { "code": template.language_code } });
                if !parameters.is_empty() {
                    wire["template"]["components"] = json!([{ "type": "body", "parameters": parameters }]);
                }
            }
            None => {
                return Err(ChannelFault::permanent(
                    "no approved template, and the debtor has not written in 24 hours",
                ));
            }
        }
        Ok(wire)
    }
}

/// Meta refuses line breaks, tabs and long runs of blanks in a template's parameters.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl fmt::Debug for Whatsapp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Whatsapp").field("phone_number_id", &self.config.phone_number_id).finish_non_exhaustive()
    }
}

#[async_trait]
impl MessageChannel for Whatsapp {
    fn channel(&self) -> Channel {
        Channel::Whatsapp
    }

    async fn hand_over(&self, _: CreditorId, message: &Outgoing) -> HandedOver {
        let Outgoing::Whatsapp(whatsapp) = message else { return Err(ChannelFault::not_mine()) };
        message.check()?;
        let wire = self.wire(whatsapp)?.to_string();
        let path = format!("/{}/{}/messages", self.config.version, self.config.phone_number_id);
        let taken = self.http.post(&path, "application/json", wire.as_bytes(), judge).await?;
        let answer = taken.message_status.unwrap_or_else(|| "accepted".to_owned());
        Ok(Receipt { message_id: whatsapp.message_id.clone(), provider_reference: taken.id, answer })
    }

    async fn hand_over_many(&self, messages: &[(CreditorId, Outgoing)]) -> Vec<HandedOver> {
        at_once(self, messages, REQUESTS_MAX).await
    }
}

#[derive(Deserialize)]
struct Answered {
    messages: Vec<Taken>,
}

#[derive(Deserialize)]
struct Taken {
    id: String,
    message_status: Option<String>,
}

#[derive(Deserialize)]
struct Problem {
    error: ProblemDetail,
}

#[derive(Deserialize)]
struct ProblemDetail {
    code: i64,
    #[serde(default)]
    message: String,
    #[serde(default)]
    error_data: Option<ProblemData>,
}

#[derive(Deserialize)]
struct ProblemData {
    #[serde(default)]
    details: String,
}

/// By Meta's list of error codes
/// (<https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes>).
fn judge(answer: &Answer) -> Result<Taken, ChannelFault> {
    if answer.status.is_success() {
        let taken = serde_json::from_slice::<Answered>(&answer.body).ok().and_then(|mut body| body.messages.pop());
        return taken
            .filter(|taken| !taken.id.is_empty())
            .ok_or_else(|| ChannelFault::unknown("an answer of an unexpected form"));
    }
    let Ok(Problem { error }) = serde_json::from_slice::<Problem>(&answer.body) else {
        let detail = format!("{} without a word of Meta's", answer.status.as_u16());
        return Err(match answer.status.as_u16() {
            429 => answer.busy(detail),
            503 => ChannelFault::retry(detail),
            401 | 403 => ChannelFault::retry(detail),
            400..500 => ChannelFault::permanent(detail),
            _ => ChannelFault::unknown(detail),
        });
    };
    let words = error.error_data.map(|data| data.details).filter(|text| !text.is_empty()).unwrap_or(error.message);
    let detail = format!("{} {} {}", answer.status.as_u16(), error.code, short(&words));
    Err(match error.code {
        // Limits of the app, of the account, of the number, of the pair of numbers.
        4 | 80007 | 130429 | 131048 | 131056 => answer.busy(detail),
        // The service is down or overloaded.
        2 | 131016 | 133004 => ChannelFault::retry(detail),
        // Our own sign-in, permissions or payment: to be mended, and the message keeps its chance.
        0 | 3 | 10 | 190 | 200..=299 | 131005 | 131031 | 131042 | 368 => ChannelFault::retry(detail),
        // No account on WhatsApp, or none that takes messages of ours.
        131026 | 131030 | 133010 => ChannelFault::Unreachable { detail, stopped: false },
        131050 => ChannelFault::Unreachable { detail, stopped: true },
        // Something went wrong there, and it is not said whether before or after.
        1 | 131000 => ChannelFault::unknown(detail),
        _ if answer.status.is_server_error() => ChannelFault::unknown(detail),
        _ => ChannelFault::permanent(detail),
    })
}
