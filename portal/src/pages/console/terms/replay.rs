//! What a policy would have done: a few sentences, a chart and the table behind it.

use crate::layout::Chrome;
use crate::layout::chart::{Arrangement, BarChart, Format, Series, bars};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::policy::ReplayAnswer;
use saldo_domain::discount::ReplayMonth;
use saldo_domain::money::Money;

/// The most months of the chart: the latest ones.
const MONTHS_MAX: usize = 24;

/// What a policy would have done over past invoices.
#[derive(Debug, Clone)]
pub struct ReplayView {
    /// The figures.
    pub answer: ReplayAnswer,
}

impl ReplayView {
    pub(super) fn view(&self, chrome: &Chrome) -> AnyView {
        let replay = &self.answer.replay;
        let read = chrome.with("replay-read", [("count", self.answer.read_count.into())]);
        let truncated = self.answer.truncated.then(|| format!(" {}", chrome.t("replay-truncated")));
        let body = if replay.covered_count == 0 {
            view! { <p class="empty">{chrome.t("replay-none")}</p> }.into_any()
        } else {
            view! { {self.figures(chrome)} {self.chart(chrome)} }.into_any()
        };
        view! {
            <section class="section" id="replay">
                <h2 class="section-title">{chrome.t("replay-title")}</h2>
                <p class="hint"><span>{read}{truncated}</span></p>
                {body}
            </section>
        }
        .into_any()
    }

    fn figures(&self, chrome: &Chrome) -> AnyView {
        let replay = &self.answer.replay;
        let days = format!("{:.1}", replay.earlier_days).replace('.', &chrome.locale.decimal_mark().to_string());
        let count = |count: u32| [("count", count.into())];
        let rows = [
            (chrome.with("replay-covered", count(replay.covered_count)), replay.covered),
            (chrome.with("replay-certain", count(replay.taken_count)), replay.cost_min),
            (chrome.with("replay-at-most", count(replay.movable_count)), replay.cost_max),
            (chrome.with("replay-earlier", [("days", days.into())]), replay.earlier),
        ];
        let rows = rows.map(|(label, amount)| {
            view! { <div><dt>{label}</dt><dd class="amount">{chrome.money(amount)}</dd></div> }
        });
        view! { <dl class="pairs card">{rows.into_iter().collect_view()}</dl> }.into_any()
    }

    fn chart(&self, chrome: &Chrome) -> AnyView {
        let months = &self.answer.replay.months;
        let months = &months[months.len().saturating_sub(MONTHS_MAX)..];
        let values = |of: fn(&ReplayMonth) -> Money| months.iter().map(|month| of(month).minor()).collect();
        let chart = BarChart {
            title: chrome.t("replay-chart"),
            series: vec![
                Series { name: chrome.t("replay-received"), values: values(|month| month.received) },
                Series { name: chrome.t("replay-would"), values: values(|month| month.would_receive) },
                Series { name: chrome.t("replay-cost"), values: values(|month| month.cost_max) },
            ],
            labels: months
                .iter()
                .map(|month| format!("{:04}-{:02}", month.month.year(), month.month.month()))
                .collect(),
            format: Format::Money(self.answer.replay.covered.currency()),
            arrangement: Arrangement::Beside,
        };
        bars(&chart, chrome)
    }
}
