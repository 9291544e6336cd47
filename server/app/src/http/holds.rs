use crate::App;
use crate::failure::Failure;
use crate::flows::api_key::ApiCaller;
use crate::flows::manual_hold::{self, HoldRow};
use crate::http::extract::{Id, Json, Query};
use crate::http::idempotency::IdempotencyKey;
use crate::http::page::{page, window};
use axum::Json as Answer;
use axum::extract::State;
use axum::response::Response;
use saldo_contract::page::Page;
use saldo_contract::payment::ByDebtorQuery;
use saldo_contract::problem::Problem;
use saldo_contract::silence::{Hold, PlaceHold};
use saldo_domain::ids::{DebtorId, HoldId};

/// Manual holds, the latest first.
#[utoipa::path(get, path = "/v1/holds", tag = "claims", security(("api_key" = [])), params(ByDebtorQuery),
    responses((status = 200, body = Page<Hold>), (status = 401, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<ByDebtorQuery>,
) -> Result<Answer<Page<Hold>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let rows = manual_hold::list(&app, caller.creditor_id, query.debtor_id.map(DebtorId), window).await?;
    Ok(Answer(page(rows, wire)))
}

/// Holds reminders to a debtor until a day has ended.
#[utoipa::path(post, path = "/v1/holds", tag = "claims", security(("api_key" = [])),
    params(("idempotency-key" = String, Header)), request_body = PlaceHold,
    responses((status = 201, body = Hold), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn place(
    State(app): State<App>,
    caller: ApiCaller,
    key: IdempotencyKey,
    Json(wish): Json<PlaceHold>,
) -> Result<Response, Failure> {
    caller.needs("write")?;
    let inner = manual_hold::PlaceHold {
        hold_id: HoldId(key.id(caller.creditor_id)),
        reason: wish.reason.clone(),
        until_on: wish.until_on,
    };
    let debtor = DebtorId(wish.debtor_id);
    let work = async { manual_hold::place(&app, caller.creditor_id, debtor, caller.actor(), inner).await.map(wire) };
    key.once(&app, &caller, &("hold", &wish), work).await
}

/// Ends a hold before its time.
#[utoipa::path(post, path = "/v1/holds/{hold_id}/end", tag = "claims", security(("api_key" = [])),
    params(("hold_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Hold), (status = 404, body = Problem)))]
pub async fn end(State(app): State<App>, caller: ApiCaller, Id(id): Id<HoldId>) -> Result<Answer<Hold>, Failure> {
    caller.needs("write")?;
    manual_hold::end(&app, caller.creditor_id, caller.actor(), id).await.map(wire).map(Answer)
}

fn wire(row: HoldRow) -> Hold {
    Hold {
        id: row.hold.id.0,
        debtor_id: row.debtor_id.0,
        reason: row.hold.reason,
        from_at: row.hold.from_at,
        until_on: row.hold.until_on,
        ended_at: row.hold.ended.map(|end| end.at),
    }
}
