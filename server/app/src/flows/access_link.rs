//! Access links: made, checked, listed, withdrawn, renewed.

use crate::access_token::{Audience, Claims};
use crate::failure::{Failure, Fault};
use crate::flows::audit::{self, Subject};
use crate::{App, secret};
use jiff::{SignedDuration, Timestamp};
use saldo_domain::actor::Actor;
use saldo_domain::ids::{AccessLinkId, CreditorId, DebtorId};
use saldo_domain::reminder::Channel;
use saldo_store::access_link::AccessLinkRow;
use saldo_store::{PageRequest, Tx, access_link, session};
use serde_json::json;

pub use crate::flows::open_link::{Presented, identify, open};

/// How many of a debtor's links are listed, the latest ones.
const LISTED: u64 = 100;

/// A new link: the row that is kept, and the address that is shown once.
pub struct NewLink {
    /// The row.
    pub row: AccessLinkRow,
    /// Whoever has it sees the statement.
    pub url: String,
    /// The same in its short form.
    pub short_url: String,
}

/// Whether a message on a channel carries a link in its short form: where each character is paid for or printed.
fn is_short(channel: Channel) -> bool {
    match channel {
        Channel::Sms | Channel::Whatsapp | Channel::Letter => true,
        Channel::Email | Channel::Call | Channel::Banner => false,
    }
}

/// Makes a link for a debtor: for whoever runs the server.
///
/// # Errors
/// `not_found` for a debtor of another creditor.
pub async fn create(app: &App, creditor: CreditorId, debtor: DebtorId) -> Result<NewLink, Failure> {
    create_by(app, creditor, &Actor::Operator, debtor).await
}

/// Makes a link for a debtor.
///
/// # Errors
/// `not_found` for a debtor of another creditor.
pub async fn create_by(app: &App, creditor: CreditorId, actor: &Actor, debtor: DebtorId) -> Result<NewLink, Failure> {
    let tx = app.store().write_of(creditor).await?;
    saldo_store::debtor::load(&tx, creditor, debtor).await?;
    let link = mint(app, &tx, creditor, debtor, "full").await?;
    record(app, &tx, creditor, actor, "link_created", &link.row).await?;
    tx.commit().await?;
    Ok(link)
}

/// Makes a link within a database transaction that does more than that.
///
/// # Errors
/// Faults of the store.
pub async fn mint(app: &App, tx: &Tx, creditor: CreditorId, debtor: DebtorId, scope: &str) -> Result<NewLink, Failure> {
    let (claims, mut row) = fresh(app, creditor, debtor, scope)?;
    let code = secret::mint_code(app.ambient());
    row.code_hash = Some(code.hash);
    access_link::insert_many(tx, creditor, std::slice::from_ref(&row)).await?;
    Ok(NewLink { row, url: address(app, claims)?, short_url: app.url(&Presented::Code(&code.text).path()) })
}

/// Makes a link for each of some messages: the addresses in the form that their channels carry, in their order.
///
/// # Errors
/// Faults of the store.
pub async fn mint_for_messages(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    messages: &[(DebtorId, Channel)],
    scope: &str,
) -> Result<Vec<String>, Failure> {
    let (mut rows, mut urls) = (Vec::with_capacity(messages.len()), Vec::with_capacity(messages.len()));
    for (debtor, channel) in messages {
        let (claims, mut row) = fresh(app, creditor, *debtor, scope)?;
        urls.push(if is_short(*channel) {
            let code = secret::mint_code(app.ambient());
            row.code_hash = Some(code.hash);
            app.url(&Presented::Code(&code.text).path())
        } else {
            address(app, claims)?
        });
        rows.push(row);
    }
    access_link::insert_many(tx, creditor, &rows).await?;
    Ok(urls)
}

/// A link's claims and its row, without a short form.
fn fresh(app: &App, creditor: CreditorId, debtor: DebtorId, scope: &str) -> Result<(Claims, AccessLinkRow), Failure> {
    let now = app.now();
    let days = i64::from(app.config().access_links.lifetime_days);
    let expires_at = later(now, SignedDuration::from_hours(24 * days))?;
    let claims = claims(creditor, debtor, scope, secret::dated_name(app.ambient()), now, expires_at);
    let row = AccessLinkRow {
        id: AccessLinkId(app.ambient().uuid_v7()),
        debtor_id: debtor,
        jti_hash: claims.jti_hash(),
        code_hash: None,
        key_id: app.keys().current().id().to_owned(),
        scope: scope.to_owned(),
        issued_at: now,
        not_before: now,
        expires_at,
        revoked_at: None,
        last_opened_at: None,
    };
    Ok((claims, row))
}

/// The address of a link with these claims.
///
/// # Errors
/// A fault where the key cannot sign.
pub fn address(app: &App, claims: Claims) -> Result<String, Failure> {
    let signed = app.keys().sign(Audience::AccessLink, claims);
    let token = signed.ok_or_else(|| Fault::Other("the link could not be signed".to_owned()))?;
    Ok(app.url(&Presented::Token(&token).path()))
}

/// The characters of a link in its short form here: what a text message is counted with.
pub fn short_chars(app: &App) -> usize {
    app.url(&Presented::Code("").path()).chars().count() + secret::CODE_CHARS
}

/// So long before it is made a token begins: a clock that was ahead may be put right, and another node's may be behind.
const CLOCKS_APART_SECONDS: i64 = 300;

/// Claims for a debtor; the audience is set when they are signed.
pub fn claims(
    creditor: CreditorId,
    debtor: DebtorId,
    scope: &str,
    jti: String,
    from: Timestamp,
    until: Timestamp,
) -> Claims {
    Claims {
        sub: debtor.0,
        creditor: creditor.0,
        aud: String::new(),
        scope: scope.to_owned(),
        exp: until.as_second(),
        nbf: from.as_second() - CLOCKS_APART_SECONDS,
        jti,
        origin: None,
    }
}

/// A debtor's links, newest first.
///
/// # Errors
/// `not_found`.
pub async fn list(app: &App, creditor: CreditorId, debtor: DebtorId) -> Result<Vec<AccessLinkRow>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    saldo_store::debtor::load(&tx, creditor, debtor).await?;
    list_in(&tx, creditor, debtor).await
}

/// A debtor's latest links within a database transaction.
///
/// # Errors
/// Faults of the store.
pub async fn list_in(tx: &Tx, creditor: CreditorId, debtor: DebtorId) -> Result<Vec<AccessLinkRow>, Failure> {
    Ok(access_link::list(tx, creditor, debtor, PageRequest::first(LISTED)).await?.items)
}

/// Withdraws a link and ends the sessions that were begun with it: for whoever runs the server.
///
/// # Errors
/// `not_found`.
pub async fn revoke(app: &App, creditor: CreditorId, link: AccessLinkId) -> Result<AccessLinkRow, Failure> {
    revoke_by(app, creditor, &Actor::Operator, link).await
}

/// Withdraws a link and ends the sessions that were begun with it. A withdrawn one stays withdrawn.
///
/// # Errors
/// `not_found`.
pub async fn revoke_by(
    app: &App,
    creditor: CreditorId,
    actor: &Actor,
    link: AccessLinkId,
) -> Result<AccessLinkRow, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let row = withdraw(app, &tx, creditor, actor, link).await?;
    tx.commit().await?;
    Ok(row)
}

/// Withdraws a link and makes a fresh one for the same debtor.
///
/// # Errors
/// `not_found`.
pub async fn renew(app: &App, creditor: CreditorId, actor: &Actor, link: AccessLinkId) -> Result<NewLink, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let row = withdraw(app, &tx, creditor, actor, link).await?;
    let fresh = mint(app, &tx, creditor, row.debtor_id, &row.scope).await?;
    record(app, &tx, creditor, actor, "link_created", &fresh.row).await?;
    tx.commit().await?;
    Ok(fresh)
}

async fn withdraw(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    actor: &Actor,
    link: AccessLinkId,
) -> Result<AccessLinkRow, Failure> {
    access_link::mark_revoked(tx, creditor, link, app.now()).await?;
    session::delete_for_link(tx, creditor, link).await?;
    let row = access_link::load(tx, creditor, link).await?;
    record(app, tx, creditor, actor, "link_revoked", &row).await?;
    Ok(row)
}

async fn record(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    actor: &Actor,
    action: &'static str,
    row: &AccessLinkRow,
) -> Result<(), Failure> {
    let state = json!({
        "debtor_id": row.debtor_id,
        "scope": row.scope,
        "expires_at": row.expires_at,
        "revoked_at": row.revoked_at,
    });
    audit::record(app, tx, creditor, actor, action, Subject::new("access_link", row.id.0), None, Some(state)).await
}

/// A moment later.
pub(crate) fn later(at: Timestamp, by: SignedDuration) -> Result<Timestamp, Failure> {
    at.checked_add(by).map_err(|_| saldo_domain::Refusal::DateOutOfRange.into())
}
