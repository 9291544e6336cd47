//! The console's door: a one-time link that the server prints.

use crate::failure::{AppRefusal, Failure};
use crate::flows::access_link::later;
use crate::flows::start_session::NewSession;
use crate::{App, secret};
use jiff::SignedDuration;
use saldo_domain::creditor::Creditor;
use saldo_domain::ids::CreditorId;
use saldo_store::console_sign_in;
use saldo_store::session::{SessionKind, SessionRow};

/// Minutes for which a printed sign-in link works.
const LINK_MINUTES: i64 = 60;

/// Makes a one-time sign-in link for a creditor's console.
///
/// # Errors
/// `not_found`.
pub async fn create_link(app: &App, creditor: CreditorId) -> Result<String, Failure> {
    let minted = secret::mint(app.ambient(), "");
    let expires_at = later(app.now(), SignedDuration::from_mins(LINK_MINUTES))?;
    let tx = app.store().write().await?;
    saldo_store::creditor::load(&tx, creditor).await?;
    console_sign_in::insert(&tx, creditor, &minted.hash, expires_at).await?;
    tx.commit().await?;
    Ok(app.url(&format!("/console/sign-in/{}", minted.text)))
}

/// Uses the link up and begins a session.
///
/// # Errors
/// `link_invalid` for a used, ended or unknown one.
pub async fn sign_in(app: &App, token: &str) -> Result<NewSession, Failure> {
    let now = app.now();
    let tx = app.store().write().await?;
    let creditor = console_sign_in::take(&tx, &secret::hash(token), now).await?.ok_or(AppRefusal::LinkInvalid)?;
    let expires_at = later(now, SignedDuration::from_hours(i64::from(app.config().access_links.session_hours)))?;
    let minted = secret::mint(app.ambient(), "");
    let row = SessionRow {
        token_hash: minted.hash,
        creditor_id: creditor,
        kind: SessionKind::Console,
        debtor_id: None,
        link_id: None,
        created_at: now,
        expires_at,
    };
    saldo_store::session::insert(&tx, &row).await?;
    tx.commit().await?;
    Ok(NewSession { cookie: minted.text, expires_at })
}

/// The creditor whose console a cookie opens.
///
/// # Errors
/// `session_missing`.
pub async fn find(app: &App, cookie: &str) -> Result<CreditorId, Failure> {
    let tx = app.store().read().await?;
    let row = saldo_store::session::find(&tx, &secret::hash(cookie), app.now()).await?;
    let row = row.filter(|row| row.kind == SessionKind::Console).ok_or(AppRefusal::SessionMissing)?;
    Ok(row.creditor_id)
}

/// The creditor whose console a cookie opens, as it stands.
///
/// # Errors
/// `session_missing`.
pub async fn open(app: &App, cookie: &str) -> Result<Creditor, Failure> {
    let creditor = find(app, cookie).await?;
    crate::flows::create_creditor::load(app, creditor).await
}

/// The name on the sign-in page. Reads only: the link is used up by the form.
///
/// # Errors
/// `link_invalid`.
pub async fn show(app: &App, token: &str) -> Result<Creditor, Failure> {
    let tx = app.store().read().await?;
    let creditor = console_sign_in::find(&tx, &secret::hash(token), app.now()).await?.ok_or(AppRefusal::LinkInvalid)?;
    Ok(saldo_store::creditor::load(&tx, creditor).await?)
}
