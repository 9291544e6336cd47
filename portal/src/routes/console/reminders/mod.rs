//! Reminders in the console.

mod calls;
mod decisions;
mod effect;
mod letters;
mod message;
mod messages;
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
        .route("/console/reminders/decisions", get(decisions::show))
        .route("/console/reminders/decisions.csv", get(decisions::file))
        .route("/console/reminders/messages", get(messages::show))
        .route("/console/reminders/messages.csv", get(messages::file))
        .route("/console/reminders/messages/{message}", get(message::show))
        .route("/console/reminders/messages/{message}/again", post(message::again))
        .route("/console/reminders/calls", get(calls::list))
        .route("/console/reminders/calls/{task}", get(calls::show))
        .route("/console/reminders/calls/{task}/assign", post(calls::assign))
        .route("/console/reminders/calls/{task}/begin", post(calls::begin))
        .route("/console/reminders/calls/{task}/report", post(calls::report))
        .route("/console/reminders/calls/{task}/clear", post(calls::clear))
        .route("/console/reminders/{debtor}/send", post(upcoming::send))
        .route("/console/reminders/{debtor}/hold", post(upcoming::hold))
        .route("/console/reminders/letters", get(letters::show))
        .route("/console/reminders/letters.pdf", get(letters::file))
        .route("/console/reminders/letters/posted", post(letters::posted))
        .route("/console/terms/{policy}/rehearse", post(rehearsal::start))
        .route("/console/reminders/rehearsals/{rehearsal}", get(rehearsal::show))
        .route("/console/reminders/rehearsals/{rehearsal}/state", get(rehearsal::state))
        .route("/console/reminders/rehearsals/{rehearsal}/text", get(rehearsal::text))
        .route("/console/reminders/rehearsals/{rehearsal}/messages.csv", get(rehearsal::file))
}
