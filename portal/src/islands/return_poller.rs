use leptos::prelude::*;

/// Asks how a payment stands and shows the page anew when that differs from what it shows.
#[island]
pub fn ReturnPoller(
    /// Where to ask.
    url: String,
    /// The state that the page shows.
    state: String,
    /// Whether the page shows it as booked.
    booked: bool,
    /// What is said meanwhile.
    label: String,
) -> impl IntoView {
    watch(url, state, booked);
    view! { <p class="waiting" role="status"><span class="waiting-dot" aria-hidden="true"></span>{label}</p> }
}

#[cfg(feature = "hydrate")]
fn watch(url: String, state: String, booked: bool) {
    use super::polling::{flag, poll, reload, text};

    poll(url, 0, move |answer| {
        let changed = text(answer, "state").is_some_and(|now| now != state)
            || flag(answer, "booked").is_some_and(|now| now != booked);
        if changed {
            reload();
        }
        changed
    });
}

#[cfg(not(feature = "hydrate"))]
fn watch(_url: String, _state: String, _booked: bool) {}
