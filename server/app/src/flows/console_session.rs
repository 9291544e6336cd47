//! Sessions of the console: begun by a printed link or by signing in, each bound to one member.

use crate::failure::{AppRefusal, Failure};
use crate::flows::access_link::later;
use crate::flows::start_session::NewSession;
use crate::{App, secret};
use jiff::{SignedDuration, Timestamp};
use saldo_domain::creditor::Creditor;
use saldo_domain::ids::{CreditorId, MemberId};
use saldo_domain::member::{Member, MemberState, Role};
use saldo_store::member_token::{self, MemberToken, TokenPurpose};
use saldo_store::session::{self, ConsolePart, SessionKind, SessionRow};
use saldo_store::{Across, Tx, member};

/// Minutes for which a printed sign-in link works.
const LINK_MINUTES: i64 = 60;

/// Seconds for which a token still works that another one replaced: pages asked for at the same moment carry it.
const REPLACED_SECONDS: i64 = 60;

/// Seconds after which a session's last use is noted again.
const SEEN_SECONDS: i64 = 60;

/// A member who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsoleSession {
    /// Whose console it is.
    pub creditor: Creditor,
    /// Who it is.
    pub member: Member,
    /// The hash of the session's token.
    pub token_hash: [u8; 32],
}

/// Makes a one-time sign-in link for a creditor's first owner; a creditor without one gets an owner without a password.
///
/// # Errors
/// `not_found`.
pub async fn create_link(app: &App, creditor: CreditorId) -> Result<String, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let owner = first_owner(app, &tx, creditor).await?;
    let text = mint_link(app, &tx, creditor, owner.id).await?;
    tx.commit().await?;
    Ok(text)
}

/// Makes a one-time sign-in link for a member: for whoever runs the server, and for tests.
///
/// # Errors
/// `not_found`.
pub async fn create_member_link(app: &App, creditor: CreditorId, id: MemberId) -> Result<String, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let row = member::load(&tx, creditor, id).await?;
    let text = mint_link(app, &tx, creditor, row.member.id).await?;
    tx.commit().await?;
    Ok(text)
}

async fn mint_link(app: &App, tx: &Tx, creditor_id: CreditorId, member_id: MemberId) -> Result<String, Failure> {
    let minted = secret::mint(app.ambient(), "");
    let expires_at = later(app.now(), SignedDuration::from_mins(LINK_MINUTES))?;
    let token = MemberToken { creditor_id, member_id, purpose: TokenPurpose::SignIn };
    member_token::insert(tx, &token, &minted.hash, expires_at).await?;
    Ok(app.url(&format!("/console/sign-in/{}", minted.text)))
}

async fn first_owner(app: &App, tx: &Tx, creditor: CreditorId) -> Result<Member, Failure> {
    let known = saldo_store::creditor::load(tx, creditor).await?;
    if let Some(row) = member::find_first_owner(tx, creditor).await? {
        return Ok(row.member);
    }
    let owner = Member {
        id: MemberId(app.ambient().uuid_v7()),
        email: known.reply_to.unwrap_or_else(|| format!("owner@{creditor}.invalid")),
        name: known.name,
        role: Role::Owner,
        state: MemberState::Invited,
    };
    member::insert(tx, creditor, &owner, app.now()).await?;
    Ok(owner)
}

/// Uses the link up and begins a session. `agent` is what the browser calls itself.
///
/// # Errors
/// `link_invalid` for a used, ended or unknown one.
pub async fn sign_in(app: &App, token: &str, agent: &str) -> Result<NewSession, Failure> {
    let tx = app.store().write_across(Across::Entrance).await?;
    let taken = member_token::take(&tx, &secret::hash(token), TokenPurpose::SignIn, app.now()).await?;
    let taken = taken.ok_or(AppRefusal::LinkInvalid)?;
    tx.enter(taken.creditor_id).await?;
    let row = member::load(&tx, taken.creditor_id, taken.member_id).await?;
    if row.member.state == MemberState::Disabled {
        return Err(AppRefusal::LinkInvalid.into());
    }
    let session = begin(app, &tx, taken.creditor_id, taken.member_id, agent).await?;
    tx.commit().await?;
    Ok(session)
}

/// The name on the sign-in page. Reads only: the link is used up by the form.
///
/// # Errors
/// `link_invalid`.
pub async fn show(app: &App, token: &str) -> Result<Creditor, Failure> {
    let tx = app.store().read_across(Across::Entrance).await?;
    let token = member_token::find(&tx, &secret::hash(token), TokenPurpose::SignIn, app.now()).await?;
    let token = token.ok_or(AppRefusal::LinkInvalid)?;
    tx.enter(token.creditor_id).await?;
    Ok(saldo_store::creditor::load(&tx, token.creditor_id).await?)
}

/// Begins a session of a member with a token of its own.
pub(crate) async fn begin(
    app: &App,
    tx: &Tx,
    creditor_id: CreditorId,
    member_id: MemberId,
    agent: &str,
) -> Result<NewSession, Failure> {
    let now = app.now();
    let hours = i64::from(app.config().console.session_hours);
    let part = ConsolePart {
        member_id,
        begun_at: now,
        seen_at: now,
        ends_at: later(now, SignedDuration::from_hours(hours))?,
        replaced_at: None,
        agent: agent.chars().take(200).collect(),
    };
    let session = insert(app, tx, creditor_id, part).await?;
    member::mark_signed_in(tx, creditor_id, member_id, now).await?;
    Ok(session)
}

async fn insert(app: &App, tx: &Tx, creditor_id: CreditorId, part: ConsolePart) -> Result<NewSession, Failure> {
    let now = app.now();
    let minted = secret::mint(app.ambient(), "");
    let ends_at = part.ends_at;
    let row = SessionRow {
        token_hash: minted.hash,
        creditor_id,
        kind: SessionKind::Console,
        debtor_id: None,
        link_id: None,
        created_at: now,
        expires_at: idle_end(app, now)?.min(ends_at),
        console: Some(ConsolePart { seen_at: now, replaced_at: None, ..part }),
        fresh_until: None,
        widget: None,
    };
    session::insert(tx, &row).await?;
    Ok(NewSession { cookie: minted.text, expires_at: ends_at })
}

fn idle_end(app: &App, now: Timestamp) -> Result<Timestamp, Failure> {
    later(now, SignedDuration::from_mins(i64::from(app.config().console.idle_minutes)))
}

/// The member whom a cookie stands for.
///
/// # Errors
/// `session_missing`.
pub async fn open(app: &App, cookie: &str) -> Result<ConsoleSession, Failure> {
    let token_hash = secret::hash(cookie);
    let tx = app.store().read_across(Across::Entrance).await?;
    let row = session::find(&tx, &token_hash, app.now()).await?.ok_or(AppRefusal::SessionMissing)?;
    let part = row.console.ok_or(AppRefusal::SessionMissing)?;
    tx.enter(row.creditor_id).await?;
    let member = member::load(&tx, row.creditor_id, part.member_id).await?.member;
    if member.state == MemberState::Disabled {
        return Err(AppRefusal::SessionMissing.into());
    }
    let creditor = saldo_store::creditor::load(&tx, row.creditor_id).await?;
    Ok(ConsoleSession { creditor, member, token_hash })
}

/// Notes that a session is in use. Now and then it gets a new token, which the answer is to carry.
///
/// # Errors
/// Faults of the store.
pub async fn keep(app: &App, cookie: &str) -> Result<Option<NewSession>, Failure> {
    let (now, token_hash) = (app.now(), secret::hash(cookie));
    let tx = app.store().read_across(Across::Entrance).await?;
    let row = session::find(&tx, &token_hash, now).await?;
    drop(tx);
    let Some((row, part)) = row.and_then(|row| row.console.clone().map(|part| (row, part))) else { return Ok(None) };
    let age = |since: Timestamp| now.duration_since(since);
    if part.replaced_at.is_some() || age(part.seen_at).as_secs() < SEEN_SECONDS {
        return Ok(None);
    }
    let tx = app.store().write_of(row.creditor_id).await?;
    let rotate = SignedDuration::from_mins(i64::from(app.config().console.rotate_minutes));
    let fresh = if age(row.created_at) < rotate {
        session::mark_seen(&tx, &token_hash, now, idle_end(app, now)?.min(part.ends_at)).await?;
        None
    } else {
        let last = later(now, SignedDuration::from_secs(REPLACED_SECONDS))?.min(part.ends_at);
        match session::claim_replacement(&tx, &token_hash, now, last).await? {
            true => Some(insert(app, &tx, row.creditor_id, part).await?),
            false => None,
        }
    };
    tx.commit().await?;
    Ok(fresh)
}

/// Puts a new token in the place of a session's, and ends all other sessions of its member.
pub(crate) async fn renew(app: &App, tx: &Tx, token_hash: &[u8; 32]) -> Result<NewSession, Failure> {
    let row = session::find(tx, token_hash, app.now()).await?.ok_or(AppRefusal::SessionMissing)?;
    let part = row.console.ok_or(AppRefusal::SessionMissing)?;
    session::delete_for_member(tx, row.creditor_id, part.member_id, None).await?;
    insert(app, tx, row.creditor_id, part).await
}
