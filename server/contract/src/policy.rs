//! Policies: what a creditor offers for paying early, allows as a plan, and charges for paying late.

use saldo_domain::calendar::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use crate::policy_body::{
    BreakRule, ChargeCap, DiscountPolicy, DiscountRule, DiscountTier, LateFee, LateFeePolicy, PlanCharge, PlanTemplate,
    PolicyBody, ProposeAgain, Reduction, Segment, TierUntil,
};

/// One version of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// This version.
    pub id: Uuid,
    /// All versions of the same policy share it.
    pub family_id: Uuid,
    /// What finance calls it.
    pub name: String,
    /// What an edit must name.
    pub revision: i64,
    /// `draft`, `published` or `withdrawn`.
    pub state: String,
    /// From when it decides.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub from_at: Option<Timestamp>,
    /// Until when it decides, itself not included.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub until_at: Option<Timestamp>,
    /// Whether it decides now.
    pub in_force: bool,
    /// What it says.
    pub body: PolicyBody,
    /// The same in plain words, in the creditor's language.
    pub reading: String,
    /// When it was changed last.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub changed_at: Timestamp,
}

/// A policy with all its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PolicyHistory {
    /// The version that was asked for.
    pub policy: Policy,
    /// Every version, newest first.
    pub versions: Vec<Policy>,
}

/// Finds policies.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct PolicyQuery {
    /// `discount`, `plan_template`, `late_fee`, `dunning` or `message_template`.
    pub kind: Option<String>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// How many rows, 1 to 200.
    pub limit: Option<u32>,
}

/// Begins a policy as a draft.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreatePolicy {
    /// What finance calls it, 1 to 80 characters.
    #[cfg_attr(feature = "openapi", schema(example = "2/10 net 30"))]
    pub name: String,
    /// What it says.
    pub body: PolicyBody,
}

/// Edits a draft.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EditPolicy {
    /// The revision that the writer began from: `policy_changed` where it is another now.
    #[cfg_attr(feature = "openapi", schema(example = 3))]
    pub revision: i64,
    /// What finance calls it.
    pub name: String,
    /// What it says.
    pub body: PolicyBody,
}

/// Publishes a draft.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PublishPolicy {
    /// The revision that is meant.
    #[cfg_attr(feature = "openapi", schema(example = 3))]
    pub revision: i64,
    /// From the beginning of this date on the creditor's wall; at once where there is none.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date, example = "2026-12-01"))]
    pub from_on: Option<Date>,
}
