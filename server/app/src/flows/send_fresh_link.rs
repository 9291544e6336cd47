//! "Send me a new one": a fresh link goes to the contact on file, never to who asks.

use crate::App;
use crate::access_token::Audience;
use crate::failure::Failure;
use crate::flows::access_link::{self, later};
use crate::flows::send_receipt::deliver;
use crate::jobs::{self, Job, Progress};
use crate::mail;
use jiff::SignedDuration;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_store::snapshot;

/// Takes the wish in. Answers alike whether or not the token is genuine, the debtor exists or the day's count is full.
///
/// # Errors
/// Faults of the store.
pub async fn ask(app: &App, token: &str) -> Result<(), Failure> {
    let Some(claims) = app.keys().identify(Audience::AccessLink, token) else { return Ok(()) };
    let (creditor, debtor) = (claims.creditor_id(), claims.debtor_id());
    let tx = app.store().write().await?;
    let known = saldo_store::access_link::find_by_jti_hash(&tx, creditor, claims.jti_hash()).await?;
    if known.is_none_or(|row| row.debtor_id != debtor) {
        return Ok(());
    }
    let since = later(app.now(), -SignedDuration::from_hours(24))?;
    let recent = saldo_store::access_link::count_fresh(&tx, creditor, debtor, since).await?;
    if recent < u64::from(app.config().limits.fresh_links_per_day) {
        jobs::insert(app, &tx, creditor, Job::SendLink { debtor_id: debtor }).await?;
    }
    Ok(tx.commit().await?)
}

/// Sends a fresh link where there is an address.
///
/// # Errors
/// Faults of the store and of the channel: the job is tried again.
pub async fn send(app: &App, creditor: CreditorId, debtor: DebtorId) -> Result<Progress, Failure> {
    let tx = app.store().write().await?;
    let snapshot = snapshot::load(&tx, creditor, debtor).await?;
    if snapshot.debtor.email.is_none() {
        return Ok(Progress::Done);
    }
    let link = access_link::mint(app, &tx, creditor, debtor, "fresh").await?;
    let message = mail::fresh_link(app, &snapshot, &link)?;
    tx.commit().await?;
    deliver(app, "link", &message).await
}
