use super::plan::{has_method, language, signed_in};
use crate::pages::{ACCEPTANCE_TEXT, PlanConfirmView, PlanWish};
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::DebtorVisit;
use axum::extract::Path;
use axum::http::StatusCode;
use saldo_app::flows::open_statement;
use saldo_app::flows::payment_plan::{self, AcceptProposed};
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::ids::PlanId;
use saldo_domain::plan::{Approval, AutopayRule, PlanState};
use uuid::Uuid;

/// What finance proposed, before the debtor agrees; behind a fresh code.
pub async fn look(visit: DebtorVisit, Path(id): Path<Uuid>) -> Answer {
    visit.needs_code(&format!("/plan/{id}/accept"))?;
    proposed_page(&visit, PlanId(id), StatusCode::OK, None, false).await
}

async fn proposed_page(
    visit: &DebtorVisit,
    id: PlanId,
    status: StatusCode,
    problem: Option<Refusal>,
    unticked: bool,
) -> Answer {
    let DebtorVisit { visit, session } = visit;
    let failed = |failure| Page::failure(visit, failure);
    let shown = payment_plan::show_own(&visit.app, *session, id).await.map_err(failed)?;
    if !matches!(shown.plan.state, PlanState::Proposed { acceptance: None, .. }) {
        return Ok(Page::see_other(&format!("/plan/{id}")));
    }
    let snapshot = open_statement::load(&visit.app, session.creditor_id, session.debtor_id).await.map_err(failed)?;
    let view = PlanConfirmView {
        creditor_name: snapshot.creditor.name.clone(),
        account_id: shown.plan.account_id,
        balance_version: shown.balance_version,
        plan_id: id,
        wish: PlanWish::Proposed,
        grace_days: shown.plan.terms.grace_days,
        missed_max: shown.plan.terms.break_rule.missed_max,
        // Finance has agreed by proposing it.
        approval: Approval::Automatic,
        autopay: if shown.plan.terms.autopay { AutopayRule::Required } else { AutopayRule::Off },
        has_method: has_method(visit, *session).await?,
        schedule: shown.plan.schedule,
        problem,
        unticked,
    };
    Ok(Page::with(status, &view, &signed_in(visit, &snapshot)))
}

/// The debtor agrees to what finance proposed.
pub async fn accept(visit: DebtorVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    visit.needs_code(&format!("/plan/{id}/accept"))?;
    let plan_id = PlanId(id);
    // Words that have changed since the page was made are read anew.
    if form.text("agree") != "yes" || form.text("text") != ACCEPTANCE_TEXT {
        return proposed_page(&visit, plan_id, StatusCode::UNPROCESSABLE_ENTITY, None, true).await;
    }
    let wish = AcceptProposed {
        plan_id,
        balance_version: form.parse("balance_version").unwrap_or(-1),
        text_version: ACCEPTANCE_TEXT.to_owned(),
        address: visit.visit.address().to_owned(),
        language: language(&visit).await?,
    };
    match payment_plan::accept_proposed(&visit.visit.app, visit.session, wish).await {
        Ok(row) => Ok(Page::see_other(&format!("/plan/{}", row.plan.id))),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) if refusal != Refusal::NotFound => {
            proposed_page(&visit, plan_id, StatusCode::CONFLICT, Some(refusal), false).await
        }
        Err(failure) => Err(Page::failure(&visit.visit, failure)),
    }
}

/// The debtor does not want what finance proposed.
pub async fn decline(DebtorVisit { visit, session }: DebtorVisit, Path(id): Path<Uuid>) -> Answer {
    let declined = payment_plan::decline(&visit.app, session, PlanId(id)).await;
    declined.map_err(|failure| Page::failure(&visit, failure))?;
    Ok(Page::see_other(&format!("/plan/{id}")))
}
