use leptos::prelude::*;

/// Shows how far an import is, and its result when it is done.
#[island]
pub fn ImportProgress(
    /// Where to ask.
    url: String,
    /// Rows worked on when the page was made.
    done: u64,
    /// Rows in all.
    total: u64,
    /// The bar's name.
    label: String,
) -> impl IntoView {
    let progress = RwSignal::new((done, total));
    watch(url, progress);
    view! {
        <div class="progress">
            <progress aria-label=label max=move || progress.get().1.to_string() value=move || progress.get().0.to_string()></progress>
            <p class="progress-count">{move || format!("{} / {}", progress.get().0, progress.get().1)}</p>
        </div>
    }
}

#[cfg(feature = "hydrate")]
fn watch(url: String, progress: RwSignal<(u64, u64)>) {
    use super::polling::{poll, reload};

    #[derive(serde::Deserialize)]
    struct Answer {
        done: u64,
        total: u64,
        finished: bool,
    }
    poll(url, 0, move |answer: Answer| {
        progress.set((answer.done, answer.total));
        if answer.finished {
            reload();
        }
        answer.finished
    });
}

#[cfg(not(feature = "hydrate"))]
fn watch(_url: String, _progress: RwSignal<(u64, u64)>) {}
