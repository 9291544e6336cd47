//! The few fields of Stripe's objects that we read. Unknown fields and values pass: an answer and an event are read by the
//! same types, so that the return page, the reconciler and the webhook see the same thing.

use serde::Deserialize;
use std::collections::HashMap;

/// A Checkout Session.
#[derive(Debug, Deserialize)]
pub(super) struct Session {
    pub id: String,
    pub url: Option<String>,
    pub status: Option<String>,
    pub payment_status: Option<String>,
    pub amount_total: Option<i64>,
    pub currency: Option<String>,
    pub payment_intent: Option<Expandable<PaymentIntent>>,
    pub mode: Option<String>,
    pub customer: Option<Expandable<Named>>,
    pub setup_intent: Option<Expandable<SetupIntent>>,
    #[serde(default)]
    pub payment_method_types: Vec<String>,
    pub metadata: Option<HashMap<String, String>>,
}

/// A PaymentIntent: Stripe's payment.
#[derive(Debug, Deserialize)]
pub(super) struct PaymentIntent {
    pub id: String,
    pub status: Option<String>,
    pub created: Option<i64>,
    pub amount_received: Option<i64>,
    pub currency: Option<String>,
    pub last_payment_error: Option<PaymentError>,
    pub latest_charge: Option<Expandable<Charge>>,
    pub metadata: Option<HashMap<String, String>>,
}

/// Why the last try failed.
#[derive(Debug, Deserialize)]
pub(super) struct PaymentError {
    pub code: Option<String>,
    pub decline_code: Option<String>,
    pub payment_method: Option<PaymentMethod>,
}

/// How it was to be paid.
#[derive(Debug, Deserialize)]
pub(super) struct PaymentMethod {
    #[serde(rename = "type")]
    pub kind: Option<String>,
}

/// How a method is saved.
#[derive(Debug, Deserialize)]
pub(super) struct SetupIntent {
    pub status: Option<String>,
    pub customer: Option<Expandable<Named>>,
    pub payment_method: Option<Expandable<SavedMethod>>,
    pub last_setup_error: Option<PaymentError>,
}

/// A method that was saved.
#[derive(Debug, Deserialize)]
pub(super) struct SavedMethod {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub card: Option<Card>,
}

/// What a card looks like.
#[derive(Debug, Deserialize)]
pub(super) struct Card {
    pub brand: String,
    pub last4: String,
    pub exp_month: i8,
    pub exp_year: i16,
}

/// A card holder's objection.
#[derive(Debug, Deserialize)]
pub(super) struct Dispute {
    pub id: String,
    pub amount: i64,
    pub currency: String,
    pub status: String,
    pub payment_intent: Option<Expandable<Named>>,
}

/// The answer to a charge that the bank declined.
#[derive(Debug, Deserialize)]
pub(super) struct Declined {
    pub error: PaymentError,
}

/// Whom a method belongs to.
#[derive(Debug, Deserialize)]
pub(super) struct MethodHolder {
    pub customer: Option<Expandable<Named>>,
}

/// The money movement of a payment.
#[derive(Debug, Deserialize)]
pub(super) struct Charge {
    pub created: Option<i64>,
    pub refunds: Option<List<Refund>>,
}

/// Money on its way back.
#[derive(Debug, Deserialize)]
pub(super) struct Refund {
    pub id: String,
    pub status: Option<String>,
    pub amount: i64,
    pub currency: String,
    pub created: Option<i64>,
    pub payment_intent: Option<Expandable<Named>>,
    pub metadata: Option<HashMap<String, String>>,
}

/// A page of things.
#[derive(Debug, Deserialize)]
pub(super) struct List<T> {
    pub data: Vec<T>,
}

/// An object of which only the name counts.
#[derive(Debug, Deserialize)]
pub(super) struct Named {
    pub id: String,
}

/// An object, or only its name, as the request asked.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Expandable<T> {
    Id(String),
    Object(Box<T>),
}

impl<T> Expandable<T> {
    pub(super) fn object(&self) -> Option<&T> {
        match self {
            Self::Id(_) => None,
            Self::Object(object) => Some(object),
        }
    }
}

impl Expandable<PaymentIntent> {
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Id(id) => id,
            Self::Object(payment) => &payment.id,
        }
    }
}

impl Expandable<Named> {
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Id(id) => id,
            Self::Object(named) => &named.id,
        }
    }
}

/// An event's envelope; the object is read once its type is known.
#[derive(Debug, Deserialize)]
pub(super) struct Event {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub created: i64,
    pub livemode: bool,
    pub account: Option<String>,
    pub data: EventData,
}

/// What an event is about.
#[derive(Debug, Deserialize)]
pub(super) struct EventData {
    pub object: serde_json::Value,
}
