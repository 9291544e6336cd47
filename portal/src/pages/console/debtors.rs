//! Who owes.

use super::shell::{Section, console_page, next_page, query_encoded};
use crate::layout::{Chrome, Page, Screen};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::ids::DebtorId;
use saldo_domain::money::Money;

/// One part of the list of debtors.
#[derive(Debug, Clone)]
pub struct DebtorsView {
    /// What was searched for; empty for all.
    pub search: String,
    /// The rows.
    pub rows: Vec<DebtorRow>,
    /// Where the next part begins.
    pub next: Option<String>,
    /// Whether this is the first part.
    pub first_page: bool,
}

/// A debtor in the list.
#[derive(Debug, Clone)]
pub struct DebtorRow {
    /// The debtor.
    pub id: DebtorId,
    /// The creditor's key.
    pub reference: String,
    /// The name.
    pub name: String,
    /// The address.
    pub email: Option<String>,
    /// What is owed, by currency.
    pub outstanding: Vec<Money>,
    /// Whether any of it is past due.
    pub overdue: bool,
}

impl Screen for DebtorsView {
    fn page(&self, chrome: &Chrome) -> Page {
        let next = self.next.as_ref().map(|cursor| {
            format!("/console/debtors?q={}&after={}", query_encoded(&self.search), query_encoded(cursor))
        });
        let list = if self.rows.is_empty() {
            let text = if self.search.is_empty() { chrome.t("debtors-none") } else { chrome.t("debtors-not-found") };
            view! { <p class="empty">{text}</p> }.into_any()
        } else {
            table(&self.rows, chrome)
        };
        let back = (!self.first_page).then(|| {
            let href = format!("/console/debtors?q={}", query_encoded(&self.search));
            view! { <p class="back"><a href=href>{chrome.t("console-first")}</a></p> }
        });
        let body = view! {
            <h1 class="title">{chrome.t("console-debtors")}</h1>
            <form class="search" method="get" action="/console/debtors" role="search">
                <label for="q">{chrome.t("debtors-search")}</label>
                <div class="search-row">
                    <input class="input" id="q" name="q" type="search" maxlength="120" value=self.search.clone()/>
                    <button class="button button-primary" type="submit">{chrome.t("debtors-search-go")}</button>
                </div>
            </form>
            {back}
            {list}
            {next_page(next, chrome)}
        };
        console_page(Section::Debtors, chrome.t("console-debtors"), body, chrome)
    }
}

fn table(rows: &[DebtorRow], chrome: &Chrome) -> AnyView {
    let rows = rows.iter().map(|row| {
        let late =
            row.overdue.then(|| view! { " "<span class="badge badge-careful">{chrome.t("debtors-overdue")}</span> });
        let amounts = row.outstanding.iter().map(|amount| view! { <span class="line">{chrome.money(*amount)}</span> });
        let nothing = row.outstanding.is_empty().then(|| chrome.t("debtors-settled"));
        let email = row.email.clone().unwrap_or_else(|| chrome.t("debtors-no-email"));
        view! {
            <tr>
                <th scope="row">
                    <a href=format!("/console/debtors/{}", row.id)>{row.name.clone()}</a>{late}
                    <span class="line item-note">{row.reference.clone()}</span>
                </th>
                <td class="wide-only">{email}</td>
                <td class="number">{amounts.collect_view()}{nothing}</td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=chrome.t("console-debtors")>
            <table class="table">
                <thead><tr>
                    <th scope="col">{chrome.t("column-debtor")}</th>
                    <th scope="col" class="wide-only">{chrome.t("field-email")}</th>
                    <th scope="col" class="number">{chrome.t("field-outstanding")}</th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
