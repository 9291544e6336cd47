//! A widget on the creditor's own site: a token bound to that site, and what it shows.

use crate::App;
use crate::access_token::Audience;
use crate::failure::{AppRefusal, Failure, Fault};
use crate::flows::access_link::{self, later};
use crate::flows::widgets::token::scope_words;
use crate::secret;
use jiff::SignedDuration;
use saldo_contract::widget::{CreateWidgetSession, WidgetBalance, WidgetScope, WidgetSession};
use saldo_domain::ids::{AccessLinkId, CreditorId, DebtorId};
use saldo_domain::locale::{Language, Locale};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_domain::statement;
use saldo_store::access_link::AccessLinkRow;
use saldo_store::{creditor, debtor, snapshot};

/// Minutes for which a widget's token works.
const MINUTES: i64 = 15;

/// Makes a token for one debtor's balance on one listed site.
///
/// # Errors
/// `origin_unlisted`, `not_found`.
pub async fn create(app: &App, creditor: CreditorId, wish: CreateWidgetSession) -> Result<WidgetSession, Failure> {
    let debtor_id = DebtorId(wish.debtor_id);
    let now = app.now();
    let expires_at = later(now, SignedDuration::from_mins(MINUTES))?;
    let tx = app.store().write().await?;
    debtor::load(&tx, creditor, debtor_id).await?;
    if !creditor::list_widget_origins(&tx, creditor).await?.contains(&wish.origin) {
        return Err(AppRefusal::OriginUnlisted.into());
    }
    let mut scopes = wish.scopes.unwrap_or_else(|| WidgetScope::ALL.to_vec());
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() {
        return Err(AppRefusal::Malformed("a token covers one scope at least".to_owned()).into());
    }
    let words = scope_words(&scopes);
    let mut claims =
        access_link::claims(creditor, debtor_id, &words, secret::random_name(app.ambient()), now, expires_at);
    // The Pay link that the widget shows has the same name: made here, since showing a balance changes nothing.
    let row = AccessLinkRow {
        id: AccessLinkId(app.ambient().uuid_v7()),
        debtor_id,
        jti_hash: claims.jti_hash(),
        code_hash: None,
        key_id: app.keys().current().id().to_owned(),
        scope: "pay".to_owned(),
        issued_at: now,
        not_before: now,
        expires_at,
        revoked_at: None,
        last_opened_at: None,
    };
    saldo_store::access_link::insert(&tx, creditor, &row).await?;
    tx.commit().await?;
    claims.origin = Some(wish.origin);
    let token = app.keys().sign(Audience::Widget, claims);
    let token = token.ok_or_else(|| Fault::Other("the widget's token could not be signed".to_owned()))?;
    Ok(WidgetSession { token, expires_at })
}

/// What the balance widget shows on the site that the token is bound to, in the page's language or else the debtor's.
///
/// # Errors
/// `link_invalid` for a token that is not genuine, not in force or meant for another site; `origin_unlisted`.
pub async fn show_balance(
    app: &App,
    token: &str,
    origin: &str,
    language: Option<Language>,
) -> Result<WidgetBalance, Failure> {
    let claims = app.keys().verify(Audience::Widget, token, app.now()).ok_or(AppRefusal::LinkInvalid)?;
    if claims.origin.as_deref() != Some(origin) {
        return Err(AppRefusal::LinkInvalid.into());
    }
    let tx = app.store().read().await?;
    if !creditor::list_widget_origins(&tx, claims.creditor_id()).await?.iter().any(|listed| listed == origin) {
        return Err(AppRefusal::OriginUnlisted.into());
    }
    let snapshot = snapshot::load(&tx, claims.creditor_id(), claims.debtor_id()).await?;
    let mut link = claims.clone();
    link.origin = None;
    link.scope = "pay".to_owned();
    view(app, &snapshot, language, access_link::address(app, link)?)
}

/// A widget shows one currency: the one in which most items are open.
fn view(
    app: &App,
    snapshot: &DebtorSnapshot,
    language: Option<Language>,
    pay_url: String,
) -> Result<WidgetBalance, Failure> {
    let own = snapshot.debtor.locale(&snapshot.creditor);
    let locale = Locale::new(language.unwrap_or(own.language), &own.country);
    let statement = statement::build(snapshot, app.now())?;
    let account = statement.accounts.iter().max_by_key(|account| account.lines.len());
    let currency = account.map_or(snapshot.creditor.currency, |account| account.currency);
    let due = account.map_or(saldo_domain::money::Money::zero(currency), |account| account.outstanding);
    let next_due_on = account.and_then(|account| account.next_due_on);
    Ok(WidgetBalance {
        amount_due: due.into(),
        formatted: locale.money(due),
        next_due_on,
        next_due_formatted: next_due_on.map(|date| locale.long_date(date)),
        open_item_count: account.map_or(0, |account| u32::try_from(account.lines.len()).unwrap_or(u32::MAX)),
        pay_url,
        locale: locale.language.tag().to_owned(),
    })
}
