//! The ways to pay as widgets show them.

use saldo_domain::calendar::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::payment::Money;

/// The ways to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChoicesPart {
    /// When this was made, for countdowns.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub server_now: Timestamp,
    /// The date on the debtor's wall, for the plan picker.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub today: Date,
    /// The currency by code, for the plan picker.
    pub currency: String,
    /// The language by tag, for the plan picker.
    pub language: String,
    /// The country of the forms, for the plan picker.
    pub country: String,
    /// Paying everything now, where that saves something; with the scope `pay`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<DiscountChoice>,
    /// Paying everything; with the scope `pay`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full: Option<FullChoice>,
    /// Paying in parts; with the scope `plan`.
    pub plans: Vec<PlanChoice>,
}

/// Everything now, with the discount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DiscountChoice {
    /// What is paid.
    pub price: Money,
    /// The same in the reader's form.
    pub price_text: String,
    /// What is saved, in words.
    pub saved_text: String,
    /// The last moment at which it holds.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub until_at: Timestamp,
    /// The same in words.
    pub until_text: String,
    /// What the button says.
    pub pay_text: String,
}

/// Everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FullChoice {
    /// What is paid.
    pub price: Money,
    /// The same in the reader's form.
    pub price_text: String,
    /// Until when, in words.
    pub explained: String,
    /// What the button says.
    pub pay_text: String,
}

/// A plan that the debtor may choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanChoice {
    /// The template's version, for the form.
    pub template_id: Uuid,
    /// How often, in words: debtors do not read finance's name of it.
    pub name: String,
    /// Whether a saved method must pay the instalments.
    pub requires_autopay: bool,
    /// What is due on acceptance, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub down_text: Option<String>,
    /// The numbers of instalments that are possible.
    pub counts: Vec<u32>,
    /// The one that is shown first.
    pub default_count: u32,
    /// The first day for the first instalment.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub first_on_min: Date,
    /// The last day for it.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub first_on_max: Date,
    /// The one that is shown first.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub default_first_on: Date,
    /// What the plan picker computes with: a line of `saldo_domain::plan::terms_line`.
    pub terms: String,
    /// A choice in one sentence, with `{count}` and `{amount}` in it, for the plan picker.
    pub summary: String,
    /// Number, date and amount of each payment of the choice that is shown first.
    pub schedule_default: Vec<PlanRow>,
    /// What the smallest payment is, in words.
    pub least_text: String,
    /// All of it.
    pub total_text: String,
    /// What it costs beside what is owed, in words.
    pub cost_text: String,
    /// What it leaves out, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside_text: Option<String>,
}

/// One payment of a plan that is not agreed yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanRow {
    /// Its number, or what the payment on acceptance is called.
    pub name: String,
    /// When.
    pub on_text: String,
    /// How much.
    pub amount_text: String,
}
