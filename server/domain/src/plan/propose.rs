use super::offer::{Applicant, PlanOffer, may_propose, offer_of};
use super::plan::{PaymentPlan, PlanState, PlanTerms};
use super::schedule::{PlanChoice, schedule};
use super::template::{AutopayRule, PlanTemplate};
use crate::Refusal;
use crate::actor::Actor;
use crate::calendar::Timestamp;
use crate::ids::{PlanId, PolicyId};
use crate::outcome::Outcome;

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
}
