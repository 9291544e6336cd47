use crate::App;
use crate::failure::Failure;
use crate::flows::{receive_event, receive_message_event};
use axum::body::Bytes;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use saldo_contract::problem::Problem;
use saldo_domain::Refusal;
use saldo_domain::ids::CreditorId;
use saldo_providers::channel::Knock;
use uuid::Uuid;

/// Whose door a provider knocks at. What is none is not found.
pub struct Door {
    provider: String,
    creditor: CreditorId,
}

impl FromRequestParts<App> for Door {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let named = Path::<(String, Uuid)>::from_request_parts(parts, app).await;
        let Path((provider, creditor)) = named.map_err(|_| Refusal::NotFound)?;
        Ok(Self { provider, creditor: CreditorId(creditor) })
    }
}

/// Where a provider posts its events, of payments or of messages: verified on the raw body, archived, answered; worked on
/// afterwards.
#[utoipa::path(post, path = "/v1/webhooks/{provider}/{creditor_id}", tag = "webhooks",
    params(("provider" = String, Path), ("creditor_id" = Uuid, Path)), request_body = String,
    responses((status = 200), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub async fn receive(
    State(app): State<App>,
    door: Door,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(), Failure> {
    let Door { provider, creditor } = door;
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    if app.channels().source(&provider).is_none() {
        let signature = header(app.provider().signature_header());
        return receive_event::receive(&app, &provider, creditor, signature.as_deref(), &body).await;
    }
    let url = app.url(uri.path_and_query().map_or(uri.path(), |whole| whole.as_str()));
    let knock = Knock { url: &url, query: uri.query().unwrap_or_default(), header: &header, body: &body };
    receive_message_event::receive(&app, &provider, creditor, &knock).await
}

/// Where a provider asks whether the door is ours before it posts anything.
#[utoipa::path(get, path = "/v1/webhooks/{provider}/{creditor_id}", tag = "webhooks",
    params(("provider" = String, Path), ("creditor_id" = Uuid, Path)),
    responses((status = 200, body = String), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub async fn challenge(State(app): State<App>, door: Door, uri: Uri) -> Result<String, Failure> {
    let query = uri.query().unwrap_or_default();
    receive_message_event::challenge(&app, &door.provider, door.creditor, query).await
}
