//! What a debtor allows: by the API, by its own page, by a word of its answer, by what comes back.

use saldo_app::flows::{consent, opt_out};
use saldo_domain::consent::ReplyWord;
use saldo_domain::reminder::Channel;
use saldo_tests::product::{Business, Product};
use serde_json::{Value, json};

use crate::support::{Answer, Api, Visitor, ana, hours, on_both};

const PHONE: &str = "+525512345678";

/// Ana has a phone and an address.
async fn with_phone(product: &Product, business: &Business) -> Api {
    let api = Api::new(product, &business.key);
    let ana = json!({"reference": "ANA", "name": "Ana Torres", "phone": "55 1234 5678", "country": "MX",
        "postal_address": "Calle 1\n06000 México"});
    let kept = api.put("/v1/debtors", &ana).await.expect(200).json();
    assert_eq!((&kept["phone"], &kept["postal_address"]), (&PHONE.into(), &"Calle 1\n06000 México".into()));
    api
}

fn path(business: &Business) -> String {
    format!("/v1/debtors/{}/consents", business.ana.id)
}

/// How a channel stands: `usable`, or why not.
fn standing(consents: &Value, channel: &str) -> String {
    let channels = consents["channels"].as_array().expect("channels");
    let found = channels.iter().find(|one| one["channel"] == channel).expect("every channel stands there");
    found["reason"].as_str().unwrap_or("usable").to_owned()
}

async fn stands(api: &Api, business: &Business, channel: &str) -> String {
    standing(&api.get(&path(business)).await.expect(200).json(), channel)
}

#[tokio::test(flavor = "multi_thread")]
async fn consent_has_its_proof_and_its_history() {
    on_both(async |product| {
        let business = product.business().await;
        let api = with_phone(&product, &business).await;
        let path = path(&business);
        let before = api.get(&path).await.expect(200).json();
        assert_eq!(standing(&before, "email"), "usable");
        assert_eq!(standing(&before, "sms"), "no_consent", "Mexico: what rings or buzzes needs consent");
        let put = async |channel: &str, state: &str, at: Option<String>| {
            api.put(&path, &json!({"channel": channel, "state": state, "at": at, "proof": "contract 4711"})).await
        };
        let given = put("sms", "given", None).await.expect(200).json();
        assert_eq!(standing(&given, "sms"), "usable");
        let line = &given["history"][0];
        assert_eq!(
            (&line["proof"], &line["source"], &line["address"]),
            (&"contract 4711".into(), &"api".into(), &PHONE.into())
        );
        let again = put("sms", "given", None).await.expect(200).json();
        assert_eq!(again["history"].as_array().expect("lines").len(), 1, "the same again is no change");
        put("sms", "withdrawn", None).await.expect(200);
        let stale = (product.app.now() - hours(1)).to_string();
        assert_eq!(put("sms", "given", Some(stale)).await.expect(422).code(), "consent_withdrawn");
        let ahead = (product.app.now() + hours(1)).to_string();
        assert_eq!(put("sms", "given", Some(ahead)).await.expect(422).code(), "date_in_future");
        assert_eq!(put("pigeon", "given", None).await.expect(422).code(), "channel_unknown");
        put("sms", "maybe", None).await.expect(400);
        product.advance(hours(1));
        put("sms", "given", None).await.expect(200);
        let wrong = json!({"reference": "ANA", "name": "Ana Torres", "phone": "call me"});
        assert_eq!(api.put("/v1/debtors", &wrong).await.expect(422).code(), "phone_unreadable");
        let audit = api.get("/v1/audit").await.expect(200).body;
        assert!(audit.contains("consent_changed"), "{audit}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_debtor_chooses_on_its_own_page() {
    on_both(async |product| {
        let business = product.business().await;
        let api = with_phone(&product, &business).await;
        let visitor = ana(&product, &business).await;
        let page = visitor.get("/preferences").await.expect(200).body;
        assert!(page.contains("value=\"email\" checked") || page.contains("checked value=\"email\""), "{page}");
        assert!(!page.contains(PHONE) && page.contains("••••78"), "addresses are masked");
        let wish = [("allow", "sms"), ("channel", "sms"), ("from", "18:00"), ("until", "20:00"), ("language", "pt")];
        visitor.post("/preferences", &wish).await.expect(303);
        let consents = api.get(&path(&business)).await.expect(200).json();
        assert_eq!((standing(&consents, "sms"), standing(&consents, "email")), ("usable".into(), "withdrawn".into()));
        let wished = json!({"channel": "sms", "from": "18:00:00", "until": "20:00:00"});
        assert_eq!(consents["preference"], wished);
        let debtor = api.get(&format!("/v1/debtors/{}", business.ana.id)).await.expect(200).json();
        assert_eq!((&debtor["language"], &debtor["email_opted_out"]), (&"pt".into(), &true.into()));
        let reversed = [("allow", "sms"), ("from", "20:00"), ("until", "18:00"), ("language", "pt")];
        let refused = visitor.post("/preferences", &reversed).await.expect(200).body;
        assert!(refused.contains("id=\"problem\""), "{refused}");
        assert_eq!(api.get(&path(&business)).await.expect(200).json()["preference"], wished, "nothing of it was kept");
        let stranger = Visitor { client: product.client(), url: product.url.clone() };
        stranger.get("/preferences").await.expect(401);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_leads_to_the_choice_without_a_session() {
    on_both(async |product| {
        let business = product.business().await;
        let api = with_phone(&product, &business).await;
        let way_out = opt_out::address_for(&product.app, business.creditor.id, business.ana.id, Channel::Sms);
        let way_out = way_out.expect("an address");
        let get = async |url: String| Answer::of(product.client().get(url).send().await.expect("an answer")).await;
        let shown = get(way_out.clone()).await.expect(200).body;
        assert!(shown.contains("/preferences") && shown.contains("••••78"));
        assert_eq!(stands(&api, &business, "sms").await, "no_consent", "looking changes nothing");
        get(format!("{way_out}/preferences")).await.expect(200);
        let form = [("allow", "email"), ("allow", "whatsapp"), ("language", "es")];
        let kept = product.client().post(format!("{way_out}/preferences")).form(&form).send().await.expect("an answer");
        Answer::of(kept).await.expect(303);
        assert_eq!(stands(&api, &business, "whatsapp").await, "usable");
        Answer::of(product.client().post(&way_out).send().await.expect("an answer")).await.expect(200);
        assert_eq!(stands(&api, &business, "sms").await, "withdrawn");
        assert_eq!(stands(&api, &business, "email").await, "usable", "the way out of one channel is no other's");
        let forged = format!("{}x/preferences", &way_out[..way_out.len() - 1]);
        get(forged).await.expect(401);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_of_an_answer_stops_a_channel_and_begins_it_again() {
    on_both(async |product| {
        let business = product.business().await;
        let api = with_phone(&product, &business).await;
        let answer = async |phone: &str, text: &str| {
            let creditor = business.creditor.id;
            let tx = product.app.store().write_of(creditor).await.expect("a transaction");
            let word = opt_out::by_reply_word(&product.app, &tx, creditor, Channel::Whatsapp, phone, text).await;
            tx.commit().await.expect("a commit");
            word.expect("an answer")
        };
        assert_eq!(answer(PHONE, "¡Alta!").await, Some(ReplyWord::Start));
        assert_eq!(stands(&api, &business, "whatsapp").await, "usable");
        assert_eq!(answer(PHONE, "quiero pagar").await, None);
        assert_eq!(stands(&api, &business, "whatsapp").await, "usable");
        assert_eq!(answer("+525500000000", "BAJA").await, Some(ReplyWord::Stop));
        assert_eq!(stands(&api, &business, "whatsapp").await, "usable", "somebody else's word");
        assert_eq!(answer(PHONE, "Baja por favor").await, Some(ReplyWord::Stop));
        assert_eq!(stands(&api, &business, "whatsapp").await, "withdrawn");
        assert_eq!(answer(PHONE, "ALTA").await, Some(ReplyWord::Start));
        assert_eq!(stands(&api, &business, "whatsapp").await, "usable");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_closes_the_address_and_a_complaint_the_channel() {
    on_both(async |product| {
        let business = product.business().await;
        let api = with_phone(&product, &business).await;
        let (creditor, debtor) = (business.creditor.id, business.ana.id);
        let mark = async |complaint: bool| {
            let tx = product.app.store().write_of(creditor).await.expect("a transaction");
            let of = Channel::Email;
            let marked = match complaint {
                true => consent::record_unwanted(&product.app, &tx, creditor, debtor, of, "abuse").await,
                false => consent::record_bounce(&product.app, &tx, creditor, debtor, of, "5.1.1").await,
            };
            tx.commit().await.expect("a commit");
            marked.expect("a mark")
        };
        assert!(mark(false).await);
        assert!(!mark(false).await, "twice is once");
        assert_eq!(stands(&api, &business, "email").await, "bounced");
        let moved = json!({"reference": "ANA", "name": "Ana Torres", "email": "ana.torres@example.com"});
        api.put("/v1/debtors", &moved).await.expect(200);
        assert_eq!(stands(&api, &business, "email").await, "usable", "another address was not tried yet");
        assert!(mark(true).await);
        assert!(!mark(false).await, "a bounce does not hide a no");
        assert_eq!(stands(&api, &business, "email").await, "complained");
        let moved = json!({"reference": "ANA", "name": "Ana Torres", "email": "ana.t@example.com"});
        api.put("/v1/debtors", &moved).await.expect(200);
        assert_eq!(stands(&api, &business, "email").await, "complained", "a no is meant of the channel");
    })
    .await;
}
