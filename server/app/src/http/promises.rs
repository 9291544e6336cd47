use crate::App;
use crate::failure::Failure;
use crate::flows::api_key::ApiCaller;
use crate::flows::promise::{self, PromiseRow};
use crate::http::extract::{Id, Json, Query};
use crate::http::idempotency::IdempotencyKey;
use crate::http::page::{page, window};
use axum::Json as Answer;
use axum::extract::State;
use axum::response::Response;
use saldo_contract::page::Page;
use saldo_contract::payment::ByDebtorQuery;
use saldo_contract::problem::Problem;
use saldo_contract::silence::{MakePromise, Promise};
use saldo_domain::ids::{AccountId, DebtorId, PromiseId};
use saldo_domain::promise::PromiseStanding;

/// Promises to pay, the latest first, with what became of each.
#[utoipa::path(get, path = "/v1/promises", tag = "claims", security(("api_key" = [])), params(ByDebtorQuery),
    responses((status = 200, body = Page<Promise>), (status = 401, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<ByDebtorQuery>,
) -> Result<Answer<Page<Promise>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let rows = promise::list(&app, caller.creditor_id, query.debtor_id.map(DebtorId), window).await?;
    Ok(Answer(page(rows, |(row, standing)| wire(row, standing))))
}

/// Notes a promise that a debtor made: reminders of its account are silent until the date has passed.
#[utoipa::path(post, path = "/v1/promises", tag = "claims", security(("api_key" = [])),
    params(("idempotency-key" = String, Header)), request_body = MakePromise,
    responses((status = 201, body = Promise), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn make(
    State(app): State<App>,
    caller: ApiCaller,
    key: IdempotencyKey,
    Json(wish): Json<MakePromise>,
) -> Result<Response, Failure> {
    caller.needs("write")?;
    let inner = promise::MakePromise {
        promise_id: PromiseId(key.id(caller.creditor_id)),
        account_id: AccountId(wish.account_id),
        amount: wish.amount.map(Into::into),
        promised_on: wish.promised_on,
    };
    let work = async {
        let row = promise::make(&app, caller.creditor_id, DebtorId(wish.debtor_id), caller.actor(), inner).await?;
        judged(&app, &caller, row).await
    };
    key.once(&app, &caller, &("promise", &wish), work).await
}

/// Takes a promise back.
#[utoipa::path(post, path = "/v1/promises/{promise_id}/cancel", tag = "claims", security(("api_key" = [])),
    params(("promise_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Promise), (status = 404, body = Problem)))]
pub async fn cancel(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<PromiseId>,
) -> Result<Answer<Promise>, Failure> {
    caller.needs("write")?;
    let row = promise::withdraw(&app, caller.creditor_id, None, caller.actor(), id).await?;
    judged(&app, &caller, row).await.map(Answer)
}

async fn judged(app: &App, caller: &ApiCaller, row: PromiseRow) -> Result<Promise, Failure> {
    let snapshot = crate::flows::open_statement::load(app, caller.creditor_id, row.debtor_id).await?;
    let standing = promise::standing(app, &row, &snapshot)?;
    Ok(wire(row, standing))
}

fn wire(row: PromiseRow, standing: PromiseStanding) -> Promise {
    Promise {
        id: row.promise.id.0,
        debtor_id: row.debtor_id.0,
        account_id: row.promise.account_id.0,
        amount: row.promise.expected().into(),
        promised_on: row.promise.promised_on,
        made_at: row.promise.made_at,
        standing: standing.name().to_owned(),
    }
}
