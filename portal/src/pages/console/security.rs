//! A member's own sign-in.

use super::shell::{Section, console_page};
use super::sign_in::password;
use crate::layout::forms::{Tone, button_form, hidden_username, note, problem_summary, text_input};
use crate::layout::{Chrome, Page, Screen};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;
use saldo_domain::calendar::Timestamp;

/// A form of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityForm {
    /// Another password.
    Password,
    /// Other one-time codes.
    Codes,
}

/// A session.
#[derive(Debug, Clone)]
pub struct SessionLine {
    /// What the browser calls itself.
    pub agent: String,
    /// When it began.
    pub begun_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// Whether it is the reader's.
    pub is_this: bool,
}

/// The page.
#[derive(Debug, Clone)]
pub struct SecurityView {
    /// Where the reader signs in with.
    pub email: String,
    /// Whether there is a password to ask for.
    pub has_password: bool,
    /// Whether one-time codes are enrolled.
    pub has_codes: bool,
    /// How many recovery codes are left.
    pub recovery_codes_left: u64,
    /// Live sessions, the latest first.
    pub sessions: Vec<SessionLine>,
    /// What was just done.
    pub changed: bool,
    /// Which form was refused, and why.
    pub problem: Option<(SecurityForm, Refusal)>,
}

impl Screen for SecurityView {
    fn page(&self, chrome: &Chrome) -> Page {
        let changed = self.changed.then(|| note(Tone::Good, view! { <p>{chrome.t("security-changed")}</p> }));
        let incomplete = (!self.has_password || !self.has_codes)
            .then(|| note(Tone::Careful, view! { <p>{chrome.t("security-incomplete")}</p> }));
        let body = view! {
            <h1 class="title">{chrome.t("console-security")}</h1>
            <p class="lead">{chrome.with("security-explained", [("email", (&self.email).into())])}</p>
            {changed}
            {incomplete}
            {self.password(chrome)}
            {self.codes(chrome)}
            {self.sessions(chrome)}
        };
        console_page(Section::Security, chrome.t("console-security"), body, chrome)
    }
}

impl SecurityView {
    fn refused(&self, form: SecurityForm, field: &str, chrome: &Chrome) -> Option<AnyView> {
        let (_, refusal) = self.problem.as_ref().filter(|(of, _)| *of == form)?;
        Some(problem_summary(chrome, field, &refusal_text(refusal, &chrome.locale)))
    }

    fn password(&self, chrome: &Chrome) -> AnyView {
        let current = self
            .has_password
            .then(|| text_input(password("current_password", chrome.t("security-current"), "current-password", false)));
        view! {
            <section class="section">
                <h2 class="section-title">{chrome.t("security-password")}</h2>
                {self.refused(SecurityForm::Password, "new_password", chrome)}
                <form class="card stack" method="post" action="/console/security/password">
                    {hidden_username(&self.email)}
                    {current}
                    {text_input(password("new_password", chrome.t("security-new"), "new-password", false))}
                    <p class="hint"><span>{chrome.t("set-up-password-rule")}" "{chrome.t("security-ends-others")}</span></p>
                    <div class="actions"><button class="button button-primary" type="submit">{chrome.t("security-save")}</button></div>
                </form>
            </section>
        }
        .into_any()
    }

    fn codes(&self, chrome: &Chrome) -> AnyView {
        let count = i64::try_from(self.recovery_codes_left).unwrap_or(0);
        let standing = if self.has_codes {
            chrome.with("security-codes-on", [("count", count.into())])
        } else {
            chrome.t("security-codes-off")
        };
        let current = self
            .has_password
            .then(|| text_input(password("password", chrome.t("security-current"), "current-password", false)));
        view! {
            <section class="section">
                <h2 class="section-title">{chrome.t("security-codes")}</h2>
                {self.refused(SecurityForm::Codes, "password", chrome)}
                <form class="card stack" method="post" action="/console/security/codes">
                    <p>{standing}</p>
                    {hidden_username(&self.email)}
                    {current}
                    <div class="actions"><button class="button" type="submit">{chrome.t("security-codes-new")}</button></div>
                </form>
            </section>
        }
        .into_any()
    }

    fn sessions(&self, chrome: &Chrome) -> AnyView {
        let rows = self.sessions.iter().map(|row| {
            let text = chrome.with(
                "security-session",
                [("begun", chrome.moment(row.begun_at).into()), ("seen", chrome.moment(row.seen_at).into())],
            );
            let this = row
                .is_this
                .then(|| view! { <span class="badge badge-good">{chrome.t("security-session-this")}</span> });
            view! { <li><span>{text}<span class="line item-note">{row.agent.clone()}</span></span>{this}</li> }
        });
        view! {
            <section class="section">
                <h2 class="section-title">{chrome.t("security-sessions")}</h2>
                <ul class="rows">{rows.collect_view()}</ul>
                {button_form("/console/security/sign-out".to_owned(), "button", chrome.t("security-sign-out"))}
            </section>
        }
        .into_any()
    }
}
