//! What became of messages is told at the doors: genuine, once, never backwards, and only of the creditor's own.

use std::sync::Arc;
use std::time::Duration;

use saldo_domain::ids::{CreditorId, MessageId};
use saldo_domain::locale::Language;
use saldo_domain::reminder::Channel;
use saldo_providers::Secret;
use saldo_providers::channel::{MemoryChannel, StandardMail, Twilio, TwilioConfig, sign_for_twilio, sign_standard};
use saldo_store::message::{self, MessagePurpose, MessageRow, MessageState};
use saldo_store::{PageRequest, reply};
use saldo_tests::product::{Business, Product};
use serde_json::json;
use uuid::Uuid;

use crate::support::{Answer, Api, hours, on_both_with};

const ACCOUNT: &str = "AC00000000000000000000000000000001";

fn token() -> Secret {
    Secret::new("the account's token")
}

fn secret() -> Secret {
    Secret::new("whsec_bmV2ZXJfcHJpbnRfbWU=")
}

/// Twilio's door, which is told by [`twilio`]; nothing can be sent by it.
pub fn twilio_door() -> Arc<Twilio> {
    let config = TwilioConfig {
        account: ACCOUNT.to_owned(),
        token: token(),
        sender: "+525500000000".to_owned(),
        public_url: "https://pay.example.mx".to_owned(),
        base_url: Some("http://127.0.0.1:1".to_owned()),
        timeout: Duration::from_secs(1),
    };
    Arc::new(Twilio::try_new(config).expect("credentials"))
}

/// A debtor answers by SMS.
pub async fn answer_by_sms(product: &Product, creditor: CreditorId, (sid, from): (&str, &str), text: &str) {
    let fields = [("AccountSid", ACCOUNT), ("MessageSid", sid), ("From", from), ("Body", text)];
    twilio(product, creditor, "", &fields).await.expect(200);
    product.work().await;
}

/// With Twilio's door and the one for any mail server; what is sent by mail stays here.
async fn with_doors(test: impl AsyncFn(Product, Business, MemoryChannel)) {
    let mail = MemoryChannel::new();
    let standard = || Arc::new(StandardMail::new(vec![secret()]));
    on_both_with(
        |setup| setup.mail(&mail).source(twilio_door()).source(standard()),
        async |product| {
            mail.take_sent();
            let business = product.business().await;
            test(product, business, mail.clone()).await;
        },
    )
    .await;
}

/// A message that was handed over.
async fn handed_over(product: &Product, business: &Business, channel: Channel, reference: &str) -> MessageId {
    let app = &product.app;
    let id = MessageId(app.ambient().uuid_v7());
    let row = MessageRow {
        id,
        debtor_id: business.ana.id,
        reminder_id: None,
        purpose: MessagePurpose::Notice,
        channel,
        template: None,
        language: Language::Es,
        recipient: "+52••••5678".to_owned(),
        state: MessageState::HandingOff,
        provider_reference: None,
        by_hand: None,
        error: None,
        handed_off_at: app.now(),
        finished_at: None,
    };
    let tx = app.store().write_of(business.creditor.id).await.expect("a transaction");
    message::insert_handing_off(&tx, business.creditor.id, &[row]).await.expect("written");
    message::mark_sent(&tx, business.creditor.id, id, reference, app.now()).await.expect("marked");
    tx.commit().await.expect("committed");
    id
}

async fn state_of(product: &Product, creditor: CreditorId, id: MessageId) -> MessageState {
    let tx = product.app.store().read_of(creditor).await.expect("a transaction");
    message::load(&tx, creditor, id).await.expect("it is there").state
}

/// Posts a form as Twilio does, signed for the address that it goes to.
async fn twilio(product: &Product, creditor: CreditorId, query: &str, fields: &[(&str, &str)]) -> Answer {
    let url = format!("{}/v1/webhooks/twilio/{creditor}{query}", product.url);
    let fields: Vec<(String, String)> =
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let signature = sign_for_twilio(&token(), &url, &fields);
    let written = |value: &str| form_urlencoded::byte_serialize(value.as_bytes()).collect::<String>();
    let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", written(value))).collect();
    let request = product
        .client()
        .post(&url)
        .header("x-twilio-signature", signature)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body.join("&"));
    Answer::of(request.send().await.expect("an answer")).await
}

async fn status(product: &Product, creditor: CreditorId, id: MessageId, sid: &str, status: &str) -> Answer {
    let fields = [("AccountSid", ACCOUNT), ("MessageSid", sid), ("MessageStatus", status)];
    twilio(product, creditor, &format!("?message={id}"), &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_moves_on_in_any_order_of_telling_and_never_back() {
    with_doors(async |product, business, _| {
        let creditor = business.creditor.id;
        let id = handed_over(&product, &business, Channel::Sms, "SM1").await;
        for (told, expected) in [
            ("delivered", MessageState::Delivered),
            ("sent", MessageState::Delivered),
            ("delivered", MessageState::Delivered),
            ("read", MessageState::Read),
            ("undelivered", MessageState::Read),
        ] {
            status(&product, creditor, id, "SM1", told).await.expect(200);
            product.work().await;
            assert_eq!(state_of(&product, creditor, id).await, expected, "{told}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_twilio_may_tell_and_only_of_the_creditor_whose_door_it_is() {
    with_doors(async |product, business, _| {
        let creditor = business.creditor.id;
        let id = handed_over(&product, &business, Channel::Sms, "SM1").await;
        let url = format!("{}/v1/webhooks/twilio/{creditor}?message={id}", product.url);
        let body = format!("AccountSid={ACCOUNT}&MessageSid=SM1&MessageStatus=delivered");
        for signature in [None, Some("nonsense"), Some("RSOYDt4T1cUTdK1PDd93/VVr8B8=")] {
            let mut request = product.client().post(&url).body(body.clone());
            if let Some(signature) = signature {
                request = request.header("x-twilio-signature", signature);
            }
            let answer = Answer::of(request.send().await.expect("an answer")).await.expect(400);
            assert_eq!(answer.code(), "event_refused", "{signature:?}");
        }
        let theirs = product.creditor("Otra Casa").await.id;
        status(&product, theirs, id, "SM1", "delivered").await.expect(200);
        status(&product, CreditorId(Uuid::nil()), id, "SM1", "delivered").await.expect(404);
        product.work().await;
        assert_eq!(state_of(&product, creditor, id).await, MessageState::Sent);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_too_early_is_kept_until_its_message_is_there() {
    with_doors(async |product, business, _| {
        let creditor = business.creditor.id;
        let fields = [("AccountSid", ACCOUNT), ("MessageSid", "SM9"), ("MessageStatus", "delivered")];
        twilio(&product, creditor, "", &fields).await.expect(200);
        product.work().await;
        let id = handed_over(&product, &business, Channel::Sms, "SM9").await;
        product.advance(hours(1));
        product.work().await;
        assert_eq!(state_of(&product, creditor, id).await, MessageState::Delivered);
        // And what nobody ever knows is shown.
        let fields = [("AccountSid", ACCOUNT), ("MessageSid", "SM10"), ("MessageStatus", "delivered")];
        twilio(&product, creditor, "", &fields).await.expect(200);
        for _ in 0..12 {
            product.work().await;
            product.advance(hours(1));
        }
        let api = Api::new(&product, &business.key);
        let unmatched = api.get("/v1/inbound-events?state=unmatched").await.expect(200).json();
        assert_eq!(unmatched["items"][0]["event_reference"], "SM10:delivered", "{unmatched}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_came_back_is_told_with_a_standard_signature() {
    with_doors(async |product, business, _| {
        let creditor = business.creditor.id;
        let id = handed_over(&product, &business, Channel::Email, "one@saldo.example").await;
        let post = async |body: String, signed: &str| {
            let (now, url) = (product.app.now(), format!("{}/v1/webhooks/mail/{creditor}", product.url));
            let request = product
                .client()
                .post(url)
                .header("webhook-id", "msg_1")
                .header("webhook-timestamp", now.as_second().to_string())
                .header("webhook-signature", sign_standard(&secret(), "msg_1", now, signed.as_bytes()))
                .header("content-type", "application/json")
                .body(body);
            Answer::of(request.send().await.expect("an answer")).await
        };
        let event = json!({ "message_id": "<one@saldo.example>", "state": "bounced", "detail": "550 5.1.1 nobody" });
        let body = json!({ "events": [event] }).to_string();
        assert_eq!(post(body.clone(), "another body").await.expect(400).code(), "event_refused");
        post(body.clone(), &body).await.expect(200);
        post(body.clone(), &body).await.expect(200);
        product.work().await;
        let tx = product.app.store().read_of(creditor).await.expect("a transaction");
        let row = message::load(&tx, creditor, id).await.expect("it is there");
        assert_eq!((row.state, row.error.as_deref()), (MessageState::Bounced, Some("550 5.1.1 nobody")));
        let filter = message::MessageFilter { in_trouble: true, ..Default::default() };
        let trouble = message::list(&tx, creditor, filter, PageRequest::first(5)).await.expect("a list");
        assert_eq!(trouble.items, [row]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_is_kept_with_the_debtor_whose_number_it_is() {
    with_doors(async |product, business, _| {
        let creditor = business.creditor.id;
        let api = Api::new(&product, &business.key);
        let luz = json!({ "reference": "LUZ", "name": "Luz Rojas", "phone": "+525512345678", "country": "MX" });
        let luz: Uuid = api.put("/v1/debtors", &luz).await.expect(200).json()["id"]
            .as_str()
            .and_then(|id| id.parse().ok())
            .expect("an id");
        let say = async |sid: &str, from: &str, text: &str| {
            answer_by_sms(&product, creditor, (sid, from), text).await;
        };
        say("SM1", "+525512345678", "Ya pago").await;
        say("SM1", "+525512345678", "Ya pago").await;
        say("SM2", "+529999999999", "Quien es").await;
        let tx = product.app.store().read_of(creditor).await.expect("a transaction");
        let all = reply::list(&tx, creditor, None, PageRequest::first(9)).await.expect("a list").items;
        let told: Vec<(Option<Uuid>, &str)> =
            all.iter().map(|row| (row.debtor_id.map(|id| id.0), row.body.as_str())).collect();
        assert_eq!(told, [(None, "Quien es"), (Some(luz), "Ya pago")]);
        let last = reply::last_at(&tx, creditor, Channel::Sms, "+525512345678").await.expect("read");
        assert_eq!(last, Some(product.app.now()));
        drop(tx);
        let finance = crate::world::console(&product, &business.creditor).await;
        let account = finance.get(&format!("/console/debtors/{luz}")).await.expect(200).body;
        assert!(account.contains("Ya pago") && account.contains("respondió por SMS"), "{account}");
        assert!(!account.contains("Quien es"), "an answer of nobody's is on no account");
    })
    .await;
}
