//! What a policy would do: over past invoices, and on one that is not issued yet.

use crate::payment::Money;
use crate::policy::DiscountPolicy;
use saldo_domain::calendar::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Replays a discount policy over the newest 5,000 paid invoices.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReplayPolicy {
    /// The policy; it need not be written down.
    pub policy: DiscountPolicy,
}

/// What a policy would have done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Replay {
    /// How many paid invoices were read.
    pub read_count: u64,
    /// Whether there are older ones that were not.
    pub truncated: bool,
    /// Invoices that the policy covers.
    pub covered_count: u32,
    /// What they claimed.
    pub covered: Money,
    /// Invoices that were paid in time for the discount without one.
    pub taken_count: u32,
    /// What those would have saved: the cost that is certain.
    pub cost_min: Money,
    /// Invoices that were paid later.
    pub movable_count: u32,
    /// The cost had those too been paid on the last day of the last tier.
    pub cost_max: Money,
    /// What would have come in earlier then.
    pub earlier: Money,
    /// By how many days, weighted by amount, to one decimal.
    #[cfg_attr(feature = "openapi", schema(example = "24.0"))]
    pub earlier_days: String,
    /// By the month in which money came in.
    pub months: Vec<ReplayMonth>,
}

/// One month of a replay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReplayMonth {
    /// Its first day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub month: Date,
    /// What came in.
    pub received: Money,
    /// What would have come in.
    pub would_receive: Money,
    /// The cost that is certain.
    pub cost_min: Money,
    /// The cost had everybody taken it.
    pub cost_max: Money,
}

/// An invoice that is not issued yet.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
    "debtor_reference": "C-001", "due_on": "2026-12-22", "amount": {"minor": 100000, "currency": "MXN"}
})))]
#[serde(deny_unknown_fields)]
pub struct PreviewTerms {
    /// A debtor that exists: its tags and time zone count.
    #[serde(default)]
    pub debtor_reference: Option<String>,
    /// Tags, where no debtor is named.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The day of issue; today where there is none.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub issued_on: Option<Date>,
    /// The last day to pay it on time.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub due_on: Date,
    /// What it will claim.
    pub amount: Money,
    /// The tax in it, where it is known.
    #[serde(default)]
    pub tax: Option<Money>,
    /// How many instalments of each plan; as many as it allows where there is none.
    #[serde(default)]
    pub instalment_count: Option<u32>,
    /// The day of the first instalment; the first that is allowed where there is none.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    pub first_on: Option<Date>,
}

/// What an invoice would promise, and the plans that it would allow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Preview {
    /// What it claims.
    pub full: Money,
    /// The price if it is paid now; none where nothing is saved.
    pub now: Option<PricePreview>,
    /// Each step of the discount.
    pub steps: Vec<StepPreview>,
    /// The same in plain words, in the creditor's language; none without a discount.
    pub reading: Option<String>,
    /// The plans.
    pub plans: Vec<PlanPreview>,
}

/// A price that holds until a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PricePreview {
    /// What is saved.
    pub saved: Money,
    /// What is paid.
    pub pay: Money,
    /// The last second at which it holds.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub last_moment: Timestamp,
}

/// One step of a discount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StepPreview {
    /// Its last day on the debtor's wall.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub until_on: Date,
    /// The last second of it.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub until_at: Timestamp,
    /// What is saved.
    pub saved: Money,
    /// What is paid.
    pub pay: Money,
}

/// One plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanPreview {
    /// The template's version.
    pub template_id: Uuid,
    /// What finance calls it.
    pub name: String,
    /// The fewest instalments that the amount allows.
    pub count_min: u32,
    /// The most.
    pub count_max: u32,
    /// What the plan costs beside the amount.
    pub charge: Money,
    /// The sum of the payments below.
    pub total: Money,
    /// Every payment; number 0 is the down payment.
    pub instalments: Vec<InstalmentPreview>,
}

/// One payment of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InstalmentPreview {
    /// 0 for the down payment, then from 1.
    pub number: u32,
    /// The last day to pay it on time.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub due_on: Date,
    /// How much.
    pub amount: Money,
}
