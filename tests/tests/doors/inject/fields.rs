//! Every text that anybody can set, read off the OpenAPI document: a new one fails here until it says what becomes of it.

use std::collections::{BTreeMap, BTreeSet};

use saldo_domain::planted::Bug;
use saldo_tests::figures::record;
use saldo_tests::product::Product;
use serde_json::Value;

/// Texts that are kept as they were typed: where a program writes them, and what [`super::fill`] calls them.
pub const KEPT: &[(&str, &str)] = &[
    ("POST /v1/bank-payments reference", "bank_payment.reference"),
    ("POST /v1/credit-notes reason", "credit_note.reason"),
    ("PUT /v1/debtors name", "debtor.name"),
    ("PUT /v1/debtors postal_address", "debtor.postal_address"),
    ("PUT /v1/debtors reference", "debtor.reference"),
    ("PUT /v1/debtors/{debtor_id}/consents proof", "consent.proof"),
    ("POST /v1/disputes message", "dispute.message"),
    ("POST /v1/disputes/{dispute_id}/resolve note", "dispute.note"),
    ("POST /v1/holds reason", "hold.reason"),
    ("POST /v1/imports", "import.bad"),
    ("POST /v1/imports ?file_name", "import.file_name"),
    ("POST /v1/invoices description", "invoice.description"),
    ("POST /v1/invoices number", "invoice.number"),
    ("POST /v1/messages/{message_id}/send-again reason", "message.reason"),
    ("POST /v1/policies name", "policy.name"),
    ("POST /v1/policies body.texts[].body", "template.body"),
    ("POST /v1/policies body.texts[].subject", "template.subject"),
    ("POST /v1/refunds reason", "refund.reason"),
    ("POST /v1/subscribers name", "subscriber.name"),
    ("POST /v1/transfers reference", "transfer.reference"),
    ("POST /v1/transfers/{transfer_id}/reject note", "transfer.note"),
    ("POST /v1/webhooks/{provider}/{creditor_id}", "channel.detail"),
    ("POST /v1/widget-keys name", "widget_key.name"),
    ("POST /v1/write-offs reason", "write_off.reason"),
];

/// Texts that other services bring, beside those of [`KEPT`]: what debtors answer. Of Stripe's events nothing but ids,
/// amounts and words of ours is read.
pub const BROUGHT: &[&str] = &["reply.body"];

/// Texts that are kept by the same flow as one of [`KEPT`]: a call's report opens a dispute, an edit is a policy.
const ALIKE: &[&str] = &[
    "POST /v1/calls/{call_id}/report dispute.message",
    "POST /v1/calls/{call_id}/report note",
    "POST /v1/payment-plans/{plan_id}/cancel note",
    "POST /v1/payment-plans/{plan_id}/reject note",
    "PUT /v1/policies/{policy_id} body.texts[].body",
    "PUT /v1/policies/{policy_id} body.texts[].subject",
    "PUT /v1/policies/{policy_id} name",
];

/// Names of texts that have a form of their own: another text is refused, so that none of it is kept.
const STRICT: &[&str] = &[
    "approval",
    "autopay",
    "base",
    "brand_colour",
    "channel",
    "channels[]",
    "closed[]",
    "counts_from",
    "country",
    "currency",
    "debtor_reference",
    "early",
    "email",
    "frequency",
    "from",
    "key",
    "known",
    "language",
    "language_code",
    "locale",
    "name@whatsapp",
    "outcome",
    "paper",
    "parameters[]",
    "part_payments",
    "phone",
    "public_key",
    "reason@enum",
    "reply_to",
    "state",
    "tag",
    "tags[]",
    "template",
    "time_zone",
    "token",
    "tone",
    "types[]",
    "until",
    "url",
    "widget_origins[]",
    "origin",
];

/// Texts of a request that nothing keeps.
const ASKED: &[&str] = &["POST /v1/message-previews", "POST /v1/policies/replay", "POST /v1/previews"];

struct Reader<'a> {
    schemas: &'a Value,
    found: BTreeSet<String>,
}

impl Reader<'_> {
    /// Notes every text below a schema; `path` leads to it.
    fn read(&mut self, schema: &Value, path: &str, depth: usize) {
        assert!(depth < 24, "a schema holds itself: {path}");
        if let Some(name) = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
            return self.read(&self.schemas[name].clone(), path, depth + 1);
        }
        for word in ["oneOf", "anyOf", "allOf"] {
            for part in schema[word].as_array().into_iter().flatten() {
                self.read(part, path, depth + 1);
            }
        }
        let is = |kind: &str| {
            schema["type"] == kind || schema["type"].as_array().is_some_and(|all| all.contains(&kind.into()))
        };
        let free = schema["enum"].is_null() && schema["const"].is_null() && schema["format"].is_null();
        if is("string") && free {
            self.found.insert(path.to_owned());
        }
        if is("array") {
            self.read(&schema["items"], &format!("{path}[]"), depth + 1);
        }
        for (name, part) in schema["properties"].as_object().into_iter().flatten() {
            let path = if path.ends_with(' ') { format!("{path}{name}") } else { format!("{path}.{name}") };
            self.read(part, &path, depth + 1);
        }
    }
}

/// Every text of every request: `POST /v1/holds reason`, `GET /v1/debtors ?search`.
fn texts(document: &Value) -> BTreeSet<String> {
    let mut reader = Reader { schemas: &document["components"]["schemas"], found: BTreeSet::new() };
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            let operation_name = format!("{} {path} ", method.to_uppercase());
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                if parameter["in"] == "query" {
                    let name = parameter["name"].as_str().unwrap_or_default();
                    reader.read(&parameter["schema"], &format!("{operation_name}?{name}"), 0);
                }
            }
            for content in operation["requestBody"]["content"].as_object().into_iter().flat_map(|all| all.values()) {
                reader.read(&content["schema"], &operation_name, 0);
            }
        }
    }
    reader.found.into_iter().map(|path| path.trim_end().to_owned()).collect()
}

fn is_strict(path: &str) -> bool {
    let name = path.rsplit(['.', ' ']).next().unwrap_or_default();
    let named = if path.contains(".whatsapp.") && name == "name" { "name@whatsapp" } else { name };
    let is_enum = name == "reason" && path.contains("/report dispute.") || path == "POST /v1/disputes reason";
    STRICT.contains(&if is_enum { "reason@enum" } else { named })
}

#[tokio::test(flavor = "multi_thread")]
async fn every_text_of_the_api_says_what_becomes_of_it() {
    let product = Product::start(None).await;
    let document = product.client().get(format!("{}/openapi.json", product.url)).send().await.expect("an answer");
    let document: Value = document.json().await.expect("JSON");
    let texts = texts(&document);
    let kept: BTreeMap<&str, &str> = KEPT.iter().copied().collect();
    let unlisted: Vec<&String> = texts
        .iter()
        .filter(|path| !path.starts_with("GET ") || !path.contains('?'))
        .filter(|path| !kept.contains_key(path.as_str()) && !ALIKE.contains(&path.as_str()))
        .filter(|path| !ASKED.iter().any(|start| path.starts_with(start)))
        .filter(|path| !path.ends_with("?map") && !is_strict(path))
        .collect();
    assert!(unlisted.is_empty(), "list what becomes of these, and fill them: {unlisted:#?}");
    let gone: Vec<_> = kept.keys().chain(ALIKE).filter(|path| !texts.contains(**path)).collect();
    assert!(gone.is_empty(), "the document does not have these any more: {gone:#?}");
    let counted = format!("{} texts of requests, {} of them kept", texts.len(), kept.len() + ALIKE.len());
    record(Bug::UnescapedNote, "OpenAPI", &counted);
}
