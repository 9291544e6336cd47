//! Widgets for the creditor's own site: where they may stand, who signs their tokens, how they look, what to copy.

mod keys;
mod snippets;
mod theme;

pub use keys::{FreshKey, KeyProblem};
pub use snippets::SnippetPlaces;
pub use theme::{ThemeForm, ThemeValue, theme_fragment, tokens};

use super::shell::{Section, console_page};
use crate::layout::forms::{TextInput, problem_summary, text_input};
use crate::layout::{Chrome, Page, Screen};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_contract::widget_key::WidgetKey;

/// The page of widgets.
#[derive(Debug, Clone)]
pub struct WidgetsView {
    /// The sites that are listed.
    pub origins: Vec<String>,
    /// A site that could not be listed, as it was typed.
    pub refused_origin: Option<String>,
    /// The keys, the newest first.
    pub keys: Vec<WidgetKey>,
    /// A key that was just made.
    pub fresh: Option<FreshKey>,
    /// Why none was made.
    pub key_problem: Option<KeyProblem>,
    /// How the elements look.
    pub theme: ThemeForm,
    /// What stands in the snippets.
    pub places: SnippetPlaces,
}

impl Screen for WidgetsView {
    fn page(&self, chrome: &Chrome) -> Page {
        let body = view! {
            <h1 class="title">{chrome.t("console-widgets")}</h1>
            <p class="lead">{chrome.t("embed-lead")}</p>
            {origins(self, chrome)}
            {keys::section(self, chrome)}
            {theme::section(&self.theme, chrome)}
            {snippets::section(&self.places, chrome)}
        };
        console_page(Section::Widgets, chrome.t("console-widgets"), body, chrome).with_script()
    }
}

fn origins(view: &WidgetsView, chrome: &Chrome) -> AnyView {
    let problem =
        view.refused_origin.as_ref().map(|_| problem_summary(chrome, "origin", &chrome.t("embed-origin-refused")));
    let rows = view.origins.iter().map(|origin| {
        view! {
            <li>
                <span><strong>{origin.clone()}</strong></span>
                <form method="post" action="/console/widgets/origins/remove">
                    <input type="hidden" name="origin" value=origin.clone()/>
                    <button class="button button-small" type="submit"
                        aria-label=chrome.with("embed-origin-remove-one", [("origin", origin.into())])>
                        {chrome.t("embed-origin-remove")}
                    </button>
                </form>
            </li>
        }
    });
    let rows = (!view.origins.is_empty()).then(|| view! { <ul class="rows">{rows.collect_view()}</ul> });
    let field = TextInput {
        id: "origin",
        label: chrome.t("embed-origin"),
        kind: "text",
        autocomplete: "off",
        value: view.refused_origin.clone().unwrap_or_default(),
        invalid: view.refused_origin.is_some(),
    };
    view! {
        <section class="section" aria-labelledby="sites">
            <h2 class="section-title" id="sites">{chrome.t("embed-origins")}</h2>
            <p>{chrome.t("embed-origins-explained")}</p>
            {problem}
            {rows}
            <form class="card stack" method="post" action="/console/widgets/origins">
                {text_input(field)}
                <div class="actions"><button class="button button-primary" type="submit">{chrome.t("embed-origin-add")}</button></div>
            </form>
        </section>
    }
    .into_any()
}
