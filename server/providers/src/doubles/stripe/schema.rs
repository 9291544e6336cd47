//! Stripe's own OpenAPI description as a judge of what is sent to the double, and of what the double answers.

use serde_json::Value;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::OnceLock;

static SCHEMA: OnceLock<Option<Value>> = OnceLock::new();

/// The description beside the checkout; absent on other people's machines.
fn schema() -> Option<&'static Value> {
    SCHEMA
        .get_or_init(|| {
            let file = "../../../shared/data/stripe/openapi-2026-08-26.json";
            let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file);
            match std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()) {
                Some(schema) => Some(schema),
                None => {
                    // Past the test runner's capture: nobody shall believe that requests were judged.
                    let _ = writeln!(io::stderr(), "skipped: Stripe's schema is absent ({})", path.display());
                    None
                }
            }
        })
        .as_ref()
}

/// Whether requests can be judged here. Without it the tests say so loudly.
pub(super) fn is_present() -> bool {
    schema().is_some()
}

/// In a form every leaf is a string; in JSON it has its type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Form,
    Json,
}

/// What is wrong with a request, by Stripe's description.
pub(super) fn judge_request(method: &str, path: &str, query: &Value, body: &Value) -> Vec<String> {
    let Some(schema) = schema() else { return Vec::new() };
    let Some(operation) = operation(schema, method, path) else { return vec![format!("no such endpoint: {path}")] };
    let mut wrong = Vec::new();
    let parameters = operation.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
    for (name, value) in query.as_object().into_iter().flatten() {
        match parameters.iter().find(|known| known["in"] == "query" && known["name"] == name.as_str()) {
            Some(known) => walk(schema, &known["schema"], value, name, Form::Form, &mut wrong),
            None => wrong.push(format!("unknown query parameter: {name}")),
        }
    }
    let content = "/requestBody/content/application~1x-www-form-urlencoded/schema";
    match operation.pointer(content) {
        Some(expected) => walk(schema, expected, body, "body", Form::Form, &mut wrong),
        None if body.as_object().is_some_and(serde_json::Map::is_empty) => {}
        None => wrong.push("a body where none is taken".to_owned()),
    }
    wrong
}

/// What is wrong with an object of the double, by Stripe's description of it.
pub(super) fn judge_object(name: &str, object: &Value) -> Vec<String> {
    let Some(schema) = schema() else { return Vec::new() };
    let mut wrong = Vec::new();
    walk(schema, &schema["components"]["schemas"][name], object, name, Form::Json, &mut wrong);
    wrong
}

fn operation<'a>(schema: &'a Value, method: &str, path: &str) -> Option<&'a Value> {
    let asked: Vec<&str> = path.split('/').collect();
    let (_, methods) = schema["paths"].as_object()?.iter().find(|(template, methods)| {
        let parts: Vec<&str> = template.split('/').collect();
        let same = parts.iter().zip(&asked).all(|(part, asked)| part == asked || part.starts_with('{'));
        parts.len() == asked.len() && same && methods.get(method).is_some()
    })?;
    methods.get(method)
}

fn walk(schema: &Value, expected: &Value, value: &Value, at: &str, form: Form, wrong: &mut Vec<String>) {
    if let Some(name) = expected["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return walk(schema, &schema["components"]["schemas"][name], value, at, form, wrong);
    }
    if value.is_null() && form == Form::Json {
        if expected["nullable"] != true {
            wrong.push(format!("{at}: null"));
        }
        return;
    }
    if let Some(options) = expected["anyOf"].as_array() {
        let mut nearest: Option<Vec<String>> = None;
        for option in options {
            let mut reasons = Vec::new();
            walk(schema, option, value, at, form, &mut reasons);
            if nearest.as_ref().is_none_or(|known| reasons.len() < known.len()) {
                nearest = Some(reasons);
            }
        }
        wrong.extend(nearest.unwrap_or_default());
        return;
    }
    match expected["type"].as_str() {
        Some("object") => walk_object(schema, expected, value, at, form, wrong),
        Some("array") => match value.as_array() {
            Some(items) => {
                for (place, item) in items.iter().enumerate() {
                    walk(schema, &expected["items"], item, &format!("{at}[{place}]"), form, wrong);
                }
            }
            None => wrong.push(format!("{at}: not a list")),
        },
        Some(kind) if !is_leaf(kind, value, form) => wrong.push(format!("{at}: not of type {kind}")),
        _ => {}
    }
    let words = expected["enum"].as_array();
    if words.is_some_and(|words| !words.contains(value)) {
        wrong.push(format!("{at}: not one of the known words: {value}"));
    }
    let longest = expected["maxLength"].as_u64().and_then(|longest| usize::try_from(longest).ok());
    if value.as_str().zip(longest).is_some_and(|(text, longest)| text.chars().count() > longest) {
        wrong.push(format!("{at}: too long"));
    }
}

fn walk_object(schema: &Value, expected: &Value, value: &Value, at: &str, form: Form, wrong: &mut Vec<String>) {
    let Some(fields) = value.as_object() else { return wrong.push(format!("{at}: not a group")) };
    let known = expected["properties"].as_object();
    for (name, field) in fields {
        let at = format!("{at}.{name}");
        match (known.and_then(|known| known.get(name)), &expected["additionalProperties"]) {
            (Some(expected), _) => walk(schema, expected, field, &at, form, wrong),
            (None, others) if others.is_object() => walk(schema, others, field, &at, form, wrong),
            // A bare object without any description takes everything: an event's `data.object`.
            (None, _) if known.is_none_or(serde_json::Map::is_empty) && form == Form::Json => {}
            (None, _) => wrong.push(format!("{at}: unknown parameter")),
        }
    }
    for name in expected["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !fields.contains_key(name) {
            wrong.push(format!("{at}.{name}: missing"));
        }
    }
}

fn is_leaf(kind: &str, value: &Value, form: Form) -> bool {
    match (form, value) {
        (Form::Form, Value::String(text)) => match kind {
            "integer" => text.parse::<i64>().is_ok(),
            "number" => text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-')),
            "boolean" => matches!(text.as_str(), "true" | "false"),
            _ => true,
        },
        (Form::Form, _) => false,
        (Form::Json, value) => match kind {
            "integer" => value.is_i64(),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            _ => value.is_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const OPEN: &str = "/v1/checkout/sessions";

    #[test]
    fn what_stripe_does_not_know_is_named() {
        if !is_present() {
            return;
        }
        let table = [
            (json!({"mode": "payment"}), vec![]),
            (json!({"mode": "gift"}), vec!["body.mode: not one of the known words: \"gift\""]),
            (json!({"colour": "red"}), vec!["body.colour: unknown parameter"]),
            (json!({"expires_at": "soon"}), vec!["body.expires_at: not of type integer"]),
            (
                json!({"line_items": [{"price_data": {"unit_amount": "1"}}]}),
                vec!["body.line_items[0].price_data.currency: missing"],
            ),
            (json!({"metadata": {"attempt_id": "1"}}), vec![]),
            (json!({"metadata": "flat"}), vec!["body.metadata: not a group"]),
        ];
        for (body, expected) in table {
            assert_eq!(judge_request("post", OPEN, &json!({}), &body), expected, "{body}");
        }
        assert_eq!(judge_request("get", OPEN, &json!({"limit": "1"}), &json!({})), Vec::<String>::new());
        assert_eq!(
            judge_request("get", OPEN, &json!({"colour": "red"}), &json!({})),
            vec!["unknown query parameter: colour"]
        );
        assert_eq!(judge_request("post", "/v1/nowhere", &json!({}), &json!({})), vec!["no such endpoint: /v1/nowhere"]);
    }
}
