//! A ladder is rehearsed before it speaks, and a person may bring a step forward only within the rules.

use saldo_app::flows::policy::{self, Draft, PolicyBody};
use saldo_domain::actor::Actor;
use saldo_domain::currency::Currency;
use saldo_domain::member::Role;
use saldo_domain::reminder::{Audience, CountsFrom, DunningPolicy, HistoryRule};
use saldo_tests::product::{Business, Product};
use serde_json::{Value, json};

use crate::support::{Api, hours, on_both};
use crate::world::{console_as, fresh};

/// The standard ladder with its step ten days after the due date put off by five days.
fn later_ladder() -> DunningPolicy {
    let mut ladder = DunningPolicy::standard(Currency::MXN);
    let due = |step: &&mut saldo_domain::reminder::LadderStep| step.counts_from == CountsFrom::DueDate;
    let step = ladder.steps.iter_mut().filter(due).find(|step| step.offset == 10).expect("a step");
    step.offset = 15;
    ladder
}

/// It as a draft of its own family.
async fn draft(product: &Product, business: &Business) -> String {
    let draft = Draft { name: "Later".to_owned(), body: PolicyBody::Dunning(later_ladder()) };
    let made = policy::create(&product.app, business.creditor.id, &Actor::Operator, draft).await;
    made.expect("a draft").id.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rehearsal_says_what_would_leave_and_sends_nothing() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let policy = draft(&product, &business).await;
        let made = api.post("/v1/rehearsals", &json!({"policy_id": policy})).await.expect(201).json();
        assert_eq!(made["state"], "done", "{made}");
        assert_eq!(made["debtor_count"], made["done_count"], "{made}");
        let count = |name: &str| made[name].as_u64().expect("a count");
        let all = count("added") + count("removed") + count("moved") + count("same");
        assert!(all > 0, "{made}");
        assert_eq!(count("line_count"), all);
        let id = made["id"].as_str().expect("an id");
        let lines = api.get(&format!("/v1/rehearsals/{id}/messages?limit=200")).await.expect(200).json();
        assert_eq!(lines["items"].as_array().expect("items").len() as u64, all);
        let moved: Vec<&Value> =
            lines["items"].as_array().expect("items").iter().filter(|line| line["change"] == "moved").collect();
        assert_eq!(moved.len() as u64, count("moved"));
        let reminders = api.get("/v1/reminders").await.expect(200).json();
        assert_eq!(reminders["items"], json!([]), "nothing was planned");

        let finance = console_as(&product, &business.creditor, Role::Finance).await;
        let page = finance.get(&format!("/console/reminders/rehearsals/{id}")).await.expect(200);
        assert!(page.body.contains("name=\"revision\""), "it can be published from here: {}", page.body);
        let file = finance.get(&format!("/console/reminders/rehearsals/{id}/messages.csv")).await.expect(200);
        assert_eq!(file.body.lines().count() as u64, all + 1, "{}", file.body);
        let viewer = console_as(&product, &business.creditor, Role::Viewer).await;
        let page = viewer.get(&format!("/console/reminders/rehearsals/{id}")).await.expect(200);
        assert!(!page.body.contains("name=\"revision\""), "who looks does not publish");
        viewer.post(&format!("/console/terms/{policy}/rehearse"), &[]).await.expect(403);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ladder_for_who_paid_late_is_rehearsed_with_how_they_paid() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        let issue = |number: &str, due_on: &str| {
            json!({"debtor_reference": business.ana.reference, "number": number, "issued_on": "2026-01-02",
                "due_on": due_on, "amount": {"minor": 7_000, "currency": "MXN"}})
        };
        let late = api.post("/v1/invoices", &issue("L-1", "2026-01-20")).await.expect(200).json();
        let paid = json!({"debtor_id": business.ana.id, "amount": {"minor": 7_000, "currency": "MXN"},
            "value_on": "2026-03-02", "reference": "late", "invoice_ids": [late["id"]]});
        api.post_once("/v1/bank-payments", &paid, &fresh()).await.expect(201);
        let audience = Audience { history: HistoryRule::LateAtLeast { count: 1 }, ..Audience::default() };
        let ladder = DunningPolicy { audience, ..later_ladder() };
        let draft = Draft { name: "Late".to_owned(), body: PolicyBody::Dunning(ladder) };
        let made = policy::create(&product.app, business.creditor.id, &Actor::Operator, draft).await.expect("a draft");
        let id = made.id.to_string();
        let made = api.post("/v1/rehearsals", &json!({"policy_id": id})).await.expect(201).json();
        let lines = format!("/v1/rehearsals/{}/messages?limit=200", made["id"].as_str().expect("an id"));
        let lines = api.get(&lines).await.expect(200).json();
        let other = |line: &&Value| line["change"] != "same";
        let other: Vec<&Value> = lines["items"].as_array().expect("items").iter().filter(other).collect();
        let ana = json!(business.ana.id.to_string());
        assert!(!other.is_empty() && other.iter().all(|line| line["debtor_id"] == ana), "{lines}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_comes_forward_once_and_then_the_rules_ask_for_silence() {
    on_both(async |product| {
        let business = product.business().await;
        let api = Api::new(&product, &business.key);
        product.tick().await;
        product.work().await;
        let path = format!("/v1/debtors/{}/send-now", business.ana.id);
        let again = api.post_once(&path, &json!({}), &fresh()).await;
        assert_eq!((again.status, again.code().as_str()), (409, "message_held"), "{}", again.body);
        let upcoming = api.get("/v1/upcoming?span=week").await.expect(200).json();
        assert!(upcoming["items"].is_array(), "{upcoming}");
        product.advance(hours(1));
        let decisions = api.get(&format!("/v1/decisions?debtor_id={}", business.ana.id)).await.expect(200).json();
        let outcomes: Vec<&str> =
            decisions["items"].as_array().expect("items").iter().filter_map(|row| row["outcome"].as_str()).collect();
        assert!(outcomes.contains(&"send"), "{decisions}");
        let agent = console_as(&product, &business.creditor, Role::Agent).await;
        let page =
            agent.get(&format!("/console/reminders/decisions?debtor={}", business.ana.reference)).await.expect(200);
        assert!(page.body.contains(&business.ana.name), "{}", page.body);
        agent.get("/console/reminders/decisions?debtor=NOBODY").await.expect(422);
    })
    .await;
}
