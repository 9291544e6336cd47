use leptos::prelude::*;

/// How long a price still holds. It counts from the server's clock with the browser's monotonic one, never with the
/// device's own date, and asks the server again while it is open; at the end the page is shown anew.
///
/// Without a script it is silent, since a number that stands still would be wrong: the last moment is said in words
/// beside it.
#[island]
pub fn Countdown(
    /// The server's clock when the page was made, in milliseconds.
    now: i64,
    /// When the price ends by the server's clock, in milliseconds.
    ends: i64,
    /// Said before the time.
    label: String,
) -> impl IntoView {
    let left = RwSignal::new(None::<String>);
    start(now, ends, left);
    view! {
        <span class="countdown" role="timer" hidden=move || left.get().is_none()>
            <span>{label}</span>
            <span class="countdown-time">{move || left.get()}</span>
        </span>
    }
}

/// `2 d 3 h`, `3 h 05 min`, `5 min 09 s`, `9 s`: never more than is left.
pub fn time_left(millis: i64) -> String {
    let seconds = millis.max(0) / 1_000;
    let (days, hours, minutes, rest) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    match (days, hours, minutes) {
        (1.., _, _) => format!("{days} d {hours} h"),
        (_, 1.., _) => format!("{hours} h {minutes:02} min"),
        (_, _, 1..) => format!("{minutes} min {rest:02} s"),
        _ => format!("{rest} s"),
    }
}

#[cfg(feature = "hydrate")]
fn start(now: i64, ends: i64, left: RwSignal<Option<String>>) {
    browser::Watch::start(now, ends, left);
}

#[cfg(not(feature = "hydrate"))]
fn start(_now: i64, _ends: i64, _left: RwSignal<Option<String>>) {}

#[cfg(feature = "hydrate")]
mod browser {
    use super::super::polling::{count, fetch, reload};
    use super::time_left;
    use leptos::prelude::*;
    use std::cell::Cell;
    use std::rc::Rc;
    use std::time::Duration;

    /// A monotonic clock may stand still while the device sleeps: after so many ticks the server is asked again.
    const TICKS: u32 = 60;

    pub struct Watch {
        ends: i64,
        /// What is added to the browser's monotonic clock. The server read its own clock after the moment from which
        /// this one counts, so that what is shown may be short by the way of one answer and never long.
        offset: Cell<i64>,
        ticks: Cell<u32>,
        left: RwSignal<Option<String>>,
    }

    /// Milliseconds since the page was asked for.
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of one page")]
    fn monotonic() -> i64 {
        window().performance().map_or(0, |clock| clock.now() as i64)
    }

    impl Watch {
        pub fn start(now: i64, ends: i64, left: RwSignal<Option<String>>) {
            let watch = Rc::new(Self { ends, offset: Cell::new(now), ticks: Cell::new(0), left });
            let woken = Rc::clone(&watch);
            let listener = window_event_listener_untyped("visibilitychange", move |_| {
                woken.ticks.set(TICKS);
            });
            std::mem::forget(listener);
            Effect::new(move |_| Rc::clone(&watch).tick());
        }

        fn tick(self: Rc<Self>) {
            let remaining = self.ends - self.offset.get() - monotonic();
            self.left.set(Some(time_left(remaining)));
            self.ticks.set(self.ticks.get() + 1);
            let ask = remaining <= 0 || self.ticks.get() > TICKS;
            if ask && !document().hidden() {
                leptos::task::spawn_local(self.ask());
            } else {
                self.again();
            }
        }

        fn again(self: Rc<Self>) {
            set_timeout(move || self.tick(), Duration::from_secs(1));
        }

        /// The server's word: what it says of the price is shown, whatever was counted here.
        async fn ask(self: Rc<Self>) {
            let asked_at = monotonic();
            let answer = fetch("/now").await;
            let now = answer.and_then(|answer| count(&answer, "now")?.parse::<i64>().ok());
            self.ticks.set(0);
            match now {
                Some(now) if now >= self.ends => reload(),
                Some(now) => {
                    self.offset.set(now - asked_at);
                    self.again();
                }
                None => self.again(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::time_left;

    #[test]
    fn what_is_left_is_said_in_two_parts_and_rounded_down() {
        for (millis, text) in [
            (-5, "0 s"),
            (999, "0 s"),
            (9_999, "9 s"),
            (60_000, "1 min 00 s"),
            (309_000, "5 min 09 s"),
            (3_600_000 * 3 + 300_000 + 59_999, "3 h 05 min"),
            (86_400_000 * 2 + 3_600_000 * 3 + 1, "2 d 3 h"),
        ] {
            assert_eq!(time_left(millis), text);
        }
    }
}
