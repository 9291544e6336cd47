//! What a ladder does beside its message, and what it does not while the books are old.

use saldo_app::flows::decision_log;
use saldo_domain::reminder::Hold;
use saldo_providers::channel::{ChannelFault, Mail, MemoryChannel, Scripted};
use saldo_store::PageRequest;
use saldo_store::decision::{DecisionFilter, DecisionOutcome};
use saldo_tests::product::{Business, Product};
use serde_json::{Value, json};

use crate::support::{Api, assert_parity, hours, on_both_with_mail};
use crate::terms::publish;
use crate::world::text;

fn sent_to(channel: &MemoryChannel, address: &str) -> Vec<Mail> {
    channel.take_sent().into_iter().filter(|mail| mail.to.email == address).collect()
}

/// Publishes a new version of the ladder in pesos.
async fn change_ladder(api: &Api, change: impl FnOnce(&mut Value)) {
    let policies = api.get("/v1/policies?kind=dunning").await.expect(200).json();
    let policies = policies["items"].as_array().expect("policies");
    let pesos = policies.iter().find(|policy| policy["body"]["segment"]["currency"] == "MXN").expect("one in pesos");
    let draft = api.post(&format!("/v1/policies/{}/revise", text(&pesos["id"])), &json!({})).await.expect(200).json();
    let mut body = draft["body"].clone();
    change(&mut body);
    let edit = json!({"revision": draft["revision"], "name": draft["name"], "body": body});
    let draft = api.put(&format!("/v1/policies/{}", text(&draft["id"])), &edit).await.expect(200).json();
    publish(api, &draft, None).await.expect(200);
}

async fn live_through(product: &Product, days: i64) {
    for _ in 0..24 * days {
        product.advance(hours(1));
        product.tick().await;
        product.work().await;
    }
}

fn step(offset: i32, template: &str, escalation: &Value) -> Value {
    json!({"counts_from": "due_date", "offset": offset, "channels": ["email"], "template": template, "tone": "firm",
        "escalation": escalation})
}

async fn fees_of_ana(api: &Api, business: &Business) -> Vec<Value> {
    let path = format!("/v1/invoices?debtor_id={}", business.ana.id);
    let rows = api.get(&path).await.expect(200).json();
    let number = |row: &&Value| row["number"].as_str().is_some_and(|number| number.starts_with("ANA/"));
    rows["items"].as_array().expect("invoices").iter().filter(number).cloned().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rung_charges_its_fee_once_and_hands_its_words_to_an_agent() {
    on_both_with_mail(async |product, channel| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        change_ladder(&api, |body| {
            body["steps"] = json!([
                step(12, "overdue", &json!({"kind": "fee", "amount": {"minor": 3_000, "currency": "MXN"}})),
                step(14, "firm", &json!({"kind": "hand_over"})),
            ]);
        })
        .await;
        assert_eq!(fees_of_ana(&api, &business).await, Vec::<Value>::new(), "the rung is reached tomorrow");

        // The channel fails before it takes the message: the rung is said an hour later, and its fee is charged once.
        let fault = ChannelFault::Retry { detail: "connection refused".to_owned() };
        product.advance(hours(24));
        channel.script([Scripted::FailBefore(fault)]);
        product.tick().await;
        product.work().await;
        live_through(&product, 1).await;
        let fees = fees_of_ana(&api, &business).await;
        assert_eq!(fees.len(), 1, "{fees:?}");
        assert_eq!(fees[0]["amount"], json!({"minor": 3_000, "currency": "MXN"}));
        assert_eq!(sent_to(&channel, "ana@example.com").len(), 1);
        assert_eq!(api.get("/v1/call-tasks").await.expect(200).json()["items"], json!([]), "nobody calls yet");

        live_through(&product, 3).await;
        let mails = sent_to(&channel, "ana@example.com");
        assert_eq!(mails.len(), 1, "{mails:?}");
        let tasks = api.get("/v1/call-tasks").await.expect(200).json();
        let tasks = tasks["items"].as_array().expect("tasks");
        assert_eq!(tasks.len(), 1, "{tasks:?}");
        assert_eq!(tasks[0]["debtor_id"], json!(business.ana.id.0));
        let script = text(&tasks[0]["script"]);
        let greeting = mails[0].text.lines().next().expect("a line");
        assert!(script.starts_with(greeting) && script.contains("A-1"), "the agent says what was written: {script}");
        assert!(!script.contains("/l/") && !script.contains("/optout/"), "the links are the debtor's own: {script}");
        assert_eq!(fees_of_ana(&api, &business).await.len(), 1);

        // Paid: the task closes itself.
        let ana = crate::support::ana(&product, &business).await;
        let attempt = ana.pay_with_card().await;
        ana.get(&format!("/pay/{attempt}")).await.expect(200);
        product.work().await;
        let tasks = api.get("/v1/call-tasks").await.expect(200).json();
        let open = tasks["items"].as_array().expect("tasks").iter().filter(|task| task["standing"] != "over").count();
        assert_eq!(open, 0, "{tasks}");
        assert_parity(&product).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reminders_wait_while_the_books_are_old_and_finance_is_told_once() {
    on_both_with_mail(async |product, channel| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        change_ladder(&api, |body| body["stale_after_hours"] = json!(24)).await;
        product.advance(hours(24 * 9));
        live_through(&product, 1).await;
        let told = channel.take_sent();
        assert!(told.iter().all(|mail| mail.to.email != "ana@example.com"), "{told:?}");
        let finance = told.iter().filter(|mail| mail.to.email == "cobranza@papeleria.example").count();
        assert_eq!(finance, 1, "finance hears of it once: {told:?}");
        let filter = DecisionFilter { debtor_id: Some(business.ana.id), outcome: None };
        let page = decision_log::list(&product.app, business.creditor.id, filter, PageRequest::first(50)).await;
        let page = page.expect("a page");
        let latest = page.items.first().expect("a decision");
        assert_eq!((latest.outcome, latest.why.as_str()), (DecisionOutcome::Wait, Hold::StaleData.as_str()));

        let invoice = json!({"debtor_reference": "BRUNO", "number": "B-2", "issued_on": "2026-03-13",
            "due_on": "2026-04-13", "amount": {"minor": 100, "currency": "MXN"}});
        api.post("/v1/invoices", &invoice).await.expect(200);
        live_through(&product, 1).await;
        let after = channel.take_sent();
        let ana = after.iter().filter(|mail| mail.to.email == "ana@example.com").count();
        assert_eq!(ana, 1, "the books are fresh: {after:?}");
    })
    .await;
}
