//! What leaves for phones: the request as the provider receives it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use saldo_domain::creditor::Creditor;
use saldo_domain::planted::Bug;
use saldo_providers::Secret;
use saldo_providers::channel::{Twilio, TwilioConfig, Whatsapp, WhatsappConfig};
use saldo_providers::doubles::messages::{MessagesDouble, Speaks, TakenMessage};
use saldo_tests::figures::record;
use saldo_tests::product::{Product, Setup, opening};
use serde_json::{Value, json};

use super::page::was_evaluated;
use super::payloads::{PAYLOADS, aimed};
use super::prey::Hook;
use crate::support::{Answer, Api, hours};
use crate::terms::publish;
use crate::world::text;

const ACCOUNT: &str = "AC00000000000000000000000000000002";
const NUMBER_ID: &str = "1090000001";
const CREDITOR: &str = "<i>creditor</i>{{7*191}}\"><svg/onload=alert(1)>";

/// How a debtor is reached: by SMS, by a template that WhatsApp has approved, within a conversation that the debtor began.
const WAYS: [(&str, &str); 3] = [("sms", "sms"), ("template", "whatsapp"), ("chat", "whatsapp")];

fn secret(word: &str) -> Secret {
    Secret::new(word)
}

async fn doubles() -> (MessagesDouble, MessagesDouble) {
    let twilio = Speaks::Twilio { account: ACCOUNT.to_owned(), token: secret("token") };
    let phone_number_id = NUMBER_ID.to_owned();
    let meta = Speaks::Whatsapp { phone_number_id, token: secret("token"), app_secret: secret("app") };
    (MessagesDouble::start(twilio).await.expect("a port"), MessagesDouble::start(meta).await.expect("a port"))
}

async fn product(twilio: &MessagesDouble, meta: &MessagesDouble) -> Product {
    let sms = TwilioConfig {
        account: ACCOUNT.to_owned(),
        token: secret("token"),
        sender: "+525500000000".to_owned(),
        public_url: "https://pay.example.mx".to_owned(),
        base_url: Some(twilio.base_url()),
        timeout: Duration::from_secs(5),
    };
    let setup = Setup::new(None);
    let clock = setup.clock();
    let chat = WhatsappConfig {
        phone_number_id: NUMBER_ID.to_owned(),
        token: secret("token"),
        app_secret: secret("app"),
        verify_token: secret("verify"),
        version: "v23.0".to_owned(),
        base_url: Some(meta.base_url()),
        timeout: Duration::from_secs(5),
        now: Arc::new(move || saldo_app::ambient::Clock::now(&*clock)),
    };
    let chat = Arc::new(Whatsapp::try_new(chat).expect("credentials"));
    let sms = Arc::new(Twilio::try_new(sms).expect("credentials"));
    setup.channel(sms).channel(chat.clone()).source(chat).start().await
}

/// One debtor for each way and payload.
struct Reached {
    way: &'static str,
    name: String,
    phone: String,
}

async fn fill(api: &Api, hook: &Hook) -> Vec<Reached> {
    let mut reached = Vec::new();
    for (way, channel) in WAYS {
        let step = json!({"counts_from": "due_date", "offset": 3, "channels": [channel], "template": "overdue",
            "tone": "firm"});
        let body = json!({"kind": "dunning", "segment": {"currency": "MXN", "tag": way}, "steps": [step]});
        let draft = api.post("/v1/policies", &json!({"name": way, "body": body})).await.expect(201).json();
        publish(api, &draft, None).await.expect(200);
        for (_, payload) in PAYLOADS {
            let at = reached.len();
            let (name, reference) = (aimed(payload, hook.host()), format!("P-{at}"));
            let phone = format!("+5255123456{at:02}");
            let debtor = json!({"reference": reference, "name": name, "country": "MX", "phone": phone, "tags": [way]});
            let id = text(&api.put("/v1/debtors", &debtor).await.expect(200).json()["id"]);
            let consent = json!({"channel": channel, "state": "given", "proof": "a form"});
            api.put(&format!("/v1/debtors/{id}/consents"), &consent).await.expect(200);
            let invoice = json!({"debtor_reference": reference, "number": format!("F-{at}"), "issued_on": "2026-02-01",
                "due_on": "2026-02-20", "amount": {"minor": 50_000, "currency": "MXN"}});
            api.post("/v1/invoices", &invoice).await.expect(200);
            reached.push(Reached { way, name, phone });
        }
    }
    reached
}

/// A debtor writes on WhatsApp, in words of the payload's.
async fn write_on_whatsapp(product: &Product, creditor: &Creditor, meta: &MessagesDouble, debtor: &Reached) {
    let message = json!({"from": debtor.phone.trim_start_matches('+'), "text": {"body": debtor.name}});
    let value = json!({"metadata": {"phone_number_id": NUMBER_ID}, "messages": [message]});
    let body = json!({"entry": [{"changes": [{"value": value}]}]}).to_string();
    let url = format!("{}/v1/webhooks/whatsapp/{}", product.url, creditor.id);
    let (header, signature) = meta.sign(&url, body.as_bytes());
    let sent = product.client().post(&url).header(header, signature).header("content-type", "application/json");
    Answer::of(sent.body(body).send().await.expect("an answer")).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_to_phones_is_text_with_our_own_link_alone() {
    let (hook, (twilio, meta)) = (Hook::open().await, doubles().await);
    let product = product(&twilio, &meta).await;
    let creditor = product.creditor(CREDITOR).await;
    let api = Api::new(&product, &product.key(creditor.id, &saldo_app::flows::api_key::SCOPES).await);
    let reached = fill(&api, &hook).await;
    for debtor in reached.iter().filter(|debtor| debtor.way == "chat") {
        write_on_whatsapp(&product, &creditor, &meta, debtor).await;
    }
    product.work().await;
    for _ in 0..4 {
        product.advance(hours(1));
        product.tick().await;
        product.work().await;
    }
    assert_eq!((twilio.violations(), meta.violations()), (Vec::new(), Vec::new()), "since {}", opening());
    let taken: Vec<TakenMessage> = twilio.taken().into_iter().chain(meta.taken()).collect();
    for debtor in &reached {
        let own: Vec<&TakenMessage> = taken.iter().filter(|message| message.to == debtor.phone).collect();
        assert_eq!(own.len(), 1, "{} to {:?}: {own:?}", debtor.way, debtor.name);
        check(debtor, &own[0].asked, &product.url);
    }
    assert_eq!(taken.len(), reached.len());
    assert_eq!(hook.count(), 0, "P13: somebody asked what was typed");
    record(Bug::UnescapedNote, "phones", &format!("{} messages by SMS and WhatsApp", taken.len()));
}

fn check(debtor: &Reached, asked: &Value, ours: &str) {
    let Reached { way, name, .. } = debtor;
    let keys: BTreeSet<&str> = asked.as_object().expect("an object").keys().map(String::as_str).collect();
    let (expected, words): (&[&str], String) = match *way {
        "sms" => (&["Body", "From", "StatusCallback", "To"], text(&asked["Body"])),
        "chat" => {
            assert_eq!(asked["text"]["preview_url"], false, "nobody looks at what is typed");
            let body = text(&asked["text"]["body"]);
            assert!(body.contains(name), "{name:?} is not said as it was typed: {body}");
            (&["biz_opaque_callback_data", "messaging_product", "recipient_type", "text", "to", "type"], body)
        }
        _ => {
            let filled = asked["template"]["components"][0]["parameters"].as_array().expect("places");
            let filled: Vec<String> = filled.iter().map(|place| text(&place["text"])).collect();
            assert_eq!(filled[..2], [name.clone(), CREDITOR.to_owned()], "the places of the approved template");
            assert_eq!(asked["template"]["name"], "saldo_overdue");
            (
                &["biz_opaque_callback_data", "messaging_product", "recipient_type", "template", "to", "type"],
                filled.join("\n"),
            )
        }
    };
    assert_eq!(keys, expected.iter().copied().collect(), "{way}: a field was added for {name:?}");
    assert!(words.contains(CREDITOR) && !was_evaluated(&words), "P13: {name:?} or the business is evaluated: {words}");
    let links: Vec<&str> = words.split_whitespace().filter(|word| word.starts_with("http")).collect();
    assert!(links.len() == 1 && links[0].starts_with(ours), "P13: {name:?} leads elsewhere: {links:?}");
}
