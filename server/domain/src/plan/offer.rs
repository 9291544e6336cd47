use super::plan::{PaymentPlan, PlanState, plan_of_item};
use super::schedule::{counts, first_dates};
use super::template::{PlanTemplate, ProposeAgain};
use crate::Refusal;
use crate::attempt::PaymentAttempt;
use crate::calendar::{Date, days_between};
use crate::ids::{InvoiceId, PolicyId};
use crate::invoice::OpenItem;
use crate::money::Money;
use crate::snapshot::AccountSnapshot;
use std::ops::RangeInclusive;

/// Who asks for a plan, on which account, on which day.
#[derive(Debug, Clone, Copy)]
pub struct Applicant<'a> {
    /// The account.
    pub account: &'a AccountSnapshot,
    /// The debtor's tags.
    pub tags: &'a [String],
    /// The debtor's plans, live and ended.
    pub plans: &'a [PaymentPlan],
    /// Attempts from which money may still come.
    pub attempts: &'a [PaymentAttempt],
    /// The date on the debtor's wall.
    pub today: Date,
}

/// What a debtor may agree to now: one template over all items that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanOffer {
    /// The template's version.
    pub template_id: PolicyId,
    /// The template.
    pub template: PlanTemplate,
    /// The items that the plan would hold.
    pub items: Vec<InvoiceId>,
    /// What is open of them.
    pub principal: Money,
    /// How many instalments the amount allows.
    pub counts: RangeInclusive<u32>,
    /// The first day for the first instalment.
    pub first_from: Date,
    /// The last day for the first instalment.
    pub first_until: Date,
}

/// The plans that a debtor may choose of templates in force, in the templates' order; none while a broken plan forbids it.
pub fn offers(templates: &[(PolicyId, PlanTemplate)], applicant: &Applicant<'_>) -> Vec<PlanOffer> {
    if !may_propose(applicant) {
        return Vec::new();
    }
    templates.iter().filter_map(|(id, template)| offer_of(*id, template, applicant).ok()).collect()
}

/// What one template allows on an account, whatever became of earlier plans: finance may propose where a debtor may not.
/// Contested items, items of a live plan and items under payment stay outside, and those that the template's age does not
/// take.
///
/// # Errors
/// `plan_not_offered`, `item_in_plan` when all that is open is in a plan already, `payment_under_way` when only a payment
/// under way stands against it, `instalment_below_minimum`.
pub fn offer_of(
    template_id: PolicyId,
    template: &PlanTemplate,
    applicant: &Applicant<'_>,
) -> Result<PlanOffer, Refusal> {
    let Applicant { account, tags, plans, today, .. } = applicant;
    let open: Vec<&OpenItem> = account.items.iter().filter(|item| !item.disputed).collect();
    let unplanned: Vec<&OpenItem> =
        open.iter().copied().filter(|item| plan_of_item(plans, item.invoice_id).is_none()).collect();
    let idle: Vec<&OpenItem> =
        unplanned.iter().copied().filter(|item| !under_payment(applicant, item.invoice_id)).collect();
    let taken: Vec<&OpenItem> =
        idle.iter().copied().filter(|item| template.takes_age(item.days_past_due(*today))).collect();
    if taken.is_empty() {
        return Err(match (open.is_empty(), unplanned.is_empty(), idle.is_empty()) {
            (false, true, _) => Refusal::ItemInPlan,
            (false, false, true) => Refusal::PaymentUnderWay,
            _ => Refusal::PlanNotOffered,
        });
    }
    let principal = Money::sum(account.currency, taken.iter().map(|item| item.outstanding))?;
    if !template.segment.covers(principal, tags) {
        return Err(Refusal::PlanNotOffered);
    }
    let first = first_dates(template, *today)?;
    Ok(PlanOffer {
        template_id,
        template: template.clone(),
        items: taken.iter().map(|item| item.invoice_id).collect(),
        principal,
        counts: counts(template, principal)?,
        first_from: *first.start(),
        first_until: *first.end(),
    })
}

/// Whether earlier plans on the account let the debtor choose another one itself.
pub fn may_propose(applicant: &Applicant<'_>) -> bool {
    let own = applicant.plans.iter().filter(|plan| plan.account_id == applicant.account.id);
    own.filter_map(|plan| match &plan.state {
        PlanState::Broken { broken_on, .. } => Some((plan.terms.propose_again, *broken_on)),
        _ => None,
    })
    .all(|(again, broken_on)| match again {
        ProposeAgain::Always => true,
        ProposeAgain::Never => false,
        ProposeAgain::AfterDays { days } => i64::from(days_between(broken_on, applicant.today)) >= i64::from(days),
    })
}

/// A payment without chosen items competes with all of its account.
fn under_payment(applicant: &Applicant<'_>, item: InvoiceId) -> bool {
    let mut own = applicant.attempts.iter().filter(|attempt| attempt.account_id == applicant.account.id);
    own.any(|attempt| attempt.order.items().is_none_or(|items| items.contains(&item)))
}
