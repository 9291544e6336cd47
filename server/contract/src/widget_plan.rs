//! A plan as widgets show it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How the active plan stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanPart {
    /// Its id.
    pub id: Uuid,
    /// `proposed`, `active`.
    pub state: String,
    /// The same in words.
    pub state_text: String,
    /// What is paid of it.
    pub paid_text: String,
    /// What is left.
    pub rest_text: String,
    /// How much of it is paid, in basis points.
    pub progress_bps: u32,
    /// Each instalment.
    pub instalments: Vec<PlanInstalment>,
    /// The first that is not paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<NextInstalment>,
}

/// One instalment of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanInstalment {
    /// 0 for the down payment.
    pub number: u32,
    /// When.
    pub on_text: String,
    /// How much.
    pub amount_text: String,
    /// `paid`, `partial`, `due`, `overdue`, `upcoming`.
    pub state: String,
    /// The same in words.
    pub state_text: String,
}

/// The instalment that comes next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NextInstalment {
    /// When.
    pub on_text: String,
    /// What is missing of it.
    pub amount_text: String,
    /// Whether its day has come.
    pub amount_due_now: bool,
}
