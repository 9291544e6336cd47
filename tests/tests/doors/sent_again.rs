//! A person sends a message again that failed or of which nobody knows: decided anew, noted, and never by itself.

use saldo_domain::member::Role;
use saldo_providers::channel::{ChannelFault, MemoryChannel, Scripted};
use saldo_tests::product::{Business, Product};
use serde_json::{Value, json};

use crate::support::{Answer, Api, ana, hours, on_both_with};
use crate::world::{console_as, fresh, text};

fn unknown() -> Scripted {
    Scripted::FailAfter(ChannelFault::Unknown { detail: "no answer after the message".to_owned() })
}

/// Ana's first reminder is handed over as the channel is told to; answers the message.
async fn begun(product: &Product, business: &Business, channel: &MemoryChannel, step: Scripted) -> (Api, String) {
    let api = Api::new(product, &business.key);
    channel.script([step]);
    product.tick().await;
    product.work().await;
    channel.take_sent();
    let log = messages(&api, business).await;
    (api, text(&log[0]["id"]))
}

async fn messages(api: &Api, business: &Business) -> Vec<Value> {
    let log = api.get(&format!("/v1/messages?debtor_id={}", business.ana.id)).await.expect(200).json();
    let of_reminders = log["items"].as_array().expect("items").iter().filter(|row| row["purpose"] == "reminder");
    of_reminders.cloned().collect()
}

async fn receipts(api: &Api, business: &Business) -> Vec<Value> {
    let log = api.get(&format!("/v1/messages?debtor_id={}", business.ana.id)).await.expect(200).json();
    let of_payments = log["items"].as_array().expect("items").iter().filter(|row| row["purpose"] == "receipt");
    of_payments.cloned().collect()
}

async fn state(api: &Api, business: &Business) -> String {
    let rows = api.get(&format!("/v1/reminders?debtor_id={}", business.ana.id)).await.expect(200).json();
    text(&rows["items"][0]["state"])
}

async fn again(api: &Api, message: &str, reason: &str) -> Answer {
    api.post_once(&format!("/v1/messages/{message}/send-again"), &json!({"reason": reason}), &fresh()).await
}

async fn with_channel(test: impl AsyncFn(Product, Business, MemoryChannel)) {
    let channel = MemoryChannel::new();
    on_both_with(
        |setup| setup.mail(&channel),
        async |product| {
            let business = product.business().await;
            test(product, business, channel.clone()).await;
        },
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_message_goes_again_when_the_caps_allow_it_and_only_once() {
    with_channel(async |product, business, channel| {
        let (api, message) = begun(&product, &business, &channel, unknown()).await;
        assert_eq!(state(&api, &business).await, "unknown");
        let refused = again(&api, &message, "nothing came").await.expect(409);
        assert_eq!(refused.code(), "message_held", "it may have left: it counts for the caps");
        product.advance(hours(24 * 3));
        assert_eq!(again(&api, &message, "  ").await.expect(422).code(), "text_length");
        let sent = again(&api, &message, "nothing came").await.expect(201).json();
        assert_eq!(again(&api, &message, "nothing came").await.expect(409).code(), "message_not_again");
        product.work().await;
        assert_eq!(channel.take_sent().len(), 1, "{sent}");
        assert_eq!(state(&api, &business).await, "sent");
        let log = messages(&api, &business).await;
        assert_eq!((log.len(), &log[0]["by_hand_reason"]), (2, &json!("nothing came")), "{log:?}");
        assert!(log[1]["by_hand_reason"].is_null() && log[1]["may_again"] == json!(false), "{log:?}");
        assert_eq!(again(&api, &message, "once more").await.expect(409).code(), "message_not_again");
        let audit = api.get("/v1/audit").await.expect(200).body;
        assert!(audit.contains("message_sent_again") && audit.contains("nothing came"), "{audit}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_paid_does_not_go_again_before_or_after_it_was_asked_for() {
    with_channel(async |product, business, channel| {
        let (api, message) = begun(&product, &business, &channel, unknown()).await;
        product.advance(hours(24 * 3));
        again(&api, &message, "nothing came").await.expect(201);
        let debtor = ana(&product, &business).await;
        let attempt = debtor.pay_with_card().await;
        debtor.get(&format!("/pay/{attempt}")).await.expect(200);
        product.work().await;
        let left = channel.take_sent();
        assert!(left.iter().all(|mail| mail.list_unsubscribe_url.is_none()), "the receipt alone: {left:?}");
        assert_eq!(state(&api, &business).await, "unknown", "it stays what it was");
        assert_eq!(again(&api, &message, "nothing came").await.expect(409).code(), "message_stopped");
        for _ in 0..24 * 3 {
            product.advance(hours(1));
            product.tick().await;
            product.work().await;
        }
        assert_eq!(channel.take_sent().len(), 0, "nothing of it is automatic");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_of_which_nobody_knows_goes_again_once_and_says_who_asked() {
    with_channel(async |product, business, channel| {
        let api = Api::new(&product, &business.key);
        let debtor = ana(&product, &business).await;
        channel.take_sent();
        channel.script([unknown()]);
        let attempt = debtor.pay_with_card().await;
        debtor.get(&format!("/pay/{attempt}")).await.expect(200);
        product.work().await;
        let first = channel.take_sent();
        let before = receipts(&api, &business).await;
        assert_eq!((before.len(), &before[0]["state"], &before[0]["may_again"]), (1, &json!("unknown"), &json!(true)));
        let message = text(&before[0]["id"]);
        let asked = again(&api, &message, "nothing came").await.expect(201).json();
        assert_eq!(asked["reminder_id"], Value::Null);
        assert_eq!(
            again(&api, &message, "nothing came").await.expect(409).code(),
            "message_not_again",
            "it is about to"
        );
        product.work().await;
        let second = channel.take_sent();
        assert_eq!(second.len(), 1, "{second:?}");
        assert!(first.iter().all(|mail| mail.message_id != second[0].message_id), "a name of its own");
        let after = receipts(&api, &business).await;
        let shown = (after.len(), &after[0]["state"], &after[0]["by_hand_reason"], &after[1]["may_again"]);
        assert_eq!(shown, (2, &json!("sent"), &json!("nothing came"), &json!(false)), "{after:?}");
        assert_eq!(again(&api, &message, "once more").await.expect(409).code(), "message_not_again");
        let audit = api.get("/v1/audit").await.expect(200).body;
        assert!(audit.contains("message_sent_again") && audit.contains("nothing came"), "{audit}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_console_shows_the_message_and_sends_what_was_refused_once_more() {
    with_channel(async |product, business, channel| {
        let refused = Scripted::FailBefore(ChannelFault::Permanent { detail: "550 mailbox full".to_owned() });
        let (api, message) = begun(&product, &business, &channel, refused).await;
        assert_eq!(state(&api, &business).await, "failed");
        let agent = console_as(&product, &business.creditor, Role::Agent).await;
        let page = format!("/console/reminders/messages/{message}");
        let list = agent.get("/console/reminders/messages").await.expect(200).body;
        assert!(list.contains(&page), "{list}");
        let shown = agent.get(&page).await.expect(200).body;
        assert!(shown.contains("550 mailbox full") && shown.contains(&format!("{page}/again")), "{shown}");
        let viewer = console_as(&product, &business.creditor, Role::Viewer).await;
        assert!(!viewer.get(&page).await.expect(200).body.contains("/again"), "who looks does not send");
        viewer.post(&format!("{page}/again"), &[("reason", "x")]).await.expect(403);
        let blank = agent.post(&format!("{page}/again"), &[("reason", "")]).await.expect(422).body;
        assert!(blank.contains("id=\"problem\""), "{blank}");
        agent.post(&format!("{page}/again"), &[("reason", "mailbox emptied")]).await.expect(303);
        product.work().await;
        let to_ana = channel.take_sent().into_iter().filter(|mail| mail.to.email == "ana@example.com");
        assert_eq!(to_ana.count(), 1);
        assert_eq!(state(&api, &business).await, "sent");
        let after = agent.get("/console/reminders/messages?which=all").await.expect(200).body;
        assert!(after.contains("(a mano)"), "{after}");
    })
    .await;
}
