//! Continue: a link becomes a session, so that the token leaves the address.

use crate::failure::{AppRefusal, Failure};
use crate::flows::access_link::{self, Presented, later};
use crate::{App, secret};
use jiff::{SignedDuration, Timestamp};
use saldo_domain::ids::{AccessLinkId, CreditorId, DebtorId};
use saldo_store::session::{SessionKind, SessionRow};
use saldo_store::{Across, Tx};

pub use saldo_store::session::OfWidget;

/// A session that was begun; the text goes into the cookie.
pub struct NewSession {
    /// For the cookie.
    pub cookie: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A debtor who came by a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DebtorSession {
    /// Who is owed.
    pub creditor_id: CreditorId,
    /// Who owes.
    pub debtor_id: DebtorId,
    /// Until when it stands for what needs a fresh code.
    pub fresh_until: Option<Timestamp>,
}

/// Begins a session with a link.
///
/// # Errors
/// `link_invalid`.
pub async fn start(app: &App, presented: Presented<'_>) -> Result<NewSession, Failure> {
    let (link, snapshot) = access_link::open(app, presented).await?;
    let tx = app.store().write_of(snapshot.creditor.id).await?;
    let whose = (snapshot.creditor.id, link.debtor_id);
    let session = write(app, &tx, whose, Some(link.id), None).await?;
    saldo_store::access_link::mark_opened(&tx, snapshot.creditor.id, link.id, app.now()).await?;
    tx.commit().await?;
    Ok(session)
}

/// Writes a debtor's session within a database transaction that does more than that.
///
/// # Errors
/// Faults of the store.
pub(crate) async fn write(
    app: &App,
    tx: &Tx,
    (creditor_id, debtor_id): (CreditorId, DebtorId),
    link_id: Option<AccessLinkId>,
    widget: Option<OfWidget>,
) -> Result<NewSession, Failure> {
    let now = app.now();
    let expires_at = later(now, SignedDuration::from_hours(i64::from(app.config().access_links.session_hours)))?;
    let minted = secret::mint(app.ambient(), "");
    let row = SessionRow {
        token_hash: minted.hash,
        creditor_id,
        kind: SessionKind::Debtor,
        debtor_id: Some(debtor_id),
        link_id,
        created_at: now,
        expires_at,
        console: None,
        fresh_until: None,
        widget,
    };
    saldo_store::session::insert(tx, &row).await?;
    Ok(NewSession { cookie: minted.text, expires_at })
}

/// The debtor that a cookie stands for, with what came from a widget.
///
/// # Errors
/// `session_missing`.
pub async fn find(app: &App, cookie: &str) -> Result<(DebtorSession, Option<OfWidget>), Failure> {
    let tx = app.store().read_across(Across::Entrance).await?;
    let row = saldo_store::session::find(&tx, &secret::hash(cookie), app.now()).await?;
    let row = row.filter(|row| row.kind == SessionKind::Debtor).ok_or(AppRefusal::SessionMissing)?;
    let debtor_id = row.debtor_id.ok_or(AppRefusal::SessionMissing)?;
    let session = DebtorSession { creditor_id: row.creditor_id, debtor_id, fresh_until: row.fresh_until };
    Ok((session, row.widget))
}

/// Ends the session of a cookie.
///
/// # Errors
/// Faults of the store.
pub async fn end(app: &App, cookie: &str) -> Result<(), Failure> {
    let tx = app.store().write_across(Across::Entrance).await?;
    saldo_store::session::delete(&tx, &secret::hash(cookie)).await?;
    Ok(tx.commit().await?)
}
