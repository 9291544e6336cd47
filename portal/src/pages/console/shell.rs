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
    /// What is owed.
    Invoices,
    /// What came in.
    Payments,
    /// What was agreed.
    Plans,
    /// What is contested.
    Disputes,
    /// What was promised.
    Promises,
    /// What is said to debtors, when and why.
    Reminders,
    /// Discounts, plan templates, late fees.
    Terms,
    /// Files.
    Imports,
    /// Provider events that need a look.
    Events,
    /// Jobs that gave up.
    Jobs,
    /// What stands on the creditor's own site.
    Widgets,
    /// Who is told what happens.
    Subscribers,
    /// Who else comes in.
    Members,
    /// Who changed what.
    Audit,
    /// What is mailed, what messages cost, the paper.
    Settings,
    /// The reader's own sign-in.
    Security,
}

/// A page inside the console's frame.
pub fn console_page(section: Section, title: String, body: impl IntoAny, chrome: &Chrome) -> Page {
    let mut page = Page::new(title, Width::Wide, body);
    page.navigation = Some(navigation(section, chrome));
    page
}

type Part = (Section, &'static str, String);

fn navigation(current: Section, chrome: &Chrome) -> AnyView {
    let daily = vec![
        (Section::Overview, "/console", chrome.t("console-overview")),
        (Section::Debtors, "/console/debtors", chrome.t("console-debtors")),
        (Section::Invoices, "/console/invoices", chrome.t("console-invoices")),
        (Section::Payments, "/console/payments", chrome.t("console-payments")),
        (Section::Plans, "/console/plans", chrome.t("console-plans")),
        (Section::Disputes, "/console/disputes", chrome.t("console-disputes")),
        (Section::Promises, "/console/promises", chrome.t("console-promises")),
        (Section::Reminders, "/console/reminders", chrome.t("console-reminders")),
        (Section::Terms, "/console/terms", chrome.t("console-terms")),
        (Section::Imports, "/console/imports", chrome.t("console-imports")),
    ];
    let seldom = vec![
        (Section::Events, "/console/events", chrome.t("console-events")),
        (Section::Jobs, "/console/jobs", chrome.t("console-jobs")),
        (Section::Settings, "/console/settings", chrome.t("console-settings")),
        (Section::Widgets, "/console/widgets", chrome.t("console-widgets")),
        (Section::Subscribers, "/console/subscribers", chrome.t("console-subscribers")),
        (Section::Members, "/console/members", chrome.t("console-members")),
        (Section::Audit, "/console/audit", chrome.t("console-audit")),
        (Section::Security, "/console/security", chrome.t("console-security")),
    ];
    let here = daily.iter().chain(&seldom).find(|(section, _, _)| *section == current);
    let here = here.map(|(_, _, label)| label.clone());
    // So many names fit no phone: there they stand behind the name of the part that is open.
    view! {
        <nav class="nav" aria-label=chrome.t("console-navigation")>
            <details class="nav-menu">
                <summary class="nav-open"><span class="nav-word">{chrome.t("console-menu")}</span>{here}</summary>
                {links("nav-list nav-grid", &daily, current)}
                {links("nav-list nav-grid nav-quiet", &seldom, current)}
            </details>
            <div class="nav-wide">
                {links("nav-list", &daily, current)}
                {links("nav-list nav-quiet", &seldom, current)}
            </div>
        </nav>
    }
    .into_any()
}

fn links(class: &'static str, parts: &[Part], current: Section) -> AnyView {
    let links = parts.iter().map(|(section, href, label)| {
        let here = (*section == current).then_some("page");
        view! { <li><a class="nav-link" href=*href aria-current=here>{label.clone()}</a></li> }
    });
    view! { <ul class=class>{links.collect_view()}</ul> }.into_any()
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
