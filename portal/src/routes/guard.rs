use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use saldo_app::App;

/// Refuses a form that another site sent (beside the cookie's SameSite): browsers say where a request comes from.
pub async fn same_origin(State(app): State<App>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || is_ours(&app, request.headers()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

fn is_ours(app: &App, headers: &HeaderMap) -> bool {
    let said = |name| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    if let Some(site) = said(header::HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    // Browsers from before 2023 say only this, and our own pages, which tell nobody where one comes from, make it `null`.
    match said(header::ORIGIN) {
        None | Some("null") => true,
        Some(origin) => {
            let place = origin.split_once("://").map_or(origin, |(_, place)| place);
            app.url("").strip_suffix('/').unwrap_or(&app.url("")) == origin || said(header::HOST) == Some(place)
        }
    }
}
