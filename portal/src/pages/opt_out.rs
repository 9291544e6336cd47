//! Withdrawing a channel: asked on GET, done on POST.

use crate::layout::forms::button_form;
use crate::layout::icons::{Icon, icon};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;

/// Whether it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptOutState {
    /// The question.
    Ask,
    /// The answer.
    Done,
}

/// The debtor's withdrawal of a channel.
#[derive(Debug, Clone)]
pub struct OptOutView {
    /// The token of the path.
    pub token: String,
    /// Whose reminders.
    pub creditor_name: String,
    /// The address, masked.
    pub masked_address: Option<String>,
    /// Whether it was done.
    pub state: OptOutState,
}

impl Screen for OptOutView {
    fn page(&self, chrome: &Chrome) -> Page {
        let creditor = || [("creditor", (&self.creditor_name).into())];
        let address =
            self.masked_address.clone().map(|address| view! { <p class="lead"><strong>{address}</strong></p> });
        let more = format!("/optout/{}/preferences", self.token);
        let more = view! { <p><a href=more>{chrome.t("consent-change")}</a></p> };
        let body = match self.state {
            OptOutState::Ask => {
                let action = format!("/optout/{}", self.token);
                view! {
                    <section class="card card-centre">
                        <h1 class="title">{chrome.with("optout-title", creditor())}</h1>
                        {address}
                        <p class="lead">{chrome.t("optout-explained")}</p>
                        {button_form(action, "button button-primary button-block", chrome.t("optout-confirm"))}
                        {more}
                    </section>
                }
                .into_any()
            }
            OptOutState::Done => view! {
                <section class="card card-centre">
                    <span class="badge-round badge-good">{icon(Icon::Check)}</span>
                    <h1 class="title">{chrome.t("optout-done")}</h1>
                    {address}
                    <p class="lead">{chrome.with("optout-done-explained", creditor())}</p>
                    {more}
                </section>
            }
            .into_any(),
        };
        Page::new(chrome.t("optout-page"), Width::Card, body)
    }
}
