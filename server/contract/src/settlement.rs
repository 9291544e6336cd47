//! Settlement offers and extra discounts.

use crate::payment::Money;
use saldo_domain::calendar::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Less, accepted as payment in full until a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"id": "0198a000-0000-7000-8000-000000000001", "debtor_id": "0198a000-0000-7000-8000-000000000002",
    "account_id": "0198a000-0000-7000-8000-000000000004", "invoice_ids": ["0198a000-0000-7000-8000-000000000003"],
    "pay": {"minor": 90000, "currency": "MXN"}, "full": {"minor": 120000, "currency": "MXN"},
    "until_at": "2026-04-01T05:59:59Z", "offered_at": "2026-03-10T18:00:00Z", "state": "open", "payment_id": null})))]
#[serde(deny_unknown_fields)]
pub struct SettlementOffer {
    /// Its id.
    pub id: Uuid,
    /// To whom.
    pub debtor_id: Uuid,
    /// On which account.
    pub account_id: Uuid,
    /// What it closes.
    pub invoice_ids: Vec<Uuid>,
    /// What is accepted.
    pub pay: Money,
    /// What was owed on the items when it was made.
    pub full: Money,
    /// Its last moment.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub until_at: Timestamp,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub offered_at: Timestamp,
    /// `open`, `taken`, `withdrawn`, `lapsed`.
    pub state: String,
    /// The payment that took it.
    pub payment_id: Option<Uuid>,
}

/// Offers a settlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"debtor_id": "0198a000-0000-7000-8000-000000000002", "account_id": "0198a000-0000-7000-8000-000000000004",
    "pay": {"minor": 90000, "currency": "MXN"}, "until_on": "2026-03-31"})))]
#[serde(deny_unknown_fields)]
pub struct OfferSettlement {
    /// To whom.
    pub debtor_id: Uuid,
    /// On which account.
    pub account_id: Uuid,
    /// What it closes; everything that the account has open unless told.
    #[serde(default)]
    pub invoice_ids: Vec<Uuid>,
    /// What is accepted: above nothing, below what is owed.
    pub pay: Money,
    /// The last day, on the debtor's wall, within 90 days.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub until_on: Date,
}

/// Grants an extra discount on an invoice, in the place of an earlier grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"rate_bps": 250, "until_on": "2026-03-31"})))]
#[serde(deny_unknown_fields)]
pub struct GrantDiscount {
    /// Of what it claims, in basis points: 250 is 2.5 %.
    pub rate_bps: u32,
    /// The last day, on the debtor's wall.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub until_on: Date,
}

/// An extra discount as it stands on an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"invoice_id": "0198a000-0000-7000-8000-000000000003", "saved": {"minor": 3000, "currency": "MXN"},
    "until_at": "2026-04-01T05:59:59Z"})))]
#[serde(deny_unknown_fields)]
pub struct GrantedDiscount {
    /// On which invoice.
    pub invoice_id: Uuid,
    /// What paying in time saves.
    pub saved: Money,
    /// The last moment.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub until_at: Timestamp,
}
