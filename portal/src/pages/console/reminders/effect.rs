//! What followed each step's messages.

use super::frame::{Part, Sheet, day, reminders_page};
use crate::layout::chart::{Arrangement, BarChart, Format, Series, bars};
use crate::layout::forms::{Tone, note, problem_summary};
use crate::layout::{Chrome, Page, Screen};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::show_effect::Effect;

/// The most bars of the chart: the steps with the most messages.
const BARS_MAX: usize = 12;

/// The effect of a period's messages.
#[derive(Debug, Clone)]
pub struct EffectView {
    /// What was asked for: the first and the last day.
    pub asked: (String, String),
    /// The figures; none where the period was refused.
    pub effect: Option<Effect>,
    /// The same by step, channel and text.
    pub sheet: Sheet,
    /// Why the period was refused.
    pub problem: Option<String>,
}

impl Screen for EffectView {
    fn page(&self, chrome: &Chrome) -> Page {
        let (from, until) = &self.asked;
        let problem = self.problem.as_ref().map(|words| problem_summary(chrome, "from", words));
        let body = view! {
            <div class="page-head">
                <h1 class="title">{chrome.t("reminders-effect")}</h1>
                <p class="lead">{chrome.t("effect-lead")}</p>
            </div>
            {problem}
            <form class="list-filters" method="get" action="/console/reminders/effect" role="search">
                {day("from", chrome.t("list-from"), from.clone())}
                {day("until", chrome.t("list-until"), until.clone())}
                <div class="list-actions"><button class="button button-primary" type="submit">{chrome.t("list-show")}</button></div>
            </form>
            {self.effect.as_ref().map(|effect| self.found(effect, chrome))}
        };
        reminders_page(Part::Effect, chrome.t("reminders-effect"), body, chrome)
    }
}

impl EffectView {
    fn found(&self, effect: &Effect, chrome: &Chrome) -> AnyView {
        if effect.rows.is_empty() {
            return view! { <p class="empty">{chrome.t("effect-none")}</p> }.into_any();
        }
        let read = [("count", effect.read_count.into())];
        let truncated =
            effect.truncated.then(|| note(Tone::Careful, view! { <p>{chrome.with("effect-truncated", read)}</p> }));
        let unfinished = effect.unfinished.then(|| note(Tone::Info, view! { <p>{chrome.t("effect-unfinished")}</p> }));
        let file = format!("/console/reminders/effect.csv?from={}&until={}", effect.from, effect.until);
        view! {
            {truncated}
            {unfinished}
            {bars(&chart(effect, chrome), chrome)}
            <div class="list-head">
                <h2 class="section-title">{chrome.t("effect-by-step")}</h2>
                <a class="button button-quiet" href=file download="">{chrome.t("list-file")}</a>
            </div>
            {self.sheet.view(chrome.t("effect-by-step"), chrome)}
            <p class="hint"><span>{chrome.t("effect-explained")}</span></p>
        }
        .into_any()
    }
}

/// The steps with the most messages, in the order of the ladder.
fn chart(effect: &Effect, chrome: &Chrome) -> BarChart {
    let mut steps: Vec<(i32, u64, u64)> = Vec::new();
    for row in &effect.rows {
        match steps.iter_mut().find(|(offset, _, _)| *offset == row.offset) {
            Some((_, said, followed)) => {
                *said += row.said_count;
                *followed += row.followed_count;
            }
            None => steps.push((row.offset, row.said_count, row.followed_count)),
        }
    }
    steps.sort_by_key(|(_, said, _)| std::cmp::Reverse(*said));
    steps.truncate(BARS_MAX);
    steps.sort_by_key(|(offset, _, _)| *offset);
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    BarChart {
        title: chrome.t("effect-chart"),
        series: vec![
            Series { name: chrome.t("column-messages"), values: steps.iter().map(|step| count(step.1)).collect() },
            Series { name: chrome.t("effect-followed"), values: steps.iter().map(|step| count(step.2)).collect() },
        ],
        labels: steps.iter().map(|(offset, _, _)| format!("{offset:+}")).collect(),
        format: Format::Count,
        arrangement: Arrangement::Beside,
    }
}
