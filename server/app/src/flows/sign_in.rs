//! A member signs in: e-mail and password, then a one-time code or a recovery code.

use crate::credentials::{one_time, password, recovery};
use crate::failure::{AppRefusal, Failure};
use crate::flows::access_link::later;
use crate::flows::audit::{self, Subject};
use crate::flows::console_session;
use crate::flows::start_session::NewSession;
use crate::{App, secret};
use jiff::SignedDuration;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::ids::{CreditorId, MemberId};
use saldo_domain::member::{MemberState, wait_after};
use saldo_store::member::{self, MemberRow};
use saldo_store::member_token::{self, MemberToken, TokenPurpose};
use saldo_store::{Across, Tx, session};
use serde_json::json;

/// Minutes between the right password and the code.
const SECOND_FACTOR_MINUTES: i64 = 10;

fn is_locked(app: &App, row: &MemberRow) -> bool {
    row.locked_until.is_some_and(|until| app.now() < until)
}

/// The first form. An unknown e-mail address, a wrong password, a member who cannot come in and one who has to wait get
/// the same answer after the same work. (An address with several creditors costs one hash for each.)
///
/// # Errors
/// `sign_in_refused`.
pub async fn check_password(app: &App, email: &str, password: &str) -> Result<NewSession, Failure> {
    let tx = app.store().read_across(Across::Entrance).await?;
    let rows = member::list_by_email(&tx, email.trim()).await?;
    drop(tx);
    if rows.is_empty() {
        password::verify(password, None).await?;
    }
    let mut found = None;
    for row in &rows {
        let fits = password::verify(password, row.credentials.password_hash.as_deref()).await?;
        let enters = row.member.state == MemberState::Active && row.credentials.totp.is_some() && !is_locked(app, row);
        if fits && enters && found.is_none() {
            found = Some(row);
        }
    }
    let tx = app.store().write_across(Across::Entrance).await?;
    let Some(row) = found else {
        for row in &rows {
            tx.enter(row.creditor_id).await?;
            fail(app, &tx, row.creditor_id, row.member.id).await?;
        }
        tx.commit().await?;
        return Err(Refusal::SignInRefused.into());
    };
    let minted = secret::mint(app.ambient(), "");
    let expires_at = later(app.now(), SignedDuration::from_mins(SECOND_FACTOR_MINUTES))?;
    let (creditor_id, member_id) = (row.creditor_id, row.member.id);
    let token = MemberToken { creditor_id, member_id, purpose: TokenPurpose::SecondFactor };
    tx.enter(creditor_id).await?;
    member_token::insert(&tx, &token, &minted.hash, expires_at).await?;
    tx.commit().await?;
    Ok(NewSession { cookie: minted.text, expires_at })
}

/// One more wrong answer: from the fifth in a row on the member waits. While it waits nothing is counted.
pub(crate) async fn fail(app: &App, tx: &Tx, creditor: CreditorId, id: MemberId) -> Result<(), Failure> {
    let row = member::load(tx, creditor, id).await?;
    if is_locked(app, &row) {
        return Ok(());
    }
    let until = wait_after(row.failed_count + 1).map(|wait| later(app.now(), wait)).transpose()?;
    member::mark_failed(tx, creditor, id, until).await?;
    if let Some(until) = until {
        let after = json!({ "failed_count": row.failed_count + 1, "locked_until": until });
        let subject = Subject::new("member", id.0);
        audit::record(app, tx, creditor, &Actor::System, "member_locked", subject, None, Some(after)).await?;
    }
    Ok(())
}

/// The second form: begins a session under a token of its own and ends the one that the browser came with.
///
/// # Errors
/// `session_missing` where the first form is too long ago, `code_refused` for a wrong or used code and while waiting.
pub async fn check_code(
    app: &App,
    pending: &str,
    code: &str,
    agent: &str,
    earlier: Option<&str>,
) -> Result<NewSession, Failure> {
    let token_hash = secret::hash(pending);
    let tx = app.store().write_across(Across::Entrance).await?;
    let token = member_token::find(&tx, &token_hash, TokenPurpose::SecondFactor, app.now()).await?;
    let token = token.ok_or(AppRefusal::SessionMissing)?;
    tx.enter(token.creditor_id).await?;
    let row = member::load(&tx, token.creditor_id, token.member_id).await?;
    if row.member.state != MemberState::Active {
        return Err(AppRefusal::SessionMissing.into());
    }
    if is_locked(app, &row) || !take(app, &tx, &row, code).await? {
        fail(app, &tx, token.creditor_id, token.member_id).await?;
        tx.commit().await?;
        return Err(Refusal::CodeRefused.into());
    }
    if member_token::take(&tx, &token_hash, TokenPurpose::SecondFactor, app.now()).await?.is_none() {
        return Err(AppRefusal::SessionMissing.into());
    }
    let session = console_session::begin(app, &tx, token.creditor_id, token.member_id, agent).await?;
    let (actor, subject) = (Actor::Member { id: token.member_id }, Subject::new("member", token.member_id.0));
    audit::record(app, &tx, token.creditor_id, &actor, "signed_in", subject, None, None).await?;
    if let Some(earlier) = earlier {
        // It may have been another creditor's console.
        tx.leave(Across::Entrance).await?;
        session::delete(&tx, &secret::hash(earlier)).await?;
    }
    tx.commit().await?;
    Ok(session)
}

/// Whether the second form is being waited for. Reads only.
///
/// # Errors
/// `session_missing`.
pub async fn show_code(app: &App, pending: &str) -> Result<(), Failure> {
    let tx = app.store().read_across(Across::Entrance).await?;
    let token = member_token::find(&tx, &secret::hash(pending), TokenPurpose::SecondFactor, app.now()).await?;
    token.map(|_| ()).ok_or_else(|| AppRefusal::SessionMissing.into())
}

/// Uses a one-time code or a recovery code up; whether it was one.
async fn take(app: &App, tx: &Tx, row: &MemberRow, code: &str) -> Result<bool, Failure> {
    let (creditor, id) = (row.creditor_id, row.member.id);
    if let Some(hash) = recovery::hash_of(code) {
        return Ok(member::take_recovery_code(tx, creditor, id, &hash, app.now()).await?);
    }
    match one_time::step_of(app, id, row.credentials.totp.as_deref(), code) {
        Ok(step) => Ok(member::claim_totp_step(tx, creditor, id, step).await?),
        Err(Failure::Refused(_)) => Ok(false),
        Err(fault) => Err(fault),
    }
}
