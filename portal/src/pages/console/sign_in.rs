use crate::layout::forms::button_form;
use crate::layout::icons::{Icon, icon};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;

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
            </section>
        };
        Page::new(chrome.t("sign-in-page"), Width::Card, body)
    }
}
