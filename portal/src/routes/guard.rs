use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Refuses a form that another site sent (beside the cookie's SameSite): browsers say where a request comes from.
pub async fn same_origin(request: Request, next: Next) -> Response {
    let site = request.headers().get("sec-fetch-site").and_then(|value| value.to_str().ok());
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || matches!(site, None | Some("same-origin" | "none")) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}
