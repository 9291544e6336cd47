use super::Texts;
use super::readings::{Reading, segment_text};
use saldo_domain::locale::Locale;
use saldo_domain::reminder::DunningPolicy;

/// `6 reminders, from 7 days before the date to 30 days after it`.
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
    Reading { headline, notes: vec![segment_text(&policy.segment, locale)] }
}
