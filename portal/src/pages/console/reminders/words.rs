//! Reasons in plain words: why something leaves, waits or ends, by whose rule.

use crate::layout::Chrome;
use saldo_domain::contact::rules_for;
use saldo_domain::reminder::{DunningStep, Hold, StopReason};

pub use crate::layout::words::channel_words;

/// A step by its days.
pub fn step_words(step: DunningStep, chrome: &Chrome) -> String {
    let count = i64::from(step.offset.unsigned_abs());
    let due = chrome.short_date(step.due_on);
    match step.offset {
        ..=-1 => chrome.with("step-before", [("count", count.into()), ("due", due.into())]),
        0 => chrome.with("step-on-day", [("due", due.into())]),
        _ => chrome.with("step-after", [("count", count.into()), ("due", due.into())]),
    }
}

/// A silence, in words that complete "because …".
pub fn hold_words(why: Hold, chrome: &Chrome) -> String {
    saldo_app::i18n::hold_text(why, &chrome.locale)
}

/// A silence in a sentence that somebody can be told.
pub fn hold_sentence(why: Hold, chrome: &Chrome) -> String {
    match why {
        Hold::PendingPayment => chrome.t("why-pending-payment"),
        Hold::OutsideHours => chrome.t("why-outside-hours"),
        Hold::Holiday => chrome.t("why-holiday"),
        Hold::NotYetDue => chrome.t("why-not-yet-due"),
        Hold::DailyCap => chrome.t("why-daily-cap"),
        Hold::WeeklyCap => chrome.t("why-weekly-cap"),
        Hold::MinimumGap => chrome.t("why-minimum-gap"),
        Hold::OneChannelAWeek => chrome.t("why-one-channel"),
        Hold::PaymentPlan => chrome.t("why-payment-plan"),
        Hold::Promise => chrome.t("why-promise"),
        Hold::DeclaredTransfer => chrome.t("why-declared-transfer"),
        Hold::Manual => chrome.t("why-manual"),
        Hold::StaleData => chrome.t("why-stale-data"),
        Hold::PreferredHours => chrome.t("why-preferred-hours"),
    }
}

/// Why nothing more is sent, in a sentence.
pub fn stop_words(why: StopReason, chrome: &Chrome) -> String {
    match why {
        StopReason::Paid => chrome.t("end-paid"),
        StopReason::Disputed => chrome.t("end-disputed"),
        StopReason::OptedOut => chrome.t("end-opted-out"),
        StopReason::NoAddress => chrome.t("end-no-address"),
        StopReason::LadderEnded => chrome.t("end-ladder"),
        StopReason::NoPolicy => chrome.t("end-no-policy"),
        StopReason::BelowMinimum => chrome.t("end-below-minimum"),
    }
}

/// Contact rules by name and version: "Ley 2300 de 2023 (co, version 1)".
pub fn rule_words(id: &str, version: u32, chrome: &Chrome) -> String {
    let rules = rules_for(id);
    let name = rules.sources.first().map_or_else(|| rules.id.clone(), |source| source.title.clone());
    let version = i64::from(version);
    chrome.with("rule-name", [("name", name.into()), ("id", rules.id.to_string().into()), ("version", version.into())])
}

/// A day of the week, Monday is 1.
pub fn weekday_words(day: i8, chrome: &Chrome) -> String {
    match day {
        1 => chrome.t("weekday-1"),
        2 => chrome.t("weekday-2"),
        3 => chrome.t("weekday-3"),
        4 => chrome.t("weekday-4"),
        5 => chrome.t("weekday-5"),
        6 => chrome.t("weekday-6"),
        _ => chrome.t("weekday-7"),
    }
}
