use crate::flows::payment_plan::PlanView;
use saldo_contract::plan::{Instalment, PaymentPlan, PlanAcceptance};
use saldo_domain::calendar::Timestamp;
use saldo_domain::plan::{BreakReason, PlanState};

/// A plan as it goes over the wire.
pub fn wire(view: PlanView) -> PaymentPlan {
    let PlanView { plan, progress, debtor, .. } = view;
    let (ended_at, end_reason) = end(&plan.state);
    let acceptance = plan.state.acceptance().map(|how| PlanAcceptance {
        accepted_at: how.accepted_at,
        text_version: how.text_version.clone(),
        address: how.address.clone(),
        language: how.language.tag().to_owned(),
    });
    let waits_for = match (plan.waits_for_finance(), plan.waits_for_debtor()) {
        (true, _) => Some("finance"),
        (_, true) => Some("debtor"),
        _ => None,
    };
    let instalments = progress.instalments.iter().map(|one| Instalment {
        number: one.number,
        due_on: one.due_on,
        amount: one.amount.into(),
        paid: one.paid.into(),
        state: one.state.name().to_owned(),
    });
    PaymentPlan {
        id: plan.id.0,
        debtor_id: debtor.id.0,
        account_id: plan.account_id.0,
        template_id: plan.template_id.0,
        state: plan.state.name().to_owned(),
        waits_for: waits_for.map(str::to_owned),
        invoice_ids: plan.items.iter().map(|item| item.0).collect(),
        principal: plan.schedule.principal.into(),
        charge: plan.schedule.charge.into(),
        total: plan.schedule.total.into(),
        paid: progress.paid.into(),
        remaining: progress.remaining.into(),
        due_now: progress.due_now.into(),
        autopay: plan.terms.autopay,
        instalments: instalments.collect(),
        proposed_at: plan.proposed_at,
        acceptance,
        approved_at: plan.state.approved().map(|approved| approved.at),
        ended_at,
        end_reason: end_reason.map(str::to_owned),
    }
}

fn end(state: &PlanState) -> (Option<Timestamp>, Option<&'static str>) {
    match state {
        PlanState::Proposed { .. } | PlanState::Active { .. } => (None, None),
        PlanState::Completed { completed_at, .. } => (Some(*completed_at), None),
        PlanState::Broken { broken_at, why: BreakReason::Missed { .. }, .. } => (Some(*broken_at), Some("missed")),
        PlanState::Canceled { canceled_at, reason, .. } => (Some(*canceled_at), Some(reason.name())),
    }
}
