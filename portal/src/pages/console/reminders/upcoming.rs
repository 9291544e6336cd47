//! What goes out next, today and in the week, and the two things that a person may do about it.

use super::frame::{Part, reminders_page};
use super::words::{channel_words, hold_sentence, step_words, stop_words};
use crate::layout::forms::{Tone, hidden, note, problem_summary};
use crate::layout::{Chrome, Page, Screen};
use crate::pages::console::shell::{next_page, query_encoded};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::show_upcoming::{Expected, Span, Upcoming};
use saldo_domain::calendar::Date;

/// A page of what goes out next.
#[derive(Debug, Clone)]
pub struct UpcomingView {
    /// How far it looks.
    pub span: Span,
    /// The debtors, the first look first.
    pub rows: Vec<Upcoming>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whether this is the first page.
    pub first_page: bool,
    /// Whether the reader may hold and send.
    pub may_contact: bool,
    /// The last day until which a hold may last.
    pub hold_until_max: Date,
    /// Why what was asked for was refused: the debtor's row and the words.
    pub problem: Option<(String, String)>,
    /// What was done.
    pub done: Option<String>,
}

impl Screen for UpcomingView {
    fn page(&self, chrome: &Chrome) -> Page {
        let path = format!("/console/reminders?span={}", self.span.name());
        let next = self.next.as_ref().map(|cursor| format!("{path}&after={}", query_encoded(cursor)));
        let first = (!self.first_page)
            .then(|| view! { <p class="back"><a href=path.clone()>{chrome.t("console-first")}</a></p> });
        let problem = self.problem.as_ref().map(|(row, words)| problem_summary(chrome, row, words));
        let done = self.done.as_ref().map(|words| note(Tone::Good, view! { <p role="status">{words.clone()}</p> }));
        let list = if self.rows.is_empty() {
            view! { <p class="empty">{chrome.t("upcoming-none")}</p> }.into_any()
        } else {
            let rows = self.rows.iter().map(|row| self.row(row, chrome));
            view! { <ol class="rows">{rows.collect_view()}</ol> }.into_any()
        };
        let body = view! {
            <div class="page-head">
                <h1 class="title">{chrome.t("reminders-upcoming")}</h1>
                <p class="lead">{chrome.t("upcoming-lead")}</p>
            </div>
            {problem}
            {done}
            {self.spans(chrome)}
            {first}
            {list}
            {next_page(next, chrome)}
        };
        reminders_page(Part::Upcoming, chrome.t("reminders-upcoming"), body, chrome)
    }
}

impl UpcomingView {
    fn spans(&self, chrome: &Chrome) -> AnyView {
        let spans = [(Span::Today, chrome.t("upcoming-today")), (Span::Week, chrome.t("upcoming-week"))];
        let links = spans.into_iter().map(|(span, label)| {
            let href = format!("/console/reminders?span={}", span.name());
            let here = (span == self.span).then_some("true");
            view! { <li><a class="nav-link" href=href aria-current=here>{label}</a></li> }
        });
        view! { <ul class="nav-list" aria-label=chrome.t("upcoming-span")>{links.collect_view()}</ul> }.into_any()
    }

    fn row(&self, upcoming: &Upcoming, chrome: &Chrome) -> AnyView {
        let href = format!("/console/debtors/{}", upcoming.debtor_id);
        let amounts = upcoming.owed.iter().map(|amount| chrome.money(*amount)).collect::<Vec<_>>().join(" · ");
        let (badge, what, why) = told(&upcoming.next, chrome);
        let actions = self.may_contact.then(|| self.actions(upcoming, chrome));
        view! {
            <li id=format!("debtor-{}", upcoming.debtor_id)>
                <span>
                    <a href=href>{upcoming.debtor.name.clone()}</a>" · "{upcoming.debtor.reference.clone()}
                    <span class="line item-note">{what}</span>
                    {why.map(|why| view! { <span class="line item-note">{why}</span> })}
                </span>
                {badge}
                <span class="amount">{amounts}</span>
                {actions}
            </li>
        }
        .into_any()
    }

    fn actions(&self, upcoming: &Upcoming, chrome: &Chrome) -> AnyView {
        let id = upcoming.debtor_id;
        let span = self.span.name();
        let reason = format!("reason-{id}");
        let until = format!("until-{id}");
        let send = matches!(upcoming.next, Expected::Message { .. } | Expected::Silence { .. }).then(|| {
            view! {
                <form method="post" action=format!("/console/reminders/{id}/send")>
                    {hidden("span", span)}
                    <button class="button" type="submit">{chrome.t("upcoming-send-now")}</button>
                </form>
                <p class="hint">{chrome.t("upcoming-send-now-hint")}</p>
            }
        });
        view! {
            <details class="disclosure">
                <summary>{chrome.t("upcoming-act")}</summary>
                <div class="stack">
                    {send}
                    <form class="stack" method="post" action=format!("/console/reminders/{id}/hold")>
                        {hidden("span", span)}
                        <div class="field-row">
                            <div class="field">
                                <label for=reason.clone()>{chrome.t("upcoming-hold-reason")}</label>
                                <input class="input" id=reason name="reason" maxlength="500" required/>
                            </div>
                            <div class="field">
                                <label for=until.clone()>{chrome.t("upcoming-hold-until")}</label>
                                <input class="input" id=until name="until_on" type="date" required
                                    max=self.hold_until_max.to_string()/>
                            </div>
                        </div>
                        <div class="actions"><button class="button" type="submit">{chrome.t("upcoming-hold")}</button></div>
                    </form>
                </div>
            </details>
        }
        .into_any()
    }
}

fn told(next: &Expected, chrome: &Chrome) -> (AnyView, String, Option<String>) {
    match next {
        Expected::Message { message, held } => {
            let when = chrome.moment(message.at);
            let by = channel_words(message.channel, chrome);
            let step = step_words(message.step, chrome);
            let words = [("when", when.into()), ("channel", by.into()), ("step", step.into())];
            let badge = view! { <span class="badge badge-info">{chrome.t("upcoming-message")}</span> };
            (badge.into_any(), chrome.with("upcoming-sends", words), held.map(|block| hold_sentence(block.why, chrome)))
        }
        Expected::Silence { held: Some(block) } => {
            let until = chrome.moment(block.until_at);
            let badge = view! { <span class="badge badge-careful">{chrome.t("upcoming-held")}</span> };
            let what = chrome.with("upcoming-waits", [("when", until.into())]);
            (badge.into_any(), what, Some(hold_sentence(block.why, chrome)))
        }
        Expected::Silence { held: None } => {
            let badge = view! { <span class="badge">{chrome.t("upcoming-quiet")}</span> };
            (badge.into_any(), hold_sentence(saldo_domain::reminder::Hold::NotYetDue, chrome), None)
        }
        Expected::Nothing { why } => {
            let badge = view! { <span class="badge badge-good">{chrome.t("upcoming-ended")}</span> };
            (badge.into_any(), stop_words(*why, chrome), None)
        }
    }
}
