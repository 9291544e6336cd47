//! A request that moves money or sends a message is carried out once for its key.

use crate::App;
use crate::failure::{AppRefusal, Failure, Fault};
use crate::flows::api_key::ApiCaller;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use saldo_domain::ids::CreditorId;
use saldo_store::StoreFault;
use saldo_store::idempotency::{self, IdempotencyRow};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The header `Idempotency-Key`: 1 to 128 visible characters that the caller chose.
pub struct IdempotencyKey(String);

impl FromRequestParts<App> for IdempotencyKey {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Failure> {
        let key = parts.headers.get("idempotency-key").and_then(|value| value.to_str().ok()).map(str::trim);
        match key {
            Some(key) if !key.is_empty() && key.len() <= 128 => Ok(Self(key.to_owned())),
            _ => Err(AppRefusal::IdempotencyKeyMissing.into()),
        }
    }
}

impl IdempotencyKey {
    /// The id of what this key makes: the same key makes the same thing, also after a crash half-way.
    pub fn id(&self, creditor: CreditorId) -> Uuid {
        let digest = Sha256::new().chain_update(creditor.0.as_bytes()).chain_update(self.0.as_bytes()).finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }

    /// Answers as the first time, or does the work and keeps its answer. A refusal is not kept: it may be mended.
    pub async fn once<T: Serialize>(
        &self,
        app: &App,
        caller: &ApiCaller,
        request: &impl Serialize,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<Response, Failure> {
        let broken = |error: serde_json::Error| Failure::from(Fault::Other(error.to_string()));
        let request: [u8; 32] = Sha256::digest(serde_json::to_vec(request).map_err(broken)?).into();
        if let Some(known) = self.known(app, caller, request).await? {
            return Ok(known);
        }
        let body = serde_json::to_vec(&work.await?).map_err(broken)?;
        let status = StatusCode::CREATED.as_u16();
        let tx = app.store().write_of(caller.creditor_id).await?;
        let row = IdempotencyRow { request_hash: request, status, body: body.clone(), created_at: app.now() };
        match idempotency::insert(&tx, caller.creditor_id, &self.0, &row).await {
            Ok(()) => tx.commit().await?,
            // The same request ran twice at once: both get the answer of the one that was written.
            Err(StoreFault::Conflict(_)) => {
                tx.rollback().await?;
                return Ok(self.known(app, caller, request).await?.unwrap_or_else(|| answer(status, body)));
            }
            Err(fault) => return Err(fault.into()),
        }
        Ok(answer(status, body))
    }

    /// The answer that was kept for this key.
    async fn known(&self, app: &App, caller: &ApiCaller, request: [u8; 32]) -> Result<Option<Response>, Failure> {
        let tx = app.store().read_of(caller.creditor_id).await?;
        match idempotency::find(&tx, caller.creditor_id, &self.0).await? {
            Some(known) if known.request_hash == request => Ok(Some(answer(known.status, known.body))),
            Some(_) => Err(AppRefusal::IdempotencyMismatch.into()),
            None => Ok(None),
        }
    }
}

fn answer(status: u16, body: Vec<u8>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
