//! Who else comes in.

use super::shell::{Section, console_page};
use crate::layout::forms::{TextInput, Tone, button_form, note, problem_summary, text_input};
use crate::layout::{Chrome, Page, Screen};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::MemberId;
use saldo_domain::member::{Member, MemberState, Role};

/// The list, and the form of an invitation.
#[derive(Debug, Clone)]
pub struct MembersView {
    /// Everybody, the eldest first.
    pub members: Vec<MemberLine>,
    /// The form.
    pub invite: InviteForm,
    /// A change that was refused, and why.
    pub problem: Option<(MemberId, Refusal)>,
    /// The reader.
    pub own: MemberId,
}

/// A member in the list.
#[derive(Debug, Clone)]
pub struct MemberLine {
    /// Who.
    pub member: Member,
    /// When it last came in.
    pub signed_in_at: Option<Timestamp>,
}

/// What was typed into the form of an invitation.
#[derive(Debug, Clone)]
pub struct InviteForm {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// Why the reader is asked again.
    pub problem: Option<Refusal>,
}

impl Screen for MembersView {
    fn page(&self, chrome: &Chrome) -> Page {
        let rows = self.members.iter().map(|row| line(self, row, chrome));
        let problem = self.problem.as_ref().map(|(id, refusal)| {
            problem_summary(chrome, &format!("role-{id}"), &refusal_text(refusal, &chrome.locale))
        });
        let body = view! {
            <h1 class="title">{chrome.t("console-members")}</h1>
            {problem}
            <ul class="rows">{rows.collect_view()}</ul>
            {invitation(&self.invite, chrome)}
            {note(Tone::Info, view! { <p>{chrome.t("members-roles-explained")}</p> })}
        };
        console_page(Section::Members, chrome.t("console-members"), body, chrome)
    }
}

/// A role in the reader's words.
pub(super) fn role_name(chrome: &Chrome, role: Role) -> String {
    match role {
        Role::Viewer => chrome.t("role-viewer"),
        Role::Agent => chrome.t("role-agent"),
        Role::Finance => chrome.t("role-finance"),
        Role::Owner => chrome.t("role-owner"),
    }
}

fn state(chrome: &Chrome, state: MemberState) -> AnyView {
    let (class, text) = match state {
        MemberState::Invited => ("badge badge-careful", chrome.t("member-invited")),
        MemberState::Active => ("badge badge-good", chrome.t("member-active")),
        MemberState::Disabled => ("badge badge-bad", chrome.t("member-disabled")),
    };
    view! { <span class=class>{text}</span> }.into_any()
}

fn role_select(id: String, chosen: Role, chrome: &Chrome) -> AnyView {
    let options = Role::ALL.map(|role| {
        view! { <option value=role.name() selected=role == chosen>{role_name(chrome, role)}</option> }
    });
    view! {
        <div class="field">
            <label for=id.clone()>{chrome.t("member-role")}</label>
            <select class="input" id=id name="role">{options.into_iter().collect_view()}</select>
        </div>
    }
    .into_any()
}

fn line(view: &MembersView, row: &MemberLine, chrome: &Chrome) -> AnyView {
    let member = &row.member;
    let path = |action: &str| format!("/console/members/{}/{action}", member.id);
    let seen = match row.signed_in_at {
        Some(at) => chrome.with("member-signed-in", [("when", chrome.moment(at).into())]),
        None => chrome.t("member-never"),
    };
    let small = "button button-small";
    let actions = match member.state {
        MemberState::Invited => vec![
            button_form(path("invite"), small, chrome.t("member-invite-again")),
            button_form(path("disable"), small, chrome.t("member-disable")),
        ],
        MemberState::Active => vec![
            button_form(path("reset"), small, chrome.t("member-reset")),
            button_form(path("disable"), small, chrome.t("member-disable")),
        ],
        MemberState::Disabled => vec![button_form(path("enable"), small, chrome.t("member-enable"))],
    };
    let own = (member.id == view.own).then(|| view! { " "<span class="badge">{chrome.t("member-you")}</span> });
    let open = view.problem.as_ref().is_some_and(|(id, _)| *id == member.id);
    view! {
        <li>
            <span>
                <strong>{member.name.clone()}</strong>{own}
                <span class="line item-note">{member.email.clone()}</span>
                <span class="line item-note">{seen}</span>
            </span>
            <span class="badge">{role_name(chrome, member.role)}</span>
            {state(chrome, member.state)}
            <details class="disclosure" open=open>
                <summary>{chrome.t("member-change")}</summary>
                <form class="stack" method="post" action=path("role")>
                    {role_select(format!("role-{}", member.id), member.role, chrome)}
                    <div class="actions"><button class="button" type="submit">{chrome.t("member-role-save")}</button></div>
                </form>
                <div class="actions">{actions.into_iter().collect_view()}</div>
            </details>
        </li>
    }
    .into_any()
}

fn invitation(form: &InviteForm, chrome: &Chrome) -> AnyView {
    let problem =
        form.problem.as_ref().map(|refusal| problem_summary(chrome, "email", &refusal_text(refusal, &chrome.locale)));
    let email = TextInput {
        id: "email",
        label: chrome.t("sign-in-email"),
        kind: "email",
        autocomplete: "off",
        value: form.email.clone(),
        invalid: form.problem.is_some(),
    };
    let name = TextInput {
        id: "name",
        label: chrome.t("member-name"),
        kind: "text",
        autocomplete: "off",
        value: form.name.clone(),
        invalid: false,
    };
    view! {
        <section class="section">
            <h2 class="section-title">{chrome.t("member-invite-title")}</h2>
            {problem}
            <form class="card stack" method="post" action="/console/members">
                <div class="field-row">
                    {text_input(name)}
                    {text_input(email)}
                    {role_select("role".to_owned(), form.role, chrome)}
                </div>
                <div class="actions"><button class="button button-primary" type="submit">{chrome.t("member-invite")}</button></div>
            </form>
        </section>
    }
    .into_any()
}
