use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use saldo_app::App;
use saldo_app::flows::update_creditor;
use saldo_bundles::Asset;
use saldo_domain::ids::CreditorId;

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const SHORT: &str = "public, max-age=300, stale-while-revalidate=86400";

/// A file whose name is its hash: it never changes, and any site may load it.
pub async fn hashed(Path(file): Path<String>, headers: HeaderMap) -> Response {
    match saldo_bundles::find(&format!("/assets/{file}")) {
        Some(asset) => serve(asset, &headers, FOR_EVER),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The loader that sites embed: always at this path.
pub async fn widget_loader(headers: HeaderMap) -> Response {
    match saldo_bundles::find(saldo_bundles::widget_loader()) {
        Some(asset) => serve(asset, &headers, SHORT),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The self-test that a page loads with `saldo.js?debug`.
pub async fn widget_debug(headers: HeaderMap) -> Response {
    match saldo_bundles::find("/widgets/v1/debug.js") {
        Some(asset) => serve(asset, &headers, SHORT),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn serve(asset: &'static Asset, headers: &HeaderMap, cache: &'static str) -> Response {
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let brotli = accepts.split(',').any(|coding| coding.trim().split(';').next() == Some("br"));
    let mut answer = if brotli { asset.brotli.into_response() } else { asset.raw.into_response() };
    let answered = answer.headers_mut();
    if brotli {
        answered.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    answered.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    answered.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    answered.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    answered.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    answered.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    answer
}

/// A creditor's own colour as a style sheet, so that pages need no inline style, and its logo.
pub async fn brand(State(app): State<App>, Path(file): Path<String>) -> Response {
    if let Some(id) = file.strip_suffix(".logo").and_then(|id| id.parse::<CreditorId>().ok()) {
        return match update_creditor::load_logo(&app, id).await {
            Ok(Some((kind, image))) => {
                ([(header::CONTENT_TYPE, kind.as_str()), (header::CACHE_CONTROL, SHORT)], image).into_response()
            }
            _ => StatusCode::NOT_FOUND.into_response(),
        };
    }
    let id = file.strip_suffix(".css").and_then(|id| id.parse::<CreditorId>().ok());
    let creditor = match id {
        Some(id) => saldo_app::flows::create_creditor::load(&app, id).await.ok(),
        None => None,
    };
    match creditor {
        Some(creditor) => {
            let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, SHORT)];
            (headers, crate::brand_css(&creditor.brand)).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
