use super::Texts;
use super::message_reading::{channel_text, tone_text};
use super::readings::{Reading, segment_text};
use saldo_domain::contact::{ClosedDay, OwnRules};
use saldo_domain::locale::Locale;
use saldo_domain::reminder::{CountsFrom, DunningPolicy, Escalation, HistoryRule, LadderStep};

/// `6 reminders, from 7 days before the date to 30 days after it`, then each of them, and for whom and when.
pub fn dunning_reading(policy: &DunningPolicy, locale: &Locale) -> Reading {
    let texts = Texts::for_language(locale.language);
    let days = |offset: i32| match offset {
        ..0 => texts.with("reading-days-before", [("count", offset.abs().into())]),
        0 => texts.t("reading-on-the-day"),
        _ => texts.with("reading-days-after", [("count", offset.into())]),
    };
    let offsets = policy.steps.iter().map(|step| step.offset);
    let (first, last) = (offsets.clone().min().unwrap_or(0), offsets.max().unwrap_or(0));
    let headline = texts.with(
        "reading-ladder",
        [("count", policy.steps.len().into()), ("first", days(first).into()), ("last", days(last).into())],
    );
    let mut notes: Vec<String> = policy.steps.iter().map(|step| step_text(step, locale)).collect();
    notes.push(segment_text(&policy.segment, locale));
    notes.extend(audience(policy, texts));
    notes.extend(own_rules(&policy.own_rules, texts));
    notes.extend(policy.stale_after_hours.map(|hours| texts.with("reading-stale", [("count", hours.into())])));
    Reading { headline, notes }
}

/// `10 days after the due date: WhatsApp, else e-mail, with “overdue”, neutral. Only from $100.00.`
fn step_text(step: &LadderStep, locale: &Locale) -> String {
    let texts = Texts::for_language(locale.language);
    let channels: Vec<String> = step.channels.iter().map(|channel| channel_text(*channel, texts)).collect();
    let channels = channels.join(&texts.t("reading-step-else"));
    let mut sentence = texts.with(
        "reading-step",
        [
            ("when", step_days_text(step.counts_from, step.offset, locale).into()),
            ("channels", channels.into()),
            ("template", step.template.clone().into()),
            ("tone", tone_text(step.tone, texts).into()),
        ],
    );
    let mut add = |text: String| {
        sentence.push(' ');
        sentence.push_str(&text);
    };
    if let Some(amount) = step.amount_min {
        add(texts.with("reading-step-amount", [("amount", locale.money(amount).into())]));
    }
    match step.escalation {
        Some(Escalation::Fee { amount }) => {
            add(texts.with("reading-step-fee", [("amount", locale.money(amount).into())]));
        }
        Some(Escalation::HandOver) => add(texts.t("reading-step-hand-over")),
        Some(Escalation::SuspendNote) => add(texts.t("reading-step-suspend")),
        Some(Escalation::FinalNotice) => add(texts.t("reading-step-final")),
        None => {}
    }
    sentence
}

/// `10 days after the due date`, `On the day of the instalment`.
pub fn step_days_text(from: CountsFrom, offset: i32, locale: &Locale) -> String {
    let texts = Texts::for_language(locale.language);
    let count = [("count", offset.abs().into())];
    match (from, offset) {
        (CountsFrom::DueDate, ..0) => texts.with("step-before-due", count),
        (CountsFrom::DueDate, 0) => texts.t("step-on-due"),
        (CountsFrom::DueDate, _) => texts.with("step-after-due", count),
        (CountsFrom::InstalmentDate, ..0) => texts.with("step-before-instalment", count),
        (CountsFrom::InstalmentDate, 0) => texts.t("step-on-instalment"),
        (CountsFrom::InstalmentDate, _) => texts.with("step-after-instalment", count),
    }
}

fn audience(policy: &DunningPolicy, texts: Texts) -> Vec<String> {
    let audience = policy.audience;
    let mut notes = Vec::new();
    if let Some(days) = audience.days_overdue_min {
        notes.push(texts.with("reading-audience-min", [("count", days.into())]));
    }
    if let Some(days) = audience.days_overdue_max {
        notes.push(texts.with("reading-audience-max", [("count", days.into())]));
    }
    match audience.history {
        HistoryRule::Any => {}
        HistoryRule::NeverLate => notes.push(texts.t("reading-audience-never-late")),
        HistoryRule::LateAtLeast { count } => {
            notes.push(texts.with("reading-audience-late", [("count", count.into())]));
        }
    }
    notes
}

fn own_rules(own: &OwnRules, texts: Texts) -> Vec<String> {
    let mut notes = Vec::new();
    let time = |time: jiff::civil::Time| time.strftime("%H:%M").to_string();
    if let Some(from) = own.from {
        notes.push(texts.with("reading-own-from", [("time", time(from).into())]));
    }
    if let Some(until) = own.until {
        notes.push(texts.with("reading-own-until", [("time", time(until).into())]));
    }
    if !own.closed.is_empty() {
        let days: Vec<String> = own.closed.iter().map(|day| weekday_text(*day, texts)).collect();
        notes.push(texts.with("reading-own-closed", [("days", days.join(", ").into())]));
    }
    notes.extend(own.per_day_max.map(|count| texts.with("reading-own-day", [("count", count.into())])));
    notes.extend(own.per_week_max.map(|count| texts.with("reading-own-week", [("count", count.into())])));
    notes.extend(own.gap_hours.map(|count| texts.with("reading-own-gap", [("count", count.into())])));
    notes
}

/// The name of a day of the week.
pub fn weekday_text(day: ClosedDay, texts: Texts) -> String {
    match day {
        ClosedDay::Monday => texts.t("weekday-monday"),
        ClosedDay::Tuesday => texts.t("weekday-tuesday"),
        ClosedDay::Wednesday => texts.t("weekday-wednesday"),
        ClosedDay::Thursday => texts.t("weekday-thursday"),
        ClosedDay::Friday => texts.t("weekday-friday"),
        ClosedDay::Saturday => texts.t("weekday-saturday"),
        ClosedDay::Sunday => texts.t("weekday-sunday"),
    }
}
