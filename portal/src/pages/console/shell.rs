//! The frame of all console pages.

use crate::layout::{Chrome, Page, Width};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;

/// The parts of the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// How things stand.
    Overview,
    /// Who owes.
    Debtors,
    /// Files.
    Imports,
    /// Provider events that need a look.
    Events,
    /// Jobs that gave up.
    Jobs,
}

/// A page inside the console's frame.
pub fn console_page(section: Section, title: String, body: impl IntoAny, chrome: &Chrome) -> Page {
    let mut page = Page::new(title, Width::Wide, body);
    page.navigation = Some(navigation(section, chrome));
    page
}

fn navigation(current: Section, chrome: &Chrome) -> AnyView {
    let parts = [
        (Section::Overview, "/console", chrome.t("console-overview")),
        (Section::Debtors, "/console/debtors", chrome.t("console-debtors")),
        (Section::Imports, "/console/imports", chrome.t("console-imports")),
        (Section::Events, "/console/events", chrome.t("console-events")),
        (Section::Jobs, "/console/jobs", chrome.t("console-jobs")),
    ];
    let links = parts.into_iter().map(|(section, href, label)| {
        let here = (section == current).then_some("page");
        view! { <li><a class="nav-link" href=href aria-current=here>{label}</a></li> }
    });
    view! {
        <nav class="nav" aria-label=chrome.t("console-navigation")>
            <ul class="nav-list">{links.collect_view()}</ul>
        </nav>
    }
    .into_any()
}

/// The link to the next part of a list.
pub fn next_page(href: Option<String>, chrome: &Chrome) -> Option<AnyView> {
    let href = href?;
    Some(
        view! { <p class="pages"><a class="button" href=href rel="next">{chrome.t("console-next")}</a></p> }.into_any(),
    )
}

/// Text that is safe inside a query string.
pub fn query_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
