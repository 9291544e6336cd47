//! The worklist of calls.

use super::frame::{Part, reminders_page};
use super::words::hold_sentence;
use crate::layout::forms::{button_form, hidden, problem_summary};
use crate::layout::{Chrome, Page, Screen};
use crate::pages::console::shell::{next_page, query_encoded};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::work_calls::{AgentCount, AgentDay, Task};
use saldo_app::i18n::call_over_text;
use saldo_domain::call::{CallOutcome, CallStanding};
use saldo_domain::ids::MemberId;

/// A page of the worklist.
#[derive(Debug, Clone)]
pub struct CallsView {
    /// The tasks, the longest waiting first.
    pub tasks: Vec<Task>,
    /// `mine`, `nobody`, or empty for all.
    pub whose: String,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Whether this is the first page.
    pub first_page: bool,
    /// Who can be chosen: members who may call.
    pub agents: Vec<(MemberId, String)>,
    /// What each one's calls came to.
    pub counts: AgentDay,
    /// Whether the reader may work on tasks.
    pub may_contact: bool,
    /// Why what was asked for was refused.
    pub problem: Option<String>,
}

/// What came of a call.
pub fn outcome_of_call(outcome: CallOutcome, chrome: &Chrome) -> String {
    match outcome {
        CallOutcome::Reached => chrome.t("call-reached"),
        CallOutcome::NoAnswer => chrome.t("call-no-answer"),
        CallOutcome::WrongNumber => chrome.t("call-wrong-number"),
        CallOutcome::Promised => chrome.t("call-promised"),
        CallOutcome::Disputed => chrome.t("call-disputed"),
        CallOutcome::CallAgain => chrome.t("call-again"),
    }
}

/// Whether a debtor may be called, as a badge and a sentence.
pub(super) fn standing(task: &Task, chrome: &Chrome) -> (AnyView, String) {
    match task.standing {
        CallStanding::Now { until_at } => {
            let time = task.zone.time_at(until_at);
            let time = format!("{:02}:{:02}", time.hour(), time.minute());
            let badge = view! { <span class="badge badge-good">{chrome.t("call-now")}</span> };
            let words = [("time", time.into()), ("zone", task.zone.name().to_owned().into())];
            (badge.into_any(), chrome.with("call-until", words))
        }
        CallStanding::Later { from_at, why } => {
            let badge = view! { <span class="badge badge-careful">{chrome.t("call-later")}</span> };
            let when = chrome.with("call-from", [("when", chrome.moment(from_at).into())]);
            (badge.into_any(), format!("{} {when}", hold_sentence(why, chrome)))
        }
        CallStanding::Over { why } => {
            let badge = view! { <span class="badge badge-info">{chrome.t("call-closed")}</span> };
            (badge.into_any(), call_over_text(why, &chrome.locale))
        }
    }
}

impl Screen for CallsView {
    fn page(&self, chrome: &Chrome) -> Page {
        let path = format!("/console/reminders/calls?whose={}", query_encoded(&self.whose));
        let next = self.next.as_ref().map(|cursor| format!("{path}&after={}", query_encoded(cursor)));
        let first = (!self.first_page)
            .then(|| view! { <p class="back"><a href=path.clone()>{chrome.t("console-first")}</a></p> });
        let problem = self.problem.as_ref().map(|words| problem_summary(chrome, "tasks", words));
        let list = if self.tasks.is_empty() {
            view! { <p class="empty" id="tasks">{chrome.t("calls-none")}</p> }.into_any()
        } else {
            let rows = self.tasks.iter().map(|task| self.row(task, chrome));
            view! { <ol class="rows" id="tasks">{rows.collect_view()}</ol> }.into_any()
        };
        let body = view! {
            <div class="page-head">
                <h1 class="title">{chrome.t("reminders-calls")}</h1>
                <p class="lead">{chrome.t("calls-lead")}</p>
            </div>
            {problem}
            {self.choices(chrome)}
            {first}
            {list}
            {next_page(next, chrome)}
            {self.counts(chrome)}
        };
        reminders_page(Part::Calls, chrome.t("reminders-calls"), body, chrome)
    }
}

impl CallsView {
    fn choices(&self, chrome: &Chrome) -> AnyView {
        let choices =
            [("", chrome.t("calls-all")), ("mine", chrome.t("calls-mine")), ("nobody", chrome.t("calls-nobody"))];
        let links = choices.into_iter().map(|(value, label)| {
            let here = (value == self.whose).then_some("true");
            let href = format!("/console/reminders/calls?whose={value}");
            view! { <li><a class="nav-link" href=href aria-current=here>{label}</a></li> }
        });
        view! { <ul class="nav-list" aria-label=chrome.t("calls-whose")>{links.collect_view()}</ul> }.into_any()
    }

    fn row(&self, task: &Task, chrome: &Chrome) -> AnyView {
        let id = task.row.id;
        let (badge, words) = standing(task, chrome);
        let amounts = task.owed.iter().map(|amount| chrome.money(*amount)).collect::<Vec<_>>().join(" · ");
        let last = task.last().and_then(|call| Some((call.called_at, call.end.as_ref()?)));
        let last = last.map(|(at, end)| {
            let outcome = outcome_of_call(end.outcome, chrome);
            let again = end.call_back_at.map(|at| chrome.with("call-back-at", [("when", chrome.moment(at).into())]));
            let again = again.map(|words| format!(" · {words}"));
            view! { <span class="line item-note">{chrome.moment(at)}": "{outcome}{again}</span> }
        });
        let over = matches!(task.standing, CallStanding::Over { .. });
        let clear = (over && self.may_contact).then(|| {
            button_form(format!("/console/reminders/calls/{id}/clear"), "button button-quiet", chrome.t("call-clear"))
        });
        let assign = (!over && self.may_contact).then(|| self.assignment(task, chrome));
        view! {
            <li>
                <span>
                    <a href=format!("/console/reminders/calls/{id}")>{task.name.clone()}</a>" · "{task.reference.clone()}
                    <span class="line item-note">{words}</span>
                    {last}
                </span>
                {badge}
                <span class="amount">{amounts}</span>
                {clear}
                {assign}
            </li>
        }
        .into_any()
    }

    fn assignment(&self, task: &Task, chrome: &Chrome) -> AnyView {
        let id = task.row.id;
        let field = format!("agent-{id}");
        let options = self.agents.iter().map(|(agent, name)| {
            let selected = task.row.agent_id == Some(*agent);
            view! { <option value=agent.to_string() selected=selected>{name.clone()}</option> }
        });
        view! {
            <form class="inline-form" method="post" action=format!("/console/reminders/calls/{id}/assign")>
                {hidden("whose", &self.whose)}
                <label class="visually-hidden" for=field.clone()>{chrome.t("calls-agent")}</label>
                <select class="input" id=field name="agent">
                    <option value="">{chrome.t("calls-nobody")}</option>
                    {options.collect_view()}
                </select>
                <button class="button button-quiet" type="submit">{chrome.t("calls-assign")}</button>
            </form>
        }
        .into_any()
    }

    fn counts(&self, chrome: &Chrome) -> AnyView {
        let mut agents: Vec<Option<MemberId>> = self.counts.week.iter().map(|count| count.agent_id).collect();
        agents.dedup();
        if agents.is_empty() {
            return ().into_any();
        }
        let sum = |of: &[AgentCount], agent: Option<MemberId>, outcome: Option<CallOutcome>| -> u64 {
            let own = of.iter().filter(|count| count.agent_id == agent);
            own.filter(|count| outcome.is_none_or(|wanted| wanted == count.outcome)).map(|count| count.count).sum()
        };
        let heads = CallOutcome::ALL
            .map(|outcome| view! { <th scope="col" class="number">{outcome_of_call(outcome, chrome)}</th> });
        let rows = agents.into_iter().map(|agent| {
            let name = self.agents.iter().find(|(id, _)| Some(*id) == agent).map(|(_, name)| name.clone());
            let cells = CallOutcome::ALL.map(|outcome| {
                view! { <td class="number">{sum(&self.counts.week, agent, Some(outcome))}</td> }
            });
            view! {
                <tr>
                    <th scope="row">{name.unwrap_or_else(|| chrome.t("calls-other"))}</th>
                    <td class="number">{sum(&self.counts.today, agent, None)}</td>
                    <td class="number">{sum(&self.counts.week, agent, None)}</td>
                    {cells.into_iter().collect_view()}
                </tr>
            }
        });
        view! {
            <section class="section">
                <h2 class="section-title">{chrome.t("calls-counts")}</h2>
                <div class="table-scroll" tabindex="0" role="region" aria-label=chrome.t("calls-counts")>
                    <table class="table">
                        <thead><tr>
                            <th scope="col">{chrome.t("calls-agent")}</th>
                            <th scope="col" class="number">{chrome.t("calls-today")}</th>
                            <th scope="col" class="number">{chrome.t("calls-week")}</th>
                            {heads.into_iter().collect_view()}
                        </tr></thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table>
                </div>
            </section>
        }
        .into_any()
    }
}
