//! The fields of a ladder, read, filled and rearranged.

use super::fields::{Reader, fill_segment};
use super::kind::{FieldProblem, Typed};
use crate::layout::Chrome;
use saldo_app::i18n::refusal_text;
use saldo_domain::Refusal;
use saldo_domain::contact::{ClosedDay, OwnRules};
use saldo_domain::currency::Currency;
use saldo_domain::reminder::{
    Audience, Channel, CountsFrom, DunningPolicy, Escalation, HistoryRule, LadderStep, OFFSET_MAX, STEPS_MAX, Tone,
};

/// How many channels a rung may try, one after another.
pub(super) const CHANNELS: usize = 4;

/// The days of the week as the form names them.
pub(super) const WEEK: [(ClosedDay, &str); 7] = [
    (ClosedDay::Monday, "closed_monday"),
    (ClosedDay::Tuesday, "closed_tuesday"),
    (ClosedDay::Wednesday, "closed_wednesday"),
    (ClosedDay::Thursday, "closed_thursday"),
    (ClosedDay::Friday, "closed_friday"),
    (ClosedDay::Saturday, "closed_saturday"),
    (ClosedDay::Sunday, "closed_sunday"),
];

/// The fields of a new ladder: what a creditor begins with.
pub(super) fn blank(currency: Currency, chrome: &Chrome) -> Typed {
    typed(&DunningPolicy::standard(currency), chrome)
}

/// The name of a field of a rung.
pub(super) fn field(row: usize, name: &str) -> String {
    format!("step_{row}_{name}")
}

/// How many rungs the form has.
pub(super) fn row_count(typed: &Typed) -> usize {
    (1..=STEPS_MAX).take_while(|row| typed.has(&field(*row, "days"))).count()
}

/// The days of a rung as they were typed; negative before the date.
pub(super) fn offset(typed: &Typed, row: usize) -> Option<i32> {
    let days: i32 = typed.get(&field(row, "days")).parse().ok()?;
    let before = typed.get(&field(row, "side")) == "before";
    (0..=99_999_999).contains(&days).then_some(if before { -days } else { days })
}

/// The fields of a ladder that was kept.
pub(super) fn typed(policy: &DunningPolicy, chrome: &Chrome) -> Typed {
    let mut typed = Typed::default();
    fill_segment(&mut typed, &policy.segment, chrome);
    let days = |days: Option<i32>| days.map(|days| days.to_string()).unwrap_or_default();
    typed.set("days_overdue_min", days(policy.audience.days_overdue_min));
    typed.set("days_overdue_max", days(policy.audience.days_overdue_max));
    let (history, count) = match policy.audience.history {
        HistoryRule::Any => ("any", String::new()),
        HistoryRule::NeverLate => ("never_late", String::new()),
        HistoryRule::LateAtLeast { count } => ("late_at_least", count.to_string()),
    };
    typed.set("history", history);
    typed.set("history_count", count);
    for (place, step) in policy.steps.iter().enumerate() {
        fill_step(&mut typed, place + 1, step, chrome);
    }
    fill_own(&mut typed, policy);
    typed
}

fn fill_step(typed: &mut Typed, row: usize, step: &LadderStep, chrome: &Chrome) {
    let mut set = |name: &str, value: &str| typed.set(&field(row, name), value);
    set("days", &step.offset.abs().to_string());
    set("side", if step.offset < 0 { "before" } else { "after" });
    set("from", if step.counts_from == CountsFrom::DueDate { "due_date" } else { "instalment_date" });
    for (place, channel) in step.channels.iter().enumerate() {
        set(&format!("channel_{}", place + 1), channel.as_str());
    }
    set("template", &step.template);
    set("tone", step.tone.as_str());
    set("amount_min", &step.amount_min.map(|amount| chrome.locale.number(amount)).unwrap_or_default());
    let (escalation, fee) = match step.escalation {
        None => ("none", String::new()),
        Some(Escalation::Fee { amount }) => ("fee", chrome.locale.number(amount)),
        Some(Escalation::HandOver) => ("hand_over", String::new()),
        Some(Escalation::SuspendNote) => ("suspend_note", String::new()),
        Some(Escalation::FinalNotice) => ("final_notice", String::new()),
    };
    set("escalation", escalation);
    set("fee", &fee);
}

fn fill_own(typed: &mut Typed, policy: &DunningPolicy) {
    let own = &policy.own_rules;
    let time =
        |time: Option<jiff::civil::Time>| time.map(|time| time.strftime("%H:%M").to_string()).unwrap_or_default();
    typed.set("own_from", time(own.from));
    typed.set("own_until", time(own.until));
    for (day, name) in WEEK {
        if own.closed.contains(&day) {
            typed.set(name, "1");
        }
    }
    let count = |count: Option<u32>| count.map(|count| count.to_string()).unwrap_or_default();
    typed.set("per_day_max", count(own.per_day_max));
    typed.set("per_week_max", count(own.per_week_max));
    typed.set("gap_hours", count(own.gap_hours));
    typed.set("stale_after_hours", count(policy.stale_after_hours));
}

/// The ladder that the fields mean, its rungs in the order of their days whatever order they were typed in.
pub(super) fn read(typed: &Typed, chrome: &Chrome) -> Result<DunningPolicy, Vec<FieldProblem>> {
    let mut reader = Reader::new(typed, chrome);
    let segment = reader.segment();
    let history = match typed.get("history") {
        "never_late" => HistoryRule::NeverLate,
        "late_at_least" => HistoryRule::LateAtLeast { count: reader.number("history_count") },
        _ => HistoryRule::Any,
    };
    let audience = Audience {
        days_overdue_min: reader.days("days_overdue_min"),
        days_overdue_max: reader.days("days_overdue_max"),
        history,
    };
    let mut steps: Vec<(LadderStep, usize)> =
        (1..=row_count(typed)).map(|row| (step(&mut reader, typed, row, segment.currency), row)).collect();
    steps.sort_by_key(|(step, _)| (step.counts_from, step.offset));
    for pair in steps.windows(2) {
        let ((one, _), (two, row)) = (&pair[0], &pair[1]);
        if (one.counts_from, one.offset) == (two.counts_from, two.offset) {
            reader.wrong(&field(*row, "days"), refusal_text(&Refusal::StepsUnordered, &chrome.locale));
        }
    }
    if steps.is_empty() {
        reader.wrong("step_add", refusal_text(&Refusal::StepsUnordered, &chrome.locale));
    }
    let closed = WEEK.into_iter().filter(|(_, name)| !typed.get(name).is_empty()).map(|(day, _)| day);
    let own_rules = OwnRules {
        from: reader.time("own_from"),
        until: reader.time("own_until"),
        closed: closed.collect(),
        per_day_max: reader.number_opt("per_day_max"),
        per_week_max: reader.number_opt("per_week_max"),
        gap_hours: reader.number_opt("gap_hours"),
    };
    let stale_after_hours = reader.number_opt("stale_after_hours");
    let steps = steps.into_iter().map(|(step, _)| step).collect();
    reader.done(DunningPolicy { segment, audience, steps, own_rules, stale_after_hours })
}

fn step(reader: &mut Reader<'_>, typed: &Typed, row: usize, currency: Currency) -> LadderStep {
    let text = |name: &str| typed.get(&field(row, name));
    let offset = offset(typed, row);
    if offset.is_none() {
        reader.number(&field(row, "days"));
    }
    let offset = offset.unwrap_or(0);
    if offset.abs() > OFFSET_MAX {
        reader.refused(&field(row, "days"), &Refusal::DaysOutOfRange);
    }
    let mut channels: Vec<Channel> = Vec::new();
    for place in 1..=CHANNELS {
        let name = format!("channel_{place}");
        let Ok(channel) = text(&name).parse() else { continue };
        if channels.contains(&channel) {
            reader.refused(&field(row, &name), &Refusal::StepChannels);
        }
        channels.push(channel);
    }
    if channels.is_empty() {
        reader.refused(&field(row, "channel_1"), &Refusal::StepChannels);
    }
    let escalation = match text("escalation") {
        "fee" if offset <= 0 => {
            reader.refused(&field(row, "escalation"), &Refusal::FeeBeforeDue);
            None
        }
        "fee" => Some(Escalation::Fee { amount: reader.money(&field(row, "fee"), currency) }),
        "hand_over" => Some(Escalation::HandOver),
        "suspend_note" => Some(Escalation::SuspendNote),
        "final_notice" => Some(Escalation::FinalNotice),
        _ => None,
    };
    LadderStep {
        counts_from: match text("from") {
            "instalment_date" => CountsFrom::InstalmentDate,
            _ => CountsFrom::DueDate,
        },
        offset,
        channels,
        template: text("template").to_owned(),
        tone: match text("tone") {
            "friendly" => Tone::Friendly,
            "firm" => Tone::Firm,
            _ => Tone::Neutral,
        },
        amount_min: reader.money_opt(&field(row, "amount_min"), currency),
        escalation,
    }
}

/// Adds, takes away or moves a rung, as a button asks: `step_add`, `step_remove_3`, `step_earlier_3`, `step_later_3`.
pub(super) fn arrange(typed: &mut Typed, button: &str) -> bool {
    let Some(wish) = button.strip_prefix("step_") else { return false };
    let (what, row) = wish.split_once('_').unwrap_or((wish, ""));
    let row: usize = row.parse().unwrap_or(0);
    let count = row_count(typed);
    match what {
        "add" if count < STEPS_MAX => add(typed, count + 1),
        "remove" if (1..=count).contains(&row) => remove(typed, row, count),
        "earlier" | "later" if (1..=count).contains(&row) => {
            let moved = offset(typed, row).unwrap_or(0) + if what == "later" { 1 } else { -1 };
            typed.set(&field(row, "days"), moved.abs());
            typed.set(&field(row, "side"), if moved < 0 { "before" } else { "after" });
        }
        _ => {}
    }
    typed.set("open", if what == "add" { row_count(typed) } else { row });
    true
}

/// A rung a week after the last one of the due date.
fn add(typed: &mut Typed, row: usize) {
    let due = (1..row).filter(|row| typed.get(&field(*row, "from")) != "instalment_date");
    let last = due.filter_map(|row| offset(typed, row)).max().unwrap_or(-7);
    typed.set(&field(row, "days"), (last + 7).max(0));
    let fresh =
        [("side", "after"), ("from", "due_date"), ("channel_1", "email"), ("template", "overdue"), ("tone", "neutral")];
    for (name, value) in fresh {
        typed.set(&field(row, name), value);
    }
}

fn remove(typed: &mut Typed, row: usize, count: usize) {
    let rows: Vec<Vec<(String, String)>> = (row + 1..=count)
        .map(|from| {
            let prefix = field(from, "");
            let own = typed.all().filter_map(|(name, value)| Some((name.strip_prefix(&prefix)?, value)));
            own.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
        })
        .collect();
    for row in row..=count {
        typed.clear(&field(row, ""));
    }
    for (place, fields) in rows.into_iter().enumerate() {
        for (name, value) in fields {
            typed.set(&field(row + place, &name), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(typed: &Typed) -> Vec<i32> {
        (1..=row_count(typed)).filter_map(|row| offset(typed, row)).collect()
    }

    #[test]
    fn rungs_are_added_taken_away_and_moved_without_losing_others() {
        let mut typed = Typed::default();
        for (row, (days, side)) in [("7", "before"), ("0", "after"), ("10", "after")].into_iter().enumerate() {
            typed.set(&field(row + 1, "days"), days);
            typed.set(&field(row + 1, "side"), side);
            typed.set(&field(row + 1, "template"), format!("t{days}"));
        }
        assert!(arrange(&mut typed, "step_add"));
        assert_eq!(days(&typed), [-7, 0, 10, 17]);
        assert!(arrange(&mut typed, "step_earlier_2") && arrange(&mut typed, "step_later_4"));
        assert_eq!(days(&typed), [-7, -1, 10, 18]);
        assert!(arrange(&mut typed, "step_remove_1"));
        assert_eq!(days(&typed), [-1, 10, 18]);
        assert_eq!((typed.get("step_1_template"), typed.get("step_2_template")), ("t0", "t10"));
        assert!(arrange(&mut typed, "step_remove_9"), "a rung that is not there changes nothing");
        assert_eq!(days(&typed), [-1, 10, 18]);
        assert!(!arrange(&mut typed, "save"));
    }
}
