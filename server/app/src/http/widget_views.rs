//! What pages of creditors ask by themselves: simple requests without cookies, so that a browser asks nothing beforehand.

use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::widgets;
use axum::Json as Answer;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use saldo_contract::problem::Problem;
use saldo_contract::widget_view::{DismissReminder, ViewWidget, WidgetView};
use serde::de::DeserializeOwned;

/// The largest body that a widget sends.
pub(super) const BODY_BYTES_MAX: usize = 4 * 1024;

/// JSON under the name of plain text: that asks for no preflight. Unknown fields are refused by its type.
pub struct Text<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Text<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, app: &App) -> Result<Self, Failure> {
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = content_type.and_then(|value| value.split(';').next()).unwrap_or_default();
        if !essence.trim().eq_ignore_ascii_case("text/plain") {
            return Err(AppRefusal::Malformed("the body must be text/plain".to_owned()).into());
        }
        let body = Bytes::from_request(request, app)
            .await
            .map_err(|_| AppRefusal::Malformed("the body is larger than 4 KiB or broke off".to_owned()))?;
        let value = serde_json::from_slice(&body).map_err(|error| AppRefusal::Malformed(error.to_string()))?;
        Ok(Self(value))
    }
}

/// The site that a browser says a request comes from.
pub(super) fn origin(headers: &HeaderMap) -> Option<&str> {
    let mut named = headers.get_all(header::ORIGIN).iter();
    let origin = named.next()?.to_str().ok()?;
    // Two of them are none.
    named.next().is_none().then_some(origin)
}

/// What a debtor's widgets show on a site of its creditor. The token stands in the body, which is sent as `text/plain`; the
/// `Origin` must be the one that the token is bound to. 204 while the revision that the page has still holds.
#[utoipa::path(post, path = "/v1/widget/view", tag = "widgets", params(("origin" = String, Header)),
    request_body(content = ViewWidget, content_type = "text/plain"),
    responses((status = 200, body = WidgetView), (status = 204), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 429, body = Problem)))]
pub async fn view(
    State(app): State<App>,
    headers: HeaderMap,
    Text(wish): Text<ViewWidget>,
) -> Result<Response, Failure> {
    Ok(match widgets::show(&app, origin(&headers), &wish).await? {
        Some(view) => Answer(view).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}

/// Puts a reminder away, for a day or for good.
#[utoipa::path(post, path = "/v1/widget/dismissals", tag = "widgets", params(("origin" = String, Header)),
    request_body(content = DismissReminder, content_type = "text/plain"),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem)))]
pub async fn dismiss(
    State(app): State<App>,
    headers: HeaderMap,
    Text(wish): Text<DismissReminder>,
) -> Result<StatusCode, Failure> {
    widgets::dismiss(&app, origin(&headers), &wish).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets the page that asked read the answer, whatever it is: what it may see is the token's to say, and no cookie is ever
/// read here. Pages that isolate themselves (COEP) may read it too.
pub(super) async fn share(request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("origin"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    response
}
