//! What policies say: discounts, plan templates, late charges.

use crate::dunning::DunningPolicy;
use crate::message_template::MessageTemplate;
use crate::payment::Money;
use saldo_domain::currency::Currency;
use serde::{Deserialize, Serialize};

/// Which debts a policy is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// Only debts in it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub currency: Currency,
    /// Only debtors with this tag.
    #[serde(default)]
    pub tag: Option<String>,
    /// Only amounts of at least this.
    #[serde(default)]
    pub amount_min: Option<Money>,
    /// Only amounts of at most this.
    #[serde(default)]
    pub amount_max: Option<Money>,
}

/// A discount for paying early.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DiscountPolicy {
    /// Which invoices it is for.
    pub segment: Segment,
    /// `gross`, or `net_of_tax`: then an invoice without a known tax gets nothing.
    pub base: String,
    /// How much until when.
    pub rule: DiscountRule,
    /// `none`: only the whole, at once. `proportional`: what is paid in time earns its part. `if_rest_in_time`: whoever
    /// closes the invoice in time earns all of it.
    pub part_payments: String,
    /// A payment that began in time may succeed so many minutes after the deadline, up to 1440.
    pub grace_minutes: u32,
}

/// How much is saved until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum DiscountRule {
    /// Steps, the earliest and best first.
    Tiers {
        /// 1 to 6 of them.
        tiers: Vec<DiscountTier>,
    },
    /// Something for each day before the due date: annual rate × days / 365.
    Sliding {
        /// For a year, in basis points, below 10000.
        annual_rate_bps: u32,
    },
}

/// One step of a discount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DiscountTier {
    /// Its last day: it ends at 23:59:59 in the debtor's own zone.
    pub until: TierUntil,
    /// What it saves.
    pub reduction: Reduction,
}

/// The last day of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "until", rename_all = "snake_case", deny_unknown_fields)]
pub enum TierUntil {
    /// Counted from the issue date.
    DaysAfterIssue {
        /// How many, up to 730.
        days: u32,
    },
    /// Counted back from the due date.
    DaysBeforeDue {
        /// How many, up to 730.
        days: u32,
    },
}

/// What a step saves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "reduction", rename_all = "snake_case", deny_unknown_fields)]
pub enum Reduction {
    /// A share.
    Rate {
        /// In basis points, 1 to 9999.
        rate_bps: u32,
    },
    /// An amount.
    Fixed {
        /// How much.
        amount: Money,
    },
}

/// Fees and interest for paying late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LateFeePolicy {
    /// Which invoices it is for.
    pub segment: Segment,
    /// Days after the due date that cost nothing, up to 365.
    pub grace_days: u32,
    /// Once, on the first day after the grace.
    pub fee: LateFee,
    /// Simple interest for a year, in basis points, up to 100000; zero for none.
    pub annual_rate_bps: u32,
    /// Interest is booked for so many days at once, 1 to 366.
    pub period_days: u32,
    /// What fee and interest together never pass.
    #[serde(default)]
    pub cap: ChargeCap,
}

/// The fee for paying late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "fee", rename_all = "snake_case", deny_unknown_fields)]
pub enum LateFee {
    /// None.
    None,
    /// An amount.
    Flat {
        /// How much.
        amount: Money,
    },
    /// A share of what is open.
    Rate {
        /// In basis points, 1 to 10000.
        rate_bps: u32,
    },
}

/// The most that one invoice's charges come to; the lower of both counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChargeCap {
    /// A share of the invoice, in basis points, 1 to 10000.
    #[serde(default)]
    pub rate_bps: Option<u32>,
    /// An amount.
    #[serde(default)]
    pub amount: Option<Money>,
}

/// What a payment plan may look like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanTemplate {
    /// Who may use it; its amounts are those of the whole plan.
    pub segment: Segment,
    /// An invoice younger than this stays outside; negative before the due date.
    #[serde(default)]
    pub days_past_due_min: Option<i32>,
    /// An invoice older than this stays outside.
    #[serde(default)]
    pub days_past_due_max: Option<i32>,
    /// The share that is due on acceptance, in basis points, below 10000.
    pub down_payment_bps: u32,
    /// The fewest instalments, 2 to 24.
    pub instalments_min: u32,
    /// The most instalments, 2 to 24.
    pub instalments_max: u32,
    /// `weekly`, `fortnightly` or `monthly`.
    pub frequency: String,
    /// No instalment is smaller.
    pub instalment_min: Money,
    /// What the plan costs.
    pub charge: PlanCharge,
    /// The last day for the first instalment, counted from acceptance.
    pub first_within_days: u32,
    /// `automatic` or `by_finance`.
    pub approval: String,
    /// `off`, `optional` or `required`.
    pub autopay: String,
    /// How many days an instalment may be late before it counts as missed.
    pub grace_days: u32,
    /// When the plan ends early.
    pub break_rule: BreakRule,
    /// Whether a debtor whose plan broke may choose another.
    pub propose_again: ProposeAgain,
    /// `full`, or `rebate_unearned`: paying the rest early gives back the charge's unearned part.
    pub early: String,
}

/// What a plan costs beside its principal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "charge", rename_all = "snake_case", deny_unknown_fields)]
pub enum PlanCharge {
    /// Nothing.
    None,
    /// An amount.
    Fee {
        /// How much.
        amount: Money,
    },
    /// Flat interest on the principal.
    FlatRate {
        /// For the whole plan, in basis points.
        rate_bps: u32,
    },
}

/// When a plan ends early.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BreakRule {
    /// How many instalments may be missed at once; one more breaks the plan.
    pub missed_max: u32,
}

/// Whether a debtor whose plan broke may choose another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "again", rename_all = "snake_case", deny_unknown_fields)]
pub enum ProposeAgain {
    /// At once.
    Always,
    /// Finance must propose it.
    Never,
    /// After some days.
    AfterDays {
        /// Counted from the day on which it broke.
        days: u32,
    },
}

/// What a policy says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({
    "kind": "discount",
    "segment": {"currency": "MXN"},
    "base": "gross",
    "rule": {"rule": "tiers", "tiers": [{
        "until": {"until": "days_after_issue", "days": 10},
        "reduction": {"reduction": "rate", "rate_bps": 200}
    }]},
    "part_payments": "none",
    "grace_minutes": 15
})))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PolicyBody {
    /// For paying early.
    Discount(DiscountPolicy),
    /// A plan.
    PlanTemplate(PlanTemplate),
    /// For paying late.
    LateFee(LateFeePolicy),
    /// Reminders.
    Dunning(DunningPolicy),
    /// What a rung of them says.
    MessageTemplate(MessageTemplate),
}
