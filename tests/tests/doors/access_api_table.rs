//! The routes of the API that want a key, what each names, and what its own caller is answered.

use serde_json::{Value, json};

use crate::world::{Ids, bank_payment, dispute, promise, propose, reduce};
use crate::{claim_stand, events_more};

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

impl Names {
    /// What a route names, in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Nothing => "none: the caller's own",
            Self::Row(_) => "in the path",
            Self::Query(_) => "in the query",
            Self::Body(_) => "in the body",
            Self::Filter(_) => "in a filter",
        }
    }
}

pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    pub scope: &'static str,
    pub names: Names,
    pub good: u16,
}

pub const fn route(method: &'static str, path: &'static str, scope: &'static str, names: Names, good: u16) -> Route {
    Route { method, path, scope, names, good }
}

pub const fn list(path: &'static str) -> Route {
    route("GET", path, "read", Names::Nothing, 200)
}

/// Every route that wants a key.
pub fn every_route() -> impl Iterator<Item = Route> {
    table().into_iter().chain(later_rows()).chain(events_more::rows())
}

fn table() -> Vec<Route> {
    vec![
        route("GET", "/v1/rehearsals/{rehearsal_id}", "read", Names::Row(|ids| &ids.outreach.rehearsal), 200),
        route("GET", "/v1/rehearsals/{rehearsal_id}/messages", "read", Names::Row(|ids| &ids.outreach.rehearsal), 200),
        route("GET", "/v1/rehearsals/{rehearsal_id}/text", "read", Names::Row(|ids| &ids.outreach.rehearsal), 200),
        // A ladder has one rehearsal: a new one takes the place of the former.
        route("POST", "/v1/rehearsals", "terms", Names::Body(|ids| json!({"policy_id": ids.outreach.ladder})), 201),
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
        list("/v1/upcoming"),
        route("POST", "/v1/debtors/{debtor_id}/send-now", "write", Names::Row(|ids| &ids.debtor), 409),
        route("GET", "/v1/decisions", "read", Names::Filter(|ids| format!("debtor_id={}", ids.debtor)), 200),
        list("/v1/effect"),
        list("/v1/call-tasks"),
        route("POST", "/v1/call-tasks/{task_id}/assign", "write", Names::Row(|ids| &ids.outreach.task), 200),
        // A call that is under way is answered again.
        route("POST", "/v1/call-tasks/{task_id}/calls", "write", Names::Row(|ids| &ids.outreach.task), 200),
        route("POST", "/v1/calls/{call_id}/report", "write", Names::Row(|ids| &ids.outreach.call), 200),
        route("GET", "/v1/messages", "read", Names::Filter(|ids| format!("debtor_id={}", ids.debtor)), 200),
        route("POST", "/v1/messages/{message_id}/send-again", "write", Names::Row(|ids| &ids.outreach.message), 409),
        list("/v1/inbound-events"),
        route("GET", "/v1/widget-keys", "links", Names::Nothing, 200),
        route("POST", "/v1/widget-keys", "links", Names::Nothing, 201),
        route("DELETE", "/v1/widget-keys/{widget_key_id}", "links", Names::Row(|ids| &ids.outreach.widget_key), 204),
        route("POST", "/v1/widget-sessions", "links", Names::Body(|ids| widget(&ids.debtor)), 201),
    ]
}

/// Routes that know callers by something else than an API key; they have tests of their own.
pub const OTHER_DOORS: [(&str, &str); 5] = [
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
