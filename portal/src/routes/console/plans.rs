use crate::pages::console::{ConsolePlanView, ProposePlanView};
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use saldo_app::flows::payment_plan::{self, OfferedPlan, ProposePlan};
use saldo_app::flows::show_account;
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::ids::{AccountId, DebtorId, PlanId, PolicyId};
use saldo_domain::member::Permission;
use saldo_domain::plan::{PlanChoice, schedule};
use serde::Deserialize;
use uuid::Uuid;

/// One plan.
pub async fn show(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Read)?;
    page(&console, PlanId(id), None).await
}

async fn page(console: &ConsoleVisit, id: PlanId, problem: Option<Refusal>) -> Answer {
    let desk = payment_plan::desk(console.app(), console.id(), id).await;
    let desk = desk.map_err(|failure| Page::failure(&console.visit, failure))?;
    let status = problem.as_ref().map_or(StatusCode::OK, |refusal| saldo_app::http::status(&refusal.clone().into()));
    let view = ConsolePlanView { desk, may_decide: console.member.role.may(Permission::Money), problem };
    Ok(Page::with(status, &view, &console.visit.of_console(&console.creditor)))
}

/// Finance agrees.
pub async fn approve(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Money)?;
    let decided = payment_plan::approve(console.app(), console.id(), PlanId(id), console.actor()).await;
    answer(&console, PlanId(id), decided.map(drop)).await
}

/// Finance does not agree.
pub async fn reject(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Money)?;
    let note = Some(form.text("note").to_owned());
    let decided = payment_plan::reject(console.app(), console.id(), PlanId(id), console.actor(), note).await;
    answer(&console, PlanId(id), decided.map(drop)).await
}

/// Finance ends it.
pub async fn cancel(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Money)?;
    let note = Some(form.text("note").to_owned());
    let decided = payment_plan::cancel(console.app(), console.id(), PlanId(id), console.actor(), note).await;
    answer(&console, PlanId(id), decided.map(drop)).await
}

async fn answer(console: &ConsoleVisit, id: PlanId, decided: Result<(), Failure>) -> Answer {
    match decided {
        Ok(()) => Ok(Page::see_other(&format!("/console/plans/{id}"))),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) if refusal != Refusal::NotFound => {
            page(console, id, Some(refusal)).await
        }
        Err(failure) => Err(Page::failure(&console.visit, failure)),
    }
}

/// What the address says of a proposal.
#[derive(Debug, Default, Deserialize)]
pub struct ProposeQuery {
    #[serde(default)]
    offer: String,
    #[serde(default)]
    count: String,
    #[serde(default)]
    first_on: String,
}

/// The page of a proposal.
pub async fn choose(console: ConsoleVisit, Path(debtor): Path<Uuid>, Query(query): Query<ProposeQuery>) -> Answer {
    console.needs(Permission::Plans)?;
    let chosen = query.offer.parse().unwrap_or_default();
    let (count, first_on) = (query.count.parse().ok(), query.first_on.parse().ok());
    let choice = count.zip(first_on).map(|(count, first_on)| PlanChoice { count, first_on });
    proposal(&console, DebtorId(debtor), chosen, choice, None).await
}

async fn proposal(
    console: &ConsoleVisit,
    debtor_id: DebtorId,
    chosen: usize,
    choice: Option<PlanChoice>,
    problem: Option<Refusal>,
) -> Answer {
    let failed = |failure| Page::failure(&console.visit, failure);
    let account = show_account::show(console.app(), console.id(), debtor_id).await.map_err(failed)?;
    let offers = payment_plan::offers_for(console.app(), console.id(), debtor_id).await.map_err(failed)?;
    let made = offers.get(chosen).zip(choice).map(|(offered, choice)| dates(console, &account, offered, &choice));
    let (schedule, wrong) = match made.transpose() {
        Ok(schedule) => (schedule, None),
        Err(refusal) => (None, Some(refusal)),
    };
    let view = ProposePlanView {
        debtor_id,
        debtor_name: account.snapshot.debtor.name.clone(),
        offers,
        chosen,
        choice,
        schedule,
        plan_id: PlanId(console.app().ambient().uuid_v7()),
        problem: problem.or(wrong),
    };
    let status =
        view.problem.as_ref().map_or(StatusCode::OK, |refusal| saldo_app::http::status(&refusal.clone().into()));
    Ok(Page::with(status, &view, &console.visit.of_console(&console.creditor)))
}

fn dates(
    console: &ConsoleVisit,
    account: &show_account::Account,
    offered: &OfferedPlan,
    choice: &PlanChoice,
) -> Result<saldo_domain::plan::Schedule, Refusal> {
    let snapshot = &account.snapshot;
    let today = snapshot.debtor.zone(&snapshot.creditor).date_at(console.app().now());
    schedule(&offered.offer.template, offered.offer.principal, choice, today)
}

/// Proposes it.
pub async fn propose(console: ConsoleVisit, Path(debtor): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Plans)?;
    let debtor_id = DebtorId(debtor);
    let Some(wish) = wish(&console, debtor_id, &form) else {
        return Err(Page::failure(&console.visit, Refusal::NotFound.into()));
    };
    let choice = wish.choice;
    match payment_plan::propose(console.app(), console.id(), console.actor(), wish).await {
        Ok(row) => Ok(Page::see_other(&format!("/console/plans/{}", row.plan.id))),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) if refusal != Refusal::NotFound => {
            proposal(&console, debtor_id, 0, Some(choice), Some(refusal)).await
        }
        Err(failure) => Err(Page::failure(&console.visit, failure)),
    }
}

fn wish(console: &ConsoleVisit, debtor_id: DebtorId, form: &Form) -> Option<ProposePlan> {
    Some(ProposePlan {
        plan_id: form.parse::<PlanId>("plan")?,
        debtor_id,
        account_id: form.parse::<AccountId>("account")?,
        template_id: form.parse::<PolicyId>("template")?,
        choice: PlanChoice { count: form.parse("count")?, first_on: form.parse("first_on")? },
        autopay: form.text("autopay") == "yes",
        balance_version: form.parse("balance_version")?,
        approves: console.member.role.may(Permission::Money),
    })
}
