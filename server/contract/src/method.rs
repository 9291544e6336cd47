//! Saved payment methods and chargebacks.

use crate::payment::Money;
use saldo_domain::calendar::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A payment method that a debtor saved: how it looks, never a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
    "id": "0192f000-0000-7000-8000-000000000001", "debtor_id": "0192f000-0000-7000-8000-000000000002",
    "kind": "card", "brand": "visa", "last4": "4242", "expires": "2034-12", "saved_at": "2026-03-01T12:00:00Z"})))]
#[serde(deny_unknown_fields)]
pub struct SavedMethod {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub debtor_id: Uuid,
    /// `card`.
    pub kind: String,
    /// Who issued it: `visa`.
    pub brand: String,
    /// The last four digits.
    pub last4: String,
    /// The last month in which it works, `YYYY-MM`; none where it does not end.
    pub expires: Option<String>,
    /// When it was saved.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub saved_at: Timestamp,
}

/// A debtor's saved methods, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SavedMethods {
    /// Those that can be charged.
    pub items: Vec<SavedMethod>,
}

/// A payment that its card holder disputes at the bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
    "id": "0192f000-0000-7000-8000-000000000003", "debtor_id": "0192f000-0000-7000-8000-000000000002",
    "payment_id": "0192f000-0000-7000-8000-000000000004", "amount": {"minor": 41150, "currency": "MXN"},
    "provider": "stripe", "provider_reference": "du_1", "standing": "opened", "opened_at": "2026-03-12T09:00:00Z",
    "ended_at": null})))]
#[serde(deny_unknown_fields)]
pub struct Chargeback {
    /// Its id.
    pub id: Uuid,
    /// Who had paid.
    pub debtor_id: Uuid,
    /// Which payment.
    pub payment_id: Uuid,
    /// What is disputed.
    pub amount: Money,
    /// `stripe`, `sandbox`.
    pub provider: String,
    /// The provider's name of it.
    pub provider_reference: String,
    /// `opened`: what was paid is open again; `won`: the money counts again; `lost`: it stays open.
    pub standing: String,
    /// When it opened.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub opened_at: Timestamp,
    /// When it was won or lost.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub ended_at: Option<Timestamp>,
}
