//! Payment plans.

use saldo_domain::calendar::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::payment::Money;

/// A payment plan with how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
    "id": "0198a000-0000-7000-8000-000000000001",
    "debtor_id": "0198a000-0000-7000-8000-000000000002",
    "account_id": "0198a000-0000-7000-8000-000000000003",
    "template_id": "0198a000-0000-7000-8000-000000000004",
    "state": "active",
    "waits_for": null,
    "invoice_ids": ["0198a000-0000-7000-8000-000000000005"],
    "principal": {"minor": 120000, "currency": "MXN"},
    "charge": {"minor": 0, "currency": "MXN"},
    "total": {"minor": 120000, "currency": "MXN"},
    "paid": {"minor": 60000, "currency": "MXN"},
    "remaining": {"minor": 60000, "currency": "MXN"},
    "due_now": {"minor": 0, "currency": "MXN"},
    "autopay": false,
    "instalments": [
        {"number": 1, "due_on": "2026-04-30", "amount": {"minor": 60000, "currency": "MXN"},
            "paid": {"minor": 60000, "currency": "MXN"}, "state": "paid"},
        {"number": 2, "due_on": "2026-05-30", "amount": {"minor": 60000, "currency": "MXN"},
            "paid": {"minor": 0, "currency": "MXN"}, "state": "upcoming"}
    ],
    "proposed_at": "2026-04-16T15:00:00Z",
    "acceptance": {"accepted_at": "2026-04-16T15:00:00Z", "text_version": "plan-acceptance-1",
        "address": "203.0.113.7", "language": "es"},
    "approved_at": null,
    "ended_at": null,
    "end_reason": null
})))]
#[serde(deny_unknown_fields)]
pub struct PaymentPlan {
    /// Its id.
    pub id: Uuid,
    /// Whose debts it holds.
    pub debtor_id: Uuid,
    /// On which account.
    pub account_id: Uuid,
    /// The version of the policy that it was made of.
    pub template_id: Uuid,
    /// `proposed`, `active`, `completed`, `broken`, `canceled`.
    pub state: String,
    /// Who must agree to a proposed one: `debtor`, `finance`.
    pub waits_for: Option<String>,
    /// What it holds; the item of its charge too, once it is active.
    pub invoice_ids: Vec<Uuid>,
    /// What was owed.
    pub principal: Money,
    /// What it costs beside that.
    pub charge: Money,
    /// Both; the sum of the instalments.
    pub total: Money,
    /// What is paid of it.
    pub paid: Money,
    /// What is not.
    pub remaining: Money,
    /// What is open of the instalments whose day has come.
    pub due_now: Money,
    /// Whether a saved method pays the instalments.
    pub autopay: bool,
    /// By date; number 0 is the down payment.
    pub instalments: Vec<Instalment>,
    /// When it was proposed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub proposed_at: Timestamp,
    /// How the debtor agreed.
    pub acceptance: Option<PlanAcceptance>,
    /// When finance agreed, where it was asked.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub approved_at: Option<Timestamp>,
    /// When it ended.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub ended_at: Option<Timestamp>,
    /// Why it broke or was canceled: `missed`, `rejected`, `declined`, `withdrawn`, `lapsed`.
    pub end_reason: Option<String>,
}

/// One line of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Instalment {
    /// 0 for the down payment.
    pub number: u32,
    /// The last day to pay it on time.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub due_on: Date,
    /// What it asks.
    pub amount: Money,
    /// What is paid of it.
    pub paid: Money,
    /// `paid`, `partial`, `due`, `overdue`, `upcoming`.
    pub state: String,
}

/// How a debtor agreed to a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanAcceptance {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub accepted_at: Timestamp,
    /// The version of the words above the button.
    pub text_version: String,
    /// The network address that it came from.
    pub address: String,
    /// The language in which it was read.
    pub language: String,
}

/// Proposes a plan to a debtor, over everything on the account that the template takes. The debtor agrees in the portal:
/// nobody can agree for it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
    "debtor_id": "0198a000-0000-7000-8000-000000000002",
    "account_id": "0198a000-0000-7000-8000-000000000003",
    "template_id": "0198a000-0000-7000-8000-000000000004",
    "instalment_count": 6,
    "first_on": "2026-04-30",
    "autopay": false,
    "balance_version": 7
})))]
#[serde(deny_unknown_fields)]
pub struct ProposePlan {
    /// To whom.
    pub debtor_id: Uuid,
    /// On which account.
    pub account_id: Uuid,
    /// A policy of kind `plan_template` that is in force.
    pub template_id: Uuid,
    /// How many instalments, the down payment not counted.
    pub instalment_count: u32,
    /// The day of the first one.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub first_on: Date,
    /// Whether a saved method shall pay them, where the template leaves it open.
    #[serde(default)]
    pub autopay: bool,
    /// The balance on which it was decided, as the statement says.
    pub balance_version: i64,
}

/// Ends a plan, or refuses one that waits for approval.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({"note": "The debtor pays in full by transfer."})))]
#[serde(deny_unknown_fields)]
pub struct EndPlan {
    /// Why, for the creditor's own people; up to 500 characters.
    pub note: Option<String>,
}

/// Finds plans.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct PlanQuery {
    /// Of one debtor.
    pub debtor_id: Option<Uuid>,
    /// `proposed`, `active`, `completed`, `broken`, `canceled`.
    pub state: Option<String>,
    /// On which this one must act: `debtor`, `finance`.
    pub waits_for: Option<String>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// How many rows, 1 to 200.
    pub limit: Option<u32>,
}
