//! Programs of the creditor's own that are told what happens.

mod form;
mod one;

pub use form::SubscriberTyped;
pub use one::SubscriberView;

use super::shell::{Section, console_page};
use crate::layout::forms::{Tone, note, problem_summary};
use crate::layout::{Chrome, Page, Screen};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_contract::subscriber::Subscriber;

/// Why a form was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubscriberProblem {
    /// The address is never asked; the stable word of why.
    Url(String),
    /// As many are there as may be.
    Full,
    /// The name cannot be read.
    Name,
    /// The moment from which to tell again cannot be read.
    Since,
}

/// Who is told, and the form of one more.
#[derive(Debug, Clone)]
pub struct SubscribersView {
    /// The subscribers, the newest first.
    pub subscribers: Vec<Subscriber>,
    /// What was typed.
    pub typed: SubscriberTyped,
    /// Why it was refused.
    pub problem: Option<SubscriberProblem>,
}

impl Screen for SubscribersView {
    fn page(&self, chrome: &Chrome) -> Page {
        let rows = self.subscribers.iter().map(|one| line(one, chrome));
        let list = if self.subscribers.is_empty() {
            view! { <p class="empty">{chrome.t("outbound-none")}</p> }.into_any()
        } else {
            view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
        };
        let body = view! {
            <div class="page-head">
                <h1 class="title">{chrome.t("console-subscribers")}</h1>
                <p class="lead">{chrome.t("outbound-lead")}</p>
            </div>
            {self.problem.as_ref().map(|problem| told(problem, chrome))}
            {list}
            {form::form(&self.typed, self.problem.as_ref(), chrome)}
        };
        console_page(Section::Subscribers, chrome.t("console-subscribers"), body, chrome)
    }
}

fn line(one: &Subscriber, chrome: &Chrome) -> AnyView {
    let counts = (one.waiting + one.dead > 0).then(|| {
        let args = [("waiting", count(one.waiting).into()), ("dead", count(one.dead).into())];
        view! { <span class="line item-note">{chrome.with("outbound-counts", args)}</span> }
    });
    view! {
        <li>
            <span>
                <a href=format!("/console/subscribers/{}", one.id)><strong>{one.name.clone()}</strong></a>
                <span class="line item-note mono">{one.url.clone()}</span>
                {counts}
            </span>
            {badge(one, chrome)}
        </li>
    }
    .into_any()
}

fn count(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn badge(one: &Subscriber, chrome: &Chrome) -> AnyView {
    let (class, text) = match (one.state.as_str(), one.failing_since) {
        ("enabled", None) => ("badge badge-good", chrome.t("outbound-enabled")),
        ("enabled", Some(_)) => ("badge badge-careful", chrome.t("outbound-failing")),
        ("gone", _) => ("badge badge-bad", chrome.t("outbound-gone")),
        _ => ("badge", chrome.t("outbound-disabled")),
    };
    view! { <span class=class>{text}</span> }.into_any()
}

fn told(problem: &SubscriberProblem, chrome: &Chrome) -> AnyView {
    match problem {
        SubscriberProblem::Url(why) => {
            let text = match why.as_str() {
                "not_https" => chrome.t("outbound-url-https"),
                "port" => chrome.t("outbound-url-port"),
                "credentials_in_url" => chrome.t("outbound-url-credentials"),
                "private_address" => chrome.t("outbound-url-private"),
                "no_address" | "timeout" => chrome.t("outbound-url-unknown"),
                _ => chrome.t("outbound-url-unreadable"),
            };
            problem_summary(chrome, "url", &text)
        }
        SubscriberProblem::Full => problem_summary(chrome, "name", &chrome.t("outbound-full")),
        SubscriberProblem::Name => problem_summary(chrome, "name", &chrome.t("outbound-name-unreadable")),
        SubscriberProblem::Since => problem_summary(chrome, "since", &chrome.t("outbound-since-unreadable")),
    }
}

fn shown_once(secret: &str, chrome: &Chrome) -> AnyView {
    let body = view! {
        <p><strong>{chrome.t("outbound-secret-made")}</strong>" "{chrome.t("outbound-secret-once")}</p>
        <dl class="pairs">
            <div><dt>{chrome.t("outbound-secret")}</dt><dd><code class="secret">{secret.to_owned()}</code></dd></div>
        </dl>
    };
    note(Tone::Good, body)
}
