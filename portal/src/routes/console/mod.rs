//! The finance console.

mod accounts;
mod imports;
mod overview;
mod sign_in;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use saldo_app::App;

/// The routes of the console.
pub fn router() -> Router<App> {
    Router::new()
        .route("/console/sign-in/{token}", get(sign_in::ask).post(sign_in::enter))
        .route("/console/sign-out", post(sign_in::leave))
        .route("/console", get(overview::show))
        .route("/console/debtors", get(accounts::list))
        .route("/console/debtors/{debtor}", get(accounts::show))
        .route("/console/debtors/{debtor}/links", post(accounts::create_link))
        .route("/console/debtors/{debtor}/links/{link}/revoke", post(accounts::revoke_link))
        .route("/console/debtors/{debtor}/links/{link}/renew", post(accounts::renew_link))
        .route("/console/debtors/{debtor}/payments/{payment}/refund", post(accounts::refund))
        .route("/console/events", get(overview::events))
        .route("/console/jobs", get(overview::jobs))
        .route("/console/jobs/{job}/revive", post(overview::revive))
        .route("/console/imports", get(imports::list).post(imports::upload).layer(DefaultBodyLimit::disable()))
        .route("/console/imports/{import}", get(imports::show))
        .route("/console/imports/{import}/mapping", post(imports::map))
        .route("/console/imports/{import}/remap", post(imports::remap))
        .route("/console/imports/{import}/confirm", post(imports::confirm))
        .route("/console/imports/{import}/state", get(imports::state))
}
