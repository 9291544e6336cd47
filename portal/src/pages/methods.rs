//! The payment methods that a debtor saved: how they look, never a number.

use crate::layout::forms::{Tone, button_form, hidden, note};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::ids::SavedMethodId;
use saldo_domain::provider::{MethodExpiry, SavedMethodFacts};

/// The list.
#[derive(Debug, Clone)]
pub struct MethodsView {
    /// Who may charge them.
    pub creditor_name: String,
    /// The newest first.
    pub methods: Vec<(SavedMethodId, SavedMethodFacts)>,
    /// Made with the page: the next method to be saved.
    pub setup_id: SavedMethodId,
    /// What just happened.
    pub news: Option<MethodNews>,
}

/// What just happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MethodNews {
    /// One was saved.
    Saved,
    /// One was removed.
    Removed,
    /// The debtor came back without one.
    NotSaved,
    /// The provider has not told yet.
    Waiting,
    /// The provider cannot be reached.
    Unavailable,
}

/// "Really remove it?"
#[derive(Debug, Clone)]
pub struct RemoveMethodView {
    /// Which.
    pub id: SavedMethodId,
    /// How it looks.
    pub facts: SavedMethodFacts,
}

impl Screen for MethodsView {
    fn page(&self, chrome: &Chrome) -> Page {
        let rows = self.methods.iter().map(|(id, facts)| row(*id, facts, chrome));
        let list = match self.methods.is_empty() {
            true => view! { <p>{chrome.t("methods-none")}</p> }.into_any(),
            false => view! { <ul class="plain-list">{rows.collect_view()}</ul> }.into_any(),
        };
        let body = view! {
            <p class="back"><a href="/statement">{chrome.t("back-to-statement")}</a></p>
            <h1 class="title">{chrome.t("methods-title")}</h1>
            {self.news.map(|news| told(news, chrome))}
            <section class="card">
                {list}
                <p class="hint"><span>
                    {chrome.with("methods-explained", [("creditor", (&self.creditor_name).into())])}
                </span></p>
                <form method="post" action="/methods/setups">
                    {hidden("setup", self.setup_id)}
                    <button class="button button-primary button-block" type="submit">{chrome.t("methods-add")}</button>
                </form>
            </section>
        };
        Page::new(chrome.t("methods-title"), Width::Column, body)
    }
}

impl Screen for RemoveMethodView {
    fn page(&self, chrome: &Chrome) -> Page {
        let body = view! {
            <p class="back"><a href="/methods">{chrome.t("methods-back")}</a></p>
            <h1 class="title">{chrome.t("methods-remove-title")}</h1>
            <section class="card">
                <p class="lead">{label(&self.facts, chrome)}</p>
                <p>{chrome.t("methods-remove-explained")}</p>
                {button_form(
                    format!("/methods/{}/remove", self.id),
                    "button button-primary button-block",
                    chrome.t("methods-remove-confirm"),
                )}
                <p><a href="/methods">{chrome.t("methods-keep")}</a></p>
            </section>
        };
        Page::new(chrome.t("methods-remove-title"), Width::Column, body)
    }
}

fn row(id: SavedMethodId, facts: &SavedMethodFacts, chrome: &Chrome) -> AnyView {
    let expires = facts.expires.map(|MethodExpiry { year, month }| {
        chrome.with("methods-expires", [("month", format!("{month:02}/{year:04}").into())])
    });
    view! {
        <li class="method">
            <p><strong>{label(facts, chrome)}</strong></p>
            {expires.map(|expires| view! { <p class="hint"><span>{expires}</span></p> })}
            <p><a href=format!("/methods/{id}/remove")>{chrome.t("methods-remove")}</a></p>
        </li>
    }
    .into_any()
}

/// `Visa •••• 4242`, in the reader's words.
pub fn label(facts: &SavedMethodFacts, chrome: &Chrome) -> String {
    let mut brand = facts.brand.clone();
    if let Some(first) = brand.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    chrome.with("methods-label", [("brand", brand.into()), ("last", (&facts.last4).into())])
}

fn told(news: MethodNews, chrome: &Chrome) -> AnyView {
    let (tone, words) = match news {
        MethodNews::Saved => (Tone::Good, chrome.t("methods-saved")),
        MethodNews::Removed => (Tone::Good, chrome.t("methods-removed")),
        MethodNews::NotSaved => (Tone::Info, chrome.t("methods-not-saved")),
        MethodNews::Waiting => (Tone::Waiting, chrome.t("methods-waiting")),
        MethodNews::Unavailable => (Tone::Careful, chrome.t("methods-unavailable")),
    };
    note(tone, view! { <p role="status">{words}</p> })
}
