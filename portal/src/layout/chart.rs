//! Charts as SVG made on the server, each with the table of its figures.

mod drawing;

use super::Chrome;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::currency::Currency;
use saldo_domain::money::Money;

/// The most series that have a look of their own.
pub const SERIES_MAX: usize = 4;

/// A chart of bars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BarChart {
    /// What it shows, also said to those who cannot see it.
    pub title: String,
    /// At most [`SERIES_MAX`], each with one value for each label.
    pub series: Vec<Series>,
    /// Below the bars; short.
    pub labels: Vec<String>,
    /// What the values are.
    pub format: Format,
    /// How several series share a label's place.
    pub arrangement: Arrangement,
}

/// Values that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// What they are.
    pub name: String,
    /// In the order of the labels; minor units or a count.
    pub values: Vec<i64>,
}

/// What values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Minor units.
    Money(Currency),
    /// Things.
    Count,
}

/// How several series share a label's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrangement {
    /// Side by side.
    Beside,
    /// One on the other; for values that are not negative.
    Stacked,
}

/// The chart with its key and, behind a click, the table of its figures. Without labels it is nothing.
pub fn bars(chart: &BarChart, chrome: &Chrome) -> AnyView {
    if chart.labels.is_empty() || chart.series.is_empty() {
        return ().into_any();
    }
    // A drawing that fails leaves the figures in the table.
    let drawing = drawing::svg(chart, chrome);
    let open = drawing.is_none().then_some("");
    let key = (chart.series.len() > 1).then(|| key(chart));
    view! {
        <figure class="chart">
            {key}
            {drawing.map(|svg| view! { <div class="chart-drawing" inner_html=svg></div> })}
            <details class="disclosure" open=open.is_some()>
                <summary>{chrome.t("chart-figures")}</summary>
                {figures(chart, chrome)}
            </details>
        </figure>
    }
    .into_any()
}

fn key(chart: &BarChart) -> AnyView {
    let names = chart.series.iter().take(SERIES_MAX).enumerate().map(|(at, series)| {
        let class = format!("chart-swatch chart-swatch-{}", at + 1);
        view! { <li><span class=class aria-hidden="true"></span>{series.name.clone()}</li> }
    });
    view! { <ul class="chart-key">{names.collect_view()}</ul> }.into_any()
}

fn figures(chart: &BarChart, chrome: &Chrome) -> AnyView {
    let heads = chart.series.iter().map(|series| view! { <th scope="col" class="number">{series.name.clone()}</th> });
    let rows = chart.labels.iter().enumerate().map(|(at, label)| {
        let cells = chart.series.iter().map(|series| {
            let value = series.values.get(at).copied().unwrap_or_default();
            view! { <td class="number amount">{exact(chart.format, value, chrome)}</td> }
        });
        view! { <tr><th scope="row">{label.clone()}</th>{cells.collect_view()}</tr> }
    });
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=chart.title.clone()>
            <table class="table">
                <thead><tr><td></td>{heads.collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn exact(format: Format, value: i64, chrome: &Chrome) -> String {
    match format {
        Format::Money(currency) => chrome.money(Money::new(value, currency)),
        Format::Count => value.to_string(),
    }
}
