//! A rehearsal in figures: what changes, when, by which channel, at what cost, and what keeps messages back.

use super::words::{channel_words, hold_words, rule_words, stop_words, weekday_words};
use crate::layout::Chrome;
use crate::layout::chart::{Arrangement, BarChart, Format, Series, bars};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::calendar::Date;
use saldo_domain::contact::rules_for;
use saldo_domain::money::Money;
use saldo_domain::rehearsal::{BlockCount, ChannelPrices, DayCount, Summary};
use saldo_domain::reminder::Channel;
use std::collections::BTreeSet;

/// Everything that was counted.
pub(super) fn figures(summary: &Summary, prices: &ChannelPrices, chrome: &Chrome) -> AnyView {
    view! {
        {difference(summary, chrome)}
        {days(summary, chrome)}
        <div class="columns">
            {channels(summary, prices, chrome)}
            {silences(summary, chrome)}
        </div>
    }
    .into_any()
}

fn difference(summary: &Summary, chrome: &Chrome) -> AnyView {
    let figures = [
        (chrome.t("rehearsal-added"), summary.added),
        (chrome.t("rehearsal-removed"), summary.removed),
        (chrome.t("rehearsal-moved"), summary.moved),
        (chrome.t("rehearsal-same"), summary.same),
        (chrome.t("rehearsal-reached"), summary.reached_count),
    ];
    let figures = figures.into_iter().map(|(name, count)| {
        view! { <div class="figure"><dt>{name}</dt><dd class="amount amount-large">{count}</dd></div> }
    });
    view! {
        <section class="card stack" id="difference">
            <h2 class="section-title">{chrome.t("rehearsal-difference")}</h2>
            <dl class="figures">{figures.collect_view()}</dl>
        </section>
    }
    .into_any()
}

fn days(summary: &Summary, chrome: &Chrome) -> AnyView {
    let days: BTreeSet<Date> = summary.draft.iter().chain(&summary.published).map(|day| day.on).collect();
    let counts = |of: &[DayCount]| -> Vec<i64> {
        let count = |on: &Date| of.iter().filter(|day| day.on == *on).map(|day| day.count).sum::<u64>();
        days.iter().map(|on| i64::try_from(count(on)).unwrap_or(i64::MAX)).collect()
    };
    let chart = BarChart {
        title: chrome.t("rehearsal-days"),
        series: vec![
            Series { name: chrome.t("rehearsal-published"), values: counts(&summary.published) },
            Series { name: chrome.t("rehearsal-draft"), values: counts(&summary.draft) },
        ],
        labels: days.iter().map(|on| format!("{:02}-{:02}", on.month(), on.day())).collect(),
        format: Format::Count,
        arrangement: Arrangement::Beside,
    };
    if days.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="section">
            <h2 class="section-title">{chrome.t("rehearsal-days")}</h2>
            {bars(&chart, chrome)}
        </section>
    }
    .into_any()
}

fn channels(summary: &Summary, prices: &ChannelPrices, chrome: &Chrome) -> AnyView {
    let used: Vec<Channel> = Channel::ALL.into_iter().filter(|channel| summary.by_channel(*channel) > 0).collect();
    let unset = used.iter().any(|channel| prices.of(*channel).is_none());
    let unset = unset.then(|| {
        view! {
            <p id="prices-unset">{chrome.t("rehearsal-cost-unset")}" "
                <a href="/console/settings">{chrome.t("console-settings")}</a></p>
        }
    });
    let rows = used.into_iter().map(|channel| {
        let shown = |amount: Option<Money>| amount.map_or_else(|| "—".to_owned(), |amount| chrome.money(amount));
        let cost = shown(summary.cost(prices, channel).unwrap_or_default());
        view! {
            <tr>
                <th scope="row">{channel_words(channel, chrome)}</th>
                <td class="number">{summary.by_channel(channel)}</td>
                <td class="number">{shown(prices.of(channel))}</td>
                <td class="number amount">{cost}</td>
            </tr>
        }
    });
    view! {
        <section class="card stack">
            <h2 class="section-title">{chrome.t("rehearsal-cost")}</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label=chrome.t("rehearsal-cost")>
                <table class="table">
                    <thead><tr>
                        <th scope="col">{chrome.t("column-channel")}</th>
                        <th scope="col" class="number">{chrome.t("column-messages")}</th>
                        <th scope="col" class="number">{chrome.t("column-price-each")}</th>
                        <th scope="col" class="number">{chrome.t("column-cost")}</th>
                    </tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            {unset}
            <p class="hint"><span>{chrome.t("rehearsal-cost-hint")}</span></p>
        </section>
    }
    .into_any()
}

fn silences(summary: &Summary, chrome: &Chrome) -> AnyView {
    let mut blocks: Vec<&BlockCount> = summary.blocks.iter().collect();
    blocks.sort_by_key(|block| std::cmp::Reverse(block.count));
    let blocks = blocks.into_iter().map(|block| {
        let day = block.weekday.map(|day| weekday_words(day, chrome));
        let why = match day {
            Some(day) => chrome.with("rehearsal-day-closed", [("day", day.into())]),
            None => hold_words(block.why, chrome),
        };
        let rule = block.rule.as_deref().map(|rule| rule_words(rule, rules_for(rule).version, chrome));
        let rule = rule.map(|rule| view! { <span class="line item-note">{rule}</span> });
        view! { <li><span>{why}{rule}</span><span class="amount">{block.count}</span></li> }
    });
    let stops = summary.stops.iter().map(|stop| {
        view! { <li><span>{stop_words(stop.why, chrome)}</span><span class="amount">{stop.count}</span></li> }
    });
    let none = summary.blocks.is_empty().then(|| view! { <p class="empty">{chrome.t("rehearsal-no-blocks")}</p> });
    let ends = (!summary.stops.is_empty()).then(|| {
        view! {
            <h3 class="eyebrow">{chrome.t("rehearsal-stops")}</h3>
            <ul class="figure-rows">{stops.collect_view()}</ul>
        }
    });
    view! {
        <section class="card stack">
            <h2 class="section-title">{chrome.t("rehearsal-blocks")}</h2>
            {none}
            <ul class="figure-rows">{blocks.collect_view()}</ul>
            {ends}
        </section>
    }
    .into_any()
}
