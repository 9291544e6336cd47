//! What a widget opened too late: calm, with the way back.

use crate::layout::icons::{Icon, icon};
use crate::layout::{Chrome, Page, Screen, Width};
use leptos::prelude::*;
use saldo_app::flows::widgets::BackTo;

/// A form of a widget whose token does not open any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WidgetEndedView {
    /// The site that it came from, where that is known and listed.
    pub back_to: Option<BackTo>,
}

impl Screen for WidgetEndedView {
    fn page(&self, chrome: &Chrome) -> Page {
        let way = match &self.back_to {
            Some(back) => {
                let label = chrome.with("widget-back", [("host", (&back.host).into())]);
                view! { <a class="button button-primary button-block" href=back.url.clone()>{label}</a> }.into_any()
            }
            None => view! { <p class="lead">{chrome.t("widget-ended-close")}</p> }.into_any(),
        };
        let body = view! {
            <section class="card card-centre">
                <span class="badge-round badge-careful">{icon(Icon::Clock)}</span>
                <h1 class="title">{chrome.t("widget-ended-title")}</h1>
                <p class="lead">{chrome.t("widget-ended-explained")}</p>
                {way}
            </section>
        };
        Page::new(chrome.t("widget-ended-page"), Width::Card, body)
    }
}
