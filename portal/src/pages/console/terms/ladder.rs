//! The editor of a ladder of reminders, on a line of days.

use super::fields::{Fields, Takes, segment_field};
use super::kind::{Around, FieldProblem, KindEditor, Typed};
use super::ladder_form::{self as form, CHANNELS, WEEK, field};
use super::time_line::{Mark, time_line};
use crate::layout::Chrome;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::policy::PolicyBody;
use saldo_app::i18n::{Reading, channel_text, dunning_reading, step_days_text, tone_text};
use saldo_domain::Refusal;
use saldo_domain::currency::Currency;
use saldo_domain::message_template::BUILTIN;
use saldo_domain::policy::PolicyKind;
use saldo_domain::reminder::{Channel, CountsFrom, STEPS_MAX, Tone};

/// A ladder of reminders.
pub struct LadderEditor;

impl KindEditor for LadderEditor {
    fn kind(&self) -> PolicyKind {
        PolicyKind::Dunning
    }

    fn blank(&self, currency: Currency, chrome: &Chrome) -> Typed {
        form::blank(currency, chrome)
    }

    fn typed(&self, body: &PolicyBody, chrome: &Chrome) -> Typed {
        match body {
            PolicyBody::Dunning(policy) => form::typed(policy, chrome),
            _ => Typed::default(),
        }
    }

    fn read(&self, typed: &Typed, chrome: &Chrome) -> Result<PolicyBody, Vec<FieldProblem>> {
        form::read(typed, chrome).map(PolicyBody::Dunning)
    }

    fn field_of(&self, refusal: &Refusal) -> String {
        let field = match refusal {
            Refusal::AudienceEmpty => "days_overdue_max",
            Refusal::HoursUnordered => "own_until",
            Refusal::DaysOutOfRange => "stale_after_hours",
            Refusal::StepChannels => "step_1_channel_1",
            Refusal::TemplateKeyUnreadable => "step_1_template",
            refusal => segment_field(refusal).unwrap_or("own_from"),
        };
        field.to_owned()
    }

    fn fields(&self, fields: Fields<'_>) -> AnyView {
        view! { {steps(fields)} {fields.segment()} {audience(fields)} {own_rules(fields)} }.into_any()
    }

    fn reading(&self, body: &PolicyBody, _typed: &Typed, chrome: &Chrome) -> Reading {
        match body {
            PolicyBody::Dunning(policy) => dunning_reading(policy, &chrome.locale),
            _ => Reading { headline: String::new(), notes: Vec::new() },
        }
    }

    fn aside(&self, body: &PolicyBody, _typed: &Typed, _around: &Around, chrome: &Chrome) -> AnyView {
        let PolicyBody::Dunning(policy) = body else { return ().into_any() };
        let marks: Vec<Mark> =
            policy.steps.iter().map(|step| Mark { from: step.counts_from, offset: step.offset }).collect();
        time_line(&marks, chrome)
    }

    fn arrange(&self, typed: &mut Typed, button: &str, _chrome: &Chrome) -> bool {
        form::arrange(typed, button)
    }
}

/// The rungs, in the order of their days.
fn steps(fields: Fields<'_>) -> AnyView {
    let chrome = fields.chrome;
    let count = form::row_count(fields.typed);
    let mut rows: Vec<(CountsFrom, i32, usize)> =
        (1..=count).map(|row| (counts_from(fields, row), form::offset(fields.typed, row).unwrap_or(0), row)).collect();
    rows.sort_unstable();
    let cards = rows.into_iter().map(|(_, _, row)| step(fields, row));
    let add = (count < STEPS_MAX).then(|| {
        view! { <button class="button" type="submit" name="do" value="step_add" id="step_add">{chrome.t("ladder-add")}</button> }
    });
    view! {
        <section class="card stack">
            <h2 class="section-title">{chrome.t("ladder-steps")}</h2>
            <p class="hint"><span>{chrome.t("ladder-steps-hint")}</span></p>
            {fields.problem("step_add")}
            <ol class="ladder">{cards.collect_view()}</ol>
            <p class="actions">{add}</p>
        </section>
    }
    .into_any()
}

fn counts_from(fields: Fields<'_>, row: usize) -> CountsFrom {
    match fields.typed.get(&field(row, "from")) {
        "instalment_date" => CountsFrom::InstalmentDate,
        _ => CountsFrom::DueDate,
    }
}

fn step(fields: Fields<'_>, row: usize) -> AnyView {
    let (chrome, typed) = (fields.chrome, fields.typed);
    let prefix = field(row, "");
    let wrong = fields.problems.iter().any(|problem| problem.field.starts_with(&prefix));
    let open = wrong || typed.get("open") == row.to_string();
    let offset = form::offset(typed, row).unwrap_or(0);
    let when = step_days_text(counts_from(fields, row), offset, &chrome.locale);
    let channels = (1..=CHANNELS).filter_map(|place| typed.get(&field(row, &format!("channel_{place}"))).parse().ok());
    let channels: Vec<String> = channels.map(|channel| channel_text(channel, chrome.texts())).collect();
    let what = format!("{} · {}", channels.join(" → "), typed.get(&field(row, "template")));
    let class = if offset < 0 { "ladder-step ladder-before" } else { "ladder-step" };
    view! {
        <li class=class>
            <details open=open id=format!("step_{row}")>
                <summary><span class="ladder-when">{when}</span><span class="hint">{what}</span></summary>
                <div class="stack">
                    {when_fields(fields, row)}
                    {channel_fields(fields, row)}
                    {word_fields(fields, row)}
                    {step_buttons(fields, row)}
                </div>
            </details>
        </li>
    }
    .into_any()
}

fn when_fields(fields: Fields<'_>, row: usize) -> AnyView {
    let chrome = fields.chrome;
    let sides = vec![("before", chrome.t("ladder-before")), ("after", chrome.t("ladder-after"))];
    let from = vec![("due_date", chrome.t("ladder-from-due")), ("instalment_date", chrome.t("ladder-from-instalment"))];
    view! {
        <div class="field-row">
            {fields.input(&field(row, "days"), chrome.t("ladder-days"), Takes::Digits, None)}
            {fields.select(&field(row, "side"), chrome.t("ladder-side"), sides)}
            {fields.select(&field(row, "from"), chrome.t("ladder-from"), from)}
        </div>
    }
    .into_any()
}

fn channel_fields(fields: Fields<'_>, row: usize) -> AnyView {
    let chrome = fields.chrome;
    let selects = (1..=CHANNELS).map(|place| {
        let mut options: Vec<(&'static str, String)> =
            Channel::ALL.into_iter().map(|channel| (channel.as_str(), channel_text(channel, chrome.texts()))).collect();
        let label = if place == 1 {
            chrome.t("ladder-channel")
        } else {
            options.insert(0, ("", chrome.t("ladder-channel-none")));
            chrome.with("ladder-channel-else", [("place", place.into())])
        };
        fields.select(&field(row, &format!("channel_{place}")), label, options)
    });
    view! { <div class="field-row">{selects.collect_view()}</div> }.into_any()
}

fn word_fields(fields: Fields<'_>, row: usize) -> AnyView {
    let chrome = fields.chrome;
    let chosen = fields.typed.get(&field(row, "template")).to_owned();
    let mut keys: Vec<String> = BUILTIN.iter().map(|key| (*key).to_owned()).collect();
    keys.extend(fields.around.keys.iter().filter(|key| !BUILTIN.contains(&key.as_str())).cloned());
    if !chosen.is_empty() && !keys.contains(&chosen) {
        keys.push(chosen);
    }
    let keys = keys.into_iter().map(|key| (key.clone(), key)).collect();
    let tones = [Tone::Friendly, Tone::Neutral, Tone::Firm];
    let tones = tones.map(|tone| (tone.as_str(), tone_text(tone, chrome.texts()))).to_vec();
    let escalations = vec![
        ("none", chrome.t("ladder-escalation-none")),
        ("fee", chrome.t("ladder-escalation-fee")),
        ("hand_over", chrome.t("ladder-escalation-hand-over")),
        ("suspend_note", chrome.t("ladder-escalation-suspend")),
        ("final_notice", chrome.t("ladder-escalation-final")),
    ];
    view! {
        <div class="field-row">
            {fields.select_of(&field(row, "template"), chrome.t("ladder-template"), keys)}
            {fields.select(&field(row, "tone"), chrome.t("ladder-tone"), tones)}
            {fields.input(&field(row, "amount_min"), chrome.t("ladder-amount-min"), Takes::Decimal, None)}
        </div>
        <div class="field-row">
            {fields.select(&field(row, "escalation"), chrome.t("ladder-escalation"), escalations)}
            {fields.input(&field(row, "fee"), chrome.t("ladder-fee"), Takes::Decimal, None)}
        </div>
    }
    .into_any()
}

fn step_buttons(fields: Fields<'_>, row: usize) -> AnyView {
    let chrome = fields.chrome;
    let buttons = [
        (format!("step_earlier_{row}"), chrome.t("ladder-earlier")),
        (format!("step_later_{row}"), chrome.t("ladder-later")),
        (format!("step_remove_{row}"), chrome.t("ladder-remove")),
    ];
    let buttons = buttons.map(|(value, label)| {
        view! { <button class="button button-small" type="submit" name="do" value=value>{label}</button> }
    });
    view! { <div class="actions">{buttons.into_iter().collect_view()}</div> }.into_any()
}

fn audience(fields: Fields<'_>) -> AnyView {
    let chrome = fields.chrome;
    let histories = vec![
        ("any", chrome.t("ladder-history-any")),
        ("never_late", chrome.t("ladder-history-never")),
        ("late_at_least", chrome.t("ladder-history-late")),
    ];
    let hint = Some(chrome.t("template-age-hint"));
    view! {
        <fieldset class="card stack">
            <legend class="section-title">{chrome.t("ladder-audience")}</legend>
            <div class="field-row">
                {fields.input("days_overdue_min", chrome.t("template-age-min"), Takes::Text(6), hint)}
                {fields.input("days_overdue_max", chrome.t("template-age-max"), Takes::Text(6), None)}
                {fields.select("history", chrome.t("ladder-history"), histories)}
                {fields.input("history_count", chrome.t("ladder-history-count"), Takes::Digits, None)}
            </div>
        </fieldset>
    }
    .into_any()
}

fn own_rules(fields: Fields<'_>) -> AnyView {
    let chrome = fields.chrome;
    let days = WEEK.map(|(day, name)| fields.tick(name, saldo_app::i18n::weekday_text(day, chrome.texts())));
    let hours = Some(chrome.t("ladder-hours-hint"));
    view! {
        <fieldset class="card stack">
            <legend class="section-title">{chrome.t("ladder-own")}</legend>
            <p class="hint"><span>{chrome.t("ladder-own-hint")}</span></p>
            <div class="field-row">
                {fields.input("own_from", chrome.t("ladder-hours-from"), Takes::Text(5), hours)}
                {fields.input("own_until", chrome.t("ladder-hours-until"), Takes::Text(5), None)}
            </div>
            <fieldset class="ticks">
                <legend>{chrome.t("ladder-closed")}</legend>
                {days.into_iter().collect_view()}
            </fieldset>
            <div class="field-row">
                {fields.input("per_day_max", chrome.t("ladder-per-day"), Takes::Digits, None)}
                {fields.input("per_week_max", chrome.t("ladder-per-week"), Takes::Digits, None)}
                {fields.input("gap_hours", chrome.t("ladder-gap"), Takes::Digits, None)}
                {fields.input("stale_after_hours", chrome.t("ladder-stale"), Takes::Digits, Some(chrome.t("ladder-stale-hint")))}
            </div>
        </fieldset>
    }
    .into_any()
}
