use super::schedule::Schedule;
use super::template::{Approval, BreakRule, EarlySettlement, ProposeAgain};
use crate::actor::Actor;
use crate::calendar::{Date, Timestamp};
use crate::ids::{AccountId, InvoiceId, PlanId, PolicyId};
use crate::locale::Language;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// What was agreed with a debtor, or is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentPlan {
    /// Made with the page, so that a repeated form is the same plan.
    pub id: PlanId,
    /// On which account.
    pub account_id: AccountId,
    /// The template's version that it was made of.
    pub template_id: PolicyId,
    /// What of the template holds for its life.
    pub terms: PlanTerms,
    /// What it holds; the item of its charge too, once it is active.
    pub items: Vec<InvoiceId>,
    /// The item of its charge, once it is active and where it costs something.
    pub charge_item: Option<InvoiceId>,
    /// All dates and amounts.
    pub schedule: Schedule,
    /// Where it stands.
    pub state: PlanState,
    /// When it was proposed.
    pub proposed_at: Timestamp,
    /// Who proposed it.
    pub proposed_by: Actor,
}

/// What of a template holds for a plan's life, whatever becomes of the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanTerms {
    /// How many days an instalment may be late before it counts as missed.
    pub grace_days: u32,
    /// When it ends early.
    pub break_rule: BreakRule,
    /// Whether a saved method pays the instalments.
    pub autopay: bool,
    /// What paying the rest early saves.
    pub early: EarlySettlement,
    /// Whether another plan may follow a broken one.
    pub propose_again: ProposeAgain,
    /// Who must agree beside the debtor.
    pub approval: Approval,
}

/// How the debtor agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// When.
    pub accepted_at: Timestamp,
    /// The version of the words that stood above the button.
    pub text_version: String,
    /// The network address that it came from.
    pub address: String,
    /// The language in which it was read.
    pub language: Language,
}

/// Who agreed for the creditor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// Who.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

/// Where a plan stands, with the evidence for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PlanState {
    /// The debtor, finance or both have still to agree.
    Proposed {
        /// The debtor's agreement.
        acceptance: Option<Acceptance>,
        /// The creditor's.
        approved: Option<Approved>,
    },
    /// Agreed; only due instalments are asked for.
    Active {
        /// The debtor's agreement.
        acceptance: Acceptance,
        /// The creditor's, where one was needed.
        approved: Option<Approved>,
    },
    /// Nothing remained.
    Completed {
        /// The debtor's agreement.
        acceptance: Acceptance,
        /// The creditor's, where one was needed.
        approved: Option<Approved>,
        /// When it was found.
        completed_at: Timestamp,
    },
    /// Its rule ended it; the rest is due by the items' own dates.
    Broken {
        /// The debtor's agreement.
        acceptance: Acceptance,
        /// The creditor's, where one was needed.
        approved: Option<Approved>,
        /// When it was found.
        broken_at: Timestamp,
        /// The date then on the debtor's wall.
        broken_on: Date,
        /// The first instalment that was missed.
        instalment: u32,
        /// What was missing of the missed ones.
        missed: Money,
        /// What had been paid.
        paid: Money,
        /// Why.
        why: BreakReason,
    },
    /// It ended by decision, before or after it was agreed.
    Canceled {
        /// The debtor's agreement, where there was one.
        acceptance: Option<Acceptance>,
        /// When.
        canceled_at: Timestamp,
        /// Who.
        by: Actor,
        /// Why.
        reason: CancelReason,
        /// What they said.
        note: Option<String>,
        /// What had been paid.
        paid: Money,
    },
}

/// Why a plan broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum BreakReason {
    /// More instalments were past their grace than its rule allows.
    Missed {
        /// How many.
        count: u32,
    },
}

/// Why a plan ended by decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// Finance did not approve it.
    Rejected,
    /// The debtor did not want it.
    Declined,
    /// Finance ended it.
    Withdrawn,
    /// Its first date came before everybody had agreed.
    Lapsed,
}

impl PaymentPlan {
    /// Whether its items can be in no other plan.
    pub fn is_live(&self) -> bool {
        matches!(self.state, PlanState::Proposed { .. } | PlanState::Active { .. })
    }

    /// Whether only its due instalments are asked for.
    pub fn is_active(&self) -> bool {
        matches!(self.state, PlanState::Active { .. })
    }

    /// Whether the debtor has agreed and finance has not answered.
    pub fn waits_for_finance(&self) -> bool {
        matches!(self.state, PlanState::Proposed { acceptance: Some(_), approved: None })
    }

    /// Whether finance has proposed it and the debtor has not answered.
    pub fn waits_for_debtor(&self) -> bool {
        matches!(self.state, PlanState::Proposed { acceptance: None, .. })
    }
}

impl CancelReason {
    /// The word under which it is shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rejected => "rejected",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Lapsed => "lapsed",
        }
    }
}

impl PlanState {
    /// The word under which it is stored and shown.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Proposed { .. } => "proposed",
            Self::Active { .. } => "active",
            Self::Completed { .. } => "completed",
            Self::Broken { .. } => "broken",
            Self::Canceled { .. } => "canceled",
        }
    }

    /// The debtor's agreement, where there was one.
    pub fn acceptance(&self) -> Option<&Acceptance> {
        match self {
            Self::Active { acceptance, .. } | Self::Completed { acceptance, .. } | Self::Broken { acceptance, .. } => {
                Some(acceptance)
            }
            Self::Proposed { acceptance, .. } | Self::Canceled { acceptance, .. } => acceptance.as_ref(),
        }
    }

    /// The creditor's agreement, where one was needed and given.
    pub fn approved(&self) -> Option<Approved> {
        match self {
            Self::Proposed { approved, .. }
            | Self::Active { approved, .. }
            | Self::Completed { approved, .. }
            | Self::Broken { approved, .. } => *approved,
            Self::Canceled { .. } => None,
        }
    }
}

/// The live plan that holds an item.
pub fn plan_of_item(plans: &[PaymentPlan], item: InvoiceId) -> Option<&PaymentPlan> {
    plans.iter().find(|plan| plan.is_live() && plan.items.contains(&item))
}
