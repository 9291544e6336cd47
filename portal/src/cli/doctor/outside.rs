//! Everybody else: who takes payments, and who carries messages.

use super::{Checks, Said, clocks};
use crate::cli::{boot, channels};
use saldo_app::ambient::Ambient;
use saldo_app::config::{Config, MailTransport, SmsTransport, WhatsappTransport};

pub(super) async fn check(config: &Config, ambient: &Ambient, checks: &mut Checks) {
    payments(config, ambient, checks).await;
    checks.tell("mail", mail(config).await);
    checks.tell("sms", sms(config).await);
    checks.tell("whatsapp", whatsapp(config, ambient).await);
    checks.tell("kept here", Ok(stored(config)));
}

async fn payments(config: &Config, ambient: &Ambient, checks: &mut Checks) {
    if config.uses_sandbox() {
        return checks.tell("payments", Ok("the sandbox takes them: no real money moves".to_owned()));
    }
    if config.payments.stripe.webhook_secrets.is_empty() {
        return checks.tell("payments", Err("Stripe has no webhook secret: its events would all be refused".into()));
    }
    let stripe = match boot::stripe(config) {
        Ok(stripe) => stripe,
        Err(error) => return checks.tell("payments", Err(error)),
    };
    match stripe.check().await {
        Ok(theirs) => {
            let secrets = config.payments.stripe.webhook_secrets.len();
            checks.tell("payments", Ok(format!("Stripe takes the key, {secrets} webhook secrets")));
            if let Some(theirs) = theirs {
                checks.tell("clock", clocks(theirs, "Stripe's", ambient.now()));
            }
        }
        Err(fault) if fault.code() == "provider_credentials" => {
            checks.tell("payments", Err(format!("Stripe does not take payments.stripe.secret_key ({fault})").into()));
        }
        Err(fault) => {
            let said = format!("Stripe does not answer ({fault}): nobody can begin a payment until it does");
            checks.tell("payments", Err(said.into()));
        }
    }
}

async fn mail(config: &Config) -> Said {
    let (host, port) = (&config.mail.host, config.mail.port);
    if config.mail.transport == MailTransport::Mailbox {
        return Ok("kept in the built-in mailbox".to_owned());
    }
    match channels::smtp(config)?.check().await {
        Ok(()) => Ok(format!("{host} answers")),
        Err(fault) => {
            Err(format!("{host}:{port} takes no mail ({fault}): what is to leave waits and is tried again").into())
        }
    }
}

async fn sms(config: &Config) -> Said {
    match config.sms.transport {
        SmsTransport::None => Ok("not set up: no reminder leaves by it".to_owned()),
        SmsTransport::Mailbox => Ok("kept in the built-in mailbox".to_owned()),
        SmsTransport::Twilio if config.server.public_url.is_empty() => {
            Err("server.public_url is empty: Twilio could not tell what became of messages".into())
        }
        SmsTransport::Twilio => {
            channels::twilio(config, &config.server.public_url)?.check().await?;
            Ok("Twilio answers".to_owned())
        }
    }
}

async fn whatsapp(config: &Config, ambient: &Ambient) -> Said {
    match config.whatsapp.transport {
        WhatsappTransport::None => Ok("not set up: no reminder leaves by it".to_owned()),
        WhatsappTransport::Mailbox => Ok("kept in the built-in mailbox".to_owned()),
        WhatsappTransport::Cloud => {
            channels::whatsapp(config, ambient)?.check().await?;
            Ok("the Cloud API answers".to_owned())
        }
    }
}

fn stored(config: &Config) -> String {
    let on = |on: bool| if on { "on" } else { "off" };
    let stored = &config.stored;
    let (letters, calls, banners) = (on(stored.letters), on(stored.calls), on(stored.banners));
    format!("letters {letters}, calls {calls}, banners {banners}")
}
