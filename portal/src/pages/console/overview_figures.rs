//! What one currency's figures are: drawn, and each a way to the rows behind it.

use crate::layout::chart::{Arrangement, BarChart, Format, Series, bars};
use crate::layout::{Chrome, words};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::ageing::AgingBucket;
use saldo_domain::calendar::{Date, plus_days};
use saldo_domain::money::Money;

use super::overview::CurrencyTotals;

/// The figures of one currency.
pub(super) fn currency(totals: &CurrencyTotals, today: Date, chrome: &Chrome) -> AnyView {
    let code = totals.outstanding.currency().code();
    view! {
        <section class="card stack">
            <h2 class="section-title">{chrome.with("overview-outstanding-in", [("currency", code.into())])}</h2>
            {figures(totals, today, chrome)}
            <div class="columns">
                {ageing_chart(totals, today, chrome)}
                {collected_chart(totals, chrome)}
            </div>
        </section>
    }
    .into_any()
}

fn figures(totals: &CurrencyTotals, today: Date, chrome: &Chrome) -> AnyView {
    let who = chrome.with("overview-debtors", [("count", totals.debtors.into())]);
    let what = chrome.with("overview-items", [("count", totals.items.into())]);
    let month = format!("/console/payments?from={}&until={today}", today.first_of_month());
    let beside = [
        (chrome.t("overview-overdue"), "/console/invoices?state=overdue".to_owned(), totals.overdue),
        (chrome.t("overview-discounts"), month, totals.discounts),
        (chrome.t("overview-credit"), "/console/payments?state=unapplied".to_owned(), totals.credit),
    ];
    let beside = beside.into_iter().map(|(label, href, amount)| {
        let class = if amount.is_zero() { "figure figure-none" } else { "figure" };
        view! {
            <div class=class>
                <dt>{label}</dt>
                <dd class="amount amount-large"><a class="quiet-link" href=href>{chrome.money(amount)}</a></dd>
            </div>
        }
    });
    view! {
        <dl class="figures">
            <div class="figure figure-main">
                <dt>{chrome.t("overview-outstanding")}</dt>
                <dd class="amount amount-hero">
                    <a class="quiet-link" href="/console/invoices?state=open">{chrome.money(totals.outstanding)}</a>
                </dd>
                <dd class="hint"><a href="/console/debtors?state=owing">{who}</a>" · "{what}</dd>
            </div>
            {beside.collect_view()}
        </dl>
    }
    .into_any()
}

fn ageing_chart(totals: &CurrencyTotals, today: Date, chrome: &Chrome) -> AnyView {
    let title = chrome.t("overview-ageing");
    let labels =
        [chrome.t("chart-current"), "1–30".to_owned(), "31–60".to_owned(), "61–90".to_owned(), "> 90".to_owned()];
    let values = totals.ageing.iter().map(|(_, amount)| amount.minor()).collect();
    let chart = BarChart {
        title: title.clone(),
        series: vec![Series { name: chrome.t("overview-outstanding"), values }],
        labels: labels.to_vec(),
        format: Format::Money(totals.outstanding.currency()),
        arrangement: Arrangement::Stacked,
    };
    let ways = totals.ageing.iter().filter(|(_, amount)| amount.is_positive()).map(|(bucket, amount)| {
        let (label, href) = (words::bucket(chrome, *bucket), of_bucket(*bucket, today));
        view! { <li><a href=href>{label}</a><span class="amount">{chrome.money(*amount)}</span></li> }
    });
    view! {
        <div class="stack-tight">
            <h3 class="chart-title">{title}</h3>
            {bars(&chart, chrome)}
            <ul class="figure-rows">{ways.collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// The open invoices of a bucket.
fn of_bucket(bucket: AgingBucket, today: Date) -> String {
    let ago = |days: i32| plus_days(today, -days).map(|date| date.to_string()).unwrap_or_default();
    let (from, until) = match bucket {
        AgingBucket::Current => (ago(0), String::new()),
        AgingBucket::D1To30 => (ago(30), ago(1)),
        AgingBucket::D31To60 => (ago(60), ago(31)),
        AgingBucket::D61To90 => (ago(90), ago(61)),
        AgingBucket::Over90 => (String::new(), ago(91)),
    };
    format!("/console/invoices?state=open&from={from}&until={until}")
}

fn collected_chart(totals: &CurrencyTotals, chrome: &Chrome) -> AnyView {
    let title = chrome.t("overview-collected");
    let chart = BarChart {
        title: title.clone(),
        series: vec![Series {
            name: chrome.t("overview-collected-short"),
            values: totals.collected.iter().map(|(_, amount)| amount.minor()).collect(),
        }],
        labels: totals.collected.iter().map(|(date, _)| day_and_month(*date, chrome)).collect(),
        format: Format::Money(totals.outstanding.currency()),
        arrangement: Arrangement::Stacked,
    };
    let sum = Money::sum(totals.outstanding.currency(), totals.collected.iter().map(|(_, amount)| *amount)).ok();
    let all = totals.collected.first().zip(totals.collected.last()).map(|((from, _), (until, _))| {
        let href = format!("/console/payments?from={from}&until={until}");
        let amount = sum.map(|sum| chrome.money(sum));
        view! {
            <ul class="figure-rows">
                <li><a href=href>{chrome.t("overview-collected-all")}</a><span class="amount">{amount}</span></li>
            </ul>
        }
    });
    view! {
        <div class="stack-tight">
            <h3 class="chart-title">{title}</h3>
            {bars(&chart, chrome)}
            {all}
        </div>
    }
    .into_any()
}

/// `16 nov`, `Nov 16`.
fn day_and_month(date: Date, chrome: &Chrome) -> String {
    let whole = chrome.short_date(date);
    whole.rsplit_once(' ').map_or(whole.clone(), |(short, _)| short.trim_end_matches(',').to_owned())
}
