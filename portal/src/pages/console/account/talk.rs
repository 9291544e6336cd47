//! What was said to the debtor and what it answered, in one line of time.

use super::ReminderLine;
use crate::layout::Chrome;
use crate::pages::console::reminders::{channel_words, step_words};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_app::flows::show_account::{ReplyEffect, ReplyRow};
use saldo_app::i18n::{hold_text, stop_text};
use saldo_domain::reminder::{Hold, StopReason};
use std::cmp::Reverse;

/// Messages and answers, the latest first.
pub(super) fn talk(reminders: &[ReminderLine], replies: &[ReplyRow], chrome: &Chrome) -> AnyView {
    let said = reminders.iter().map(|reminder| (reminder.at, message(reminder, chrome)));
    let mut lines: Vec<_> = said.chain(replies.iter().map(|row| (row.received_at, reply(row, chrome)))).collect();
    lines.sort_by_key(|(at, _)| Reverse(*at));
    let list = if lines.is_empty() {
        view! { <p class="empty">{chrome.t("reminders-none")}</p> }.into_any()
    } else {
        view! { <ul class="rows">{lines.into_iter().map(|(_, line)| line).collect_view()}</ul> }.into_any()
    };
    view! { <section class="section"><h2 class="section-title">{chrome.t("reminders-title")}</h2>{list}</section> }
        .into_any()
}

fn message(reminder: &ReminderLine, chrome: &Chrome) -> AnyView {
    let (class, text) = reminder_badge(&reminder.state, chrome);
    let items = chrome.with("overview-items", [("count", reminder.items.into())]);
    let why = reminder.note.as_deref().map(|why| format!(" · {}", not_sent_words(why, chrome)));
    view! {
        <li>
            <span>{chrome.moment(reminder.at)}" · "{step_words(reminder.step, chrome)}" · "{items}{why}</span>
            <span class=class>{text}</span>
        </li>
    }
    .into_any()
}

/// The debtor's own words, as they came.
fn reply(row: &ReplyRow, chrome: &Chrome) -> AnyView {
    let head = chrome.with("reply-by", [("channel", channel_words(row.channel, chrome).into())]);
    let (class, effect) = match row.effect {
        ReplyEffect::None => ("badge badge-info", chrome.t("reply-answer")),
        ReplyEffect::OptedOut => ("badge badge-careful", chrome.t("reply-opted-out")),
        ReplyEffect::OptedIn => ("badge badge-good", chrome.t("reply-opted-in")),
    };
    view! {
        <li>
            <span>{chrome.moment(row.received_at)}" · "{head}<q class="line wrap">{row.body.clone()}</q></span>
            <span class=class>{effect}</span>
        </li>
    }
    .into_any()
}

fn not_sent_words(why: &str, chrome: &Chrome) -> String {
    let hold = Hold::ALL.into_iter().find(|hold| hold.as_str() == why).map(|hold| hold_text(hold, &chrome.locale));
    let stop = || StopReason::ALL.into_iter().find(|stop| stop.as_str() == why);
    let stop = || stop().map(|stop| stop_text(stop, &chrome.locale));
    match why {
        "another_step" => chrome.t("hold-another-step"),
        // As it was written before a day could have several messages.
        "contacted_today" => chrome.t("hold-day"),
        other => hold.or_else(stop).unwrap_or_else(|| other.to_owned()),
    }
}

fn reminder_badge(state: &str, chrome: &Chrome) -> (&'static str, String) {
    match state {
        "planned" => ("badge", chrome.t("reminder-planned")),
        "handing_off" | "unknown" => ("badge badge-careful", chrome.t("reminder-unknown")),
        "sent" => ("badge badge-good", chrome.t("reminder-sent")),
        "delivered" => ("badge badge-good", chrome.t("reminder-delivered")),
        "bounced" => ("badge badge-bad", chrome.t("reminder-bounced")),
        "suppressed" => ("badge badge-info", chrome.t("reminder-suppressed")),
        _ => ("badge badge-bad", chrome.t("reminder-failed")),
    }
}
