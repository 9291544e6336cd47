use crate::App;
use crate::failure::Failure;
use crate::flows::api_key::ApiCaller;
use crate::flows::widget_session;
use crate::http::extract::Json;
use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use saldo_contract::problem::Problem;
use saldo_contract::widget::{CreateWidgetSession, WidgetSession};

/// Makes a token with which widgets of one listed site show what one debtor owes, for 15 minutes.
#[utoipa::path(post, path = "/v1/widget-sessions", tag = "widgets", security(("api_key" = [])),
    request_body = CreateWidgetSession,
    responses((status = 201, body = WidgetSession), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn create_session(
    State(app): State<App>,
    caller: ApiCaller,
    Json(wish): Json<CreateWidgetSession>,
) -> Result<(StatusCode, Answer<WidgetSession>), Failure> {
    caller.needs("links")?;
    let session = widget_session::create(&app, caller.creditor_id, wish).await?;
    Ok((StatusCode::CREATED, Answer(session)))
}
