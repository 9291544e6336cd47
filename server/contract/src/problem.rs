//! Refusals and faults as problem details (RFC 9457).

use serde::{Deserialize, Serialize};

/// The media type of [`Problem`].
pub const MEDIA_TYPE: &str = "application/problem+json";

/// A refusal or a fault. Programs read `code`, people read `detail`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A URI that names the code: `urn:saldo:problem:balance_changed`.
    #[serde(rename = "type")]
    pub kind: String,
    /// One line for people.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// Stable, in snake case.
    pub code: String,
    /// What exactly, where there is more to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Each bad row of an import.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<crate::import::RowFault>,
}
