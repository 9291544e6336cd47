//! Who may ask: a token that is genuine and in force, on the site that it is bound to, which the creditor lists.

use super::{origin, token};
use crate::App;
use crate::failure::{AppRefusal, Failure};
use saldo_contract::widget::WidgetScope;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_store::{Tx, creditor, debtor};

/// Somebody who may ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Who is owed.
    pub creditor_id: CreditorId,
    /// Who owes.
    pub debtor_id: DebtorId,
    /// What the token covers.
    pub scopes: Vec<WidgetScope>,
    /// On which site.
    pub origin: String,
    /// Until when.
    pub expires_at: Timestamp,
}

impl Entry {
    /// Whether the token covers it.
    pub fn covers(&self, scope: WidgetScope) -> bool {
        self.scopes.contains(&scope)
    }

    /// Passes where the token covers it.
    ///
    /// # Errors
    /// `scope_missing`.
    pub fn needs(&self, scope: WidgetScope) -> Result<(), Failure> {
        if self.covers(scope) { Ok(()) } else { Err(AppRefusal::ScopeMissing(scope.name()).into()) }
    }
}

/// Lets a token in that comes from a site.
///
/// # Errors
/// `origin_unlisted`, `token_invalid`, `token_expired`, `key_revoked`, `too_many_requests`.
pub async fn enter(app: &App, tx: &Tx, token: &str, from: Option<&str>) -> Result<Entry, Failure> {
    let from = from.filter(|origin| *origin != "null").ok_or(AppRefusal::OriginUnlisted)?;
    let genuine = token::identify(app, tx, token).await?;
    let now = app.now().as_second();
    if now < genuine.from {
        return Err(AppRefusal::TokenInvalid.into());
    }
    if now >= genuine.until {
        return Err(AppRefusal::TokenExpired.into());
    }
    let own = genuine.ours && origin::of_url(&app.url("")).as_deref() == Some(from);
    if genuine.origin != from || !(own || is_listed(tx, genuine.creditor_id, from).await?) {
        return Err(AppRefusal::OriginUnlisted.into());
    }
    // A debtor that is not this creditor's is nobody here.
    debtor::load(tx, genuine.creditor_id, genuine.debtor_id).await.map_err(|_| AppRefusal::TokenInvalid)?;
    if !app.limiters().api(&format!("widget:{}", genuine.debtor_id)) {
        return Err(AppRefusal::TooManyRequests.into());
    }
    let expires_at = Timestamp::from_second(genuine.until).map_err(|_| AppRefusal::TokenInvalid)?;
    Ok(Entry {
        creditor_id: genuine.creditor_id,
        debtor_id: genuine.debtor_id,
        scopes: genuine.scopes,
        origin: genuine.origin,
        expires_at,
    })
}

/// Whether a creditor lists a site.
pub(super) async fn is_listed(tx: &Tx, creditor_id: CreditorId, origin: &str) -> Result<bool, Failure> {
    let listed = creditor::list_widget_origins(tx, creditor_id).await;
    // A creditor that is not there lists nothing.
    Ok(listed.map_or_else(|_| false, |listed| listed.iter().any(|one| one == origin)))
}
