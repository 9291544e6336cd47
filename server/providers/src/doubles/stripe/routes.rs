//! The double's HTTP side: keys, idempotency, misbehaviour, and the four endpoints.

use super::super::broken::Broken;
use super::model::Session;
use super::{Inner, Misbehaviour, Operation, Shared, form, schema};
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};
use std::sync::Arc;

const BODY_BYTES_MAX: usize = 256 * 1024;

/// One request that the double received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Lower case.
    pub method: String,
    /// With `/v1`, without the query.
    pub path: String,
    /// The query as a tree.
    pub query: Value,
    /// The form as a tree.
    pub form: Value,
    /// The idempotency key.
    pub idempotency_key: Option<String>,
    /// The account that it was to act for.
    pub account: Option<String>,
}

/// What an idempotency key remembers.
#[derive(Debug, Clone)]
pub(super) struct Remembered {
    asked: (String, Value),
    status: u16,
    answer: Value,
}

pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new().route("/c/pay/{reference}", get(page)).fallback(api).with_state(shared)
}

async fn page(Path(reference): Path<String>) -> String {
    format!("Stripe's page of {reference}")
}

async fn api(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let recorded = match record(request).await {
        Ok(recorded) => recorded,
        Err(response) => return response,
    };
    let (misbehaviour, status, answer) = {
        let mut inner = shared.lock();
        inner.answer(recorded)
    };
    match misbehaviour {
        Some(Misbehaviour::TimeOut { .. }) => std::future::pending().await,
        Some(Misbehaviour::BreakOff) => Response::new(Body::new(Broken::default())),
        Some(Misbehaviour::AnswerHugely) => {
            (StatusCode::OK, format!("{answer}{}", " ".repeat(3 * 1024 * 1024))).into_response()
        }
        Some(Misbehaviour::AnswerGarbage) => (StatusCode::OK, "<html>not JSON</html>").into_response(),
        _ => json_response(status, &answer),
    }
}

/// Reads a request whose key is a secret key; the key itself is not kept.
async fn record(request: Request) -> Result<Recorded, Response> {
    let (parts, body) = request.into_parts();
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    if !header("authorization").is_some_and(|key| key.starts_with("Bearer sk_") || key.starts_with("Bearer rk_")) {
        let words = "You did not provide an API key.";
        return Err(json_response(401, &problem("invalid_request_error", "api_key_missing", words)));
    }
    let malformed = |words: String| json_response(400, &problem("invalid_request_error", "malformed", &words));
    let body = axum::body::to_bytes(body, BODY_BYTES_MAX).await.map_err(|error| malformed(error.to_string()))?;
    let body = std::str::from_utf8(&body).map_err(|error| malformed(error.to_string()))?;
    Ok(Recorded {
        method: parts.method.as_str().to_ascii_lowercase(),
        path: parts.uri.path().to_owned(),
        query: form::parse(parts.uri.query().unwrap_or_default()).map_err(malformed)?,
        form: form::parse(body).map_err(malformed)?,
        idempotency_key: header("idempotency-key"),
        account: header("stripe-account"),
    })
}

fn json_response(status: u16, answer: &Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [("content-type", "application/json")], answer.to_string()).into_response()
}

pub(super) fn problem(kind: &str, code: &str, message: &str) -> Value {
    json!({"error": {"type": kind, "code": code, "message": message}})
}

pub(super) fn refused(code: &str, message: &str) -> (u16, Value) {
    (400, problem("invalid_request_error", code, message))
}

/// Whether the payment with its charge is to come along; without, only its name does.
fn expands(parameters: &Value) -> bool {
    parameters["expand"].as_array().is_some_and(|paths| paths.contains(&json!("payment_intent.latest_charge")))
}

fn operation(recorded: &Recorded) -> Option<(Operation, String)> {
    let parts: Vec<&str> = recorded.path.trim_start_matches("/v1/").split('/').collect();
    let post = recorded.method == Method::POST.as_str().to_ascii_lowercase();
    Some(match (post, parts.as_slice()) {
        (true, ["checkout", "sessions"]) => (Operation::Open, String::new()),
        (false, ["checkout", "sessions", id]) => (Operation::Find, (*id).to_owned()),
        (true, ["checkout", "sessions", id, "expire"]) => (Operation::Expire, (*id).to_owned()),
        (true, ["refunds"]) => (Operation::Refund, String::new()),
        (false, ["refunds"]) => (Operation::ListRefunds, String::new()),
        (true, ["payment_intents"]) => (Operation::Charge, String::new()),
        (false, ["payment_intents"]) => (Operation::ListCharges, String::new()),
        (true, ["payment_methods", id, "detach"]) => (Operation::Detach, (*id).to_owned()),
        (false, ["payment_methods", id]) => (Operation::FindMethod, (*id).to_owned()),
        _ => return None,
    })
}

impl Inner {
    fn answer(&mut self, recorded: Recorded) -> (Option<Misbehaviour>, u16, Value) {
        self.recorded.push(recorded.clone());
        let wrong = schema::judge_request(&recorded.method, &recorded.path, &recorded.query, &recorded.form);
        self.violations.extend(wrong.iter().map(|reason| format!("{} {}: {reason}", recorded.method, recorded.path)));
        let Some((operation, id)) = operation(&recorded) else {
            return (None, 404, problem("invalid_request_error", "url_unknown", "Unrecognized request URL"));
        };
        if matches!(operation, Operation::Open | Operation::Refund | Operation::Charge)
            && recorded.idempotency_key.is_none()
        {
            self.violations.push(format!("{} without an idempotency key", recorded.path));
        }
        if let Some(reason) = wrong.first() {
            let (status, answer) = refused("parameter_unknown", reason);
            return (None, status, answer);
        }
        self.model.let_time_pass();
        let misbehaviour = self.misbehaviours.get_mut(&operation).and_then(std::collections::VecDeque::pop_front);
        let down = |status| (status, problem("api_error", "down", "Something went wrong on our side"));
        match misbehaviour {
            Some(Misbehaviour::FailBefore(status)) => {
                let (status, answer) = down(status);
                return (misbehaviour, status, answer);
            }
            Some(Misbehaviour::TimeOut { after_work: false }) => return (misbehaviour, 0, Value::Null),
            _ => {}
        }
        let failure = match misbehaviour {
            Some(Misbehaviour::FailAfter { status, .. }) => Some(down(status)),
            _ => None,
        };
        let remembers_failure = matches!(misbehaviour, Some(Misbehaviour::FailAfter { replayed: true, .. }));
        let done = self.once(operation, &id, &recorded, failure.clone().filter(|_| remembers_failure));
        let (status, answer) = failure.unwrap_or(done);
        (misbehaviour, status, answer)
    }

    /// Does the work unless the key has seen it.
    fn once(
        &mut self,
        operation: Operation,
        id: &str,
        recorded: &Recorded,
        remembered_instead: Option<(u16, Value)>,
    ) -> (u16, Value) {
        let asked = (recorded.path.clone(), recorded.form.clone());
        let known = recorded.idempotency_key.as_ref().and_then(|key| self.answers.get(key));
        match known {
            Some(known) if known.asked == asked => return (known.status, known.answer.clone()),
            Some(_) => {
                let words = "Keys for idempotent requests can only be used with the same parameters.";
                return (400, problem("idempotency_error", "idempotency_key_in_use", words));
            }
            None => {}
        }
        let done = self.work(operation, id, recorded);
        if let Some(key) = &recorded.idempotency_key {
            let (status, answer) = remembered_instead.unwrap_or_else(|| done.clone());
            self.answers.insert(key.clone(), Remembered { asked, status, answer });
        }
        done
    }

    fn work(&mut self, operation: Operation, id: &str, recorded: &Recorded) -> (u16, Value) {
        let missing = || (404, problem("invalid_request_error", "resource_missing", "No such object"));
        let (name, (status, answer)) = match operation {
            Operation::Open if recorded.form["mode"] == "setup" => {
                ("checkout.session", self.open_setup(&recorded.form))
            }
            Operation::Open => ("checkout.session", self.open(&recorded.form)),
            Operation::Find if self.model.setups.contains_key(id) => {
                let expanded = recorded.query["expand"][0] == "setup_intent.payment_method";
                ("checkout.session", (200, self.model.setup_object(id, expanded)))
            }
            Operation::Find => match self.model.session_object(id, expands(&recorded.query)) {
                Value::Null => return missing(),
                session => ("checkout.session", (200, session)),
            },
            Operation::Charge => ("payment_intent", self.charge(&recorded.form)),
            Operation::ListCharges => return (200, self.list_charges(&recorded.query)),
            Operation::Detach => ("payment_method", self.detach(id)),
            Operation::FindMethod => match self.model.method_object(id) {
                Value::Null => return missing(),
                method => ("payment_method", (200, method)),
            },
            Operation::Expire => match self.model.sessions.contains_key(id) {
                false => return missing(),
                true if self.model.expire(id) => {
                    ("checkout.session", (200, self.model.session_object(id, expands(&recorded.form))))
                }
                true => return refused("checkout_session_not_open", "Only Checkout Sessions with a status in [open]"),
            },
            Operation::Refund => ("refund", self.refund(&recorded.form)),
            Operation::ListRefunds => return (200, self.list_refunds(&recorded.query)),
        };
        if status == 200 {
            let wrong = schema::judge_object(name, &answer);
            self.violations.extend(wrong.into_iter().map(|reason| format!("the double's own answer: {reason}")));
        }
        (status, answer)
    }

    fn open(&mut self, form: &Value) -> (u16, Value) {
        let number = |value: &Value| value.as_str().and_then(|text| text.parse::<i64>().ok());
        let price = &form["line_items"][0]["price_data"];
        let (Some(amount), Some(currency)) = (number(&price["unit_amount"]), price["currency"].as_str()) else {
            return refused("parameter_missing", "line_items");
        };
        let now = self.model.now;
        let expires_at = number(&form["expires_at"]).unwrap_or(now + 86_400);
        if !(now + 1_800..=now + 86_400).contains(&expires_at) {
            return refused("parameter_invalid", "The `expires_at` timestamp must be 30 minutes to 24 hours away.");
        }
        if amount < 50 {
            return refused("amount_too_small", "The amount is below the smallest charge.");
        }
        let id = self.model.name("cs_test");
        let or_null = |name: &str| form.get(name).cloned().unwrap_or(Value::Null);
        let or_empty = |value: Option<&Value>| value.cloned().unwrap_or_else(|| json!({}));
        let session = Session {
            id: id.clone(),
            amount,
            currency: currency.to_owned(),
            metadata: or_empty(form.get("metadata")),
            payment_metadata: or_empty(form.pointer("/payment_intent_data/metadata")),
            client_reference_id: or_null("client_reference_id"),
            locale: or_null("locale"),
            success_url: or_null("success_url"),
            cancel_url: or_null("cancel_url"),
            created: now,
            expires_at,
            status: "open",
            payment_status: "unpaid",
            payment: None,
        };
        self.model.sessions.insert(id.clone(), session);
        (200, self.model.session_object(&id, false))
    }
}
