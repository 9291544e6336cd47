//! Who was invited chooses a password and enrols one-time codes; only then is the link used up.

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
use saldo_domain::creditor::Creditor;
use saldo_domain::ids::{CreditorId, MemberId};
use saldo_domain::member::{Member, MemberState, checked_password};
use saldo_store::member::{self, MemberRow};
use saldo_store::member_token::{self, MemberToken, TokenPurpose};
use saldo_store::{Across, Tx, creditor};

pub use crate::credentials::one_time::Enrolment;

/// Days for which an invitation works.
pub const LINK_DAYS: i64 = 7;

/// What the page of an invitation asks for.
pub struct SetUp {
    /// Who invites.
    pub creditor: Creditor,
    /// Who is invited.
    pub member: Member,
    /// What an authenticator is to learn; none while the password is not chosen.
    pub enrolment: Option<Enrolment>,
}

/// What a finished set-up gives.
pub struct Finished {
    /// The session that begins with it.
    pub session: NewSession,
    /// Shown once.
    pub recovery_codes: Vec<String>,
}

/// Makes the link of a set-up; the member's earlier links end.
pub(crate) async fn mint(app: &App, tx: &Tx, creditor_id: CreditorId, member_id: MemberId) -> Result<String, Failure> {
    let minted = secret::mint(app.ambient(), "");
    let expires_at = later(app.now(), SignedDuration::from_hours(24 * LINK_DAYS))?;
    member_token::delete_for_member(tx, creditor_id, member_id).await?;
    let token = MemberToken { creditor_id, member_id, purpose: TokenPurpose::SetUp };
    member_token::insert(tx, &token, &minted.hash, expires_at).await?;
    Ok(app.url(&format!("/console/set-up/{}", minted.text)))
}

async fn find(app: &App, tx: &Tx, token: &str) -> Result<MemberRow, Failure> {
    let token = member_token::find(tx, &secret::hash(token), TokenPurpose::SetUp, app.now()).await?;
    let token = token.ok_or(AppRefusal::LinkInvalid)?;
    tx.enter(token.creditor_id).await?;
    let row = member::load(tx, token.creditor_id, token.member_id).await?;
    if row.member.state == MemberState::Invited { Ok(row) } else { Err(AppRefusal::LinkInvalid.into()) }
}

/// What is to be done next. Reads only.
///
/// # Errors
/// `link_invalid`.
pub async fn show(app: &App, token: &str) -> Result<SetUp, Failure> {
    let tx = app.store().read_across(Across::Entrance).await?;
    let row = find(app, &tx, token).await?;
    let creditor = creditor::load(&tx, row.creditor_id).await?;
    let enrolment = match &row.credentials.totp_pending {
        Some(sealed) if row.credentials.password_hash.is_some() => {
            Some(one_time::enrolment(app, row.member.id, sealed, &creditor.name, &row.member.email)?)
        }
        _ => None,
    };
    Ok(SetUp { creditor, member: row.member, enrolment })
}

/// The first step.
///
/// # Errors
/// `link_invalid`, `password_short`, `password_common`.
pub async fn choose_password(app: &App, token: &str, password: &str) -> Result<(), Failure> {
    let tx = app.store().read_across(Across::Entrance).await?;
    let row = find(app, &tx, token).await?;
    drop(tx);
    checked_password(password, &row.member.email)?;
    let hash = password::hash(app, password).await?;
    let sealed = one_time::propose(app, row.member.id)?;
    let tx = app.store().write_of(row.creditor_id).await?;
    let row = find(app, &tx, token).await?;
    member::change_password(&tx, row.creditor_id, row.member.id, &hash).await?;
    member::propose_totp(&tx, row.creditor_id, row.member.id, &sealed).await?;
    Ok(tx.commit().await?)
}

/// The second step: the first code shows that the authenticator works. The link is used up and a session begins.
///
/// # Errors
/// `link_invalid`, `code_refused`.
pub async fn confirm_code(app: &App, token: &str, code: &str, agent: &str) -> Result<Finished, Failure> {
    let tx = app.store().write_across(Across::Entrance).await?;
    let row = find(app, &tx, token).await?;
    let (creditor, id) = (row.creditor_id, row.member.id);
    if row.credentials.password_hash.is_none() {
        return Err(Refusal::CodeRefused.into());
    }
    let recovery_codes = enrol(app, &tx, &row, code).await?;
    if member_token::take(&tx, &secret::hash(token), TokenPurpose::SetUp, app.now()).await?.is_none() {
        return Err(AppRefusal::LinkInvalid.into());
    }
    member::change_standing(&tx, creditor, id, row.member.role, MemberState::Active).await?;
    let session = console_session::begin(app, &tx, creditor, id, agent).await?;
    let (actor, subject) = (Actor::Member { id }, Subject::new("member", id.0));
    let active = Member { state: MemberState::Active, ..row.member.clone() };
    let (before, after) = (audit_of(&row.member), audit_of(&active));
    audit::record(app, &tx, creditor, &actor, "member_joined", subject, Some(before), Some(after)).await?;
    tx.commit().await?;
    Ok(Finished { session, recovery_codes })
}

/// Confirms the waiting secret by its first code, and gives new recovery codes.
pub(crate) async fn enrol(app: &App, tx: &Tx, row: &MemberRow, code: &str) -> Result<Vec<String>, Failure> {
    let (creditor, id) = (row.creditor_id, row.member.id);
    let step = one_time::step_of(app, id, row.credentials.totp_pending.as_deref(), code)?;
    member::confirm_totp(tx, creditor, id, step).await?;
    let (texts, hashes) = recovery::mint(app);
    member::replace_recovery_codes(tx, creditor, id, &hashes).await?;
    Ok(texts)
}

/// A member as the audit log shows it.
pub(crate) fn audit_of(member: &Member) -> serde_json::Value {
    serde_json::json!({ "email": member.email, "name": member.name, "role": member.role, "state": member.state })
}
