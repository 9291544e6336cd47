use crate::pages::console::{InviteForm, MemberLine, MembersView};
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::Path;
use axum::http::StatusCode;
use saldo_app::flows::manage_members;
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::ids::MemberId;
use saldo_domain::member::{Permission, Role};
use uuid::Uuid;

/// Everybody, and the form of an invitation.
pub async fn list(console: ConsoleVisit) -> Answer {
    console.needs(Permission::Members)?;
    page(&console, empty(), None).await
}

fn empty() -> InviteForm {
    InviteForm { email: String::new(), name: String::new(), role: Role::Viewer, problem: None }
}

async fn page(console: &ConsoleVisit, invite: InviteForm, problem: Option<(MemberId, Refusal)>) -> Answer {
    let rows = manage_members::list(console.app(), console.id()).await;
    let rows = rows.map_err(|failure| Page::failure(&console.visit, failure))?;
    let refused = invite.problem.is_some() || problem.is_some();
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let members = rows.into_iter().map(|row| MemberLine { member: row.member, signed_in_at: row.signed_in_at });
    let view = MembersView { members: members.collect(), invite, problem, own: console.member.id };
    Ok(Page::with(status, &view, &console.visit.of_console(&console.creditor)))
}

/// Invites somebody by mail.
pub async fn invite(console: ConsoleVisit, form: Form) -> Answer {
    console.needs(Permission::Members)?;
    let role = Role::named(form.text("role")).unwrap_or(Role::Viewer);
    let (email, name) = (form.text("email"), form.text("name"));
    let invited = manage_members::invite(console.app(), console.id(), &console.actor(), email, name, role).await;
    match invited {
        Ok(_) => Ok(Page::see_other("/console/members")),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) => {
            let (email, name) = (email.to_owned(), name.to_owned());
            page(&console, InviteForm { email, name, role, problem: Some(refusal) }, None).await
        }
        Err(failure) => Err(Page::failure(&console.visit, failure)),
    }
}

/// Gives a member another role.
pub async fn change_role(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Members)?;
    let id = MemberId(id);
    let changed = match Role::named(form.text("role")) {
        Some(role) => manage_members::change_role(console.app(), console.id(), &console.actor(), id, role).await,
        None => Err(Refusal::NotFound.into()),
    };
    answer(console, id, changed).await
}

/// Takes a member's way in.
pub async fn disable(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Members)?;
    let changed = manage_members::disable(console.app(), console.id(), &console.actor(), MemberId(id)).await;
    answer(console, MemberId(id), changed).await
}

/// Gives a disabled member its way in back.
pub async fn enable(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Members)?;
    let changed = manage_members::enable(console.app(), console.id(), &console.actor(), MemberId(id)).await;
    answer(console, MemberId(id), changed).await
}

/// Sends an invitation once more.
pub async fn invite_again(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Members)?;
    let changed = manage_members::invite_again(console.app(), console.id(), &console.actor(), MemberId(id)).await;
    answer(console, MemberId(id), changed).await
}

/// Takes password and one-time codes off a member and mails the link to choose them anew.
pub async fn reset(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Members)?;
    let changed = manage_members::reset_access(console.app(), console.id(), &console.actor(), MemberId(id)).await;
    answer(console, MemberId(id), changed).await
}

async fn answer(console: ConsoleVisit, id: MemberId, changed: Result<(), Failure>) -> Answer {
    match changed {
        Ok(()) => Ok(Page::see_other("/console/members")),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) if refusal != Refusal::NotFound => {
            page(&console, empty(), Some((id, refusal))).await
        }
        Err(failure) => Err(Page::failure(&console.visit, failure)),
    }
}
