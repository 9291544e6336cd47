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
    use super::polling::{poll, reload};

    #[derive(serde::Deserialize)]
    struct Answer {
        state: String,
        booked: bool,
    }
    poll(url, 0, move |answer: Answer| {
        let changed = answer.state != state || answer.booked != booked;
        if changed {
            reload();
        }
        changed
    });
}

#[cfg(not(feature = "hydrate"))]
fn watch(_url: String, _state: String, _booked: bool) {}
