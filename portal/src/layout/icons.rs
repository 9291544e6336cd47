//! The few pictures that pages draw, always beside words.

use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;

/// A picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Done.
    Check,
    /// Under way.
    Clock,
    /// Needs a look.
    Alert,
    /// Private.
    Lock,
    /// To know.
    Info,
    /// Did not happen.
    Cross,
    /// A message.
    Mail,
    /// Paper.
    Print,
}

/// The picture itself; words beside it carry the meaning.
pub fn icon(which: Icon) -> AnyView {
    let path = match which {
        Icon::Check => "M5 12.5l4.5 4.5L19 7.5",
        Icon::Clock => "M12 7v5l3 2M12 21a9 9 0 1 0 0-18a9 9 0 0 0 0 18z",
        Icon::Alert => {
            "M12 8v5M12 16.5v.01M10.3 4.2L2.9 17.4A2 2 0 0 0 4.6 20.4h14.8a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0z"
        }
        Icon::Lock => {
            "M7 11V8a5 5 0 0 1 10 0v3M6 11h12a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1z"
        }
        Icon::Info => "M12 11v5M12 8v.01M12 21a9 9 0 1 0 0-18a9 9 0 0 0 0 18z",
        Icon::Cross => "M7 7l10 10M17 7L7 17",
        Icon::Mail => "M4 6h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1zM3.5 7l8.5 6l8.5-6",
        Icon::Print => {
            "M7 9V4h10v5M7 17H5a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-2M7 14h10v6H7z"
        }
    };
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=path></path></svg>
    }
    .into_any()
}
