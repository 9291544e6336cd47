//! A fresh code: made, kept as a hash, and sent to the contact on file at once, because somebody waits for it.

use crate::failure::{AppRefusal, Failure};
use crate::flows::access_link::later;
use crate::flows::deliver::{Delivery, deliver};
use crate::flows::start_session::DebtorSession;
use crate::{App, mail, secret};
use jiff::SignedDuration;
use saldo_domain::Refusal;
use saldo_domain::fresh_code::{self, FreshCode, TRIES_MAX};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::code::CodeRow;
use saldo_store::message::MessagePurpose;
use saldo_store::{Tx, code, debtor, snapshot};
use uuid::Uuid;

/// The hash of a code, bound to its row: one table of a million hashes would not undo the others.
pub(crate) fn hash(id: Uuid, digits: &str) -> [u8; 32] {
    secret::hash(&format!("{id}:{digits}"))
}

/// Sends a code for the session of a cookie. An earlier code of that session no longer works.
///
/// # Errors
/// `contact_missing`, `too_many_requests` after the hour's codes, faults of the store and of the channel.
pub async fn request(app: &App, session: DebtorSession, cookie: &str) -> Result<(), Failure> {
    let now = app.now();
    let tx = app.store().write_of(session.creditor_id).await?;
    debtor::lock(&tx, session.creditor_id, session.debtor_id).await?;
    let snapshot = snapshot::load(&tx, session.creditor_id, session.debtor_id).await?;
    if snapshot.debtor.email.is_none() {
        return Err(Refusal::ContactMissing.into());
    }
    let since = later(now, -SignedDuration::from_hours(1))?;
    let sent = code::count_since(&tx, session.creditor_id, session.debtor_id, since).await?;
    if sent >= u64::from(app.config().limits.codes_per_hour) {
        return Err(AppRefusal::TooManyRequests.into());
    }
    let [a, b, c, d, e, f, g, h, ..] = app.ambient().secret();
    let digits = fresh_code::digits(u64::from_be_bytes([a, b, c, d, e, f, g, h]));
    let id = app.ambient().uuid_v7();
    let row = CodeRow {
        id,
        debtor_id: session.debtor_id,
        session_hash: secret::hash(cookie),
        code_hash: hash(id, &digits),
        issued_at: now,
        code: FreshCode { expires_at: fresh_code::until(now)?, tries_left: TRIES_MAX, used_at: None },
    };
    code::insert(&tx, session.creditor_id, &row).await?;
    let message = mail::code(app, &snapshot, id.to_string(), &digits)?;
    tx.commit().await?;
    deliver(app, Delivery::to_debtor(&snapshot, MessagePurpose::Code, "code"), message).await?;
    Ok(())
}

/// The code that a session may enter now, with the debtor that it belongs to.
///
/// # Errors
/// Faults of the store.
pub async fn show(
    app: &App,
    session: DebtorSession,
    cookie: &str,
) -> Result<(Option<FreshCode>, DebtorSnapshot), Failure> {
    let tx = app.store().read_of(session.creditor_id).await?;
    let snapshot = snapshot::load(&tx, session.creditor_id, session.debtor_id).await?;
    let asked = code::find_latest(&tx, session.creditor_id, session.debtor_id, &secret::hash(cookie)).await?;
    Ok((asked.map(|row| row.code).filter(|code| code.is_live(app.now())), snapshot))
}

/// Forgets codes that ended before any count still looks at them.
pub(crate) async fn forget_old(app: &App, tx: &Tx) -> Result<(), Failure> {
    code::delete_before(tx, later(app.now(), -SignedDuration::from_hours(1))?).await?;
    Ok(())
}
