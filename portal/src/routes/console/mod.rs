//! The finance console.

mod accounts;
mod audit;
mod desk;
mod imports;
mod lists;
mod members;
mod money;
mod overview;
mod plans;
mod reminders;
mod security;
mod set_up;
mod settings;
mod sheet;
mod sign_in;
mod subscribers;
mod terms;
mod terms_edit;
mod widgets;

use super::reply::Page;
use super::visit::Visit;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Request, State};
use axum::http::Method;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use saldo_app::App;
use saldo_app::flows::console_session;

/// The routes of the console.
pub fn router(app: App) -> Router<App> {
    Router::new()
        .route("/console/sign-in", get(sign_in::form).post(sign_in::check_password))
        .route("/console/sign-in/code", get(sign_in::code_form).post(sign_in::check_code))
        .route("/console/sign-in/{token}", get(sign_in::ask).post(sign_in::enter))
        .route("/console/sign-out", post(sign_in::leave))
        .route("/console/set-up/{token}", get(set_up::show))
        .route("/console/set-up/{token}/password", post(set_up::password))
        .route("/console/set-up/{token}/code", post(set_up::code))
        .route("/console/security", get(security::show))
        .route("/console/security/password", post(security::change_password))
        .route("/console/security/codes", get(security::show_codes).post(security::propose_codes))
        .route("/console/security/codes/confirm", post(security::confirm_codes))
        .route("/console/security/sign-out", post(security::sign_out))
        .route("/console/members", get(members::list).post(members::invite))
        .route("/console/members/{member}/role", post(members::change_role))
        .route("/console/members/{member}/disable", post(members::disable))
        .route("/console/members/{member}/enable", post(members::enable))
        .route("/console/members/{member}/invite", post(members::invite_again))
        .route("/console/members/{member}/reset", post(members::reset))
        .route("/console/audit", get(audit::show))
        .route("/console/settings", get(settings::show).post(settings::change))
        .merge(widgets_router())
        .merge(subscribers_router())
        .route("/console", get(overview::show))
        .route("/console/debtors", get(lists::show::<lists::Debtors>))
        .route("/console/debtors.csv", get(lists::file::<lists::Debtors>))
        .route("/console/invoices", get(lists::show::<lists::Invoices>))
        .route("/console/invoices.csv", get(lists::file::<lists::Invoices>))
        .route("/console/payments", get(lists::show::<lists::Payments>))
        .route("/console/payments.csv", get(lists::file::<lists::Payments>))
        .route("/console/plans", get(lists::show::<lists::Plans>))
        .route("/console/plans.csv", get(lists::file::<lists::Plans>))
        .route("/console/disputes", get(lists::show::<lists::Disputes>))
        .route("/console/disputes.csv", get(lists::file::<lists::Disputes>))
        .route("/console/promises", get(lists::show::<lists::Promises>))
        .route("/console/promises.csv", get(lists::file::<lists::Promises>))
        .route("/console/debtors/{debtor}", get(accounts::show))
        .route("/console/debtors/{debtor}/links", post(accounts::create_link))
        .route("/console/debtors/{debtor}/links/{link}/revoke", post(accounts::revoke_link))
        .route("/console/debtors/{debtor}/links/{link}/renew", post(accounts::renew_link))
        .route("/console/debtors/{debtor}/payments/{payment}/refund", post(accounts::refund))
        .merge(account_router())
        .merge(reminders::router())
        .route("/console/debtors/{debtor}/plans/new", get(plans::choose))
        .route("/console/debtors/{debtor}/plans", post(plans::propose))
        .route("/console/plans/{plan}", get(plans::show))
        .route("/console/plans/{plan}/approve", post(plans::approve))
        .route("/console/plans/{plan}/reject", post(plans::reject))
        .route("/console/plans/{plan}/cancel", post(plans::cancel))
        .route("/console/events", get(overview::events))
        .route("/console/jobs", get(overview::jobs))
        .route("/console/jobs/{job}/revive", post(overview::revive))
        .route("/console/terms", get(terms::list))
        .route("/console/terms/new/{kind}", get(terms::begin).post(terms::create))
        .route("/console/terms/live/{kind}", post(terms::live))
        .route("/console/terms/{policy}", get(terms::show).post(terms::edit))
        .route("/console/terms/{policy}/revise", post(terms::revise))
        .route("/console/terms/{policy}/publish", post(terms::publish))
        .route("/console/terms/{policy}/withdraw", post(terms::withdraw))
        .route("/console/imports", get(imports::list).post(imports::upload).layer(DefaultBodyLimit::disable()))
        .route("/console/imports/{import}", get(imports::show))
        .route("/console/imports/{import}/mapping", post(imports::map))
        .route("/console/imports/{import}/remap", post(imports::remap))
        .route("/console/imports/{import}/confirm", post(imports::confirm))
        .route("/console/imports/{import}/state", get(imports::state))
        .layer(from_fn_with_state(app, keep))
}

/// A session that is in use goes on; now and then it gets a new token. Only what reads does it, so that no form that ends a
/// session meets a token that was replaced meanwhile.
async fn keep(State(app): State<App>, request: Request, next: Next) -> Response {
    if *request.method() != Method::GET {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(visit) = Visit::from_request_parts(&mut parts, &app).await;
    let kept = match visit.console_cookie() {
        Some(cookie) => console_session::keep(&app, cookie).await,
        None => Ok(None),
    };
    let response = next.run(Request::from_parts(parts, body)).await;
    match kept {
        Ok(Some(fresh)) => Page::raw(response).cookie(&visit.keep_console(&fresh)).into_response(),
        Ok(None) => response,
        Err(failure) => {
            tracing::error!(%failure, "a session could not be kept");
            response
        }
    }
}

/// What stands on the creditor's own site.
fn widgets_router() -> Router<App> {
    Router::new()
        .route("/console/widgets", get(widgets::show))
        .route("/console/widgets/theme", post(widgets::live))
        .route("/console/widgets/preview", get(widgets::preview))
        .route("/console/widgets/origins", post(widgets::add_origin))
        .route("/console/widgets/origins/remove", post(widgets::remove_origin))
        .route("/console/widgets/keys", post(widgets::create_key))
        .route("/console/widgets/keys/{key}/rotate", post(widgets::rotate_key))
        .route("/console/widgets/keys/{key}/revoke", post(widgets::revoke_key))
}

/// Who is told what happens.
fn subscribers_router() -> Router<App> {
    Router::new()
        .route("/console/subscribers", get(subscribers::list).post(subscribers::create))
        .route("/console/subscribers/{subscriber}", get(subscribers::show))
        .route("/console/subscribers/{subscriber}/rotate", post(subscribers::rotate))
        .route("/console/subscribers/{subscriber}/enable", post(subscribers::enable))
        .route("/console/subscribers/{subscriber}/disable", post(subscribers::disable))
        .route("/console/subscribers/{subscriber}/test", post(subscribers::test))
        .route("/console/subscribers/{subscriber}/replay", post(subscribers::replay))
        .route("/console/subscribers/{subscriber}/delete", post(subscribers::delete))
}

/// What is done on one account.
fn account_router() -> Router<App> {
    Router::new()
        .route("/console/debtors/{debtor}/statement", get(desk::preview))
        .route("/console/debtors/{debtor}/disputes/{dispute}/resolve", post(desk::resolve))
        .route("/console/debtors/{debtor}/transfers/{transfer}/match", post(desk::match_transfer))
        .route("/console/debtors/{debtor}/transfers/{transfer}/reject", post(desk::reject_transfer))
        .route("/console/debtors/{debtor}/consent", post(desk::consent))
        .route("/console/debtors/{debtor}/hold", post(desk::place_hold))
        .route("/console/debtors/{debtor}/holds/{hold}/end", post(desk::end_hold))
        .route("/console/debtors/{debtor}/promise", post(desk::make_promise))
        .route("/console/debtors/{debtor}/promises/{promise}/withdraw", post(desk::withdraw_promise))
        .route("/console/debtors/{debtor}/discount", post(money::grant_discount))
        .route("/console/debtors/{debtor}/settlement", post(money::offer_settlement))
        .route("/console/debtors/{debtor}/settlements/{offer}/withdraw", post(money::withdraw_settlement))
        .route("/console/debtors/{debtor}/bank-payment", post(money::bank_payment))
        .route("/console/debtors/{debtor}/credit-note", post(money::credit_note))
        .route("/console/debtors/{debtor}/write-off", post(money::write_off))
        .route("/console/attachments/{attachment}", get(desk::file))
}
