//! Bank transfers that debtors declare.

use crate::dispute::Attachment;
use crate::payment::Money;
use saldo_domain::calendar::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A bank transfer that a debtor says it has made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"id": "0198a000-0000-7000-8000-000000000001", "debtor_id": "0198a000-0000-7000-8000-000000000002",
    "account_id": "0198a000-0000-7000-8000-000000000004", "amount": {"minor": 120000, "currency": "MXN"},
    "made_on": "2026-03-09", "reference": "REF 77", "declared_at": "2026-03-10T18:00:00Z", "state": "waiting",
    "payment_id": null, "note": null, "attachments": []})))]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// Its id.
    pub id: Uuid,
    /// Who declared it.
    pub debtor_id: Uuid,
    /// On which account.
    pub account_id: Uuid,
    /// How much.
    pub amount: Money,
    /// The day on which it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub made_on: Date,
    /// The bank's reference.
    pub reference: Option<String>,
    /// When it was declared.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub declared_at: Timestamp,
    /// `waiting`, `matched`, `rejected`.
    pub state: String,
    /// The payment that it was found to be.
    pub payment_id: Option<Uuid>,
    /// Why it was rejected.
    pub note: Option<String>,
    /// Its proof, where one transfer is asked for; none in lists.
    pub attachments: Option<Vec<Attachment>>,
}

/// Notes a transfer that a debtor declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"debtor_id": "0198a000-0000-7000-8000-000000000002", "account_id": "0198a000-0000-7000-8000-000000000004",
    "amount": {"minor": 120000, "currency": "MXN"}, "made_on": "2026-03-09"})))]
#[serde(deny_unknown_fields)]
pub struct DeclareTransfer {
    /// Who declared it.
    pub debtor_id: Uuid,
    /// On which account.
    pub account_id: Uuid,
    /// How much.
    pub amount: Money,
    /// The day on which it was made, within the last 60 days.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub made_on: Date,
    /// The bank's reference, up to 80 characters.
    #[serde(default)]
    pub reference: Option<String>,
}

/// The money came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"payment_id": "0198a000-0000-7000-8000-000000000005"})))]
#[serde(deny_unknown_fields)]
pub struct MatchTransfer {
    /// The payment, where it is in the books.
    #[serde(default)]
    pub payment_id: Option<Uuid>,
}

/// The money did not come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"note": "Nothing came by 12 March."})))]
#[serde(deny_unknown_fields)]
pub struct RejectTransfer {
    /// What was found, 1 to 2,000 characters; the debtor reads it.
    pub note: String,
}
