//! What each route of the API is sent by the table of callers.

use reqwest::{RequestBuilder, header};
use serde_json::{Value, json};

use crate::world;

/// The request with the body that names a row, else with one that the route takes.
pub fn with_body(request: RequestBuilder, (method, path): (&str, &str), body: Option<Value>) -> RequestBuilder {
    match (method, path, body) {
        (_, _, Some(body)) => request.json(&body),
        ("POST", "/v1/policies", _) => request.json(&world::policy()),
        ("POST", "/v1/policies/replay", _) => request.json(&json!({"policy": world::discount()})),
        ("PUT", "/v1/policies/{policy_id}", _) => {
            request.json(&json!({"revision": 1, "name": "From the table", "body": world::policy()["body"]}))
        }
        ("POST", "/v1/policies/{policy_id}/publish", _) => request.json(&json!({"revision": 2})),
        ("PATCH", "/v1/creditor", _) => request.json(&json!({"widget_origins": ["https://shop.example"]})),
        ("POST", "/v1/payment-plans/{plan_id}/reject" | "/v1/payment-plans/{plan_id}/cancel", _) => {
            request.json(&json!({}))
        }
        ("PUT", "/v1/debtors/{debtor_id}/consents", _) => {
            request.json(&json!({"channel": "letter", "state": "given", "proof": "the table"}))
        }
        ("PUT", "/v1/debtors", _) => request.json(&json!({"reference": "TABLE", "name": "From the table"})),
        ("POST", "/v1/imports/{import_id}/send-invoices", _) => request.json(&json!({})),
        ("POST", "/v1/imports", _) => request
            .header(header::CONTENT_TYPE, "text/csv")
            .body("debtor,number,issued,due,amount\nIMP,IMP-1,2026-03-01,2026-05-01,1.00\n"),
        ("POST", "/v1/subscribers", _) => request.json(&json!({"name": "the table", "url": "https://93.184.216.34/"})),
        ("POST", "/v1/subscribers/{subscriber_id}/replay", _) => {
            request.json(&json!({"since": "2026-01-01T00:00:00Z"}))
        }
        ("POST", "/v1/widget-keys", _) => request.json(&json!({"name": "the table", "algorithm": "HS256"})),
        (_, "/v1/disputes/{dispute_id}/resolve", _) => {
            request.json(&json!({"outcome": "rejected", "note": "the table"}))
        }
        (_, "/v1/transfers/{transfer_id}/match" | "/v1/call-tasks/{task_id}/assign", _) => request.json(&json!({})),
        (_, "/v1/messages/{message_id}/send-again", _) => request.json(&json!({"reason": "the table"})),
        (_, "/v1/calls/{call_id}/report", _) => request.json(&json!({"outcome": "reached"})),
        (_, "/v1/transfers/{transfer_id}/reject", _) => request.json(&json!({"note": "the table"})),
        (_, "/v1/invoices/{invoice_id}/discount", _) => {
            request.json(&json!({"rate_bps": 100, "until_on": "2026-06-01"}))
        }
        _ => request,
    }
}
