//! Reminders and provider events, to read.

use saldo_domain::calendar::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One message to a debtor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Reminder {
    /// Its id.
    pub id: Uuid,
    /// To whom.
    pub debtor_id: Uuid,
    /// The rung: the due date and the days after it, `2026-03-01+10`.
    pub step: String,
    /// `email`.
    pub channel: String,
    /// `planned`, `handing_off`, `sent`, `failed`, `suppressed`, `unknown`.
    pub state: String,
    /// Why it is in that state, where there is something to say.
    pub reason: Option<String>,
    /// When it was planned.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub planned_at: Timestamp,
    /// When it left.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub handed_off_at: Option<Timestamp>,
}

/// A verified provider webhook as it was archived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InboundEvent {
    /// Its id.
    pub id: Uuid,
    /// `stripe`, `sandbox`.
    pub provider: String,
    /// The provider's name of it.
    pub event_reference: String,
    /// `received`, `worked`, `unmatched`, `refused`, `ignored`.
    pub state: String,
    /// Why.
    pub note: Option<String>,
    /// When it came.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub received_at: Timestamp,
}

/// Finds provider events.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct InboundEventQuery {
    /// `received`, `worked`, `unmatched`, `refused`, `ignored`.
    pub state: Option<String>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// How many rows, 1 to 200.
    pub limit: Option<u32>,
}
