//! The fresh code: asked for, then entered.

use crate::layout::forms::{Tone, hidden, note, problem_summary};
use crate::layout::icons::{Icon, icon};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;
use saldo_domain::calendar::Timestamp;

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeProblem {
    /// What was typed.
    Refused(Refusal),
    /// Several were sent already.
    TooMany,
    /// The channel does not work now.
    NotSent,
}

/// Asks for a code, or for its digits where one is under way.
#[derive(Debug, Clone)]
pub struct CodeView {
    /// Where the debtor wanted to go: a path of ours.
    pub back: String,
    /// Who is owed.
    pub creditor_name: String,
    /// The address on file, masked; none where there is none.
    pub email: Option<String>,
    /// Until when a code that was sent works.
    pub sent_until: Option<Timestamp>,
    /// What was wrong.
    pub problem: Option<CodeProblem>,
}

impl Screen for CodeView {
    fn page(&self, chrome: &Chrome) -> Page {
        let problem = self.problem.as_ref().map(|problem| match problem {
            CodeProblem::Refused(refusal) => {
                let field = if self.sent_until.is_some() { "code" } else { "send" };
                problem_summary(chrome, field, &refusal_text(refusal, &chrome.locale))
            }
            CodeProblem::TooMany => note(Tone::Careful, view! { <p role="alert">{chrome.t("code-too-many")}</p> }),
            CodeProblem::NotSent => note(Tone::Bad, view! { <p role="alert">{chrome.t("code-not-sent")}</p> }),
        });
        let body = match (&self.email, self.sent_until) {
            (None, _) => {
                let creditor = [("creditor", (&self.creditor_name).into())];
                view! { <p class="lead">{chrome.with("code-no-contact", creditor)}</p> }.into_any()
            }
            (Some(email), Some(until)) => {
                view! { {enter(self, email, until, chrome)} {send(self, true, chrome)} }.into_any()
            }
            (Some(email), None) => {
                let why = chrome.with("code-why", [("email", email.into())]);
                view! { <p class="lead">{why}</p> {send(self, false, chrome)} }.into_any()
            }
        };
        let body = view! {
            <section class="card card-centre">
                <span class="badge-round badge-info">{icon(Icon::Lock)}</span>
                <h1 class="title">{chrome.t("code-title")}</h1>
                {problem}
                {body}
                <p><a href="/statement">{chrome.t("back-to-statement")}</a></p>
            </section>
        };
        let title = match &self.problem {
            Some(_) => format!("{}: {}", chrome.t("form-problem"), chrome.t("code-title")),
            None => chrome.t("code-title"),
        };
        Page::new(title, Width::Card, body)
    }
}

fn enter(view: &CodeView, email: &str, until: Timestamp, chrome: &Chrome) -> AnyView {
    let sent = chrome.with("code-sent", [("email", email.into()), ("moment", chrome.moment(until).into())]);
    let wrong = matches!(view.problem, Some(CodeProblem::Refused(_)));
    view! {
        <p class="lead" role="status">{sent}</p>
        <form method="post" action="/code">
            {hidden("back", &view.back)}
            <div class="field">
                <label for="code">{chrome.t("code-label")}</label>
                <input class="input input-code" id="code" name="code" type="text" inputmode="numeric" autofocus=!wrong
                    autocomplete="one-time-code" maxlength="12" required aria-invalid=wrong.then_some("true")
                    aria-describedby=if wrong { "problem code-hint" } else { "code-hint" }/>
                <p class="hint" id="code-hint"><span>{chrome.t("code-hint")}</span></p>
            </div>
            <button class="button button-primary button-block" type="submit">{chrome.t("code-confirm")}</button>
            <p class="hint">{icon(Icon::Lock)}<span>{chrome.t("code-private")}</span></p>
        </form>
    }
    .into_any()
}

fn send(view: &CodeView, again: bool, chrome: &Chrome) -> AnyView {
    let (class, label) = match again {
        true => ("button button-block", chrome.t("code-again")),
        false => ("button button-primary button-block", chrome.t("code-send")),
    };
    view! {
        <form method="post" action="/code/send">
            {hidden("back", &view.back)}
            <button class=class id="send" type="submit">{label}</button>
        </form>
    }
    .into_any()
}
