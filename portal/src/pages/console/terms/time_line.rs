//! The rungs of a ladder on a line of days.

use crate::layout::Chrome;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::reminder::CountsFrom;

/// A rung on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// From which date it counts.
    pub from: CountsFrom,
    /// Days after it; negative before it.
    pub offset: i32,
}

/// How far from the ends of the line the first and the last rung stand, in hundredths of its width.
const MARGIN: i32 = 6;

/// One line for each date that rungs count from, with the day itself on it. The words beside it say the same, so it is hidden
/// from those who cannot see it.
pub(super) fn time_line(marks: &[Mark], chrome: &Chrome) -> AnyView {
    let lines = [
        (CountsFrom::DueDate, chrome.t("ladder-due-date")),
        (CountsFrom::InstalmentDate, chrome.t("ladder-instalment-date")),
    ];
    let first = marks.iter().map(|mark| mark.offset).min().unwrap_or(0).min(0);
    let last = marks.iter().map(|mark| mark.offset).max().unwrap_or(0).max(1);
    let drawn = lines.into_iter().filter_map(|(from, label)| {
        let mut days: Vec<i32> = marks.iter().filter(|mark| mark.from == from).map(|mark| mark.offset).collect();
        days.sort_unstable();
        days.dedup();
        (!days.is_empty()).then(|| line(&days, (first, last), label))
    });
    view! { <div class="time-lines" aria-hidden="true">{drawn.collect_view()}</div> }.into_any()
}

fn line(days: &[i32], span: (i32, i32), label: String) -> AnyView {
    let marks = days.iter().enumerate().map(|(place, day)| {
        let at = at(*day, span);
        let (y, text) = (if place % 2 == 0 { "18" } else { "62" }, days_short(*day));
        view! {
            <circle class="time-mark" cx=at.clone() cy="40" r="7"></circle>
            <text class="time-text" x=at y=y text-anchor="middle">{text}</text>
        }
    });
    let zero = at(0, span);
    view! {
        <div class="time-line">
            <p class="time-label">{label}</p>
            <svg width="100%" height="72" focusable="false">
                <line class="time-axis" x1="0%" y1="40" x2="100%" y2="40"></line>
                <line class="time-zero" x1=zero.clone() y1="26" x2=zero y2="54"></line>
                {marks.collect_view()}
            </svg>
        </div>
    }
    .into_any()
}

/// Where a day stands, as a share of the width.
fn at(day: i32, (first, last): (i32, i32)) -> String {
    let room = 10_000 - 200 * MARGIN;
    let share = 100 * MARGIN + (day - first) * room / (last - first).max(1);
    format!("{}.{:02}%", share / 100, share % 100)
}

fn days_short(day: i32) -> String {
    match day {
        ..0 => format!("\u{2212}{}", day.abs()),
        0 => "0".to_owned(),
        _ => format!("+{day}"),
    }
}

#[cfg(test)]
mod tests {
    use super::at;

    #[test]
    fn days_stand_in_proportion_between_the_ends() {
        for (day, expected) in [(-10, "6.00%"), (0, "28.00%"), (30, "94.00%")] {
            assert_eq!(at(day, (-10, 30)), expected);
        }
        assert_eq!(at(0, (0, 0)), "6.00%");
    }
}
