//! One shape for every list: filters in the address, headers that sort, a way to the next page, a file of the same rows.

use super::list_model::{Cell, Column, Tint, address, state_name};
use super::shell::{Section, console_page, next_page};
use crate::layout::{Chrome, Page, Screen};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::lists::{Listing, Wanted};

/// A page of a list.
#[derive(Debug, Clone)]
pub struct ListView {
    /// Which part of the console.
    pub section: Section,
    /// What the rows are.
    pub title: String,
    /// What is said where there is no row at all.
    pub nothing: String,
    /// The list.
    pub listing: &'static Listing,
    /// Its filters and order.
    pub wanted: Wanted,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with one cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// Where the next page begins.
    pub next: Option<String>,
}

impl Screen for ListView {
    fn page(&self, chrome: &Chrome) -> Page {
        let path = format!("/console/{}", self.listing.name);
        let next = self.next.as_deref().map(|after| address(&path, &self.wanted, None, Some(after)));
        let first = (!self.wanted.is_first()).then(|| {
            let href = address(&path, &self.wanted, None, None);
            view! { <p class="back"><a href=href>{chrome.t("console-first")}</a></p> }
        });
        let rows = if self.rows.is_empty() { self.empty(chrome) } else { self.table(&path, chrome) };
        let file = (!self.rows.is_empty()).then(|| {
            let href = address(&format!("{path}.csv"), &self.wanted, None, None);
            view! { <a class="button button-quiet" href=href download="">{chrome.t("list-file")}</a> }
        });
        let body = view! {
            <div class="list-head">
                <h1 class="title">{self.title.clone()}</h1>
                {file}
            </div>
            {self.filters(&path, chrome)}
            {first}
            {rows}
            {next_page(next, chrome)}
        };
        console_page(self.section, self.title.clone(), body, chrome)
    }
}

impl ListView {
    fn empty(&self, chrome: &Chrome) -> AnyView {
        let narrowed = self.wanted.is_narrowed() || !self.wanted.is_first();
        let text = if narrowed { chrome.t("list-no-match") } else { self.nothing.clone() };
        view! { <p class="empty">{text}</p> }.into_any()
    }

    fn filters(&self, path: &str, chrome: &Chrome) -> AnyView {
        let wanted = &self.wanted;
        let states = (!self.listing.states.is_empty()).then(|| self.states(chrome));
        let period = self.listing.period.is_some().then(|| {
            let date = |date: Option<saldo_domain::calendar::Date>| date.map(|date| date.to_string());
            view! {
                <div class="field">
                    <label for="from">{chrome.t("list-from")}</label>
                    <input class="input" id="from" name="from" type="date" value=date(wanted.from)/>
                </div>
                <div class="field">
                    <label for="until">{chrome.t("list-until")}</label>
                    <input class="input" id="until" name="until" type="date" value=date(wanted.until)/>
                </div>
            }
        });
        let debtor = wanted.debtor_id.map(|id| {
            view! { <input type="hidden" name="debtor" value=id.to_string()/> }
        });
        let clear = wanted.is_narrowed().then(|| {
            view! { <a class="button button-quiet" href=path.to_owned()>{chrome.t("list-clear")}</a> }
        });
        view! {
            <form class="list-filters" method="get" action=path.to_owned() role="search">
                <div class="field list-search">
                    <label for="q">{chrome.t("list-search")}</label>
                    <input class="input" id="q" name="q" type="search" maxlength="120" value=wanted.search.clone()/>
                </div>
                {states}
                {period}
                {debtor}
                <div class="list-actions">
                    <button class="button button-primary" type="submit">{chrome.t("list-show")}</button>
                    {clear}
                </div>
            </form>
        }
        .into_any()
    }

    fn states(&self, chrome: &Chrome) -> AnyView {
        let choices = self.listing.states.iter().map(|state| {
            let selected = self.wanted.state == Some(state);
            let label = state_name(chrome, self.listing, state.name);
            view! { <option value=state.name selected=selected>{label}</option> }
        });
        view! {
            <div class="field">
                <label for="state">{chrome.t("column-state")}</label>
                <select class="input" id="state" name="state">
                    <option value="">{chrome.t("list-all")}</option>
                    {choices.collect_view()}
                </select>
            </div>
        }
        .into_any()
    }

    fn table(&self, path: &str, chrome: &Chrome) -> AnyView {
        let possible = self.listing.orders_beside(&self.wanted);
        let heads = self.columns.iter().map(|column| {
            let order = possible.iter().find(|order| Some(order.name) == column.order);
            let here = order.filter(|order| ***order == *self.wanted.order);
            let sorted = here.map(|_| if self.wanted.descending { "descending" } else { "ascending" });
            let label = match order {
                None => view! { {column.label.clone()} }.into_any(),
                Some(order) => {
                    let descending = here.map_or(order.descending, |_| !self.wanted.descending);
                    let href = address(path, &self.wanted, Some((order.name, descending)), None);
                    view! { <a class="sort" href=href>{column.label.clone()}</a> }.into_any()
                }
            };
            view! { <th scope="col" class=column.class() aria-sort=sorted>{label}</th> }
        });
        table(self.title.clone(), heads.collect_view().into_any(), (&self.columns, &self.rows), chrome)
    }
}

/// Rows under the heads of their columns, as a table with a name.
pub(super) fn table(
    name: String,
    heads: AnyView,
    (columns, rows): (&[Column], &[Vec<Cell>]),
    chrome: &Chrome,
) -> AnyView {
    let rows = rows.iter().map(|cells| {
        let cells = cells.iter().zip(columns).map(|(cell, column)| shown(cell, column, chrome));
        view! { <tr>{cells.collect_view()}</tr> }
    });
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=name>
            <table class="table table-list">
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A cell under its column.
fn shown(cell: &Cell, column: &Column, chrome: &Chrome) -> AnyView {
    let class = column.class();
    match cell {
        Cell::Head { href, text, note } => {
            let note = note.clone().map(|note| view! { <span class="line item-note">{note}</span> });
            view! { <th scope="row" class=class><a href=href.clone()>{text.clone()}</a>{note}</th> }.into_any()
        }
        Cell::Text(text) => view! { <td class=class>{text.clone()}</td> }.into_any(),
        Cell::Link { href, text } => view! { <td class=class><a href=href.clone()>{text.clone()}</a></td> }.into_any(),
        Cell::Amounts(amounts) => {
            let lines = amounts.iter().map(|amount| view! { <span class="line amount">{chrome.money(*amount)}</span> });
            view! { <td class=class>{lines.collect_view()}</td> }.into_any()
        }
        Cell::Day(date) => view! { <td class=class>{chrome.short_date(*date)}</td> }.into_any(),
        Cell::Moment(at) => view! { <td class=class>{chrome.short_date(chrome.zone.date_at(*at))}</td> }.into_any(),
        Cell::Clock(at) => view! { <td class=class>{chrome.moment(*at)}</td> }.into_any(),
        Cell::Count(count) => view! { <td class=class>{count.to_string()}</td> }.into_any(),
        Cell::State(tint, text) => {
            let badge = match tint {
                Tint::Plain => "badge",
                Tint::Good => "badge badge-good",
                Tint::Careful => "badge badge-careful",
                Tint::Bad => "badge badge-bad",
                Tint::Info => "badge badge-info",
            };
            view! { <td class=class><span class=badge>{text.clone()}</span></td> }.into_any()
        }
    }
}
