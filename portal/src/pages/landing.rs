//! What a link opens: before the session begins, after it cannot.

use crate::layout::forms::button_form;
use crate::layout::icons::{Icon, icon};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;
use saldo_domain::money::Money;

/// The page behind the bare link: it tells nothing that somebody else should not read.
#[derive(Debug, Clone)]
pub struct LandingView {
    /// The link's own path; Continue goes there.
    pub path: String,
    /// Who is owed.
    pub creditor_name: String,
    /// First letters of the debtor's name.
    pub masked_name: String,
    /// What is owed, one for each currency; empty where nothing is.
    pub amounts: Vec<Money>,
}

impl Screen for LandingView {
    fn page(&self, chrome: &Chrome) -> Page {
        let creditor = || [("creditor", (&self.creditor_name).into())];
        let amounts = if self.amounts.is_empty() {
            view! { <p class="amount amount-large">{chrome.t("nothing-owed")}</p> }.into_any()
        } else {
            let lines = self.amounts.iter().map(|amount| {
                view! { <p class="amount amount-hero">{chrome.money(*amount)}</p> }
            });
            view! { <p class="eyebrow">{chrome.t("amount-due")}</p> {lines.collect_view()} }.into_any()
        };
        let body = view! {
            <section class="card card-centre">
                <h1 class="title">{chrome.with("landing-title", creditor())}</h1>
                <p class="lead">{chrome.with("landing-for", [("name", (&self.masked_name).into())])}</p>
                <div class="landing-amount">{amounts}</div>
                <form method="post" action=self.path.clone() data-forget="/statement">
                    <button class="button button-primary button-block" type="submit">{chrome.t("landing-continue")}</button>
                </form>
                <p class="hint">{icon(Icon::Lock)}<span>{chrome.t("landing-private")}</span></p>
            </section>
            <p class="aside">{chrome.t("landing-not-you")}</p>
        };
        Page::new(chrome.t("landing-page"), Width::Card, body).with_script()
    }
}

/// A link that does not work, or no longer, or a session that ended.
#[derive(Debug, Clone)]
pub struct ExpiredLinkView {
    /// The link's path, for asking for a fresh one; none where there was none.
    pub path: Option<String>,
}

impl Screen for ExpiredLinkView {
    fn page(&self, chrome: &Chrome) -> Page {
        let again = self.path.as_ref().map(|path| {
            let action = format!("{path}/renew");
            view! {
                <p class="lead">{chrome.t("expired-renew")}</p>
                {button_form(action, "button button-primary button-block", chrome.t("expired-send"))}
            }
        });
        let ask_creditor = self.path.is_none().then(|| view! { <p class="lead">{chrome.t("expired-open-again")}</p> });
        let body = view! {
            <section class="card card-centre">
                <span class="badge-round badge-careful">{icon(Icon::Clock)}</span>
                <h1 class="title">{chrome.t("expired-title")}</h1>
                <p class="lead">{chrome.t("expired-explained")}</p>
                {again}
                {ask_creditor}
            </section>
        };
        Page::new(chrome.t("expired-page"), Width::Card, body)
    }
}

/// The answer to asking for a fresh link; the same whether or not there is an account behind it.
#[derive(Debug, Clone, Copy)]
pub struct LinkRequestedView;

impl Screen for LinkRequestedView {
    fn page(&self, chrome: &Chrome) -> Page {
        let body = view! {
            <section class="card card-centre">
                <span class="badge-round badge-info">{icon(Icon::Mail)}</span>
                <h1 class="title">{chrome.t("requested-title")}</h1>
                <p class="lead">{chrome.t("requested-explained")}</p>
                <p class="hint"><span>{chrome.t("requested-not-arrived")}</span></p>
            </section>
        };
        Page::new(chrome.t("requested-page"), Width::Card, body)
    }
}
