//! The fresh code is entered: the session stands for ten minutes for what needs it.

use crate::failure::Failure;
use crate::flows::request_code;
use crate::flows::start_session::DebtorSession;
use crate::{App, secret};
use saldo_domain::Refusal;
use saldo_domain::fresh_code;
use saldo_store::{code, debtor, session};

/// Checks what was typed. Each wrong try counts, whatever happens next.
///
/// # Errors
/// `code_unreadable`, which counts as no try; `code_wrong`, `code_ended`.
pub async fn confirm(app: &App, debtor_session: DebtorSession, cookie: &str, typed: &str) -> Result<(), Failure> {
    let digits = fresh_code::read(typed)?;
    let (creditor, now) = (debtor_session.creditor_id, app.now());
    let session_hash = secret::hash(cookie);
    let tx = app.store().write_of(creditor).await?;
    debtor::lock(&tx, creditor, debtor_session.debtor_id).await?;
    let row = code::find_latest(&tx, creditor, debtor_session.debtor_id, &session_hash).await?;
    let row = row.ok_or(Refusal::CodeEnded)?;
    let right = row.code_hash == request_code::hash(row.id, &digits);
    let tried = row.code.tried(right, now)?;
    code::update(&tx, creditor, row.id, &tried).await?;
    if right {
        session::mark_fresh(&tx, creditor, &session_hash, fresh_code::until(now)?).await?;
    }
    tx.commit().await?;
    if right { Ok(()) } else { Err(Refusal::CodeWrong(tried.tries_left).into()) }
}
