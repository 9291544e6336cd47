//! Text messages through Twilio's Messages API (<https://www.twilio.com/docs/messaging/api/message-resource>).

mod event;
mod signature;

pub use signature::sign as sign_for_twilio;

use super::check::TEXT_CHARS_MAX;
use super::group::at_once;
use super::http::{Answer, Http, short};
use super::{ChannelFault, HandedOver, MessageChannel, Outgoing, Receipt};
use crate::Secret;
use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use form_urlencoded::Serializer;
use saldo_domain::ids::CreditorId;
use saldo_domain::reminder::Channel;
use serde::Deserialize;
use std::fmt;
use std::time::Duration;

const TWILIO: &str = "https://api.twilio.com";
const FORM: &str = "application/x-www-form-urlencoded";
/// How many requests run at once.
const REQUESTS_MAX: usize = 8;

/// How to reach Twilio.
#[derive(Debug, Clone)]
pub struct TwilioConfig {
    /// `AC…`.
    pub account: String,
    /// The account's token: signs us in, and signs what Twilio tells us.
    pub token: Secret,
    /// The sender: a number as E.164, or the `MG…` of a messaging service.
    pub sender: String,
    /// Where we are reached from outside, without a slash at the end.
    pub public_url: String,
    /// Where its API is; none: Twilio's own.
    pub base_url: Option<String>,
    /// For each request. 15 s.
    pub timeout: Duration,
}

/// SMS through Twilio.
pub struct Twilio {
    config: TwilioConfig,
    http: Http,
}

impl Twilio {
    /// Prepares the channel. Nothing is sent.
    ///
    /// # Errors
    /// `Permanent` for credentials that are none.
    pub fn try_new(config: TwilioConfig) -> Result<Self, ChannelFault> {
        let is_account = config.account.starts_with("AC") && config.account.bytes().all(|b| b.is_ascii_alphanumeric());
        if !is_account || config.token.expose().is_empty() {
            return Err(ChannelFault::permanent("an account (AC…) and its token are needed"));
        }
        if !config.sender.starts_with("MG") {
            super::check::number(&config.sender)
                .map_err(|_| ChannelFault::permanent("the sender is neither a number nor a messaging service (MG…)"))?;
        }
        let pair = STANDARD.encode(format!("{}:{}", config.account, config.token.expose()));
        let base = config.base_url.as_deref().filter(|url| !url.is_empty()).unwrap_or(TWILIO);
        let http = Http::try_new(base, &format!("Basic {pair}"), config.timeout)?;
        Ok(Self { config, http })
    }

    /// Asks for the account, for a check of the configuration.
    ///
    /// # Errors
    /// `Retry` with what went wrong.
    pub async fn check(&self) -> Result<(), ChannelFault> {
        let answer = self.http.get(&format!("/2010-04-01/Accounts/{}.json", self.config.account)).await?;
        if answer.status.is_success() { Ok(()) } else { Err(ChannelFault::retry(format!("{}", answer.status))) }
    }

    fn form(&self, creditor: CreditorId, message_id: &str, to: &str, body: &str) -> String {
        let sender = if self.config.sender.starts_with("MG") { "MessagingServiceSid" } else { "From" };
        let back = format!("{}/v1/webhooks/twilio/{creditor}?message={message_id}", self.config.public_url);
        Serializer::new(String::new())
            .append_pair("To", to)
            .append_pair(sender, &self.config.sender)
            .append_pair("Body", body)
            .append_pair("StatusCallback", &back)
            .finish()
    }
}

impl fmt::Debug for Twilio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.config.fmt(f)
    }
}

#[async_trait]
impl MessageChannel for Twilio {
    fn channel(&self) -> Channel {
        Channel::Sms
    }

    async fn hand_over(&self, creditor: CreditorId, message: &Outgoing) -> HandedOver {
        let Outgoing::Text(text) = message else { return Err(ChannelFault::not_mine()) };
        message.check()?;
        debug_assert!(text.body.chars().count() <= TEXT_CHARS_MAX);
        let form = self.form(creditor, &text.message_id, &text.to, &text.body);
        let path = format!("/2010-04-01/Accounts/{}/Messages.json", self.config.account);
        let taken: Taken = self.http.post(&path, FORM, form.as_bytes(), judge).await?;
        let answer = taken.status.unwrap_or_else(|| "accepted".to_owned());
        Ok(Receipt { message_id: text.message_id.clone(), provider_reference: taken.sid, answer })
    }

    async fn hand_over_many(&self, messages: &[(CreditorId, Outgoing)]) -> Vec<HandedOver> {
        at_once(self, messages, REQUESTS_MAX).await
    }
}

#[derive(Deserialize)]
struct Taken {
    sid: String,
    status: Option<String>,
}

/// Twilio's error object (<https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions>).
#[derive(Default, Deserialize)]
struct Problem {
    code: Option<u32>,
    #[serde(default)]
    message: String,
}

fn judge(answer: &Answer) -> Result<Taken, ChannelFault> {
    if answer.status.is_success() {
        // It was taken, whatever the answer says: only its name is missing.
        return match serde_json::from_slice::<Taken>(&answer.body) {
            Ok(taken) if taken.sid.starts_with("SM") || taken.sid.starts_with("MM") => Ok(taken),
            _ => Err(ChannelFault::unknown("an answer of an unexpected form")),
        };
    }
    let problem: Option<Problem> = serde_json::from_slice(&answer.body).ok().filter(|p: &Problem| p.code.is_some());
    let code = problem.as_ref().and_then(|problem| problem.code);
    let words = problem.map(|problem| short(&problem.message)).unwrap_or_default();
    let detail = format!("{} {} {words}", answer.status.as_u16(), code.unwrap_or_default());
    match (answer.status.as_u16(), code) {
        (429, _) | (_, Some(20429 | 14107)) => Err(answer.busy(detail)),
        // 21211, 21214, 21217: no number; 21614: no mobile number; 21635: a landline.
        (400, Some(21211 | 21214 | 21217 | 21614 | 21635)) => Err(ChannelFault::Unreachable { detail, stopped: false }),
        // The recipient answered STOP to this sender.
        (400, Some(21610)) => Err(ChannelFault::Unreachable { detail, stopped: true }),
        // Our own sign-in: to be mended in the configuration, and the message keeps its chance.
        (401 | 403, _) => Err(ChannelFault::retry(detail)),
        (503, _) => Err(ChannelFault::retry(detail)),
        // A proxy's word, or none: the request may have come through.
        (500.., None) => Err(ChannelFault::unknown(detail)),
        (500.., Some(_)) => Err(ChannelFault::retry(detail)),
        (400..500, _) => Err(ChannelFault::permanent(detail)),
        _ => Err(ChannelFault::unknown(detail)),
    }
}
