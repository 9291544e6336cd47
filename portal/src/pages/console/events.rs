//! Provider events that need a look.

use super::shell::{Section, console_page, next_page, query_encoded};
use crate::layout::{Chrome, Page, Screen};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::InboundEventId;

/// Why an event needs a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventState {
    /// It belongs to nothing that we know.
    Unmatched,
    /// It does not fit what it belongs to.
    Refused,
}

/// One part of the list of events.
#[derive(Debug, Clone)]
pub struct EventsView {
    /// Which ones; none for both.
    pub state: Option<EventState>,
    /// The rows, newest first.
    pub rows: Vec<EventRow>,
    /// Where the next part begins.
    pub next: Option<String>,
}

/// An event in the list.
#[derive(Debug, Clone)]
pub struct EventRow {
    /// The event.
    pub id: InboundEventId,
    /// Who sent it.
    pub provider: String,
    /// The provider's name of it.
    pub reference: String,
    /// When it came.
    pub received_at: Timestamp,
    /// Why it needs a look.
    pub state: EventState,
    /// What did not fit.
    pub note: Option<String>,
}

impl Screen for EventsView {
    fn page(&self, chrome: &Chrome) -> Page {
        let filter = match self.state {
            Some(EventState::Unmatched) => "unmatched",
            Some(EventState::Refused) => "refused",
            None => "",
        };
        let next =
            self.next.as_ref().map(|cursor| format!("/console/events?state={filter}&after={}", query_encoded(cursor)));
        let filters = [
            (None, "/console/events", chrome.t("events-all")),
            (Some(EventState::Unmatched), "/console/events?state=unmatched", chrome.t("event-unmatched")),
            (Some(EventState::Refused), "/console/events?state=refused", chrome.t("event-refused")),
        ];
        let filters = filters.into_iter().map(|(state, href, label)| {
            let here = (state == self.state).then_some("true");
            view! { <li><a class="nav-link" href=href aria-current=here>{label}</a></li> }
        });
        let list = if self.rows.is_empty() {
            view! { <p class="empty">{chrome.t("events-none")}</p> }.into_any()
        } else {
            table(&self.rows, chrome)
        };
        let body = view! {
            <div class="page-head">
                <h1 class="title">{chrome.t("console-events")}</h1>
                <p class="lead">{chrome.t("events-explained")}</p>
            </div>
            <ul class="nav-list filters" aria-label=chrome.t("events-filter")>{filters.collect_view()}</ul>
            {list}
            {next_page(next, chrome)}
        };
        console_page(Section::Events, chrome.t("console-events"), body, chrome)
    }
}

fn table(rows: &[EventRow], chrome: &Chrome) -> AnyView {
    let rows = rows.iter().map(|row| {
        let (class, text) = match row.state {
            EventState::Unmatched => ("badge badge-careful", chrome.t("event-unmatched")),
            EventState::Refused => ("badge badge-bad", chrome.t("event-refused")),
        };
        view! {
            <tr>
                <td>{chrome.moment(row.received_at)}</td>
                <td>{row.provider.clone()}</td>
                <th scope="row" class="mono">{row.reference.clone()}</th>
                <td><span class=class>{text}</span></td>
                <td>{row.note.clone()}</td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=chrome.t("console-events")>
            <table class="table">
                <thead><tr>
                    <th scope="col">{chrome.t("column-when")}</th>
                    <th scope="col">{chrome.t("column-provider")}</th>
                    <th scope="col">{chrome.t("column-reference")}</th>
                    <th scope="col">{chrome.t("column-state")}</th>
                    <th scope="col">{chrome.t("column-reason")}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
