//! One row of each kind that reminders leave behind, so that each exists on both sides of the wall.

use jiff::civil::Date;
use saldo_domain::actor::Actor;
use saldo_domain::creditor::Creditor;
use saldo_domain::ids::{CallId, CallTaskId, CreditorId};
use saldo_domain::reminder::DunningStep;
use saldo_store::call::CallRow;
use saldo_store::call_task;
use saldo_tests::product::Product;
use serde_json::{Value, json};

use crate::support::Api;
use crate::terms::publish;
use crate::world::{first_id, fresh, text};

/// One of each, of a debtor of their own, whom nothing holds back.
#[derive(Debug, Clone)]
pub struct Outreach {
    pub ladder: String,
    pub rehearsal: String,
    pub message: String,
    pub task: String,
    pub call: String,
    pub widget_key: String,
}

impl Outreach {
    /// Ids that nothing has.
    pub fn absent() -> Self {
        Self {
            ladder: fresh(),
            rehearsal: fresh(),
            message: fresh(),
            task: fresh(),
            call: fresh(),
            widget_key: fresh(),
        }
    }

    /// A reminder is sent, an agent calls, a further ladder is drafted and rehearsed.
    pub async fn make(product: &Product, creditor: &Creditor, api: &Api, beside: &str) -> Self {
        let reference = format!("{beside}-R");
        let debtor = json!({"reference": reference, "name": "Rita Reyes", "country": "MX", "phone": "55 1234 5678",
            "email": "rita@example.com"});
        let debtor = text(&api.put("/v1/debtors", &debtor).await.expect(200).json()["id"]);
        let calls = json!({"channel": "call", "state": "given", "proof": "by letter"});
        api.put(&format!("/v1/debtors/{debtor}/consents"), &calls).await.expect(200);
        let invoice = json!({"debtor_reference": reference, "number": reference, "issued_on": "2026-01-20",
            "due_on": "2026-02-20", "amount": {"minor": 50_000, "currency": "MXN"}});
        api.post("/v1/invoices", &invoice).await.expect(200);
        let ladder = draft(api).await;
        let mut body = ladder["body"].clone();
        body["steps"] = json!([{"counts_from": "due_date", "offset": 1, "channels": ["email"], "template": "overdue",
            "tone": "firm", "escalation": {"kind": "hand_over"}}]);
        let edit = json!({"revision": ladder["revision"], "name": ladder["name"], "body": body});
        let ladder = api.put(&format!("/v1/policies/{}", text(&ladder["id"])), &edit).await.expect(200).json();
        publish(api, &ladder, None).await.expect(200);
        product.tick().await;
        product.work().await;
        let message = first_id(&api.get(&format!("/v1/messages?debtor_id={debtor}")).await.expect(200).json());
        let tasks = api.get("/v1/call-tasks?limit=200").await.expect(200).json();
        let tasks = tasks["items"].as_array().expect("tasks").iter();
        let task = text(&tasks.clone().find(|task| task["debtor_id"] == debtor).expect("an agent is to call")["id"]);
        let call = call(product, creditor.id, &task).await;
        let ladder = text(&draft(api).await["id"]);
        let rehearsal = api.post("/v1/rehearsals", &json!({"policy_id": ladder})).await.expect(201).json();
        let key = json!({"name": reference, "algorithm": "HS256"});
        let key = api.post("/v1/widget-keys", &key).await.expect(201).json();
        Self { ladder, rehearsal: text(&rehearsal["id"]), message, task, call, widget_key: text(&key["key"]["id"]) }
    }
}

/// A call that was begun: written by hand, since the rules allow none on the day of a message.
async fn call(product: &Product, creditor: CreditorId, task: &str) -> String {
    let tx = product.app.store().write_of(creditor).await.expect("the database answers");
    let task = call_task::load(&tx, creditor, CallTaskId(task.parse().expect("an id"))).await.expect("the task");
    let row = CallRow {
        id: CallId(product.app.ambient().uuid_v7()),
        task_id: task.id,
        debtor_id: task.debtor_id,
        called_at: product.app.now(),
        called_by: Actor::Operator,
        end: None,
        step: DunningStep { offset: 1, due_on: Date::constant(2026, 2, 20) },
    };
    saldo_store::call::insert(&tx, creditor, &row).await.expect("a call");
    tx.commit().await.expect("it is kept");
    row.id.to_string()
}

/// A new version of the ladder in pesos, not yet published.
async fn draft(api: &Api) -> Value {
    let policies = api.get("/v1/policies?kind=dunning").await.expect(200).json();
    let policies = policies["items"].as_array().expect("policies");
    let pesos = policies.iter().find(|policy| policy["body"]["segment"]["currency"] == "MXN").expect("one in pesos");
    api.post(&format!("/v1/policies/{}/revise", text(&pesos["id"])), &json!({})).await.expect(200).json()
}
