//! The tellers of events: apart from the jobs, so that a subscriber that does not answer keeps nothing else waiting.

use crate::App;
use crate::failure::Failure;
use crate::flows::subscribers;
use futures::future::join_all;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Between two looks at what is due.
const PAUSE: Duration = Duration::from_millis(500);

/// Tells subscribers until it is told to stop, several at once; then it finishes what it has begun.
pub async fn serve_events(app: App, mut stop: watch::Receiver<bool>) {
    let places = app.config().events.concurrency.max(1);
    let mut tasks: JoinSet<()> = JoinSet::new();
    while !*stop.borrow() || !tasks.is_empty() {
        let stopping = *stop.borrow();
        if !stopping && tasks.len() < places {
            let claimed = subscribers::claim_due(&app, places - tasks.len()).await.unwrap_or_else(|failure| {
                tracing::error!(%failure, "subscribers could not be claimed");
                Vec::new()
            });
            for one in claimed {
                let app = app.clone();
                tasks.spawn(async move {
                    if let Err(failure) = subscribers::tell(&app, &one).await {
                        tracing::error!(subscriber = %one.row.id, %failure, "a subscriber could not be told");
                    }
                });
            }
        }
        tokio::select! {
            _ = stop.changed(), if !stopping => {}
            Some(_) = tasks.join_next(), if !tasks.is_empty() => {}
            () = tokio::time::sleep(PAUSE), if !stopping => {}
        }
    }
}

/// Tells every subscriber what is due now, once. Returns how many offers were made.
///
/// # Errors
/// Faults of the store.
pub async fn deliver_events(app: &App) -> Result<usize, Failure> {
    let claimed = subscribers::claim_due(app, app.config().events.concurrency.max(1)).await?;
    let told = join_all(claimed.iter().map(|one| subscribers::tell(app, one))).await;
    told.into_iter().sum()
}
