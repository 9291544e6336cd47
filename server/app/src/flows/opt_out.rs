//! The debtor withdraws e-mail: by the page, or by the mail program's one click (RFC 8058).

use crate::App;
use crate::access_token::Audience;
use crate::failure::{AppRefusal, Failure, Fault};
use crate::flows::access_link::{claims, later};
use crate::secret;
use jiff::SignedDuration;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::{debtor, snapshot};

/// Days for which the way out in a message works.
const DAYS: i64 = 730;

/// The address that a message carries.
///
/// # Errors
/// A fault where the key cannot sign.
pub fn address(app: &App, creditor: CreditorId, debtor: DebtorId) -> Result<String, Failure> {
    let now = app.now();
    let until = later(now, SignedDuration::from_hours(24 * DAYS))?;
    let claims = claims(creditor, debtor, "opt_out", secret::random_name(app.ambient()), now, until);
    let token = app.keys().sign(Audience::OptOut, claims);
    let token = token.ok_or_else(|| Fault::Other("the opt-out could not be signed".to_owned()))?;
    Ok(app.url(&format!("/optout/{token}")))
}

/// Whose address it is. Reads only.
///
/// # Errors
/// `link_invalid`.
pub async fn show(app: &App, token: &str) -> Result<DebtorSnapshot, Failure> {
    let claims = app.keys().verify(Audience::OptOut, token, app.now()).ok_or(AppRefusal::LinkInvalid)?;
    let tx = app.store().read().await?;
    Ok(snapshot::load(&tx, claims.creditor_id(), claims.debtor_id()).await?)
}

/// Withdraws e-mail. A second time changes nothing.
///
/// # Errors
/// `link_invalid`.
pub async fn opt_out(app: &App, token: &str) -> Result<DebtorSnapshot, Failure> {
    let claims = app.keys().verify(Audience::OptOut, token, app.now()).ok_or(AppRefusal::LinkInvalid)?;
    let (creditor, debtor_id) = (claims.creditor_id(), claims.debtor_id());
    let tx = app.store().write().await?;
    let snapshot = snapshot::lock_and_load(&tx, creditor, debtor_id).await?;
    if snapshot.debtor.email_opt_out_at.is_none() {
        debtor::mark_opted_out(&tx, creditor, debtor_id, app.now()).await?;
        debtor::set_next_contact(&tx, creditor, debtor_id, None).await?;
    }
    tx.commit().await?;
    Ok(snapshot)
}
