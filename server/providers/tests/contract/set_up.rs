//! What a channel is set up with: credentials that are none are refused before anything is sent.

use crate::messages::{ACCOUNT, TwilioRig, WhatsappRig};
use saldo_providers::Secret;
use saldo_providers::channel::{EventSource, Twilio, TwilioConfig};
use std::time::Duration;

#[tokio::test]
async fn credentials_that_are_none_are_refused_at_once() {
    let twilio = |account: &str, token: &str, sender: &str, base: &str| {
        let config = TwilioConfig {
            account: account.to_owned(),
            token: Secret::new(token),
            sender: sender.to_owned(),
            public_url: String::new(),
            base_url: Some(base.to_owned()),
            timeout: Duration::from_secs(1),
        };
        Twilio::try_new(config).is_ok()
    };
    let own = "https://api.twilio.com";
    let table = [
        (ACCOUNT, "t", "+525500000000", own, true),
        (ACCOUNT, "t", "MG0123456789abcdef0123456789abcdef", own, true),
        ("", "t", "+525500000000", own, false),
        ("AC/../x", "t", "+525500000000", own, false),
        (ACCOUNT, "", "+525500000000", own, false),
        (ACCOUNT, "t", "5500000000", own, false),
        (ACCOUNT, "t", "+525500000000", "http://api.twilio.com", false),
        (ACCOUNT, "t", "+525500000000", "http://127.0.0.1:1", true),
    ];
    for (account, token, sender, base, expected) in table {
        assert_eq!(twilio(account, token, sender, base), expected, "{account} {token} {sender} {base}");
    }
    TwilioRig::start().await.channel.check().await.unwrap();
    WhatsappRig::start().await.channel.check().await.unwrap();
}

#[tokio::test]
async fn each_source_has_its_name_and_hides_its_secrets() {
    let (twilio, whatsapp) = (TwilioRig::start().await, WhatsappRig::start().await);
    assert_eq!((twilio.channel.name(), whatsapp.channel.name()), ("twilio", "whatsapp"));
    let shown = format!("{:?} {:?}", twilio.channel, whatsapp.channel);
    assert!(!shown.contains("never_print_me"), "{shown}");
}
