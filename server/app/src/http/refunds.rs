use crate::App;
use crate::failure::Failure;
use crate::flows::api_key::ApiCaller;
use crate::flows::request_refund;
use crate::http::extract::{Id, Json, Query};
use crate::http::idempotency::IdempotencyKey;
use crate::http::page::{page, window};
use axum::Json as Answer;
use axum::extract::State;
use axum::response::Response;
use saldo_contract::page::{Page, PageQuery};
use saldo_contract::payment::{Refund, RequestRefund};
use saldo_contract::problem::Problem;
use saldo_domain::ids::{PaymentId, RefundId};
use saldo_store::refund::{self, RefundRow};

/// Refunds, the latest first.
#[utoipa::path(get, path = "/v1/refunds", tag = "payments", security(("api_key" = [])), params(PageQuery),
    responses((status = 200, body = Page<Refund>), (status = 401, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<PageQuery>,
) -> Result<Answer<Page<Refund>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let tx = app.store().read_of(caller.creditor_id).await?;
    let rows = refund::list(&tx, caller.creditor_id, None, window).await?;
    Ok(Answer(page(rows, wire)))
}

/// Gives money back. The answer comes before the provider's: ask for the refund again to learn how it went.
#[utoipa::path(post, path = "/v1/refunds", tag = "payments", security(("api_key" = [])),
    params(("idempotency-key" = String, Header)), request_body = RequestRefund,
    responses((status = 201, body = Refund), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn request(
    State(app): State<App>,
    caller: ApiCaller,
    key: IdempotencyKey,
    Json(wish): Json<RequestRefund>,
) -> Result<Response, Failure> {
    caller.needs("refunds")?;
    let inner = request_refund::RequestRefund {
        refund_id: RefundId(key.id(caller.creditor_id)),
        payment_id: PaymentId(wish.payment_id),
        amount: wish.amount.into(),
        reason: wish.reason.clone(),
    };
    let work = async { request_refund::request(&app, caller.creditor_id, &caller.actor(), inner).await.map(wire) };
    key.once(&app, &caller, &("refund", &wish), work).await
}

/// One refund.
#[utoipa::path(get, path = "/v1/refunds/{refund_id}", tag = "payments", security(("api_key" = [])),
    params(("refund_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Refund), (status = 404, body = Problem)))]
pub async fn show(State(app): State<App>, caller: ApiCaller, Id(id): Id<RefundId>) -> Result<Answer<Refund>, Failure> {
    caller.needs("read")?;
    let tx = app.store().read_of(caller.creditor_id).await?;
    Ok(Answer(wire(refund::load(&tx, caller.creditor_id, id).await?)))
}

fn wire(row: RefundRow) -> Refund {
    Refund {
        id: row.id.0,
        payment_id: row.payment_id.0,
        amount: row.amount.into(),
        state: row.state.name().to_owned(),
        reason: row.reason,
        created_at: row.created_at,
    }
}
