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
    let progress = RwSignal::new((done.to_string(), total.to_string()));
    watch(url, progress);
    view! {
        <div class="progress">
            <progress aria-label=label max=move || progress.get().1 value=move || progress.get().0></progress>
            <p class="progress-count">{move || format!("{} / {}", progress.get().0, progress.get().1)}</p>
        </div>
    }
}

#[cfg(feature = "hydrate")]
fn watch(url: String, progress: RwSignal<(String, String)>) {
    use super::polling::{count, flag, poll, reload};

    poll(url, 0, move |answer| {
        if let (Some(done), Some(total)) = (count(answer, "done"), count(answer, "total")) {
            progress.set((done, total));
        }
        let finished = flag(answer, "finished") == Some(true);
        if finished {
            reload();
        }
        finished
    });
}

#[cfg(not(feature = "hydrate"))]
fn watch(_url: String, _progress: RwSignal<(String, String)>) {}
