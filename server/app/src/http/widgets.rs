use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::api_key::ApiCaller;
use crate::flows::widget_session;
use crate::http::extract::{Json, bearer};
use axum::Json as Answer;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use saldo_contract::problem::Problem;
use saldo_contract::widget::{CreateWidgetSession, WidgetBalance, WidgetSession};
use saldo_domain::locale::Language;

/// Makes a token with which one listed site shows one debtor's balance for 15 minutes.
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

/// What `<saldo-balance>` shows. The token is a widget's, not an API key, and works on its own site alone.
#[utoipa::path(get, path = "/v1/widget/balance", tag = "widgets",
    params(("origin" = String, Header), ("authorization" = String, Header)),
    responses((status = 200, body = WidgetBalance), (status = 401, body = Problem), (status = 403, body = Problem)))]
pub async fn balance(State(app): State<App>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let origin = parts.headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let answer = match bearer(&parts) {
        Some(token) => widget_session::show_balance(&app, token, origin, language(&parts)).await,
        None => Err(AppRefusal::LinkInvalid.into()),
    };
    (cors(origin), answer.map(Answer)).into_response()
}

/// The language of the page around the widget.
fn language(parts: &Parts) -> Option<Language> {
    let tags = parts.headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    tags.split(',').find_map(|tag| Language::try_new(tag.split(';').next()?.trim()).ok())
}

/// What a browser asks before it lets another site's page send a token. Whether the token works there is the token's to
/// say: no cookie is ever read on this path.
pub async fn preflight(headers: HeaderMap) -> Response {
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()).unwrap_or_default();
    (StatusCode::NO_CONTENT, cors(origin)).into_response()
}

fn cors(origin: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::VARY, HeaderValue::from_static("origin"));
    if let Ok(origin) = HeaderValue::from_str(origin) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("authorization"));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    }
    headers
}
