//! A reminder is decided twice: when it is planned, and when it is handed over.

use jiff::SignedDuration;
use saldo_app::flows::{decision_log, plan_reminders};
use saldo_providers::channel::{ChannelFault, Mail, MemoryChannel, Scripted};
use saldo_store::PageRequest;
use saldo_store::decision::{DecisionFilter, DecisionOutcome};
use saldo_tests::product::{Business, Product};
use serde_json::Value;

use crate::support::{Answer, Api, hours, on_both_with_mail};

/// What left for Ana since the last look.
fn to_ana(channel: &MemoryChannel) -> Vec<Mail> {
    channel.take_sent().into_iter().filter(|mail| mail.to.email == "ana@example.com").collect()
}

async fn of_ana(product: &Product, business: &Business) -> Vec<Value> {
    let api = Api::new(product, &business.key);
    let rows = api.get(&format!("/v1/reminders?debtor_id={}", business.ana.id)).await.expect(200).json();
    rows["items"].as_array().expect("items").clone()
}

/// Ticks and works, hour by hour.
async fn live_through(product: &Product, count: i64) {
    for _ in 0..count {
        product.advance(hours(1));
        product.tick().await;
        product.work().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_between_plan_and_hand_off_keeps_the_message_back() {
    on_both_with_mail(async |product, channel| {
        let business = product.business().await;
        product.tick().await;
        let planned = of_ana(&product, &business).await;
        assert_eq!(planned.len(), 1, "{planned:?}");
        assert_eq!(planned[0]["state"], "planned");
        let ana = crate::support::ana(&product, &business).await;
        let attempt = ana.pay_with_card().await;
        ana.get(&format!("/pay/{attempt}")).await.expect(200);
        product.work().await;
        let rows = of_ana(&product, &business).await;
        assert_eq!((&rows[0]["state"], &rows[0]["reason"]), (&"suppressed".into(), &"paid".into()), "{rows:?}");
        let mails = to_ana(&channel);
        assert_eq!(mails.len(), 1, "the receipt and nothing else: {mails:?}");
        assert!(mails[0].list_unsubscribe_url.is_none(), "a receipt is no reminder: {}", mails[0].subject);
        live_through(&product, 24 * 8).await;
        assert_eq!(to_ana(&channel).len(), 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_days_of_downtime_are_one_message_with_all_items_and_the_link() {
    on_both_with_mail(async |product, channel| {
        let business = product.business().await;
        product.advance(hours(24 * 10));
        for _ in 0..3 {
            product.tick().await;
            product.work().await;
        }
        let mails = to_ana(&channel);
        assert_eq!(mails.len(), 1, "{mails:?}");
        let mail = &mails[0];
        for body in [&mail.text, &mail.html] {
            assert!(body.contains("A-1") && body.contains("A-2"), "all that is due: {body}");
            assert!(body.contains(&format!("{}/l/", product.url)), "the link: {body}");
        }
        let link = mail.text.split_whitespace().find(|word| word.contains("/l/")).expect("a link").to_owned();
        let visitor = crate::support::Visitor::sign_in(&product, &link).await;
        visitor.get("/statement").await.expect(200);
        let rows = of_ana(&product, &business).await;
        assert_eq!(rows.iter().filter(|row| row["state"] == "sent").count(), 1, "{rows:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_opts_out_and_nothing_leaves_afterwards() {
    on_both_with_mail(async |product, channel| {
        let business = product.business().await;
        product.tick().await;
        product.work().await;
        let mails = to_ana(&channel);
        let url = mails[0].list_unsubscribe_url.clone().expect("List-Unsubscribe");
        let api = Api::new(&product, &business.key);
        let opted_out = async || {
            let debtor = api.get(&format!("/v1/debtors/{}", business.ana.id)).await.expect(200).json();
            debtor["email_opted_out"].as_bool().expect("a flag")
        };
        Answer::of(product.client().get(&url).send().await.expect("an answer")).await.expect(200);
        assert!(!opted_out().await, "a scanner that opens the link changes nothing");
        let click = product.client().post(&url).header("sec-fetch-site", "cross-site");
        let click = click.form(&[("List-Unsubscribe", "One-Click")]).send().await.expect("an answer");
        Answer::of(click).await.expect(200);
        assert!(opted_out().await);
        live_through(&product, 24 * 12).await;
        assert_eq!(to_ana(&channel).len(), 0);
        let again = product.client().post(&url).send().await.expect("an answer");
        Answer::of(again).await.expect(200);
        let forged = format!("{}x", &url[..url.len() - 1]);
        let refused = product.client().post(forged).send().await.expect("an answer");
        Answer::of(refused).await.expect(401);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_opt_out_between_plan_and_hand_off_keeps_the_message_back() {
    on_both_with_mail(async |product, channel| {
        let business = product.business().await;
        product.tick().await;
        let way_out = saldo_app::flows::opt_out::address(&product.app, business.creditor.id, business.ana.id);
        let answer = product.client().post(way_out.expect("an address")).send().await.expect("an answer");
        Answer::of(answer).await.expect(200);
        product.work().await;
        assert_eq!(to_ana(&channel).len(), 0);
        let rows = of_ana(&product, &business).await;
        assert_eq!((&rows[0]["state"], &rows[0]["reason"]), (&"suppressed".into(), &"opted_out".into()), "{rows:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_fails_before_hand_off_is_tried_again() {
    on_both_with_mail(async |product, channel| {
        let business = product.business().await;
        let fault = ChannelFault::Retry { detail: "connection refused".to_owned() };
        channel.script([Scripted::FailBefore(fault)]);
        product.tick().await;
        product.work().await;
        assert_eq!(to_ana(&channel).len(), 0);
        let rows = of_ana(&product, &business).await;
        assert_eq!(rows[0]["state"], "failed", "{rows:?}");
        for _ in 0..3 {
            product.advance(SignedDuration::from_mins(6));
            product.tick().await;
            product.work().await;
        }
        assert_eq!(to_ana(&channel).len(), 1, "tried again, once");
        let rows = of_ana(&product, &business).await;
        assert_eq!(rows.iter().filter(|row| row["state"] == "sent").count(), 1, "{rows:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_outcome_is_shown_and_not_sent_again() {
    on_both_with_mail(async |product, channel| {
        let business = product.business().await;
        let fault = ChannelFault::Unknown { detail: "no answer after the message".to_owned() };
        channel.script([Scripted::FailAfter(fault)]);
        product.tick().await;
        product.work().await;
        assert_eq!(to_ana(&channel).len(), 1, "it left");
        let rows = of_ana(&product, &business).await;
        assert_eq!(rows[0]["state"], "unknown", "{rows:?}");
        // The next rung is the due date of A-2, a week later.
        live_through(&product, 24 * 6).await;
        assert_eq!(to_ana(&channel).len(), 0, "the same rung is not sent again");
        assert_eq!(of_ana(&product, &business).await[0]["state"], "unknown");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pending_debit_holds_the_reminder_until_it_has_failed() {
    on_both_with_mail(async |product, channel| {
        let business = product.business().await;
        let ana = crate::support::ana(&product, &business).await;
        let form = ana.pay_form().await;
        let page = ana.pay(&form, None).await.expect(303).header("location").to_owned();
        ana.post(&format!("{page}/debit"), &[("outcome", "fails")]).await.expect(303);
        product.work().await;
        for _ in 0..2 {
            product.tick().await;
            product.work().await;
        }
        assert_eq!(to_ana(&channel).len(), 0, "a payment is under way");
        product.advance(SignedDuration::from_mins(1));
        product.work().await;
        product.tick().await;
        product.work().await;
        assert_eq!(to_ana(&channel).len(), 1, "the debit has failed");
        let rows = of_ana(&product, &business).await;
        assert_eq!(rows.last().expect("a row")["state"], "sent", "{rows:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_decision_is_kept_once_with_its_reason() {
    on_both_with_mail(async |product, _| {
        let business = product.business().await;
        let (creditor, ana) = (business.creditor.id, business.ana.id);
        live_through(&product, 3).await;
        // Looked at again, and nothing has changed.
        for _ in 0..2 {
            plan_reminders::plan_one(&product.app, creditor, ana).await.expect("a look");
        }
        let filter = DecisionFilter { debtor_id: Some(ana), outcome: None };
        let page = decision_log::list(&product.app, creditor, filter, PageRequest::first(50)).await.expect("a page");
        let told: Vec<_> = page.items.iter().rev().map(|row| (row.outcome, row.why.as_str())).collect();
        assert_eq!(told, [(DecisionOutcome::Send, "due"), (DecisionOutcome::Wait, "not_yet_due")]);
        let (wait, send) = (&page.items[0], &page.items[1]);
        assert!(send.step.is_some() && send.channel.is_some() && send.policy_id.is_some(), "{send:?}");
        assert!(wait.until_at.is_some_and(|until| until > product.app.now()), "{wait:?}");
        assert_eq!((send.rules.as_str(), send.rules_version), ("mx", 1));
    })
    .await;
}
