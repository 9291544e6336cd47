use crate::layout::{Chrome, Page};
use crate::pages::console::list::table;
use crate::pages::console::shell::{Section, console_page};
use crate::pages::console::{Cell, Column};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::ids::PolicyId;

/// The parts of reminders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What goes out next.
    Upcoming,
    /// Who is to be called.
    Calls,
    /// What left.
    Messages,
    /// Letters to print.
    Letters,
    /// Why it left or stayed.
    Decisions,
    /// What followed.
    Effect,
    /// A policy over the books.
    Rehearsal,
}

/// A page of reminders with the ways to the others.
pub(super) fn reminders_page(part: Part, title: String, body: impl IntoAny, chrome: &Chrome) -> Page {
    let parts = [
        (Part::Upcoming, "/console/reminders", chrome.t("reminders-upcoming")),
        (Part::Calls, "/console/reminders/calls", chrome.t("reminders-calls")),
        (Part::Messages, "/console/reminders/messages", chrome.t("reminders-messages")),
        (Part::Letters, "/console/reminders/letters", chrome.t("letters-title")),
        (Part::Decisions, "/console/reminders/decisions", chrome.t("reminders-decisions")),
        (Part::Effect, "/console/reminders/effect", chrome.t("reminders-effect")),
    ];
    let links = parts.into_iter().map(|(other, href, label)| {
        let here = (other == part).then_some("page");
        view! { <li><a class="nav-link" href=href aria-current=here>{label}</a></li> }
    });
    let body = view! {
        <nav aria-label=chrome.t("reminders-parts")>
            <ul class="nav-list filters">{links.collect_view()}</ul>
        </nav>
        {body.into_any()}
    };
    console_page(Section::Reminders, title, body, chrome)
}

/// Rows with their columns, the same on a page and in a file.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with one cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// As a table under its name.
    pub(super) fn view(&self, name: String, chrome: &Chrome) -> AnyView {
        let heads = self
            .columns
            .iter()
            .map(|column| view! { <th scope="col" class=column.class()>{column.label.clone()}</th> });
        table(name, heads.collect_view().into_any(), (&self.columns, &self.rows), chrome)
    }
}

/// A choice in a row of filters.
pub(super) fn choice(
    name: &'static str,
    label: String,
    all: String,
    choices: Vec<(String, String)>,
    chosen: &str,
) -> AnyView {
    let options = choices.into_iter().map(|(value, words)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{words}</option> }
    });
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select class="input" id=name name=name>
                <option value="">{all}</option>
                {options.collect_view()}
            </select>
        </div>
    }
    .into_any()
}

/// A date in a row of filters.
pub(super) fn day(name: &'static str, label: String, value: String) -> AnyView {
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input class="input" id=name name=name type="date" value=value/>
        </div>
    }
    .into_any()
}

/// What stands beside a ladder: the way to its rehearsal.
pub fn rehearse(policy: PolicyId, chrome: &Chrome) -> AnyView {
    view! {
        <form class="card stack" method="post" action=format!("/console/terms/{policy}/rehearse")>
            <p class="hint"><span>{chrome.t("rehearsal-explained")}</span></p>
            <div class="actions"><button class="button" type="submit">{chrome.t("rehearsal-start")}</button></div>
        </form>
    }
    .into_any()
}
