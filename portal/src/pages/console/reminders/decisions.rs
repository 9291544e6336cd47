//! Why this was sent, why this was held.

use super::frame::{Part, choice, day, reminders_page};
use super::words::{channel_words, hold_sentence, hold_words, rule_words, step_words, stop_words};
use crate::layout::forms::problem_summary;
use crate::layout::{Chrome, Page, Screen};
use crate::pages::console::shell::{next_page, query_encoded};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::show_decisions::{Decided, DecisionOutcome, DecisionRow};
use saldo_domain::reminder::{Hold, StopReason};

/// A page of the log.
#[derive(Debug, Clone)]
pub struct DecisionsView {
    /// The decisions, newest first.
    pub rows: Vec<Decided>,
    /// What is asked for.
    pub form: DecisionsForm,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whether this is the first page.
    pub first_page: bool,
    /// Why what was asked for was refused.
    pub problem: Option<String>,
}

/// What stands in the address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecisionsForm {
    /// A debtor by id or key.
    pub debtor: String,
    /// `send`, `wait`, `stop`.
    pub outcome: String,
    /// A reason's word.
    pub why: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
}

impl DecisionsForm {
    /// The same behind a path.
    pub fn address(&self, path: &str) -> String {
        let parts = [
            ("debtor", &self.debtor),
            ("outcome", &self.outcome),
            ("why", &self.why),
            ("from", &self.from),
            ("until", &self.until),
        ];
        let parts = parts.map(|(name, value)| format!("{name}={}", query_encoded(value)));
        format!("{path}?{}", parts.join("&"))
    }
}

/// What was decided.
pub fn outcome_words(outcome: DecisionOutcome, chrome: &Chrome) -> String {
    match outcome {
        DecisionOutcome::Send => chrome.t("decision-outcome-send"),
        DecisionOutcome::Wait => chrome.t("decision-outcome-wait"),
        DecisionOutcome::Stop => chrome.t("decision-outcome-stop"),
    }
}

/// A decision in one sentence.
pub fn decision_sentence(row: &DecisionRow, chrome: &Chrome) -> String {
    if let (DecisionOutcome::Send, Some(step), Some(channel)) = (row.outcome, row.step, row.channel) {
        let words = [("step", step_words(step, chrome).into()), ("channel", channel_words(channel, chrome).into())];
        return chrome.with("decision-sends", words);
    }
    let hold = Hold::ALL.into_iter().find(|hold| hold.as_str() == row.why);
    let stop = StopReason::ALL.into_iter().find(|stop| stop.as_str() == row.why);
    match (row.outcome, hold, stop) {
        (DecisionOutcome::Wait, Some(hold), _) => hold_sentence(hold, chrome),
        (DecisionOutcome::Stop, _, Some(stop)) => stop_words(stop, chrome),
        _ => row.why.clone(),
    }
}

impl Screen for DecisionsView {
    fn page(&self, chrome: &Chrome) -> Page {
        let path = "/console/reminders/decisions";
        let address = self.form.address(path);
        let next = self.next.as_ref().map(|cursor| format!("{address}&after={}", query_encoded(cursor)));
        let first = (!self.first_page)
            .then(|| view! { <p class="back"><a href=address.clone()>{chrome.t("console-first")}</a></p> });
        let problem = self.problem.as_ref().map(|words| problem_summary(chrome, "debtor", words));
        let file = (!self.rows.is_empty()).then(|| {
            let href = self.form.address(&format!("{path}.csv"));
            view! { <a class="button button-quiet" href=href download="">{chrome.t("list-file")}</a> }
        });
        let list = if self.rows.is_empty() {
            view! { <p class="empty">{chrome.t("decisions-none")}</p> }.into_any()
        } else {
            let rows = self.rows.iter().map(|decided| line(decided, chrome));
            view! { <ol class="rows">{rows.collect_view()}</ol> }.into_any()
        };
        let body = view! {
            <div class="list-head"><h1 class="title">{chrome.t("reminders-decisions")}</h1>{file}</div>
            <p class="lead">{chrome.t("decisions-lead")}</p>
            {problem}
            {self.filters(path, chrome)}
            {first}
            {list}
            {next_page(next, chrome)}
        };
        reminders_page(Part::Decisions, chrome.t("reminders-decisions"), body, chrome)
    }
}

impl DecisionsView {
    fn filters(&self, path: &'static str, chrome: &Chrome) -> AnyView {
        let form = &self.form;
        let outcomes =
            DecisionOutcome::ALL.map(|outcome| (outcome.as_str().to_owned(), outcome_words(outcome, chrome)));
        let holds = Hold::ALL.map(|hold| (hold.as_str().to_owned(), hold_words(hold, chrome)));
        let stops = StopReason::ALL.map(|stop| (stop.as_str().to_owned(), stop_words(stop, chrome)));
        let reasons: Vec<(String, String)> = holds.into_iter().chain(stops).collect();
        let all = chrome.t("list-all");
        view! {
            <form class="list-filters" method="get" action=path role="search">
                <div class="field">
                    <label for="debtor">{chrome.t("decisions-debtor")}</label>
                    <input class="input" id="debtor" name="debtor" maxlength="120" autocomplete="off"
                        value=form.debtor.clone()/>
                </div>
                {choice("outcome", chrome.t("decisions-outcome"), all.clone(), outcomes.to_vec(), &form.outcome)}
                {choice("why", chrome.t("column-reason"), all, reasons, &form.why)}
                {day("from", chrome.t("list-from"), form.from.clone())}
                {day("until", chrome.t("list-until"), form.until.clone())}
                <div class="list-actions"><button class="button button-primary" type="submit">{chrome.t("list-show")}</button></div>
            </form>
        }
        .into_any()
    }
}

fn line(decided: &Decided, chrome: &Chrome) -> AnyView {
    let row = &decided.row;
    let badge = match row.outcome {
        DecisionOutcome::Send => "badge badge-good",
        DecisionOutcome::Wait => "badge badge-careful",
        DecisionOutcome::Stop => "badge",
    };
    let rule = rule_words(&row.rules, row.rules_version, chrome);
    let until = row.until_at.map(|at| chrome.with("decision-until", [("when", chrome.moment(at).into())]));
    let until = until.map(|words| view! { <span class="line item-note">{words}</span> });
    let policy = row.policy_id.map(|id| {
        view! { " · "<a href=format!("/console/terms/{id}")>{chrome.t("decision-policy")}</a> }
    });
    view! {
        <li>
            <span>
                <a href=format!("/console/debtors/{}", row.debtor_id)>{decided.debtor.name.clone()}</a>
                " · "{decided.debtor.reference.clone()}
                <span class="line">{decision_sentence(row, chrome)}</span>
                {until}
                <span class="line item-note">{chrome.moment(row.decided_at)}" · "{rule}{policy}</span>
            </span>
            <span class=badge>{outcome_words(row.outcome, chrome)}</span>
        </li>
    }
    .into_any()
}
