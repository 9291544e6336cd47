//! Subscribers, and the events that they are told of.

use saldo_domain::calendar::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Asks for events.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"name": "accounting", "url": "https://books.example/saldo",
    "types": ["payment.recorded", "invoice.paid"]})))]
#[serde(deny_unknown_fields)]
pub struct CreateSubscriber {
    /// What people call it, 1 to 80 characters.
    pub name: String,
    /// Where events go: HTTPS on port 443 or 8443, on a public address.
    pub url: String,
    /// Which events: `invoice.issued`, `invoice.updated`, `invoice.paid`, `payment.recorded`, `refund.recorded`,
    /// `chargeback.recorded`, `payment.restored`, `plan.accepted`, `plan.completed`, `plan.broken`, `plan.canceled`,
    /// `promise.made`, `promise.withdrawn`, `promise.broken`, `dispute.opened`, `dispute.resolved`, `message.sent`,
    /// `message.failed`, `balance.changed`. Empty: all.
    #[serde(default)]
    pub types: Vec<String>,
}

/// Who is told of events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Subscriber {
    /// Its id.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// Where events go.
    pub url: String,
    /// Which events; empty: all.
    pub types: Vec<String>,
    /// `enabled`, `disabled`, or `gone`: it answered 410.
    pub state: String,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    /// Since when it has not taken an event.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub failing_since: Option<Timestamp>,
    /// How many events wait for it.
    pub waiting: u64,
    /// How many were given up after five days.
    pub dead: u64,
    /// Until when the former secret signs beside the present one.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub former_secret_until: Option<Timestamp>,
}

/// A subscriber with a new secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SubscriberSecret {
    /// The subscriber.
    pub subscriber: Subscriber,
    /// `whsec_` and base64: what signs its events. It is shown this once.
    pub secret: String,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"id": "0198f3a0-0000-7000-8000-000000000001",
    "type": "payment.recorded", "version": 1, "timestamp": "2026-03-03T15:00:00Z", "data": {
    "payment_id": "0198f3a0-0000-7000-8000-000000000002", "debtor_id": "0198f3a0-0000-7000-8000-000000000003",
    "account_id": "0198f3a0-0000-7000-8000-000000000004", "amount": {"minor": 123450, "currency": "MXN"},
    "unapplied": {"minor": 0, "currency": "MXN"}, "provider": "stripe", "effective_on": "2026-03-03"}})))]
#[serde(deny_unknown_fields)]
pub struct OutboundEvent {
    /// Its id, also in the header `webhook-id`: the same in every delivery.
    pub id: Uuid,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: String,
    /// The version of `data`.
    pub version: u32,
    /// When it happened.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub timestamp: Timestamp,
    /// Ids, amounts and states of what it happened to.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub data: serde_json::Value,
}

/// Finds events.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct OutboundEventQuery {
    /// Of this type.
    #[cfg_attr(feature = "openapi", param(example = "payment.recorded"))]
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Of this invoice, payment, plan, promise, dispute, message or account.
    pub object_id: Option<Uuid>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// How many rows, 1 to 200.
    pub limit: Option<u32>,
}

/// Finds deliveries.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct DeliveryQuery {
    /// `waiting`, `delivered`, `dead`.
    #[cfg_attr(feature = "openapi", param(example = "dead"))]
    pub state: Option<String>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// How many rows, 1 to 200.
    pub limit: Option<u32>,
}

/// That a subscriber is told of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OutboundDelivery {
    /// Of which event.
    pub event_id: Uuid,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: String,
    /// `waiting`, `delivered`, `dead`.
    pub state: String,
    /// How often it was offered.
    pub attempts: u32,
    /// The status of the last answer.
    pub status: Option<u16>,
    /// Why it did not arrive: `status`, `timeout`, `no_address`, `no_connection`, `broken_answer`, `private_address` …
    pub error: Option<String>,
    /// When it was offered last.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub attempted_at: Option<Timestamp>,
    /// When it is offered next.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub next_attempt_at: Option<Timestamp>,
}

/// Asks for events again.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"event_id": "0198f3a0-0000-7000-8000-000000000001"})))]
#[serde(deny_unknown_fields)]
pub struct ReplayEvents {
    /// This one.
    #[serde(default)]
    pub event_id: Option<Uuid>,
    /// Or every one since a moment that the subscriber wants.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub since: Option<Timestamp>,
}

/// What is told again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Replayed {
    /// How many events.
    pub count: u64,
}
