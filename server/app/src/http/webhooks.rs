use crate::App;
use crate::failure::Failure;
use crate::flows::receive_event;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use saldo_contract::problem::Problem;
use saldo_domain::ids::CreditorId;
use uuid::Uuid;

/// Where a provider posts its events: verified on the raw body, archived, answered; worked on afterwards.
#[utoipa::path(post, path = "/v1/webhooks/{provider}/{creditor_id}", tag = "webhooks",
    params(("provider" = String, Path), ("creditor_id" = Uuid, Path)), request_body = String,
    responses((status = 200), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub async fn receive(
    State(app): State<App>,
    Path((provider, creditor)): Path<(String, Uuid)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(), Failure> {
    let signature = headers.get(app.provider().signature_header()).and_then(|value| value.to_str().ok());
    receive_event::receive(&app, &provider, CreditorId(creditor), signature, &body).await
}
