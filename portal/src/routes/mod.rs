//! Every route of the portal: a handler says who is calling, calls one flow and fills one page.

mod assets;
mod console;
mod debtor;
mod demo;
mod forms;
mod guard;
mod reply;
mod sandbox;
mod upload;
mod visit;
mod widget_open;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::{get, post};
use saldo_app::App;
use saldo_app::http::{door, watch};
use tower_http::catch_panic::CatchPanicLayer;

pub use demo::shop;

/// The whole of what one installation serves.
pub fn router(app: App) -> Router {
    let mut pages = Router::new()
        .merge(debtor_routes())
        .merge(console::router(app.clone()))
        .route("/language", post(debtor::language))
        .layer(from_fn_with_state(app.clone(), guard::same_origin))
        // A mail program's one click comes from elsewhere, by RFC 8058.
        .route("/optout/{token}", get(debtor::opt_out::ask).post(debtor::opt_out::done))
        .route(
            "/optout/{token}/preferences",
            get(debtor::preferences::by_token).post(debtor::preferences::set_by_token),
        )
        // A debtor presses a button on the creditor's own page: the token says whether that site may.
        .route("/widgets/v1/open", post(widget_open::open).layer(DefaultBodyLimit::max(WIDGET_FORM_BYTES_MAX)));
    if app.sandbox().is_some() {
        pages = pages.merge(sandbox::router());
    }
    if app.is_test() {
        pages = pages.merge(demo::mailbox());
    }
    pages
        .route("/", get(debtor::landing::root))
        .route("/assets/{file}", get(assets::hashed))
        .route("/widgets/v1/saldo.js", get(assets::widget_loader))
        .route("/widgets/v1/debug.js", get(assets::widget_debug))
        .route("/brand/{file}", get(assets::brand))
        .fallback(reply::not_found)
        .with_state(app.clone())
        .merge(saldo_app::http::router(app.clone()))
        .layer(map_response(door::security_headers))
        .layer(CatchPanicLayer::custom(reply::broke))
        .layer(from_fn(about_to_answer))
        .layer(from_fn_with_state(app, watch::watch))
}

/// Lets tests end this process with an answer that nobody has heard: `answer::post::before`.
async fn about_to_answer(request: Request, next: Next) -> Response {
    #[cfg(feature = "faults")]
    let name = format!("answer::{}::before", request.method().as_str().to_ascii_lowercase());
    let response = next.run(request).await;
    #[cfg(feature = "faults")]
    saldo_app::pass_fail_point(&name).await;
    response
}

/// The largest form that a widget sends: a token and a few hundred items.
const WIDGET_FORM_BYTES_MAX: usize = 32 * 1024;

fn debtor_routes() -> Router<App> {
    Router::new()
        .route("/l/{token}", get(debtor::landing::show).post(debtor::landing::open))
        .route("/l/{token}/renew", post(debtor::landing::renew))
        .route("/s/{code}", get(debtor::landing::show_short).post(debtor::landing::open_short))
        .route("/s/{code}/renew", post(debtor::landing::renew_short))
        .route("/statement", get(debtor::statement::show))
        .route("/pay", get(debtor::pay::show).post(debtor::pay::start))
        .route("/pay/{attempt}", get(debtor::attempt::show))
        .route("/pay/{attempt}/state", get(debtor::attempt::state))
        .route("/pay/{attempt}/under-way", get(debtor::attempt::under_way))
        .route("/pay/{attempt}/cancel", post(debtor::attempt::cancel))
        .route("/receipt/{payment}", get(debtor::receipt::show))
        .route("/plan", post(debtor::plan::accept))
        .route("/plan/new", get(debtor::plan::new))
        .route("/plan/confirm", get(debtor::plan::confirm))
        .route("/plan/{plan}", get(debtor::plan::show))
        .route("/plan/{plan}/accept", get(debtor::proposal::look).post(debtor::proposal::accept))
        .route("/plan/{plan}/decline", post(debtor::proposal::decline))
        .route("/now", get(debtor::now::now))
        .route("/code", get(debtor::code::show).post(debtor::code::confirm))
        .route("/code/send", post(debtor::code::send))
        .route("/profile", get(debtor::profile::show))
        .route("/profile/language", post(debtor::profile::language))
        .route("/preferences", get(debtor::preferences::show).post(debtor::preferences::set))
        .route("/methods", get(debtor::methods::show))
        .route("/methods/setups", post(debtor::methods::start))
        .route("/methods/setups/{method}", get(debtor::methods::back))
        .route("/methods/{method}/remove", get(debtor::methods::ask).post(debtor::methods::remove))
        .route("/dispute", get(debtor::dispute::pick))
        .route("/dispute/{invoice}", get(debtor::dispute::show).post(debtor::dispute::open).layer(upload_limit()))
        .route("/dispute/{invoice}/withdraw", post(debtor::dispute::withdraw))
        .route("/promise", get(debtor::promise::show).post(debtor::promise::make))
        .route("/promise/withdraw", post(debtor::promise::withdraw))
        .route("/transfer", get(debtor::transfer::show).post(debtor::transfer::declare).layer(upload_limit()))
        .route("/attachments/{attachment}", get(debtor::claims::file))
        .route("/leave", post(debtor::landing::leave))
        .route("/left", get(debtor::landing::left))
}

/// Forms with files may be larger than others.
fn upload_limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(upload::FORM_BYTES_MAX)
}
