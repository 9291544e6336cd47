//! Corrections of an account: claims that shrink, money that came by bank, credit that is used.

use crate::payment::Money;
use saldo_domain::calendar::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Reduces a claim (a credit note), or gives it up (a write-off).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
    "invoice_id": "018f0000-0000-7000-8000-000000000001",
    "amount": {"minor": 5000, "currency": "MXN"},
    "reason": "Two boxes came back"
})))]
#[serde(deny_unknown_fields)]
pub struct ReduceClaim {
    /// The item.
    pub invoice_id: Uuid,
    /// How much, at most what is open.
    pub amount: Money,
    /// Why, 1 to 500 characters.
    pub reason: String,
}

/// Records money that came by bank.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
    "debtor_id": "018f0000-0000-7000-8000-000000000002",
    "amount": {"minor": 98000, "currency": "MXN"},
    "value_on": "2026-03-10",
    "reference": "SPEI 8823310",
    "invoice_ids": []
})))]
#[serde(deny_unknown_fields)]
pub struct RecordBankPayment {
    /// Who paid.
    pub debtor_id: Uuid,
    /// How much; its currency names the account.
    pub amount: Money,
    /// The bank's value date: it decides over early-payment discounts.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub value_on: Date,
    /// The bank's reference, unique for the creditor, 1 to 80 characters.
    pub reference: String,
    /// What it pays; the oldest due first where nothing is named.
    #[serde(default)]
    pub invoice_ids: Vec<Uuid>,
}

/// What of a debtor's credit was used.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreditUsed {
    /// What was applied to open items, by currency; empty where there was nothing to do.
    pub applied: Vec<Money>,
}
