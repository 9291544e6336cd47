use std::sync::{Arc, LazyLock};
use std::time::Duration;

use jiff::Timestamp;
use saldo_providers::Secret;
use saldo_providers::channel::{
    EventSource, Knock, Mailgun, StandardMail, Twilio, TwilioConfig, Whatsapp, WhatsappConfig, parse_report,
    sign_for_mailgun, sign_for_twilio, sign_for_whatsapp, sign_standard,
};
use saldo_providers::payment::sandbox::{Sandbox, SandboxConfig};
use saldo_providers::payment::stripe::{Stripe, StripeConfig};
use saldo_providers::payment::{PaymentProvider, sign};

const NOW: Timestamp = Timestamp::constant(1_772_550_000, 0);
const URL: &str = "https://pay.example.mx/v1/webhooks/twilio/1?message=1";

static PAYMENTS: LazyLock<[Box<dyn PaymentProvider>; 2]> = LazyLock::new(|| {
    let sandbox = Sandbox::open(SandboxConfig::new(secret(), "https://pay.example.mx")).expect("in memory");
    let stripe = StripeConfig::new(Secret::new("sk_test_1"), vec![secret()]);
    [Box::new(sandbox), Box::new(Stripe::try_new(stripe).expect("a test key"))]
});

static MESSAGES: LazyLock<[Box<dyn EventSource>; 4]> = LazyLock::new(|| {
    let twilio = TwilioConfig {
        account: "AC1".to_owned(),
        token: secret(),
        sender: "+525500000000".to_owned(),
        public_url: "https://pay.example.mx".to_owned(),
        base_url: Some("http://127.0.0.1:1".to_owned()),
        timeout: Duration::from_secs(1),
    };
    let whatsapp = WhatsappConfig {
        phone_number_id: "1".to_owned(),
        token: secret(),
        app_secret: secret(),
        verify_token: secret(),
        version: "v23.0".to_owned(),
        base_url: Some("http://127.0.0.1:1".to_owned()),
        timeout: Duration::from_secs(1),
        now: Arc::new(|| NOW),
    };
    [
        Box::new(Mailgun::new(secret())),
        Box::new(StandardMail::new(vec![secret()])),
        Box::new(Twilio::try_new(twilio).expect("credentials")),
        Box::new(Whatsapp::try_new(whatsapp).expect("credentials")),
    ]
});

fn secret() -> Secret {
    Secret::new("whsec_bmV2ZXJfcHJpbnRfbWU=")
}

/// The first byte chooses the door and whether the rest is a body that is signed, or `signature NUL body`.
pub(super) fn run(data: &[u8]) {
    let Some((mode, rest)) = data.split_first() else { return };
    let at = rest.iter().position(|byte| *byte == 0).unwrap_or(rest.len());
    let forged = String::from_utf8_lossy(&rest[..at]).into_owned();
    let body = rest.get(at + 1..).unwrap_or_default();
    match mode % 16 {
        door @ 0..2 => drop(PAYMENTS[usize::from(door)].verify_event(Some(&sign(&secret(), rest, NOW)), rest, NOW)),
        door @ 2..4 => {
            let told = PAYMENTS[usize::from(door - 2)].verify_event(Some(&forged), body, NOW);
            let genuine = forged.contains(&sign(&secret(), body, NOW)[2..]);
            assert!(told.is_err() || genuine, "a forged event is taken: {forged}");
        }
        4 => drop(parse_report(rest).map(|report| report.events())),
        5 => drop(MESSAGES[3].challenge(&String::from_utf8_lossy(rest))),
        door @ 8..12 => genuine(usize::from(door - 8), rest),
        door @ 12..16 => {
            let header = |_: &str| Some(forged.clone());
            let knock = Knock { url: URL, query: "message=1", header: &header, body };
            let told = MESSAGES[usize::from(door - 12)].read(&knock, NOW);
            let form: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
            let genuine = [sign_for_twilio(&secret(), URL, &form), sign_for_whatsapp(&secret(), body)];
            assert!(told.is_err() || genuine.contains(&forged), "a forged event is taken: {forged}");
        }
        _ => {}
    }
}

/// A body that its sender has signed.
fn genuine(door: usize, body: &[u8]) {
    let mut body = body.to_vec();
    let mut headers = vec![("webhook-id", "1".to_owned()), ("webhook-timestamp", NOW.as_second().to_string())];
    match door {
        0 => {
            // The signature stands in the body.
            let word = sign_for_mailgun(&secret(), NOW.as_second(), "t");
            let seconds = NOW.as_second();
            let event = String::from_utf8_lossy(&body).into_owned();
            let signature = format!(r#"{{"timestamp":"{seconds}","token":"t","signature":"{word}"}}"#);
            body = format!(r#"{{"signature":{signature},"event-data":{event}}}"#).into_bytes();
        }
        1 => headers.push(("webhook-signature", sign_standard(&secret(), "1", NOW, &body))),
        2 => {
            let form = format!("AccountSid=AC1&{}", String::from_utf8_lossy(&body));
            let fields: Vec<(String, String)> = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
            headers.push(("x-twilio-signature", sign_for_twilio(&secret(), URL, &fields)));
            body = form.into_bytes();
        }
        _ => headers.push(("x-hub-signature-256", sign_for_whatsapp(&secret(), &body))),
    }
    let header = |name: &str| headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
    let knock = Knock { url: URL, query: "message=1", header: &header, body: &body };
    drop(MESSAGES[door].read(&knock, NOW));
}
