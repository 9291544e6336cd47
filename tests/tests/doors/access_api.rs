//! Every route of the API × who calls × whose row it names.

use std::collections::BTreeSet;

use reqwest::Method;
use saldo_domain::planted::Bug;
use saldo_tests::figures;
use saldo_tests::product::Product;
use serde_json::{Value, json};

use crate::support::{Answer, ana, on_both};
use crate::world::{self, Ids, bank_payment, dispute, fresh, promise, propose, reduce};
use crate::{access_bodies, claim_stand, events_more};

/// What a route names.
#[derive(Clone, Copy)]
pub enum Names {
    /// Nothing: it answers with the caller's own.
    Nothing,
    /// A row in its path.
    Row(fn(&Ids) -> &String),
    /// A row in its query.
    Query(fn(&Ids) -> String),
    /// A row in its body.
    Body(fn(&Ids) -> Value),
    /// A filter: a foreign row filters everything away, as an absent one does.
    Filter(fn(&Ids) -> String),
}

pub struct Route {
    method: &'static str,
    path: &'static str,
    scope: &'static str,
    names: Names,
    good: u16,
}

pub const fn route(method: &'static str, path: &'static str, scope: &'static str, names: Names, good: u16) -> Route {
    Route { method, path, scope, names, good }
}

pub const fn list(path: &'static str) -> Route {
    route("GET", path, "read", Names::Nothing, 200)
}

fn table() -> Vec<Route> {
    vec![
        list("/v1/creditor"),
        route("PATCH", "/v1/creditor", "write", Names::Nothing, 200),
        list("/v1/debtors"),
        route("PUT", "/v1/debtors", "write", Names::Nothing, 200),
        route("GET", "/v1/debtors/{debtor_id}", "read", Names::Row(|ids| &ids.debtor), 200),
        route("GET", "/v1/debtors/{debtor_id}/consents", "read", Names::Row(|ids| &ids.debtor), 200),
        route("PUT", "/v1/debtors/{debtor_id}/consents", "write", Names::Row(|ids| &ids.debtor), 200),
        route("GET", "/v1/debtors/{debtor_id}/statement", "read", Names::Row(|ids| &ids.debtor), 200),
        route("GET", "/v1/invoices", "read", Names::Filter(|ids| format!("debtor_id={}", ids.debtor)), 200),
        route("POST", "/v1/invoices", "write", Names::Body(|ids| invoice(&ids.reference)), 200),
        route("GET", "/v1/invoices/{invoice_id}", "read", Names::Row(|ids| &ids.invoice), 200),
        list("/v1/imports"),
        route("POST", "/v1/imports", "import", Names::Nothing, 200),
        route("GET", "/v1/imports/{import_id}", "read", Names::Row(|ids| &ids.import), 200),
        route("POST", "/v1/imports/{import_id}/send-invoices", "write", Names::Row(|ids| &ids.import), 201),
        route("GET", "/v1/access-links", "links", Names::Query(|ids| format!("debtor_id={}", ids.debtor)), 200),
        route("POST", "/v1/access-links", "links", Names::Body(|ids| json!({"debtor_id": ids.debtor})), 201),
        route("POST", "/v1/access-links/{access_link_id}/revoke", "links", Names::Row(|ids| &ids.link), 200),
        route("POST", "/v1/access-links/{access_link_id}/renew", "links", Names::Row(|ids| &ids.link), 201),
        route("GET", "/v1/payments", "read", Names::Filter(|ids| format!("debtor_id={}", ids.debtor)), 200),
        route("GET", "/v1/payments/{payment_id}", "read", Names::Row(|ids| &ids.payment), 200),
        list("/v1/refunds"),
        route("POST", "/v1/refunds", "refunds", Names::Body(|ids| refund(&ids.payment)), 201),
        route("GET", "/v1/refunds/{refund_id}", "read", Names::Row(|ids| &ids.refund), 200),
        route("GET", "/v1/debtors/{debtor_id}/methods", "read", Names::Row(|ids| &ids.debtor), 200),
        route("DELETE", "/v1/methods/{method_id}", "write", Names::Row(|ids| &ids.method), 204),
        route("GET", "/v1/chargebacks", "read", Names::Filter(|ids| format!("debtor_id={}", ids.debtor)), 200),
        route("GET", "/v1/payment-plans", "read", Names::Filter(|ids| format!("debtor_id={}", ids.debtor)), 200),
        // On a balance that is not the one of now.
        route("POST", "/v1/payment-plans", "write", Names::Body(propose), 409),
        route("GET", "/v1/payment-plans/{plan_id}", "read", Names::Row(|ids| &ids.plan), 200),
        route("POST", "/v1/payment-plans/{plan_id}/approve", "adjust", Names::Row(|ids| &ids.plan), 200),
        route("POST", "/v1/payment-plans/{plan_id}/reject", "adjust", Names::Row(|ids| &ids.plan), 200),
        route("POST", "/v1/payment-plans/{plan_id}/cancel", "adjust", Names::Row(|ids| &ids.plan), 200),
        list("/v1/policies"),
        route("POST", "/v1/policies", "terms", Names::Nothing, 201),
        route("POST", "/v1/policies/replay", "read", Names::Nothing, 200),
        route("GET", "/v1/policies/{policy_id}", "read", Names::Row(|ids| &ids.policy), 200),
        route("PUT", "/v1/policies/{policy_id}", "terms", Names::Row(|ids| &ids.policy), 200),
        route("POST", "/v1/policies/{policy_id}/revise", "terms", Names::Row(|ids| &ids.policy), 200),
        route("POST", "/v1/policies/{policy_id}/publish", "terms", Names::Row(|ids| &ids.policy), 200),
        route("POST", "/v1/policies/{policy_id}/withdraw", "terms", Names::Row(|ids| &ids.policy), 200),
        route("POST", "/v1/previews", "read", Names::Body(|ids| preview(&ids.reference)), 200),
        route("POST", "/v1/message-previews", "read", Names::Body(|ids| words(&ids.reference)), 200),
    ]
}

/// What follows an invoice; in an order in which each finds what it needs.
fn later_rows() -> Vec<Route> {
    vec![
        route("GET", "/v1/disputes", "read", Names::Filter(|ids| format!("debtor_id={}", ids.debtor)), 200),
        route("POST", "/v1/disputes", "write", Names::Body(|ids| dispute(&ids.invoice)), 201),
        route("GET", "/v1/disputes/{dispute_id}", "read", Names::Row(|ids| &ids.claims.dispute), 200),
        route("POST", "/v1/disputes/{dispute_id}/resolve", "write", Names::Row(|ids| &ids.claims.dispute), 200),
        route("GET", "/v1/attachments/{attachment_id}", "read", Names::Row(|ids| &ids.claims.attachment), 200),
        route("GET", "/v1/promises", "read", Names::Filter(|ids| format!("debtor_id={}", ids.debtor)), 200),
        route("POST", "/v1/promises", "write", Names::Body(promise), 201),
        route("POST", "/v1/promises/{promise_id}/cancel", "write", Names::Row(|ids| &ids.claims.promise), 200),
        route("GET", "/v1/transfers", "read", Names::Filter(|ids| format!("debtor_id={}", ids.debtor)), 200),
        route(
            "POST",
            "/v1/transfers",
            "write",
            Names::Body(|ids| claim_stand::transfer(&ids.debtor, &ids.account)),
            201,
        ),
        route("GET", "/v1/transfers/{transfer_id}", "read", Names::Row(|ids| &ids.claims.transfer), 200),
        route("POST", "/v1/transfers/{transfer_id}/match", "adjust", Names::Row(|ids| &ids.claims.transfer), 200),
        route(
            "POST",
            "/v1/transfers/{transfer_id}/reject",
            "adjust",
            Names::Row(|ids| &ids.claims.other_transfer),
            200,
        ),
        route("GET", "/v1/holds", "read", Names::Filter(|ids| format!("debtor_id={}", ids.debtor)), 200),
        route("POST", "/v1/holds", "write", Names::Body(|ids| claim_stand::hold(&ids.debtor)), 201),
        route("POST", "/v1/holds/{hold_id}/end", "write", Names::Row(|ids| &ids.claims.hold), 200),
        route("GET", "/v1/settlement-offers", "read", Names::Filter(|ids| format!("debtor_id={}", ids.debtor)), 200),
        route(
            "POST",
            "/v1/settlement-offers",
            "adjust",
            Names::Body(|ids| claim_stand::settlement(&ids.debtor, &ids.account)),
            201,
        ),
        route("POST", "/v1/settlement-offers/{offer_id}/withdraw", "adjust", Names::Row(|ids| &ids.claims.offer), 200),
        route("POST", "/v1/invoices/{invoice_id}/discount", "adjust", Names::Row(|ids| &ids.invoice), 201),
        route("POST", "/v1/credit-notes", "adjust", Names::Body(|ids| reduce(&ids.invoice)), 201),
        route("POST", "/v1/write-offs", "adjust", Names::Body(|ids| reduce(&ids.invoice)), 201),
        route("POST", "/v1/bank-payments", "adjust", Names::Body(|ids| bank_payment(&ids.debtor)), 201),
        route("POST", "/v1/debtors/{debtor_id}/use-credit", "adjust", Names::Row(|ids| &ids.debtor), 200),
        list("/v1/journal"),
        route("GET", "/v1/audit", "read", Names::Filter(|ids| format!("subject_id={}", ids.member)), 200),
        route("GET", "/v1/reminders", "read", Names::Filter(|ids| format!("debtor_id={}", ids.debtor)), 200),
        route("POST", "/v1/rehearsals", "terms", Names::Body(|ids| json!({"policy_id": ids.policy})), 400),
        route("GET", "/v1/rehearsals/{rehearsal_id}", "read", Names::Row(|ids| &ids.job), 404),
        route("GET", "/v1/rehearsals/{rehearsal_id}/messages", "read", Names::Row(|ids| &ids.job), 404),
        route("GET", "/v1/rehearsals/{rehearsal_id}/text", "read", Names::Row(|ids| &ids.job), 404),
        list("/v1/upcoming"),
        route("POST", "/v1/debtors/{debtor_id}/send-now", "write", Names::Row(|ids| &ids.job), 404),
        route("GET", "/v1/decisions", "read", Names::Filter(|ids| format!("debtor_id={}", ids.debtor)), 200),
        list("/v1/effect"),
        list("/v1/call-tasks"),
        route("POST", "/v1/call-tasks/{task_id}/assign", "write", Names::Row(|ids| &ids.job), 404),
        route("POST", "/v1/call-tasks/{task_id}/calls", "write", Names::Row(|ids| &ids.job), 404),
        route("POST", "/v1/calls/{call_id}/report", "write", Names::Row(|ids| &ids.job), 404),
        route("GET", "/v1/messages", "read", Names::Filter(|ids| format!("debtor_id={}", ids.debtor)), 200),
        route("POST", "/v1/messages/{message_id}/send-again", "write", Names::Row(|ids| &ids.job), 404),
        list("/v1/inbound-events"),
        route("GET", "/v1/widget-keys", "links", Names::Nothing, 200),
        route("POST", "/v1/widget-keys", "links", Names::Nothing, 201),
        route("DELETE", "/v1/widget-keys/{widget_key_id}", "links", Names::Row(|ids| &ids.job), 404),
        route("POST", "/v1/widget-sessions", "links", Names::Body(|ids| widget(&ids.debtor)), 201),
    ]
}

/// Routes that know callers by something else than an API key; they have tests of their own.
const OTHER_DOORS: [(&str, &str); 5] = [
    ("GET", "/v1/webhooks/{provider}/{creditor_id}"),
    ("POST", "/v1/webhooks/{provider}/{creditor_id}"),
    ("POST", "/v1/widget/view"),
    ("POST", "/v1/widget/events"),
    ("POST", "/v1/widget/dismissals"),
];

fn invoice(reference: &str) -> Value {
    json!({"debtor_reference": reference, "number": "TABLE-1", "issued_on": "2026-03-01", "due_on": "2026-06-01",
        "amount": {"minor": 100, "currency": "MXN"}})
}

fn preview(reference: &str) -> Value {
    json!({"debtor_reference": reference, "due_on": "2026-06-01", "amount": {"minor": 100, "currency": "MXN"}})
}

fn words(reference: &str) -> Value {
    json!({"template": {"key": "overdue", "texts": [{"language": "en", "channel": "sms", "body": "{{ link }}"}]},
        "language": "en", "channel": "email", "debtor_reference": reference})
}

fn refund(payment: &str) -> Value {
    json!({"payment_id": payment, "amount": {"minor": 1, "currency": "MXN"}, "reason": "the table"})
}

fn widget(debtor: &str) -> Value {
    json!({"debtor_id": debtor, "origin": "https://shop.example"})
}

/// A caller: an API key, a cookie, or nothing.
#[derive(Clone)]
enum Caller {
    Nobody,
    Key(String),
    Browser(reqwest::Client),
}

async fn ask(product: &Product, route: &Route, caller: &Caller, ids: &Ids) -> Answer {
    let mut path = route.path.to_owned();
    let mut body = None;
    match route.names {
        Names::Nothing => {}
        Names::Row(id) => {
            let (start, end) = (path.find('{').expect("a parameter"), path.find('}').expect("a parameter"));
            path.replace_range(start..=end, id(ids));
        }
        Names::Query(query) | Names::Filter(query) => path = format!("{path}?{}", query(ids)),
        Names::Body(make) => body = Some(make(ids)),
    }
    let client = match caller {
        Caller::Browser(client) => client.clone(),
        _ => product.client(),
    };
    let method: Method = route.method.parse().expect("a method");
    let mut request = client.request(method, format!("{}{path}", product.url)).header("idempotency-key", fresh());
    if let Caller::Key(key) = caller {
        request = request.bearer_auth(key);
    }
    let request = access_bodies::with_body(request, (route.method, route.path), body);
    Answer::of(request.send().await.expect("an answer")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_answers_its_own_caller_and_hides_the_rows_of_others() {
    on_both(async |product| {
        let ours = product.business().await;
        let theirs = product.creditor("Otra Casa").await;
        let zoe = product.debtor(&theirs, "ZOE", "Zoe Prado", "MX").await;
        product.invoice((&theirs, &zoe), "Z-1", "2026-04-01", (77_000, "MXN")).await;
        let their_key = product.key(theirs.id, &saldo_app::flows::api_key::SCOPES).await;
        let own = world::live(&product, &ours.creditor, &ours.ana, &ours.key).await;
        let foreign = world::live(&product, &theirs, &zoe, &their_key).await;
        let absent = Ids::absent();
        let strangers = [
            ("nobody", Caller::Nobody),
            ("an unknown key", Caller::Key("saldo_key_unknown".to_owned())),
            ("a debtor's session", Caller::Browser(ana(&product, &ours).await.client)),
            ("a console's session", Caller::Browser(world::console(&product, &ours.creditor).await.client)),
        ];
        let (key, their_key) = (Caller::Key(ours.key.clone()), Caller::Key(their_key));
        for route in table().into_iter().chain(later_rows()).chain(events_more::rows()) {
            let name = format!("{} {}", route.method, route.path);
            for (who, stranger) in &strangers {
                let answer = ask(&product, &route, stranger, &own).await;
                assert_eq!((answer.status, answer.code().as_str()), (401, "key_invalid"), "{name}: {who}");
            }
            let others: Vec<&str> =
                saldo_app::flows::api_key::SCOPES.into_iter().filter(|s| *s != route.scope).collect();
            let narrow = Caller::Key(product.key(ours.creditor.id, &others).await);
            let answer = ask(&product, &route, &narrow, &own).await;
            assert_eq!((answer.status, answer.code().as_str()), (403, "scope_missing"), "{name}");

            let wrong = [
                ask(&product, &route, &key, &foreign).await,
                ask(&product, &route, &key, &absent).await,
                ask(&product, &route, &their_key, &own).await,
            ];
            match route.names {
                Names::Nothing => {}
                Names::Filter(_) => {
                    for answer in wrong {
                        assert_eq!(answer.status, 200, "{name}");
                        assert_eq!(answer.json()["items"], json!([]), "{name}");
                    }
                }
                _ => {
                    for answer in &wrong {
                        assert_eq!((answer.status, answer.code().as_str()), (404, "not_found"), "{name}: {answer:?}");
                        assert_eq!(answer.body, wrong[1].body, "{name}: foreign and absent differ");
                    }
                }
            }
            let answer = ask(&product, &route, &key, &own).await;
            assert_eq!(answer.status, route.good, "{name}: {}", answer.body);
        }
    })
    .await;
}

#[test]
fn every_documented_route_is_in_the_table() {
    let document = serde_json::to_value(saldo_app::http::openapi()).expect("a document");
    let mut documented = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        let methods = methods.as_object().expect("methods").keys();
        documented.extend(methods.map(|method| (method.to_uppercase(), path.clone())));
    }
    let all = table().into_iter().chain(later_rows()).chain(events_more::rows());
    let rows = all.map(|route| (route.method, route.path)).chain(OTHER_DOORS).collect::<Vec<_>>();
    let rows: BTreeSet<_> = rows.into_iter().map(|(method, path)| (method.to_owned(), path.to_owned())).collect();
    assert_eq!(documented, rows);
    let counted = format!("{} routes, asked by strangers and for own, foreign and absent rows", rows.len());
    figures::record(Bug::CreditorFilterDropped, "routes of the API", &counted);
}
