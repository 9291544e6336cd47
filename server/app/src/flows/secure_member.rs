//! A member looks after its own sign-in: password, one-time codes, sessions.

use crate::App;
use crate::credentials::{one_time, password};
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use crate::flows::console_session::{self, ConsoleSession};
use crate::flows::set_up_member::{self, Finished};
use crate::flows::sign_in;
use crate::flows::start_session::NewSession;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::member::checked_password;
use saldo_store::{member, session};

pub use crate::credentials::one_time::Enrolment;
pub use saldo_store::session::SessionRow;

/// What a member sees of its own sign-in.
pub struct Security {
    /// Whether there is a password to ask for.
    pub has_password: bool,
    /// Whether one-time codes are enrolled.
    pub has_codes: bool,
    /// How many recovery codes are left.
    pub recovery_codes_left: u64,
    /// The sessions, the latest first.
    pub sessions: Vec<SessionRow>,
}

/// What there is to see. Reads only.
///
/// # Errors
/// Faults of the store.
pub async fn show(app: &App, session: &ConsoleSession) -> Result<Security, Failure> {
    let (creditor, id) = (session.creditor.id, session.member.id);
    let tx = app.store().read_of(creditor).await?;
    let row = member::load(&tx, creditor, id).await?;
    Ok(Security {
        has_password: row.credentials.password_hash.is_some(),
        has_codes: row.credentials.totp.is_some(),
        recovery_codes_left: member::count_recovery_codes(&tx, creditor, id).await?,
        sessions: session::list_for_member(&tx, creditor, id, app.now()).await?,
    })
}

/// Passes who knows the password; a member who has none yet came by the operator's link and passes. Wrong ones count as at
/// the door.
async fn ask(app: &App, session: &ConsoleSession, password: &str) -> Result<(), Failure> {
    let (creditor, id) = (session.creditor.id, session.member.id);
    let tx = app.store().read_of(creditor).await?;
    let row = member::load(&tx, creditor, id).await?;
    drop(tx);
    let Some(hash) = &row.credentials.password_hash else { return Ok(()) };
    let waits = row.locked_until.is_some_and(|until| app.now() < until);
    if password::verify(password, Some(hash)).await? && !waits {
        return Ok(());
    }
    let tx = app.store().write_of(creditor).await?;
    sign_in::fail(app, &tx, creditor, id).await?;
    tx.commit().await?;
    Err(Refusal::SignInRefused.into())
}

/// Puts a new password in the place of the current one: every other session of the member ends, this one gets a new token.
///
/// # Errors
/// `sign_in_refused` for a wrong current password, `password_short`, `password_common`.
pub async fn change_password(
    app: &App,
    session: &ConsoleSession,
    current: &str,
    new: &str,
) -> Result<NewSession, Failure> {
    let (creditor, id) = (session.creditor.id, session.member.id);
    ask(app, session, current).await?;
    checked_password(new, &session.member.email)?;
    let hash = password::hash(app, new).await?;
    let tx = app.store().write_of(creditor).await?;
    member::change_password(&tx, creditor, id, &hash).await?;
    let renewed = console_session::renew(app, &tx, &session.token_hash).await?;
    let (actor, subject) = (Actor::Member { id }, Subject::new("member", id.0));
    audit::record(app, &tx, creditor, &actor, "password_changed", subject, None, None).await?;
    tx.commit().await?;
    Ok(renewed)
}

/// Begins to enrol other one-time codes; the current ones count until the first code of the new ones.
///
/// # Errors
/// `sign_in_refused` for a wrong password.
pub async fn propose_codes(app: &App, session: &ConsoleSession, password: &str) -> Result<(), Failure> {
    ask(app, session, password).await?;
    let sealed = one_time::propose(app, session.member.id)?;
    let tx = app.store().write_of(session.creditor.id).await?;
    member::propose_totp(&tx, session.creditor.id, session.member.id, &sealed).await?;
    Ok(tx.commit().await?)
}

/// What an authenticator is to learn, where one-time codes are being enrolled. Reads only.
///
/// # Errors
/// `not_found` where none are.
pub async fn show_enrolment(app: &App, session: &ConsoleSession) -> Result<Enrolment, Failure> {
    let tx = app.store().read_of(session.creditor.id).await?;
    let row = member::load(&tx, session.creditor.id, session.member.id).await?;
    let sealed = row.credentials.totp_pending.ok_or(Refusal::NotFound)?;
    one_time::enrolment(app, session.member.id, &sealed, &session.creditor.name, &session.member.email)
}

/// Confirms the new one-time codes by their first; every other session of the member ends, this one gets a new token.
///
/// # Errors
/// `code_refused`.
pub async fn confirm_codes(app: &App, session: &ConsoleSession, code: &str) -> Result<Finished, Failure> {
    let (creditor, id) = (session.creditor.id, session.member.id);
    let tx = app.store().write_of(creditor).await?;
    let row = member::load(&tx, creditor, id).await?;
    let recovery_codes = set_up_member::enrol(app, &tx, &row, code).await?;
    let renewed = console_session::renew(app, &tx, &session.token_hash).await?;
    let (actor, subject) = (Actor::Member { id }, Subject::new("member", id.0));
    audit::record(app, &tx, creditor, &actor, "codes_changed", subject, None, None).await?;
    tx.commit().await?;
    Ok(Finished { session: renewed, recovery_codes })
}

/// Ends every session of the member, this one too.
///
/// # Errors
/// Faults of the store.
pub async fn sign_out_everywhere(app: &App, session: &ConsoleSession) -> Result<(), Failure> {
    let (creditor, id) = (session.creditor.id, session.member.id);
    let tx = app.store().write_of(creditor).await?;
    session::delete_for_member(&tx, creditor, id, None).await?;
    let (actor, subject) = (Actor::Member { id }, Subject::new("member", id.0));
    audit::record(app, &tx, creditor, &actor, "signed_out_everywhere", subject, None, None).await?;
    Ok(tx.commit().await?)
}
