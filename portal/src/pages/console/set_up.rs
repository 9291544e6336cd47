//! Who was invited chooses a password and enrols one-time codes.

use super::sign_in::{code, password};
use crate::layout::forms::{Tone, hidden_username, note, problem_summary, text_input};
use crate::layout::icons::{Icon, icon};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;

/// The first step.
#[derive(Debug, Clone)]
pub struct SetUpPasswordView {
    /// The token of the path.
    pub token: String,
    /// Whose console.
    pub creditor_name: String,
    /// Who is invited.
    pub email: String,
    /// Why the reader is asked again.
    pub problem: Option<Refusal>,
}

/// The second step, also for other one-time codes later.
#[derive(Debug, Clone)]
pub struct SetUpCodeView {
    /// Where the first code goes.
    pub action: String,
    /// For typing in.
    pub secret: String,
    /// For a camera: an SVG element of our own making.
    pub qr_svg: String,
    /// Why the reader is asked again.
    pub problem: Option<Refusal>,
}

/// What is shown once at the end.
#[derive(Debug, Clone)]
pub struct RecoveryCodesView {
    /// The codes.
    pub codes: Vec<String>,
}

impl Screen for SetUpPasswordView {
    fn page(&self, chrome: &Chrome) -> Page {
        let problem = self
            .problem
            .as_ref()
            .map(|refusal| problem_summary(chrome, "new_password", &refusal_text(refusal, &chrome.locale)));
        let field = password("new_password", chrome.t("set-up-password"), "new-password", self.problem.is_some());
        let body = view! {
            <section class="card">
                <h1 class="title">{chrome.with("set-up-title", [("creditor", (&self.creditor_name).into())])}</h1>
                <p class="lead">{chrome.with("set-up-explained", [("email", (&self.email).into())])}</p>
                {problem}
                <form class="stack" method="post" action=format!("/console/set-up/{}/password", self.token)>
                    {hidden_username(&self.email)}
                    {text_input(field)}
                    <p class="hint"><span>{chrome.t("set-up-password-rule")}</span></p>
                    <button class="button button-primary button-block" type="submit">{chrome.t("set-up-next")}</button>
                </form>
            </section>
        };
        Page::new(chrome.t("sign-in-page"), Width::Card, body)
    }
}

impl Screen for SetUpCodeView {
    fn page(&self, chrome: &Chrome) -> Page {
        let problem = self
            .problem
            .as_ref()
            .map(|refusal| problem_summary(chrome, "code", &refusal_text(refusal, &chrome.locale)));
        let body = view! {
            <section class="card">
                <h1 class="title">{chrome.t("set-up-codes-title")}</h1>
                <p class="lead">{chrome.t("set-up-codes-explained")}</p>
                <div class="qr" role="img" aria-label=chrome.t("set-up-qr") inner_html=self.qr_svg.clone()></div>
                <p>{chrome.t("set-up-secret")}</p>
                <p class="mono secret-text">{self.secret.clone()}</p>
                {problem}
                <form class="stack" method="post" action=self.action.clone()>
                    {text_input(code(chrome.t("set-up-code"), self.problem.is_some()))}
                    <button class="button button-primary button-block" type="submit">{chrome.t("set-up-confirm")}</button>
                </form>
            </section>
        };
        Page::new(chrome.t("set-up-codes-title"), Width::Card, body)
    }
}

impl Screen for RecoveryCodesView {
    fn page(&self, chrome: &Chrome) -> Page {
        let codes = self.codes.iter().map(|code| view! { <li class="mono">{code.clone()}</li> });
        let body = view! {
            <section class="card">
                <span class="badge-round badge-good">{icon(Icon::Check)}</span>
                <h1 class="title">{chrome.t("recovery-title")}</h1>
                {note(Tone::Careful, view! { <p>{chrome.t("recovery-explained")}</p> })}
                <ol class="recovery-codes">{codes.collect_view()}</ol>
                <a class="button button-primary button-block" href="/console">{chrome.t("recovery-done")}</a>
            </section>
        };
        Page::new(chrome.t("recovery-title"), Width::Card, body)
    }
}
