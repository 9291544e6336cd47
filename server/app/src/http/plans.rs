use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::api_key::ApiCaller;
use crate::flows::payment_plan::{self, ProposePlan as Wish, one_view, page_of_views};
use crate::http::extract::{Id, Json, Query};
use crate::http::idempotency::IdempotencyKey;
use crate::http::page::{page, window};
use crate::http::plan_wire::wire;
use axum::Json as Answer;
use axum::extract::State;
use axum::response::Response;
use saldo_contract::page::Page;
use saldo_contract::plan::{EndPlan, PaymentPlan, PlanQuery, ProposePlan};
use saldo_contract::problem::Problem;
use saldo_domain::ids::{AccountId, DebtorId, PlanId, PolicyId};
use saldo_domain::plan::PlanChoice;
use saldo_store::payment_plan::{PlanFilter, PlanWaitsFor};

/// The words of the states.
const STATES: [&str; 5] = ["proposed", "active", "completed", "broken", "canceled"];

/// Payment plans, the latest first.
#[utoipa::path(get, path = "/v1/payment-plans", tag = "plans", security(("api_key" = [])), params(PlanQuery),
    responses((status = 200, body = Page<PaymentPlan>), (status = 401, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<PlanQuery>,
) -> Result<Answer<Page<PaymentPlan>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let rows = page_of_views(&app, caller.creditor_id, filter(&query)?, window).await?;
    Ok(Answer(page(rows, wire)))
}

fn filter(query: &PlanQuery) -> Result<PlanFilter<'_>, Failure> {
    let unknown = |word: &str| Failure::from(AppRefusal::Malformed(format!("unknown word {word}")));
    let state = query.state.as_deref();
    if let Some(word) = state.filter(|word| !STATES.contains(word)) {
        return Err(unknown(word));
    }
    let who = [PlanWaitsFor::Debtor, PlanWaitsFor::Finance];
    let waits_for = query.waits_for.as_deref();
    let waits_for = waits_for.map(|word| who.into_iter().find(|who| who.name() == word).ok_or_else(|| unknown(word)));
    Ok(PlanFilter { state, waits_for: waits_for.transpose()?, debtor_id: query.debtor_id.map(DebtorId) })
}

/// One payment plan.
#[utoipa::path(get, path = "/v1/payment-plans/{plan_id}", tag = "plans", security(("api_key" = [])),
    params(("plan_id" = uuid::Uuid, Path)),
    responses((status = 200, body = PaymentPlan), (status = 404, body = Problem)))]
pub async fn show(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<PlanId>,
) -> Result<Answer<PaymentPlan>, Failure> {
    caller.needs("read")?;
    one_view(&app, caller.creditor_id, id).await.map(wire).map(Answer)
}

/// Proposes a plan to a debtor. Who has the scope `adjust` approves it by proposing it; else a template that asks for
/// approval still asks for it.
#[utoipa::path(post, path = "/v1/payment-plans", tag = "plans", security(("api_key" = [])),
    params(("idempotency-key" = String, Header)), request_body = ProposePlan,
    responses((status = 201, body = PaymentPlan), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
pub async fn propose(
    State(app): State<App>,
    caller: ApiCaller,
    key: IdempotencyKey,
    Json(wish): Json<ProposePlan>,
) -> Result<Response, Failure> {
    caller.needs("write")?;
    let inner = Wish {
        plan_id: PlanId(key.id(caller.creditor_id)),
        debtor_id: DebtorId(wish.debtor_id),
        account_id: AccountId(wish.account_id),
        template_id: PolicyId(wish.template_id),
        choice: PlanChoice { count: wish.instalment_count, first_on: wish.first_on },
        autopay: wish.autopay,
        balance_version: wish.balance_version,
        approves: caller.needs("adjust").is_ok(),
    };
    let work = async {
        let row = payment_plan::propose(&app, caller.creditor_id, caller.actor(), inner).await?;
        one_view(&app, caller.creditor_id, row.plan.id).await.map(wire)
    };
    key.once(&app, &caller, &("payment plan", &wish), work).await
}

/// Agrees for the creditor. Where the debtor has agreed already the plan is active.
#[utoipa::path(post, path = "/v1/payment-plans/{plan_id}/approve", tag = "plans", security(("api_key" = [])),
    params(("plan_id" = uuid::Uuid, Path)),
    responses((status = 200, body = PaymentPlan), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn approve(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<PlanId>,
) -> Result<Answer<PaymentPlan>, Failure> {
    caller.needs("adjust")?;
    payment_plan::approve(&app, caller.creditor_id, id, caller.actor()).await?;
    one_view(&app, caller.creditor_id, id).await.map(wire).map(Answer)
}

/// Refuses a plan that a debtor asked for.
#[utoipa::path(post, path = "/v1/payment-plans/{plan_id}/reject", tag = "plans", security(("api_key" = [])),
    params(("plan_id" = uuid::Uuid, Path)), request_body = EndPlan,
    responses((status = 200, body = PaymentPlan), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn reject(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<PlanId>,
    Json(wish): Json<EndPlan>,
) -> Result<Answer<PaymentPlan>, Failure> {
    caller.needs("adjust")?;
    payment_plan::reject(&app, caller.creditor_id, id, caller.actor(), wish.note).await?;
    one_view(&app, caller.creditor_id, id).await.map(wire).map(Answer)
}

/// Ends a plan: what is open of it is due by the invoices' own dates.
#[utoipa::path(post, path = "/v1/payment-plans/{plan_id}/cancel", tag = "plans", security(("api_key" = [])),
    params(("plan_id" = uuid::Uuid, Path)), request_body = EndPlan,
    responses((status = 200, body = PaymentPlan), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn cancel(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<PlanId>,
    Json(wish): Json<EndPlan>,
) -> Result<Answer<PaymentPlan>, Failure> {
    caller.needs("adjust")?;
    payment_plan::cancel(&app, caller.creditor_id, id, caller.actor(), wish.note).await?;
    one_view(&app, caller.creditor_id, id).await.map(wire).map(Answer)
}
