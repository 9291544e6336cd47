//! Reminders in the console.

mod letters;
mod rehearsal;
mod upcoming;

use axum::Router;
use axum::routing::{get, post};
use saldo_app::App;

/// The routes of reminders.
pub fn router() -> Router<App> {
    Router::new()
        .route("/console/reminders", get(upcoming::show))
        .route("/console/reminders/{debtor}/hold", post(upcoming::hold))
        .route("/console/reminders/letters", get(letters::show))
        .route("/console/reminders/letters.pdf", get(letters::file))
        .route("/console/reminders/letters/posted", post(letters::posted))
        .route("/console/terms/{policy}/rehearse", post(rehearsal::start))
        .route("/console/reminders/rehearsals/{rehearsal}", get(rehearsal::show))
        .route("/console/reminders/rehearsals/{rehearsal}/state", get(rehearsal::state))
        .route("/console/reminders/rehearsals/{rehearsal}/messages.csv", get(rehearsal::file))
}
