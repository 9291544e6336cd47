use crate::failure::{Failure, Fault};
use crate::wording;
use saldo_domain::Refusal;
use saldo_domain::discount::DiscountPolicy;
use saldo_domain::late_charge::LateFeePolicy;
use saldo_domain::message_template::MessageTemplate;
use saldo_domain::plan::PlanTemplate;
use saldo_domain::policy::PolicyKind;
use saldo_domain::reminder::DunningPolicy;
use saldo_domain::segment::Segment;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What a policy says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "policy", rename_all = "snake_case")]
pub enum PolicyBody {
    /// A discount for paying early.
    Discount(DiscountPolicy),
    /// What a payment plan may look like.
    PlanTemplate(PlanTemplate),
    /// Fees and interest for paying late.
    LateFee(LateFeePolicy),
    /// A ladder of reminders.
    Dunning(DunningPolicy),
    /// What a rung of it says.
    MessageTemplate(MessageTemplate),
}

impl PolicyBody {
    /// Its kind.
    pub fn kind(&self) -> PolicyKind {
        match self {
            Self::Discount(_) => PolicyKind::Discount,
            Self::PlanTemplate(_) => PolicyKind::PlanTemplate,
            Self::LateFee(_) => PolicyKind::LateFee,
            Self::Dunning(_) => PolicyKind::Dunning,
            Self::MessageTemplate(_) => PolicyKind::MessageTemplate,
        }
    }

    /// Whose debts it is for; none for a message template, which is everybody's that a rung names it for.
    pub fn segment(&self) -> Option<&Segment> {
        match self {
            Self::Discount(policy) => Some(&policy.segment),
            Self::PlanTemplate(template) => Some(&template.segment),
            Self::LateFee(policy) => Some(&policy.segment),
            Self::Dunning(policy) => Some(&policy.segment),
            Self::MessageTemplate(_) => None,
        }
    }

    /// The body, if it can be meant.
    ///
    /// # Errors
    /// Those of its kind.
    pub fn checked(self) -> Result<Self, Refusal> {
        match self {
            Self::Discount(policy) => policy.checked().map(Self::Discount),
            Self::PlanTemplate(template) => template.checked().map(Self::PlanTemplate),
            Self::LateFee(policy) => policy.checked().map(Self::LateFee),
            Self::Dunning(policy) => policy.checked().map(Self::Dunning),
            Self::MessageTemplate(template) => {
                let template = template.checked()?;
                wording::check(&template)?;
                Ok(Self::MessageTemplate(template))
            }
        }
    }

    /// As it is kept.
    pub(super) fn to_json(&self) -> Result<Json, Failure> {
        let json = match self {
            Self::Discount(policy) => serde_json::to_value(policy),
            Self::PlanTemplate(template) => serde_json::to_value(template),
            Self::LateFee(policy) => serde_json::to_value(policy),
            Self::Dunning(policy) => serde_json::to_value(policy),
            Self::MessageTemplate(template) => serde_json::to_value(template),
        };
        json.map_err(|error| Fault::Other(error.to_string()).into())
    }

    /// From what was kept.
    pub(super) fn from_json(kind: PolicyKind, json: Json) -> Result<Self, Failure> {
        let body = match kind {
            PolicyKind::Discount => serde_json::from_value(json).map(Self::Discount),
            PolicyKind::PlanTemplate => serde_json::from_value(json).map(Self::PlanTemplate),
            PolicyKind::LateFee => serde_json::from_value(json).map(Self::LateFee),
            PolicyKind::Dunning => serde_json::from_value(json).map(Self::Dunning),
            PolicyKind::MessageTemplate => serde_json::from_value(json).map(Self::MessageTemplate),
        };
        body.map_err(|error| Fault::Other(format!("a policy cannot be read: {error}")).into())
    }
}
