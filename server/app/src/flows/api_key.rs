//! API keys: made, recognised, withdrawn. Only their hash is kept.

use crate::failure::{AppRefusal, Failure};
use crate::flows::audit::{self, Subject};
use crate::{App, secret};
use saldo_domain::actor::Actor;
use saldo_domain::ids::{ApiKeyId, CreditorId};
use saldo_store::api_key::{self, ApiKeyRow};

/// Everything that a key may be allowed.
pub const SCOPES: [&str; 7] = ["read", "write", "import", "links", "refunds", "terms", "adjust"];

/// A caller with a key.
#[derive(Debug, Clone)]
pub struct ApiCaller {
    /// Whose key it is.
    pub creditor_id: CreditorId,
    /// The key.
    pub key_id: ApiKeyId,
    scopes: Vec<String>,
}

impl ApiCaller {
    /// Passes where the key has a scope.
    ///
    /// # Errors
    /// `scope_missing`.
    pub fn needs(&self, scope: &'static str) -> Result<(), Failure> {
        if self.scopes.iter().any(|held| held == scope) { Ok(()) } else { Err(AppRefusal::ScopeMissing(scope).into()) }
    }

    /// Who it is in the audit log.
    pub fn actor(&self) -> Actor {
        Actor::ApiKey { id: self.key_id }
    }
}

/// Makes a key; its text is shown once. Only whoever runs the server does it.
///
/// # Errors
/// `malformed` for an unknown scope.
pub async fn create(app: &App, creditor: CreditorId, label: &str, scopes: &[String]) -> Result<String, Failure> {
    if let Some(unknown) = scopes.iter().find(|scope| !SCOPES.contains(&scope.as_str())) {
        return Err(AppRefusal::Malformed(format!("unknown scope {unknown}; known are {}", SCOPES.join(", "))).into());
    }
    let minted = secret::mint(app.ambient(), "saldo_key_");
    let row = ApiKeyRow {
        id: ApiKeyId(app.ambient().uuid_v7()),
        creditor_id: creditor,
        label: label.to_owned(),
        hash: minted.hash,
        scopes: scopes.to_vec(),
        created_at: app.now(),
        revoked_at: None,
        last_used_at: None,
    };
    let tx = app.store().write_of(creditor).await?;
    saldo_store::creditor::load(&tx, creditor).await?;
    api_key::insert(&tx, &row).await?;
    let after = serde_json::json!({ "label": row.label, "scopes": row.scopes });
    let subject = Subject::new("api_key", row.id.0);
    audit::record(app, &tx, creditor, &Actor::Operator, "api_key_created", subject, None, Some(after)).await?;
    tx.commit().await?;
    Ok(minted.text)
}

/// Who a key belongs to.
///
/// # Errors
/// `key_invalid` for an unknown or withdrawn one, `too_many_requests`.
pub async fn recognise(app: &App, text: &str) -> Result<ApiCaller, Failure> {
    let tx = app.store().read_across(saldo_store::Across::Entrance).await?;
    let row = api_key::find_by_hash(&tx, &secret::hash(text)).await?;
    let row = row.filter(|row| row.revoked_at.is_none()).ok_or(AppRefusal::KeyInvalid)?;
    if !app.limiters().api(&row.id.to_string()) {
        return Err(AppRefusal::TooManyRequests.into());
    }
    Ok(ApiCaller { creditor_id: row.creditor_id, key_id: row.id, scopes: row.scopes })
}

/// A creditor's keys, oldest first, without their texts.
///
/// # Errors
/// Faults of the store.
pub async fn list(app: &App, creditor: CreditorId) -> Result<Vec<ApiKeyRow>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(api_key::list(&tx, creditor).await?)
}

/// Withdraws a key. A withdrawn one stays withdrawn.
///
/// # Errors
/// `not_found`.
pub async fn revoke(app: &App, creditor: CreditorId, id: ApiKeyId) -> Result<(), Failure> {
    let tx = app.store().write_of(creditor).await?;
    api_key::mark_revoked(&tx, creditor, id, app.now()).await?;
    let subject = Subject::new("api_key", id.0);
    audit::record(app, &tx, creditor, &Actor::Operator, "api_key_revoked", subject, None, None).await?;
    Ok(tx.commit().await?)
}
