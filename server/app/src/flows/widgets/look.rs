//! Tokens that we make ourselves.

use super::{origin, token};
use crate::access_token::Audience;
use crate::failure::{Failure, Fault};
use crate::flows::access_link::{claims, later};
use crate::{App, secret};
use jiff::SignedDuration;
use saldo_contract::widget::{WidgetScope, WidgetSession};
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_store::debtor;

/// Minutes for which a widget's token works.
const MINUTES: i64 = 15;

/// A token of a debtor for a site.
///
/// # Errors
/// A fault where the key cannot sign.
pub fn session_token(
    app: &App,
    creditor: CreditorId,
    debtor: DebtorId,
    site: String,
    scopes: &[WidgetScope],
) -> Result<WidgetSession, Failure> {
    let now = app.now();
    let expires_at = later(now, SignedDuration::from_mins(MINUTES))?;
    let name = secret::random_name(app.ambient());
    let mut claims = claims(creditor, debtor, &token::scope_words(scopes), name, now, expires_at);
    claims.origin = Some(site);
    let token = app.keys().sign(Audience::Widget, claims);
    let token = token.ok_or_else(|| Fault::Other("the widget's token could not be signed".to_owned()))?;
    Ok(WidgetSession { token, expires_at })
}

/// A token with which the console shows widgets of a debtor on its own page.
///
/// # Errors
/// `not_found`.
pub async fn preview_token(app: &App, creditor: CreditorId, debtor_id: DebtorId) -> Result<WidgetSession, Failure> {
    let tx = app.store().read_of(creditor).await?;
    debtor::load(&tx, creditor, debtor_id).await?;
    let own = origin::of_url(&app.url("")).unwrap_or_else(|| app.url(""));
    session_token(app, creditor, debtor_id, own, &WidgetScope::ALL)
}
