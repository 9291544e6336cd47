//! One log line and one count for each answer: by route, never by path, since paths can hold tokens.

use crate::App;
use crate::metrics::RequestLabels;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

/// Logs and counts an answer.
pub async fn watch(State(app): State<App>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let begun = app.now();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let millis = app.now().duration_since(begun).as_millis();
    tracing::info!(%method, route, status, millis, "answered");
    app.metrics().requests.get_or_create(&RequestLabels { route, status }).inc();
    response
}
