use super::offer::{Applicant, PlanOffer, may_propose, offer_of};
use super::schedule::{PlanChoice, Schedule, schedule};
use super::template::{Approval, AutopayRule, BreakRule, EarlySettlement, PlanTemplate, ProposeAgain};
use crate::Refusal;
use crate::actor::Actor;
use crate::calendar::{Date, Timestamp};
use crate::ids::{AccountId, InvoiceId, PlanId, PolicyId};
use crate::locale::Language;
use crate::money::Money;
use crate::outcome::Outcome;
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

/// What is proposed: a template, the choice, and the balance on which it was made. Amounts come from the account alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRequest {
    /// Made with the page.
    pub plan_id: PlanId,
    /// The template's version.
    pub template_id: PolicyId,
    /// How many instalments, from when.
    pub choice: PlanChoice,
    /// Whether a saved method shall pay them.
    pub autopay: bool,
    /// The balance that was shown.
    pub balance_version: i64,
}

/// Proposes a plan of a template in force, for the debtor itself or for its creditor's people. A repeated request finds its
/// plan.
///
/// # Errors
/// `balance_changed`, `plan_not_offered`, `item_in_plan`, `payment_under_way`, `plan_not_open` when the id is another
/// plan's, and those of [`schedule`].
pub fn propose(
    request: &PlanRequest,
    templates: &[(PolicyId, PlanTemplate)],
    applicant: &Applicant<'_>,
    by: Actor,
    at: Timestamp,
) -> Result<Outcome<PaymentPlan>, Refusal> {
    let account = applicant.account;
    if let Some(known) = applicant.plans.iter().find(|plan| plan.id == request.plan_id) {
        return if known.is_of(request) && known.account_id == account.id {
            Ok(Outcome::AlreadyApplied)
        } else {
            Err(Refusal::PlanNotOpen)
        };
    }
    if request.balance_version != account.balance_version {
        return Err(Refusal::BalanceChanged { seen: request.balance_version, current: account.balance_version });
    }
    let in_force = templates.iter().find(|(id, _)| *id == request.template_id);
    let (_, template) = in_force.ok_or(Refusal::PlanNotOffered)?;
    if matches!(by, Actor::Debtor { .. }) && !may_propose(applicant) {
        return Err(Refusal::PlanNotOffered);
    }
    let offer = offer_of(request.template_id, template, applicant)?;
    made_of(offer, request, applicant, by, at).map(Outcome::Executed)
}

fn made_of(
    offer: PlanOffer,
    request: &PlanRequest,
    applicant: &Applicant<'_>,
    by: Actor,
    at: Timestamp,
) -> Result<PaymentPlan, Refusal> {
    let template = &offer.template;
    let schedule = schedule(template, offer.principal, &request.choice, applicant.today)?;
    let autopay = match template.autopay {
        AutopayRule::Off => false,
        AutopayRule::Optional => request.autopay,
        AutopayRule::Required => true,
    };
    let terms = PlanTerms {
        grace_days: template.grace_days,
        break_rule: template.break_rule,
        autopay,
        early: template.early,
        propose_again: template.propose_again,
        approval: template.approval,
    };
    Ok(PaymentPlan {
        id: request.plan_id,
        account_id: applicant.account.id,
        template_id: offer.template_id,
        terms,
        items: offer.items,
        charge_item: None,
        schedule,
        state: PlanState::Proposed { acceptance: None, approved: None },
        proposed_at: at,
        proposed_by: by,
    })
}

impl PaymentPlan {
    fn is_of(&self, request: &PlanRequest) -> bool {
        let count = self.schedule.instalments.iter().filter(|instalment| instalment.number > 0).count();
        self.template_id == request.template_id
            && u32::try_from(count) == Ok(request.choice.count)
            && self.schedule.first_on() == Some(request.choice.first_on)
    }

    /// The debtor agrees. With nobody else to ask the plan is active and, where it costs something, `charge_item` becomes
    /// one of its items. The down payment is due on this day. Its items must still be open for what was proposed:
    /// `principal` is what is open of them now.
    ///
    /// # Errors
    /// `plan_not_open`, `plan_amount_changed`, `first_date_out_of_range`.
    pub fn accept(
        mut self,
        acceptance: Acceptance,
        principal: Money,
        today: Date,
        charge_item: InvoiceId,
    ) -> Result<Outcome<Self>, Refusal> {
        let approved = match &self.state {
            PlanState::Proposed { acceptance: None, approved } => *approved,
            PlanState::Proposed { .. } | PlanState::Active { .. } => return Ok(Outcome::AlreadyApplied),
            _ => return Err(Refusal::PlanNotOpen),
        };
        self.still_fits(principal, today)?;
        if approved.is_none() && self.terms.approval == Approval::ByFinance {
            self.state = PlanState::Proposed { acceptance: Some(acceptance), approved: None };
            return Ok(Outcome::Executed(self));
        }
        self.activate(acceptance, approved, today, charge_item);
        Ok(Outcome::Executed(self))
    }

    /// Finance agrees; active where the debtor has agreed already.
    ///
    /// # Errors
    /// `plan_not_open`, `plan_amount_changed`, `first_date_out_of_range`.
    pub fn approve(
        mut self,
        approved: Approved,
        principal: Money,
        today: Date,
        charge_item: InvoiceId,
    ) -> Result<Outcome<Self>, Refusal> {
        let acceptance = match &self.state {
            PlanState::Proposed { acceptance, approved: None } => acceptance.clone(),
            PlanState::Proposed { .. } | PlanState::Active { .. } => return Ok(Outcome::AlreadyApplied),
            _ => return Err(Refusal::PlanNotOpen),
        };
        self.still_fits(principal, today)?;
        match acceptance {
            Some(acceptance) => self.activate(acceptance, Some(approved), today, charge_item),
            None => self.state = PlanState::Proposed { acceptance: None, approved: Some(approved) },
        }
        Ok(Outcome::Executed(self))
    }

    /// Finance does not agree.
    ///
    /// # Errors
    /// `plan_not_open`.
    pub fn reject(self, by: Actor, note: Option<String>, at: Timestamp) -> Result<Outcome<Self>, Refusal> {
        match &self.state {
            PlanState::Proposed { .. } => Ok(self.end(by, CancelReason::Rejected, note, None, at)),
            PlanState::Canceled { reason: CancelReason::Rejected, .. } => Ok(Outcome::AlreadyApplied),
            _ => Err(Refusal::PlanNotOpen),
        }
    }

    /// It ends by decision: the debtor may decline what is proposed, finance may end what is proposed or active. `paid` is
    /// what was paid of it.
    ///
    /// # Errors
    /// `plan_not_open`.
    pub fn cancel(self, by: Actor, note: Option<String>, paid: Money, at: Timestamp) -> Result<Outcome<Self>, Refusal> {
        let debtor = matches!(by, Actor::Debtor { .. });
        match &self.state {
            PlanState::Proposed { .. } if debtor => Ok(self.end(by, CancelReason::Declined, note, None, at)),
            PlanState::Proposed { .. } => Ok(self.end(by, CancelReason::Withdrawn, note, None, at)),
            PlanState::Active { .. } if !debtor => Ok(self.end(by, CancelReason::Withdrawn, note, Some(paid), at)),
            PlanState::Canceled { .. } => Ok(Outcome::AlreadyApplied),
            _ => Err(Refusal::PlanNotOpen),
        }
    }

    pub(super) fn end(
        mut self,
        by: Actor,
        reason: CancelReason,
        note: Option<String>,
        paid: Option<Money>,
        canceled_at: Timestamp,
    ) -> Outcome<Self> {
        let paid = paid.unwrap_or(Money::zero(self.schedule.total.currency()));
        let acceptance = self.state.acceptance().cloned();
        self.state = PlanState::Canceled { acceptance, canceled_at, by, reason, note, paid };
        Outcome::Executed(self)
    }

    fn still_fits(&self, principal: Money, today: Date) -> Result<(), Refusal> {
        if principal != self.schedule.principal {
            return Err(Refusal::PlanAmountChanged);
        }
        let rising = |first| if self.schedule.down_payment.is_some() { first > today } else { first >= today };
        match (self.schedule.first_on(), self.schedule.last_on()) {
            (Some(first), _) if rising(first) => Ok(()),
            (Some(first), Some(last)) => Err(Refusal::FirstDateOutOfRange { from: first, until: last }),
            _ => Err(Refusal::PlanNotOpen),
        }
    }

    fn activate(&mut self, acceptance: Acceptance, approved: Option<Approved>, today: Date, charge_item: InvoiceId) {
        for instalment in self.schedule.instalments.iter_mut().filter(|instalment| instalment.number == 0) {
            instalment.due_on = today;
        }
        if self.schedule.charge.is_positive() {
            self.items.push(charge_item);
            self.charge_item = Some(charge_item);
        }
        self.state = PlanState::Active { acceptance, approved };
    }

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
