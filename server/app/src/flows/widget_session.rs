//! A token for widgets of one debtor on one of the creditor's sites.

use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::widgets::session_token;
use saldo_contract::widget::{CreateWidgetSession, WidgetScope, WidgetSession};
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_store::{creditor, debtor};

/// Makes a token for one debtor on one listed site.
///
/// # Errors
/// `origin_unlisted`, `not_found`, `malformed` for a token that would cover nothing.
pub async fn create(app: &App, creditor: CreditorId, wish: CreateWidgetSession) -> Result<WidgetSession, Failure> {
    let debtor_id = DebtorId(wish.debtor_id);
    let mut scopes = wish.scopes.unwrap_or_else(|| WidgetScope::ALL.to_vec());
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() {
        return Err(AppRefusal::Malformed("a token covers one scope at least".to_owned()).into());
    }
    let tx = app.store().read_of(creditor).await?;
    debtor::load(&tx, creditor, debtor_id).await?;
    if !creditor::list_widget_origins(&tx, creditor).await?.contains(&wish.origin) {
        return Err(AppRefusal::OriginUnlisted.into());
    }
    session_token(app, creditor, debtor_id, wish.origin, &scopes)
}
