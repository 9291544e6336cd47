use super::policies::{Reader, meant};
use crate::App;
use crate::failure::Failure;
use crate::flows::api_key::ApiCaller;
use crate::flows::policy::{self, PlanPreview as Plan, PreviewFacts};
use crate::http::extract::Json;
use crate::i18n::terms_reading;
use axum::Json as Answer;
use axum::extract::State;
use saldo_contract::preview::{
    InstalmentPreview, PlanPreview, Preview, PreviewTerms, PricePreview, Replay, ReplayMonth, ReplayPolicy, StepPreview,
};
use saldo_contract::problem::Problem;
use saldo_domain::money::Money;

/// What a discount policy would have done over the newest 5,000 paid invoices. Nothing is written.
#[utoipa::path(post, path = "/v1/policies/replay", tag = "policies", security(("api_key" = [])),
    request_body = ReplayPolicy, responses((status = 200, body = Replay), (status = 422, body = Problem)))]
pub async fn replay(
    State(app): State<App>,
    caller: ApiCaller,
    Json(wish): Json<ReplayPolicy>,
) -> Result<Answer<Replay>, Failure> {
    caller.needs("read")?;
    let answer = policy::replay_policy(&app, caller.creditor_id, meant(&wish.policy)?).await?;
    let replay = answer.replay;
    let month = |month: &saldo_domain::discount::ReplayMonth| ReplayMonth {
        month: month.month,
        received: month.received.into(),
        would_receive: month.would_receive.into(),
        cost_min: month.cost_min.into(),
        cost_max: month.cost_max.into(),
    };
    Ok(Answer(Replay {
        read_count: answer.read_count,
        truncated: answer.truncated,
        covered_count: replay.covered_count,
        covered: replay.covered.into(),
        taken_count: replay.taken_count,
        cost_min: replay.cost_min.into(),
        movable_count: replay.movable_count,
        cost_max: replay.cost_max.into(),
        earlier: replay.earlier.into(),
        earlier_days: format!("{:.1}", replay.earlier_days),
        months: replay.months.iter().map(month).collect(),
    }))
}

/// The price and the plans of an invoice before it is issued, by the rules that will decide then. Nothing is written.
#[utoipa::path(post, path = "/v1/previews", tag = "policies", security(("api_key" = [])), request_body = PreviewTerms,
    responses((status = 200, body = Preview), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn preview(
    State(app): State<App>,
    caller: ApiCaller,
    Json(wish): Json<PreviewTerms>,
) -> Result<Answer<Preview>, Failure> {
    caller.needs("read")?;
    let full = wish.amount;
    let facts = PreviewFacts {
        debtor_reference: wish.debtor_reference,
        tags: wish.tags,
        issued_on: wish.issued_on,
        due_on: wish.due_on,
        amount: wish.amount.into(),
        tax: wish.tax.map(Money::from),
        instalment_count: wish.instalment_count,
        first_on: wish.first_on,
    };
    let found = policy::preview_terms(&app, caller.creditor_id, facts).await?;
    let reader = Reader::of(&app, caller.creditor_id).await?;
    let step = |step: &policy::PreviewStep| StepPreview {
        until_on: step.until_on,
        until_at: step.until_at,
        saved: step.saved.into(),
        pay: step.pay.into(),
    };
    Ok(Answer(Preview {
        full,
        now: found.now.map(|price| PricePreview {
            saved: price.saved.into(),
            pay: price.pay.into(),
            last_moment: price.last_moment,
        }),
        steps: found.steps.iter().map(step).collect(),
        reading: found.discount.as_ref().map(|terms| terms_reading(terms, reader.locale())),
        plans: found.plans.into_iter().map(plan).collect(),
    }))
}

fn plan(plan: Plan) -> PlanPreview {
    let instalment = |line: &saldo_domain::plan::ScheduledInstalment| InstalmentPreview {
        number: line.number,
        due_on: line.due_on,
        amount: line.amount.into(),
    };
    PlanPreview {
        template_id: plan.template_id.0,
        name: plan.name,
        count_min: *plan.counts.start(),
        count_max: *plan.counts.end(),
        charge: plan.schedule.charge.into(),
        total: plan.schedule.total.into(),
        instalments: plan.schedule.instalments.iter().map(instalment).collect(),
    }
}
