//! Owners decide who else comes in.

use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use crate::flows::deliver::{Delivery, deliver};
use crate::flows::put_debtor::text;
use crate::flows::set_up_member::{audit_of, mint};
use crate::jobs::{self, Job};
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::debtor::parse_email;
use saldo_domain::ids::{CreditorId, MemberId};
use saldo_domain::member::{Member, MemberState, Role, keep_an_owner};
use saldo_store::{StoreFault, Tx, member, member_token, session};

pub use saldo_store::member::MemberRow;

/// The longest name.
const NAME_MAX: usize = 80;

/// A creditor's members, the eldest first.
///
/// # Errors
/// Faults of the store.
pub async fn list(app: &App, creditor: CreditorId) -> Result<Vec<MemberRow>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(member::list(&tx, creditor).await?)
}

/// Makes an owner and answers the link to its set-up: how the first one comes in. An owner who never finished the set-up
/// gets a new link.
///
/// # Errors
/// `not_found`, `email_unreadable`, `text_length`, `member_email_taken`.
pub async fn create_owner(app: &App, creditor: CreditorId, email: &str, name: &str) -> Result<String, Failure> {
    let tx = app.store().write_of(creditor).await?;
    saldo_store::creditor::load(&tx, creditor).await?;
    let email = parse_email(email)?;
    let id = match member::find_by_email(&tx, creditor, &email).await? {
        Some(row) if row.member.role == Role::Owner && row.member.state == MemberState::Invited => row.member.id,
        _ => insert(app, &tx, creditor, &Actor::Operator, (email.as_str(), name, Role::Owner)).await?.id,
    };
    let link = mint(app, &tx, creditor, id).await?;
    tx.commit().await?;
    Ok(link)
}

/// Invites somebody by mail.
///
/// # Errors
/// `email_unreadable`, `text_length`, `card_number_in_text`, `member_email_taken`.
pub async fn invite(
    app: &App,
    creditor: CreditorId,
    actor: &Actor,
    email: &str,
    name: &str,
    role: Role,
) -> Result<Member, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let member = insert(app, &tx, creditor, actor, (email, name, role)).await?;
    jobs::insert(app, &tx, creditor, Job::SendInvitation { member_id: member.id }).await?;
    tx.commit().await?;
    Ok(member)
}

async fn insert(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    actor: &Actor,
    (email, name, role): (&str, &str, Role),
) -> Result<Member, Failure> {
    let email = parse_email(email)?;
    let name = name.trim();
    let name = if name.is_empty() { email.split('@').next().unwrap_or_default() } else { name };
    let name = text("name", name, NAME_MAX)?;
    let id = MemberId(app.ambient().uuid_v7());
    let member = Member { id, email, name, role, state: MemberState::Invited };
    match member::insert(tx, creditor, &member, app.now()).await {
        Err(StoreFault::Conflict(_)) => return Err(Refusal::MemberEmailTaken.into()),
        inserted => inserted?,
    }
    let (subject, after) = (Subject::new("member", id.0), audit_of(&member));
    audit::record(app, tx, creditor, actor, "member_invited", subject, None, Some(after)).await?;
    Ok(member)
}

/// Sends an invitation once more; the earlier link ends when the new one is made.
///
/// # Errors
/// `not_found`, also for a member who has joined.
pub async fn invite_again(app: &App, creditor: CreditorId, actor: &Actor, id: MemberId) -> Result<(), Failure> {
    let tx = app.store().write_of(creditor).await?;
    let row = member::load(&tx, creditor, id).await?;
    if row.member.state != MemberState::Invited {
        return Err(Refusal::NotFound.into());
    }
    jobs::insert(app, &tx, creditor, Job::SendInvitation { member_id: id }).await?;
    let subject = Subject::new("member", id.0);
    audit::record(app, &tx, creditor, actor, "member_invited_again", subject, None, None).await?;
    Ok(tx.commit().await?)
}

/// Gives a member another role.
///
/// # Errors
/// `not_found`, `last_owner`.
pub async fn change_role(
    app: &App,
    creditor: CreditorId,
    actor: &Actor,
    id: MemberId,
    role: Role,
) -> Result<(), Failure> {
    change(app, creditor, actor, "member_role_changed", id, |member| member.role = role).await
}

/// Takes a member's way in: its sessions and links end at once.
///
/// # Errors
/// `not_found`, `last_owner`.
pub async fn disable(app: &App, creditor: CreditorId, actor: &Actor, id: MemberId) -> Result<(), Failure> {
    change(app, creditor, actor, "member_disabled", id, |member| member.state = MemberState::Disabled).await
}

/// Gives a disabled member its way in back.
///
/// # Errors
/// `not_found`, also for a member who is not disabled.
pub async fn enable(app: &App, creditor: CreditorId, actor: &Actor, id: MemberId) -> Result<(), Failure> {
    let tx = app.store().read_of(creditor).await?;
    let row = member::load(&tx, creditor, id).await?;
    drop(tx);
    if row.member.state != MemberState::Disabled {
        return Err(Refusal::NotFound.into());
    }
    let complete = row.credentials.password_hash.is_some() && row.credentials.totp.is_some();
    let state = if complete { MemberState::Active } else { MemberState::Invited };
    change(app, creditor, actor, "member_enabled", id, move |member| member.state = state).await
}

/// Takes password and one-time codes off a member and sends the link to choose them anew: for a lost telephone.
///
/// # Errors
/// `not_found`, also for a disabled member.
pub async fn reset_access(app: &App, creditor: CreditorId, actor: &Actor, id: MemberId) -> Result<(), Failure> {
    let tx = app.store().write_of(creditor).await?;
    forget(app, &tx, creditor, actor, id).await?;
    jobs::insert(app, &tx, creditor, Job::SendInvitation { member_id: id }).await?;
    Ok(tx.commit().await?)
}

/// The same for whoever runs the server, who gets the link: for the only owner's lost telephone.
///
/// # Errors
/// `not_found`.
pub async fn reset_owner(app: &App, creditor: CreditorId, email: &str) -> Result<String, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let row = member::find_by_email(&tx, creditor, &parse_email(email)?).await?.ok_or(Refusal::NotFound)?;
    forget(app, &tx, creditor, &Actor::Operator, row.member.id).await?;
    let link = mint(app, &tx, creditor, row.member.id).await?;
    tx.commit().await?;
    Ok(link)
}

async fn forget(app: &App, tx: &Tx, creditor: CreditorId, actor: &Actor, id: MemberId) -> Result<(), Failure> {
    let row = member::load(tx, creditor, id).await?;
    if row.member.state == MemberState::Disabled {
        return Err(Refusal::NotFound.into());
    }
    member::forget_credentials(tx, creditor, id).await?;
    session::delete_for_member(tx, creditor, id, None).await?;
    member_token::delete_for_member(tx, creditor, id).await?;
    let after = Member { state: MemberState::Invited, ..row.member.clone() };
    let (before, after) = (audit_of(&row.member), audit_of(&after));
    let subject = Subject::new("member", id.0);
    audit::record(app, tx, creditor, actor, "member_access_reset", subject, Some(before), Some(after)).await
}

/// One change of a member's standing, under the lock of all members: the last owner stays one whatever happens at once.
async fn change(
    app: &App,
    creditor: CreditorId,
    actor: &Actor,
    action: &'static str,
    id: MemberId,
    edit: impl FnOnce(&mut Member),
) -> Result<(), Failure> {
    let tx = app.store().write_of(creditor).await?;
    let members: Vec<Member> = member::list(&tx, creditor).await?.into_iter().map(|row| row.member).collect();
    let before = members.iter().find(|member| member.id == id).ok_or(Refusal::NotFound)?;
    let mut after = before.clone();
    edit(&mut after);
    if after == *before {
        return Ok(());
    }
    keep_an_owner(&members, &after)?;
    member::change_standing(&tx, creditor, id, after.role, after.state).await?;
    if after.state == MemberState::Disabled {
        session::delete_for_member(&tx, creditor, id, None).await?;
        member_token::delete_for_member(&tx, creditor, id).await?;
    }
    let (before, after) = (audit_of(before), audit_of(&after));
    audit::record(app, &tx, creditor, actor, action, Subject::new("member", id.0), Some(before), Some(after)).await?;
    Ok(tx.commit().await?)
}

/// The mail of an invitation, with a link of its own; nothing where the member has joined or was disabled meanwhile.
///
/// # Errors
/// Faults of the store and of the channel: the job is tried again.
pub async fn send_invitation(app: &App, creditor: CreditorId, id: MemberId) -> Result<jobs::Progress, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let row = member::load(&tx, creditor, id).await?;
    if row.member.state != MemberState::Invited {
        return Ok(jobs::Progress::Done);
    }
    let known = saldo_store::creditor::load(&tx, creditor).await?;
    let link = mint(app, &tx, creditor, id).await?;
    let message = crate::mail::invitation(app, &known, &row.member, &link)?;
    tx.commit().await?;
    deliver(app, Delivery::to_creditor(creditor, "invitation"), message).await
}
