//! A policy over the books of the next 30 days, and what it would change.

use super::frame::{Part, Sheet, choice, reminders_page};
use super::rehearsal_figures::figures;
use super::words::channel_words;
use crate::islands::ImportProgress;
use crate::layout::forms::{Tone, hidden, note};
use crate::layout::{Chrome, Page, Screen};
use crate::pages::console::shell::{next_page, query_encoded};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::rehearsal::{LINES_MAX, LineFilter, Rehearsal, RehearsalState};
use saldo_domain::policy::PolicyState;
use saldo_domain::reminder::Channel;

/// A rehearsal with one page of its messages.
#[derive(Debug, Clone)]
pub struct RehearsalView {
    /// The rehearsal.
    pub rehearsal: Rehearsal,
    /// Its messages, one page of them.
    pub sheet: Sheet,
    /// Which of them are wanted.
    pub filter: LineFilter,
    /// The place behind which the next page begins.
    pub next: Option<u64>,
    /// Whether this is the first page.
    pub first_page: bool,
    /// Whether the reader may publish.
    pub may_publish: bool,
}

/// What a draft does to a message.
pub fn change_words(change: &str, chrome: &Chrome) -> String {
    match change {
        "added" => chrome.t("rehearsal-added"),
        "removed" => chrome.t("rehearsal-removed"),
        "moved" => chrome.t("rehearsal-moved"),
        _ => chrome.t("rehearsal-same"),
    }
}

impl Screen for RehearsalView {
    fn page(&self, chrome: &Chrome) -> Page {
        let row = &self.rehearsal.row;
        let name = self.rehearsal.version.name.clone();
        let title = chrome.with("rehearsal-title", [("name", name.into())]);
        let span = [
            ("from", chrome.date(chrome.zone.date_at(row.from_at)).into()),
            ("until", chrome.date(chrome.zone.date_at(row.until_at)).into()),
        ];
        let body = view! {
            <p class="back"><a href=format!("/console/terms/{}", row.policy_id)>{chrome.t("rehearsal-back")}</a></p>
            <div class="page-head">
                <h1 class="title">{title.clone()}</h1>
                <p class="lead">{chrome.with("rehearsal-lead", span)}</p>
            </div>
            {self.standing(chrome)}
            {figures(&row.summary, &self.rehearsal.prices, chrome)}
            {self.publication(chrome)}
            {self.list(chrome)}
            <p class="hint"><span>{chrome.t("rehearsal-supposes")}</span></p>
        };
        let mut page = reminders_page(Part::Rehearsal, title, body, chrome);
        if row.state == RehearsalState::Running {
            page = page.with_script();
            page.refresh_seconds = Some(5);
        }
        page
    }
}

impl RehearsalView {
    fn address(&self) -> String {
        let filter = &self.filter;
        let channel = filter.channel.map_or("", Channel::as_str);
        let change = filter.change.as_deref().unwrap_or_default();
        format!("?change={}&channel={channel}", query_encoded(change))
    }

    fn standing(&self, chrome: &Chrome) -> AnyView {
        let row = &self.rehearsal.row;
        let counts = || [("done", row.done_count.into()), ("total", row.debtor_count.into())];
        let looked = match row.state {
            RehearsalState::Running => {
                let url = format!("/console/reminders/rehearsals/{}/state", row.id);
                let label = chrome.t("rehearsal-running");
                return view! {
                    <section class="card stack">
                        <h2 class="section-title">{label.clone()}</h2>
                        <ImportProgress url=url done=row.done_count total=row.debtor_count label=label/>
                        <p class="hint"><span>{chrome.t("rehearsal-running-hint")}</span></p>
                    </section>
                }
                .into_any();
            }
            RehearsalState::Done => (Tone::Good, chrome.with("rehearsal-all", counts())),
            RehearsalState::BrokenOff => (Tone::Careful, chrome.with("rehearsal-part", counts())),
        };
        let stale = (!self.rehearsal.is_current())
            .then(|| note(Tone::Careful, view! { <p>{chrome.t("rehearsal-edited")}</p> }));
        let looked = note(looked.0, view! { <p>{looked.1}</p> });
        view! { {looked} {stale} }.into_any()
    }

    fn publication(&self, chrome: &Chrome) -> AnyView {
        let (row, version) = (&self.rehearsal.row, &self.rehearsal.version);
        let again = self.may_publish.then(|| {
            view! {
                <form method="post" action=format!("/console/terms/{}/rehearse", row.policy_id)>
                    <button class="button" type="submit">{chrome.t("rehearsal-again")}</button>
                </form>
            }
        });
        let ready = self.may_publish && version.state == PolicyState::Draft && self.rehearsal.is_current();
        let publish = (ready && row.state != RehearsalState::Running).then(|| {
            view! {
                <form class="stack" method="post" action=format!("/console/terms/{}/publish", row.policy_id)>
                    {hidden("revision", version.revision)}
                    <div class="field">
                        <label for="from_on">{chrome.t("terms-publish-from")}</label>
                        <input class="input" id="from_on" name="from_on" type="date"/>
                        <p class="hint">{chrome.t("terms-publish-from-hint")}</p>
                    </div>
                    <div class="actions"><button class="button button-primary" type="submit">{chrome.t("terms-publish")}</button></div>
                </form>
            }
        });
        view! {
            <section class="card stack" id="publish">
                <h2 class="section-title">{chrome.t("rehearsal-next")}</h2>
                {publish}
                <div class="actions">{again}</div>
            </section>
        }
        .into_any()
    }

    fn list(&self, chrome: &Chrome) -> AnyView {
        let row = &self.rehearsal.row;
        let path = format!("/console/reminders/rehearsals/{}", row.id);
        let address = self.address();
        let total = row.summary.added + row.summary.removed + row.summary.moved + row.summary.same;
        let left_out = (total > row.line_count).then(|| {
            let words = [("kept", LINES_MAX.into()), ("total", total.into())];
            note(Tone::Info, view! { <p>{chrome.with("rehearsal-kept", words)}</p> })
        });
        let table = if self.sheet.rows.is_empty() {
            view! { <p class="empty">{chrome.t("rehearsal-none")}</p> }.into_any()
        } else {
            self.sheet.view(chrome.t("rehearsal-list"), chrome)
        };
        let first = (!self.first_page).then(|| {
            let href = format!("{path}{address}#messages");
            view! { <p class="back"><a href=href>{chrome.t("console-first")}</a></p> }
        });
        let next = self.next.map(|place| format!("{path}{address}&after={place}#messages"));
        view! {
            <section class="section" id="messages">
                <div class="list-head">
                    <h2 class="section-title">{chrome.t("rehearsal-list")}</h2>
                    <a class="button button-quiet" href=format!("{path}/messages.csv{address}") download="">{chrome.t("list-file")}</a>
                </div>
                {left_out}
                {self.filters(&path, chrome)}
                {first}
                {table}
                {next_page(next, chrome)}
            </section>
        }
        .into_any()
    }

    fn filters(&self, path: &str, chrome: &Chrome) -> AnyView {
        let changes = ["added", "removed", "moved", "same"];
        let changes = changes.map(|change| (change.to_owned(), change_words(change, chrome)));
        let channels = Channel::ALL.map(|channel| (channel.as_str().to_owned(), channel_words(channel, chrome)));
        let chosen = self.filter.change.as_deref().unwrap_or_default();
        let change = choice("change", chrome.t("rehearsal-change"), chrome.t("list-all"), changes.to_vec(), chosen);
        let chosen = self.filter.channel.map_or("", Channel::as_str);
        let channel = choice("channel", chrome.t("column-channel"), chrome.t("list-all"), channels.to_vec(), chosen);
        view! {
            <form class="list-filters" method="get" action=format!("{path}#messages") role="search">
                {change}
                {channel}
                <div class="list-actions"><button class="button" type="submit">{chrome.t("list-show")}</button></div>
            </form>
        }
        .into_any()
    }
}
