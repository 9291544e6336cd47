use crate::App;
use crate::failure::Failure;
use crate::flows::api_key::ApiCaller;
use crate::flows::widgets::keys;
use crate::http::extract::{Id, Json};
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use saldo_contract::problem::Problem;
use saldo_contract::widget_key::{CreateWidgetKey, NewWidgetKey, WidgetKey};
use saldo_domain::ids::WidgetKeyId;

/// The keys with which your server signs tokens for widgets, the newest first, revoked ones too.
#[utoipa::path(get, path = "/v1/widget-keys", tag = "widgets", security(("api_key" = [])),
    responses((status = 200, body = Vec<WidgetKey>), (status = 401, body = Problem)))]
pub async fn list(State(app): State<App>, caller: ApiCaller) -> Result<Answer<Vec<WidgetKey>>, Failure> {
    caller.needs("links")?;
    keys::list(&app, caller.creditor_id).await.map(Answer)
}

/// Makes a key, five live ones at most. The secret of an HS256 key is in this answer and nowhere else.
#[utoipa::path(post, path = "/v1/widget-keys", tag = "widgets", security(("api_key" = [])),
    request_body = CreateWidgetKey,
    responses((status = 201, body = NewWidgetKey), (status = 400, body = Problem), (status = 409, body = Problem)))]
pub async fn create(
    State(app): State<App>,
    caller: ApiCaller,
    Json(wish): Json<CreateWidgetKey>,
) -> Result<(StatusCode, Answer<NewWidgetKey>), Failure> {
    caller.needs("links")?;
    let made = keys::create(&app, caller.creditor_id, &caller.actor(), &wish).await?;
    Ok((StatusCode::CREATED, Answer(made)))
}

/// Revokes a key: its tokens open nothing from now on. One that was revoked before is a success.
#[utoipa::path(delete, path = "/v1/widget-keys/{widget_key_id}", tag = "widgets", security(("api_key" = [])),
    params(("widget_key_id" = uuid::Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn revoke(State(app): State<App>, caller: ApiCaller, Id(id): Id<WidgetKeyId>) -> Result<StatusCode, Failure> {
    caller.needs("links")?;
    keys::revoke(&app, caller.creditor_id, &caller.actor(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}
