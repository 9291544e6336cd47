//! The short form of an access link: what text messages carry. It opens what the long form opens, for as long, and nothing else.

use saldo_domain::message_template::{Encoding, text_length};
use saldo_domain::reminder::Channel;
use saldo_providers::channel::{MemoryChannel, Outgoing};
use saldo_tests::product::{Business, Product};
use serde_json::{Value, json};

use crate::support::{Answer, Api, Visitor, on_both, on_both_with};
use crate::terms::publish;
use crate::world::{fresh, text};

/// A new link of Ana's as it is answered once.
async fn made(api: &Api, business: &Business) -> Value {
    let wish = json!({"debtor_id": business.ana.id});
    api.post_once("/v1/access-links", &wish, &fresh()).await.expect(201).json()
}

async fn get(product: &Product, url: &str) -> Answer {
    Answer::of(product.client().get(url).send().await.expect("an answer")).await
}

/// What a landing page shows of the account.
fn shown(page: &Answer) -> String {
    let from = page.body.find("<h1").expect("a heading");
    let to = page.body.find("<form method=\"post\"").expect("a form");
    page.body[from..to].to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_short_form_shows_the_same_page_and_opens_the_session_only_when_asked() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let link = made(&api, &business).await;
        let (long, short) = (text(&link["url"]), text(&link["short_url"]));
        let code = short.rsplit('/').next().expect("a code");
        assert!(code.len() == 22 && code.chars().all(|c| c.is_ascii_alphanumeric()), "{short}");
        let page = get(&product, &short).await.expect(200);
        assert_eq!(shown(&page), shown(&get(&product, &long).await.expect(200)));
        assert_eq!((page.header("cache-control"), page.header("set-cookie")), ("no-store", ""));
        assert_eq!(product.client().head(&short).send().await.expect("an answer").status(), 200);
        let listed = format!("/v1/access-links?debtor_id={}", business.ana.id);
        let links = api.get(&listed).await.expect(200);
        assert!(links.json()[0]["last_opened_at"].is_null() && !links.body.contains(code), "{}", links.body);

        let visitor = Visitor::sign_in(&product, &short).await;
        assert!(!visitor.get("/statement").await.expect(200).body.contains(code));
        assert!(api.get(&listed).await.json()[0]["last_opened_at"].is_string());
        let path = format!("/v1/access-links/{}/revoke", text(&link["link"]["id"]));
        api.post(&path, &json!({})).await.expect(200);
        visitor.get("/statement").await.expect(401);
        for form in [&long, &short] {
            get(&product, form).await.expect(410);
            assert_eq!(product.client().post(form).send().await.expect("an answer").status(), 410);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_code_that_is_not_in_force_is_answered_alike() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let link = made(&api, &business).await;
        let short = text(&link["short_url"]);
        let end: jiff::Timestamp = text(&link["link"]["expires_at"]).parse().expect("a moment");
        let masked = |answer: Answer, url: &str| answer.body.replace(url.rsplit("/s/").next().expect("a code"), "*");
        let nobody = format!("{}/s/{}", product.url, "0".repeat(22));
        let usual = masked(get(&product, &nobody).await.expect(410), &nobody);
        let (start, last) = short.split_at(short.len() - 1);
        let other = if last == "A" { "B" } else { "A" };
        let token = text(&link["url"]).rsplit('/').next().expect("a token").to_owned();
        for wrong in [
            format!("{start}{other}"),
            start.to_owned(),
            format!("{short}A"),
            format!("{}/s/{token}", product.url),
            format!("{}/s/{}", product.url, "x".repeat(3_000)),
        ] {
            assert_eq!(masked(get(&product, &wrong).await.expect(410), &wrong), usual, "{wrong}");
        }
        product.clock.set(end - jiff::SignedDuration::from_millis(1));
        get(&product, &short).await.expect(200);
        product.clock.set(end);
        assert_eq!(masked(get(&product, &short).await.expect(410), &short), usual);
    })
    .await;
}

/// Ana's phone may be used, and one ladder speaks by text message alone.
async fn by_text_message(product: &Product, business: &Business) -> Api {
    let api = Api::new(product, &business.key);
    let ana = json!({"reference": "ANA", "name": "Ana Ibáñez", "phone": "55 1234 5678", "country": "MX",
        "email": "ana@example.com", "tags": ["piloto"]});
    api.put("/v1/debtors", &ana).await.expect(200);
    let consent = json!({"channel": "sms", "state": "given", "proof": "contract 4711"});
    api.put(&format!("/v1/debtors/{}/consents", business.ana.id), &consent).await.expect(200);
    let body = json!({"kind": "dunning", "segment": {"currency": "MXN", "tag": "piloto"}, "steps": [
        {"counts_from": "due_date", "offset": 3, "channels": ["sms"], "template": "overdue", "tone": "firm",
            "escalation": {"kind": "hand_over"}}]});
    let draft = api.post("/v1/policies", &json!({"name": "SMS", "body": body})).await.expect(201).json();
    publish(&api, &draft, None).await.expect(200);
    api
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_message_with_its_link_is_two_segments_at_most_and_leads_to_the_statement() {
    let (mail, sms) = (MemoryChannel::new(), MemoryChannel::of(Channel::Sms));
    on_both_with(
        |setup| setup.mail(&mail).channel(std::sync::Arc::new(sms.clone())),
        async |product| {
            let business = product.business().await;
            let api = by_text_message(&product, &business).await;
            let before = sms.messages().len();
            product.tick().await;
            product.work().await;
            let messages = sms.messages();
            let Some(Outgoing::Text(message)) = messages.get(before) else { panic!("{messages:?}") };
            let length = text_length(&message.body);
            assert_eq!(length.encoding, Encoding::Gsm7, "{}", message.body);
            assert!(length.segments <= 2, "{length:?}: {}", message.body);
            let link = message.body.split_whitespace().find(|word| word.contains("/s/")).expect("a short link");
            Visitor::sign_in(&product, link).await.get("/statement").await.expect(200);

            let log = api.get("/v1/messages?limit=5").await.expect(200).json();
            assert_eq!(log["items"][0]["template"], "overdue", "{log}");
            let calls = api.get("/v1/call-tasks").await.expect(200);
            let code = link.rsplit('/').next().expect("a code");
            let script = text(&calls.json()["items"][0]["script"]);
            assert!(script.starts_with("Papeleria Sol: ") && !script.contains(code), "the message's words: {script}");
        },
    )
    .await;
}
