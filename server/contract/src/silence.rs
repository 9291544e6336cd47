//! Promises to pay and manual holds: what keeps reminders silent by somebody's word.

use crate::payment::Money;
use saldo_domain::calendar::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A promise to pay by a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"id": "0198a000-0000-7000-8000-000000000001", "debtor_id": "0198a000-0000-7000-8000-000000000002",
    "account_id": "0198a000-0000-7000-8000-000000000004", "amount": {"minor": 120000, "currency": "MXN"},
    "promised_on": "2026-03-20", "made_at": "2026-03-10T18:00:00Z", "standing": "waiting"})))]
#[serde(deny_unknown_fields)]
pub struct Promise {
    /// Its id.
    pub id: Uuid,
    /// Who promised.
    pub debtor_id: Uuid,
    /// On which account.
    pub account_id: Uuid,
    /// What was promised.
    pub amount: Money,
    /// The last day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub promised_on: Date,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub made_at: Timestamp,
    /// `waiting`, `kept`, `broken`, `withdrawn`: what the ledger says.
    pub standing: String,
}

/// Notes a promise that a debtor made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"debtor_id": "0198a000-0000-7000-8000-000000000002",
    "account_id": "0198a000-0000-7000-8000-000000000004", "promised_on": "2026-03-20"})))]
#[serde(deny_unknown_fields)]
pub struct MakePromise {
    /// Who promised.
    pub debtor_id: Uuid,
    /// On which account.
    pub account_id: Uuid,
    /// How much; everything that is owed unless told.
    #[serde(default)]
    pub amount: Option<Money>,
    /// The last day, within 30 days.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub promised_on: Date,
}

/// Silence towards one debtor, with a reason and an end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"id": "0198a000-0000-7000-8000-000000000001", "debtor_id": "0198a000-0000-7000-8000-000000000002",
    "reason": "In hospital", "from_at": "2026-03-10T18:00:00Z", "until_on": "2026-03-31", "ended_at": null})))]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// Its id.
    pub id: Uuid,
    /// Towards whom.
    pub debtor_id: Uuid,
    /// Why.
    pub reason: String,
    /// Since when.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub from_at: Timestamp,
    /// The last day of silence.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub until_on: Date,
    /// When it was ended before its time.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub ended_at: Option<Timestamp>,
}

/// Holds reminders to a debtor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"debtor_id": "0198a000-0000-7000-8000-000000000002", "reason": "In hospital", "until_on": "2026-03-31"})))]
#[serde(deny_unknown_fields)]
pub struct PlaceHold {
    /// To whom.
    pub debtor_id: Uuid,
    /// Why, 1 to 500 characters.
    pub reason: String,
    /// The last day of silence, within 90 days.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub until_on: Date,
}
