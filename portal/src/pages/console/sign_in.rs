use crate::layout::forms::{TextInput, button_form, problem_summary, text_input};
use crate::layout::icons::{Icon, icon};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;

/// The one-time link into the console; opening it uses nothing up.
#[derive(Debug, Clone)]
pub struct SignInView {
    /// The token of the path.
    pub token: String,
    /// Whose console.
    pub creditor_name: String,
}

/// A sign-in link that was used, or never was one.
#[derive(Debug, Clone, Copy)]
pub struct SignInRefusedView;

/// The first form: e-mail address and password.
#[derive(Debug, Clone, Default)]
pub struct SignInFormView {
    /// The address that was typed.
    pub email: String,
    /// Why the reader is asked again.
    pub problem: Option<Refusal>,
}

/// The second form: a one-time code or a recovery code.
#[derive(Debug, Clone, Default)]
pub struct SignInCodeView {
    /// Why the reader is asked again.
    pub problem: Option<Refusal>,
}

impl Screen for SignInView {
    fn page(&self, chrome: &Chrome) -> Page {
        let action = format!("/console/sign-in/{}", self.token);
        let body = view! {
            <section class="card card-centre">
                <h1 class="title">{chrome.with("sign-in-title", [("creditor", (&self.creditor_name).into())])}</h1>
                <p class="lead">{chrome.t("sign-in-explained")}</p>
                {button_form(action, "button button-primary button-block", chrome.t("sign-in-confirm"))}
                <p class="hint">{icon(Icon::Lock)}<span>{chrome.t("sign-in-once")}</span></p>
            </section>
        };
        Page::new(chrome.t("sign-in-page"), Width::Card, body)
    }
}

impl Screen for SignInRefusedView {
    fn page(&self, chrome: &Chrome) -> Page {
        let body = view! {
            <section class="card card-centre">
                <span class="badge-round badge-careful">{icon(Icon::Clock)}</span>
                <h1 class="title">{chrome.t("sign-in-refused")}</h1>
                <p class="lead">{chrome.t("sign-in-refused-explained")}</p>
                <a class="button button-primary button-block" href="/console/sign-in">{chrome.t("sign-in-by-password")}</a>
            </section>
        };
        Page::new(chrome.t("sign-in-page"), Width::Card, body)
    }
}

impl Screen for SignInFormView {
    fn page(&self, chrome: &Chrome) -> Page {
        let refused = self.problem.is_some();
        let problem = self
            .problem
            .as_ref()
            .map(|refusal| problem_summary(chrome, "email", &refusal_text(refusal, &chrome.locale)));
        let email = TextInput {
            id: "email",
            label: chrome.t("sign-in-email"),
            kind: "email",
            autocomplete: "username",
            value: self.email.clone(),
            invalid: refused,
        };
        let body = view! {
            <section class="card">
                <h1 class="title">{chrome.t("sign-in-page")}</h1>
                {problem}
                <form class="stack" method="post" action="/console/sign-in">
                    {text_input(email)}
                    {text_input(password("password", chrome.t("sign-in-password"), "current-password", refused))}
                    <button class="button button-primary button-block" type="submit">{chrome.t("sign-in-go")}</button>
                </form>
                <p class="hint">{icon(Icon::Lock)}<span>{chrome.t("sign-in-help")}</span></p>
            </section>
        };
        Page::new(chrome.t("sign-in-page"), Width::Card, body)
    }
}

impl Screen for SignInCodeView {
    fn page(&self, chrome: &Chrome) -> Page {
        let problem = self
            .problem
            .as_ref()
            .map(|refusal| problem_summary(chrome, "code", &refusal_text(refusal, &chrome.locale)));
        let body = view! {
            <section class="card">
                <h1 class="title">{chrome.t("sign-in-code-title")}</h1>
                <p class="lead">{chrome.t("sign-in-code-explained")}</p>
                {problem}
                <form class="stack" method="post" action="/console/sign-in/code">
                    {text_input(code(chrome.t("sign-in-code"), self.problem.is_some()))}
                    <button class="button button-primary button-block" type="submit">{chrome.t("sign-in-confirm")}</button>
                </form>
                <p class="hint">{icon(Icon::Info)}<span>{chrome.t("sign-in-recovery")}</span></p>
            </section>
        };
        Page::new(chrome.t("sign-in-page"), Width::Card, body)
    }
}

/// A field for a password.
pub(super) fn password(id: &'static str, label: String, autocomplete: &'static str, invalid: bool) -> TextInput {
    TextInput { id, label, kind: "password", autocomplete, value: String::new(), invalid }
}

/// A field for a one-time code.
pub(super) fn code(label: String, invalid: bool) -> TextInput {
    TextInput { id: "code", label, kind: "text", autocomplete: "one-time-code", value: String::new(), invalid }
}
