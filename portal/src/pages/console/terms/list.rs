//! The list of terms.

use super::kind::{editor, kind_title};
use crate::layout::{Chrome, Page, Screen};
use crate::pages::console::shell::{Section, console_page};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::PolicyId;
use saldo_domain::policy::{PolicyKind, PolicyState};

/// Policies of every kind.
#[derive(Debug, Clone)]
pub struct TermsView {
    /// The rows, newest version first, by kind.
    pub rows: Vec<TermsRow>,
    /// Now.
    pub now: Timestamp,
    /// Whether the reader may write.
    pub may_write: bool,
}

/// One version of a policy.
#[derive(Debug, Clone)]
pub struct TermsRow {
    /// The version.
    pub id: PolicyId,
    /// What it is about.
    pub kind: PolicyKind,
    /// What finance calls it.
    pub name: String,
    /// Where it stands.
    pub state: PolicyState,
    /// It in plain words.
    pub reading: String,
}

impl Screen for TermsView {
    fn page(&self, chrome: &Chrome) -> Page {
        let kinds = PolicyKind::ALL;
        let body = view! {
            <div class="page-head">
                <h1 class="title">{chrome.t("console-terms")}</h1>
                <p class="lead">{chrome.t("terms-lead")}</p>
            </div>
            {kinds.map(|kind| self.section(kind, chrome)).into_iter().collect_view()}
        };
        console_page(Section::Terms, chrome.t("console-terms"), body, chrome)
    }
}

impl TermsView {
    fn section(&self, kind: PolicyKind, chrome: &Chrome) -> AnyView {
        let (over, live): (Vec<&TermsRow>, Vec<&TermsRow>) =
            self.rows.iter().filter(|row| row.kind == kind).partition(|row| is_over(&row.state, self.now));
        let fresh = (self.may_write && editor(kind).is_some()).then(|| {
            let href = format!("/console/terms/new/{}", kind.as_str());
            view! { <p class="actions"><a class="button" href=href>{chrome.t("terms-new")}</a></p> }
        });
        let none =
            (live.is_empty() && over.is_empty()).then(|| view! { <p class="empty">{chrome.t("terms-none")}</p> });
        let past = (!over.is_empty()).then(|| {
            view! {
                <details class="disclosure">
                    <summary>{chrome.t("terms-past")}</summary>
                    {rows(&over, self.now, chrome)}
                </details>
            }
        });
        view! {
            <section class="section">
                <h2 class="section-title">{kind_title(kind, chrome)}</h2>
                {none}
                {(!live.is_empty()).then(|| rows(&live, self.now, chrome))}
                {past}
                {fresh}
            </section>
        }
        .into_any()
    }
}

fn rows(rows: &[&TermsRow], now: Timestamp, chrome: &Chrome) -> AnyView {
    let rows = rows.iter().map(|row| {
        view! {
            <li>
                <span><a href=format!("/console/terms/{}", row.id)>{row.name.clone()}</a></span>
                {state_badge(&row.state, now, chrome)}
                <span class="hint">{row.reading.clone()}</span>
            </li>
        }
    });
    view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
}

/// Whether a version will never decide again.
pub(super) fn is_over(state: &PolicyState, now: Timestamp) -> bool {
    match state {
        PolicyState::Draft => false,
        PolicyState::Published { until_at, .. } => until_at.is_some_and(|end| end <= now),
        PolicyState::Withdrawn { .. } => true,
    }
}

/// Where a version stands, as a badge.
pub(super) fn state_badge(state: &PolicyState, now: Timestamp, chrome: &Chrome) -> AnyView {
    let (class, text) = match state {
        PolicyState::Draft => ("badge badge-careful", chrome.t("terms-state-draft")),
        PolicyState::Withdrawn { .. } => ("badge badge-quiet", chrome.t("terms-state-withdrawn")),
        PolicyState::Published { from_at, .. } if *from_at > now => {
            ("badge badge-info", chrome.with("terms-state-from", [("moment", chrome.moment(*from_at).into())]))
        }
        PolicyState::Published { until_at: Some(end), .. } if *end <= now => {
            ("badge badge-quiet", chrome.t("terms-state-over"))
        }
        PolicyState::Published { until_at: Some(end), .. } => {
            ("badge badge-good", chrome.with("terms-state-until", [("moment", chrome.moment(*end).into())]))
        }
        PolicyState::Published { .. } => ("badge badge-good", chrome.t("terms-state-in-force")),
    };
    view! { <span class=class>{text}</span> }.into_any()
}
