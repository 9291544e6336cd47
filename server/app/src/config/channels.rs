//! How messages leave.

use super::{Config, SecretText};
use saldo_domain::reminder::Channel;
use serde::Deserialize;

/// How mail leaves.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// `mailbox` keeps it for the mailbox page, `smtp` sends it.
    pub transport: MailTransport,
    /// The sender.
    pub from: String,
    /// The SMTP server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// `starttls`, `tls`, or `none` (to this machine only).
    pub security: MailSecurity,
    /// Empty: without signing in.
    pub username: String,
    /// From the environment.
    pub password: SecretText,
    /// How many connections at once.
    pub connections: usize,
    /// How many may leave in a second; 0: as many as there are.
    pub per_second: u32,
    /// `whsec_…`: whoever signs with one of them tells what became of mails. Empty: nobody.
    pub webhook_secrets: Vec<SecretText>,
    /// Mailgun's key for its webhooks, where mail leaves through Mailgun.
    pub mailgun_signing_key: SecretText,
}

/// Where mail goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTransport {
    /// To the built-in mailbox page.
    Mailbox,
    /// To an SMTP server.
    Smtp,
}

/// How the SMTP connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailSecurity {
    /// Begins plain and must change to TLS.
    Starttls,
    /// TLS from the start.
    Tls,
    /// Plain: to this machine only.
    None,
}

/// How text messages leave.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sms {
    /// `none`, `mailbox` keeps them for the mailbox page, `twilio` sends them.
    pub transport: SmsTransport,
    /// `AC…`.
    pub account: String,
    /// The account's token.
    pub token: SecretText,
    /// A number as E.164, or the `MG…` of a messaging service.
    pub sender: String,
    /// Where Twilio's API is.
    pub base_url: String,
    /// How many may leave in a second.
    pub per_second: u32,
}

/// Where text messages go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmsTransport {
    /// Nowhere: the channel is not ready.
    None,
    /// To the built-in mailbox page.
    Mailbox,
    /// To Twilio.
    Twilio,
}

/// How messages on WhatsApp leave.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whatsapp {
    /// `none`, `mailbox` keeps them for the mailbox page, `cloud` sends them.
    pub transport: WhatsappTransport,
    /// The id of the sending number.
    pub phone_number_id: String,
    /// The access token of a system user.
    pub token: SecretText,
    /// The secret of the app, which signs what Meta tells.
    pub app_secret: SecretText,
    /// The word of our own that Meta repeats when it asks whether the door is ours.
    pub verify_token: SecretText,
    /// The version of the API.
    pub version: String,
    /// Where Meta's API is.
    pub base_url: String,
    /// How many may leave in a second.
    pub per_second: u32,
}

/// Where messages on WhatsApp go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WhatsappTransport {
    /// Nowhere: the channel is not ready.
    None,
    /// To the built-in mailbox page.
    Mailbox,
    /// To Meta's Cloud API.
    Cloud,
}

/// What waits here until somebody comes for it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stored {
    /// Whether letters are written, for somebody to print and post.
    pub letters: bool,
    /// Whether agents are given calls to make.
    pub calls: bool,
    /// Whether the widget shows banners.
    pub banners: bool,
}

impl Config {
    /// How many messages may leave by a channel in a second; 0: as many as there are.
    pub fn per_second(&self, channel: Channel) -> u32 {
        match channel {
            Channel::Email => self.mail.per_second,
            Channel::Sms => self.sms.per_second,
            Channel::Whatsapp => self.whatsapp.per_second,
            Channel::Letter | Channel::Call | Channel::Banner => 0,
        }
    }

    /// The channels whose messages wait here.
    pub fn stored_channels(&self) -> Vec<Channel> {
        let set_up = [
            (Channel::Letter, self.stored.letters),
            (Channel::Call, self.stored.calls),
            (Channel::Banner, self.stored.banners),
        ];
        set_up.into_iter().filter_map(|(channel, on)| on.then_some(channel)).collect()
    }
}
