//! Reminders in the console.

mod effect;
mod rehearsal;
mod upcoming;

use axum::Router;
use axum::routing::{get, post};
use saldo_app::App;

/// The routes of reminders.
pub fn router() -> Router<App> {
    Router::new()
        .route("/console/reminders", get(upcoming::show))
        .route("/console/reminders/effect", get(effect::show))
        .route("/console/reminders/effect.csv", get(effect::file))
        .route("/console/reminders/{debtor}/send", post(upcoming::send))
        .route("/console/reminders/{debtor}/hold", post(upcoming::hold))
        .route("/console/terms/{policy}/rehearse", post(rehearsal::start))
        .route("/console/reminders/rehearsals/{rehearsal}", get(rehearsal::show))
        .route("/console/reminders/rehearsals/{rehearsal}/state", get(rehearsal::state))
        .route("/console/reminders/rehearsals/{rehearsal}/messages.csv", get(rehearsal::file))
}
