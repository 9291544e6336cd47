//! How things stand today.

use super::import::state_badge;
use super::import_model::ImportRow;
use super::overview_figures::currency;
use super::shell::{Section, console_page};
use crate::layout::forms::{Tone, note};
use crate::layout::{Chrome, Page, Screen, words};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::ageing::AgingBucket;
use saldo_domain::calendar::{Date, Timestamp};
use saldo_domain::ids::DebtorId;
use saldo_domain::money::Money;
use saldo_domain::payment::Payment;

/// How things stand.
#[derive(Debug, Clone)]
pub struct OverviewView {
    /// Whose console.
    pub creditor_name: String,
    /// The creditor's date.
    pub today: Date,
    /// By currency.
    pub currencies: Vec<CurrencyTotals>,
    /// What came in today.
    pub payments_today: Vec<PaymentRow>,
    /// Jobs that gave up.
    pub dead_jobs: u64,
    /// Events that belong to nothing known.
    pub unmatched_events: u64,
    /// Events that were refused.
    pub refused_events: u64,
    /// Disputes that wait for an answer.
    pub open_disputes: u64,
    /// Plans that wait for finance.
    pub plans_waiting: u64,
    /// Plans in good standing.
    pub plans_active: u64,
    /// Plans that broke.
    pub plans_broken: u64,
    /// Whether reminders wait for fresher books.
    pub books_stale: bool,
    /// The latest file.
    pub last_import: Option<ImportRow>,
}

/// What is owed in one currency.
#[derive(Debug, Clone)]
pub struct CurrencyTotals {
    /// All that is open.
    pub outstanding: Money,
    /// What of it is past due.
    pub overdue: Money,
    /// Received and not applied.
    pub credit: Money,
    /// Who owes.
    pub debtors: u64,
    /// Open items.
    pub items: u64,
    /// By days past due.
    pub ageing: [(AgingBucket, Money); 5],
    /// What came in on each of the last days, today the last of them.
    pub collected: Vec<(Date, Money)>,
    /// Discounts of this month.
    pub discounts: Money,
}

/// A payment in a list.
#[derive(Debug, Clone)]
pub struct PaymentRow {
    /// What came in.
    pub payment: Payment,
    /// Who paid.
    pub debtor_id: DebtorId,
    /// Who paid, by name.
    pub debtor_name: String,
    /// Through whom.
    pub provider: String,
    /// The provider's name of it.
    pub reference: String,
    /// When it was written.
    pub recorded_at: Timestamp,
}

impl Screen for OverviewView {
    fn page(&self, chrome: &Chrome) -> Page {
        let currencies = self.currencies.iter().map(|totals| currency(totals, self.today, chrome));
        let empty = self.currencies.is_empty().then(|| {
            view! {
                <section class="card card-centre">
                    <h2 class="section-title">{chrome.t("overview-empty")}</h2>
                    <p class="lead">{chrome.t("overview-empty-explained")}</p>
                    <a class="button button-primary" href="/console/imports">{chrome.t("overview-import")}</a>
                </section>
            }
        });
        let body = view! {
            <div class="page-head">
                <h1 class="title">{chrome.t("console-overview")}</h1>
                <p class="lead">{self.creditor_name.clone()}" · "{chrome.date(self.today)}</p>
            </div>
            {problems(self, chrome)}
            {empty}
            {currencies.collect_view()}
            {plans(self, chrome)}
            {payments_today(self, chrome)}
            {self.last_import.as_ref().map(|row| last_import(row, chrome))}
        };
        console_page(Section::Overview, chrome.t("console-overview"), body, chrome)
    }
}

fn problems(view: &OverviewView, chrome: &Chrome) -> AnyView {
    let found = [
        (u64::from(view.books_stale), "/console/imports", chrome.t("overview-books-stale")),
        (
            view.plans_waiting,
            "/console/plans?state=waiting",
            chrome.with("overview-plans-waiting", [("count", view.plans_waiting.into())]),
        ),
        (
            view.open_disputes,
            "/console/disputes?state=open",
            chrome.with("overview-disputes", [("count", view.open_disputes.into())]),
        ),
        (view.dead_jobs, "/console/jobs", chrome.with("overview-dead-jobs", [("count", view.dead_jobs.into())])),
        (
            view.unmatched_events,
            "/console/events?state=unmatched",
            chrome.with("overview-unmatched", [("count", view.unmatched_events.into())]),
        ),
        (
            view.refused_events,
            "/console/events?state=refused",
            chrome.with("overview-refused", [("count", view.refused_events.into())]),
        ),
    ];
    let notes: Vec<AnyView> = found
        .into_iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(_, href, text)| note(Tone::Careful, view! { <p><a href=href>{text}</a></p> }))
        .collect();
    if notes.is_empty() {
        return ().into_any();
    }
    view! { <div class="stack-tight">{notes}</div> }.into_any()
}

/// The buckets as a table.
pub(super) fn ageing(buckets: &[(AgingBucket, Money); 5], chrome: &Chrome) -> AnyView {
    let cells = buckets.iter().map(|(bucket, amount)| {
        let class = if amount.is_zero() { "figure figure-none" } else { "figure" };
        view! { <div class=class><dt>{words::bucket(chrome, *bucket)}</dt><dd class="amount">{chrome.money(*amount)}</dd></div> }
    });
    view! { <dl class="figures figures-small">{cells.collect_view()}</dl> }.into_any()
}

fn plans(view: &OverviewView, chrome: &Chrome) -> AnyView {
    if view.plans_active + view.plans_broken == 0 {
        return ().into_any();
    }
    view! {
        <section class="section">
            <h2 class="section-title">{chrome.t("console-plans")}</h2>
            <ul class="rows">
                <li>
                    <a href="/console/plans?state=active">{chrome.t("overview-plans-active")}</a>
                    <span class="amount">{view.plans_active}</span>
                </li>
                <li>
                    <a href="/console/plans?state=broken">{chrome.t("overview-plans-broken")}</a>
                    <span class="amount">{view.plans_broken}</span>
                </li>
            </ul>
        </section>
    }
    .into_any()
}

fn payments_today(view: &OverviewView, chrome: &Chrome) -> AnyView {
    let rows = view.payments_today.iter().map(|row| {
        view! {
            <li>
                <a href=format!("/console/debtors/{}", row.debtor_id)>{row.debtor_name.clone()}</a>
                <span class="hint">{chrome.moment(row.recorded_at)}</span>
                <span class="amount">{chrome.money(row.payment.amount)}</span>
            </li>
        }
    });
    let list = if view.payments_today.is_empty() {
        view! { <p class="empty">{chrome.t("overview-no-payments")}</p> }.into_any()
    } else {
        view! { <ul class="rows">{rows.collect_view()}</ul> }.into_any()
    };
    view! { <section class="section"><h2 class="section-title">{chrome.t("overview-payments")}</h2>{list}</section> }
        .into_any()
}

fn last_import(row: &ImportRow, chrome: &Chrome) -> AnyView {
    view! {
        <section class="section">
            <h2 class="section-title">{chrome.t("overview-last-import")}</h2>
            <ul class="rows">
                <li>
                    <a href=format!("/console/imports/{}", row.id)>{row.file_name.clone()}</a>
                    <span class="hint">{chrome.moment(row.created_at)}</span>
                    {state_badge(row.state, chrome)}
                </li>
            </ul>
        </section>
    }
    .into_any()
}
