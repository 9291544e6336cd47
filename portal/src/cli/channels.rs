//! The channels of messages as they are configured.

use super::boot::secret;
use saldo_app::ambient::Ambient;
use saldo_app::channels::SetUp;
use saldo_app::config::{Config, MailSecurity, MailTransport, SmsTransport, WhatsappTransport};
use saldo_app::mail::MailboxChannel;
use saldo_domain::reminder::Channel;
use saldo_providers::channel::{
    Mailgun, MessageChannel, SmtpChannel, SmtpConfig, SmtpCredentials, SmtpTls, StandardMail, Twilio, TwilioConfig,
    Whatsapp, WhatsappConfig,
};
use saldo_store::Store;
use std::sync::Arc;
use std::time::Duration;

type Fault = Box<dyn std::error::Error>;

/// How long one request to a provider of messages may take.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Everything that is set up.
///
/// # Errors
/// Credentials that are none, named by their channel.
pub fn channels(config: &Config, store: &Store, ambient: &Ambient, public_url: &str) -> Result<SetUp, Fault> {
    let mailbox =
        |channel| Arc::new(MailboxChannel::of(channel, store.clone(), ambient.clone())) as Arc<dyn MessageChannel>;
    let mut set_up = SetUp::default();
    set_up.channels.push(match config.mail.transport {
        MailTransport::Mailbox => mailbox(Channel::Email),
        MailTransport::Smtp => Arc::new(smtp(config)?),
    });
    if !config.mail.webhook_secrets.is_empty() {
        let secrets = config.mail.webhook_secrets.iter().map(secret).collect();
        set_up.sources.push(Arc::new(StandardMail::new(secrets)));
    }
    if !config.mail.mailgun_signing_key.is_empty() {
        set_up.sources.push(Arc::new(Mailgun::new(secret(&config.mail.mailgun_signing_key))));
    }
    match config.sms.transport {
        SmsTransport::None => {}
        SmsTransport::Mailbox => set_up.channels.push(mailbox(Channel::Sms)),
        SmsTransport::Twilio => {
            let twilio = Arc::new(twilio(config, public_url)?);
            set_up.channels.push(twilio.clone());
            set_up.sources.push(twilio);
        }
    }
    match config.whatsapp.transport {
        WhatsappTransport::None => {}
        WhatsappTransport::Mailbox => set_up.channels.push(mailbox(Channel::Whatsapp)),
        WhatsappTransport::Cloud => {
            let whatsapp = Arc::new(whatsapp(config, ambient)?);
            set_up.channels.push(whatsapp.clone());
            set_up.sources.push(whatsapp);
        }
    }
    Ok(set_up)
}

/// The SMTP server as it is configured.
///
/// # Errors
/// A protection that is not allowed there.
pub fn smtp(config: &Config) -> Result<SmtpChannel, Fault> {
    let mail = &config.mail;
    let tls = match mail.security {
        MailSecurity::Starttls => SmtpTls::Starttls,
        MailSecurity::Tls => SmtpTls::Implicit,
        MailSecurity::None => SmtpTls::Plaintext,
    };
    let mut wish = SmtpConfig::new(mail.host.clone(), mail.port, tls);
    wish.connections_max = mail.connections;
    let public = config.server.public_url.split("://").nth(1).and_then(|rest| rest.split(['/', ':']).next());
    if let Some(host) = public.filter(|host| !host.is_empty()) {
        wish.hello_name = host.to_owned();
    }
    if !mail.username.is_empty() {
        wish.credentials = Some(SmtpCredentials { user: mail.username.clone(), password: secret(&mail.password) });
    }
    Ok(SmtpChannel::try_new(wish)?)
}

/// Twilio as it is configured.
///
/// # Errors
/// Credentials that are none.
pub fn twilio(config: &Config, public_url: &str) -> Result<Twilio, Fault> {
    let sms = &config.sms;
    let wish = TwilioConfig {
        account: sms.account.clone(),
        token: secret(&sms.token),
        sender: sms.sender.clone(),
        public_url: public_url.to_owned(),
        base_url: Some(sms.base_url.clone()),
        timeout: TIMEOUT,
    };
    Twilio::try_new(wish).map_err(|fault| format!("sms: {fault}").into())
}

/// The Cloud API as it is configured.
///
/// # Errors
/// Credentials that are none.
pub fn whatsapp(config: &Config, ambient: &Ambient) -> Result<Whatsapp, Fault> {
    let (own, ambient) = (&config.whatsapp, ambient.clone());
    let wish = WhatsappConfig {
        phone_number_id: own.phone_number_id.clone(),
        token: secret(&own.token),
        app_secret: secret(&own.app_secret),
        verify_token: secret(&own.verify_token),
        version: own.version.clone(),
        base_url: Some(own.base_url.clone()),
        timeout: TIMEOUT,
        now: Arc::new(move || ambient.now()),
    };
    Whatsapp::try_new(wish).map_err(|fault| format!("whatsapp: {fault}").into())
}
