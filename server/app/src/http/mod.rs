//! The JSON API: each handler says who is calling and calls one flow.

mod access_links;
mod adjust;
mod audit;
mod calls;
mod consents;
mod creditor;
mod debtors;
mod disputes;
mod document;
pub mod door;
mod extract;
mod health;
mod holds;
mod idempotency;
mod imports;
mod invoices;
mod journal;
mod message_previews;
mod methods;
mod outreach;
mod page;
mod payments;
mod plan_wire;
mod plans;
mod policies;
mod previews;
mod problem;
mod promises;
mod refunds;
mod rehearsals;
mod reminders;
mod settlements;
mod subscribers;
mod transfers;
pub mod watch;
mod webhooks;
mod widget_events;
mod widget_keys;
mod widget_views;
mod widgets;

use crate::App;
use axum::Router;
use saldo_contract::paths;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use utoipa_swagger_ui::SwaggerUi;

pub(crate) use health::Parity;
pub use problem::{retry_after, status, to_problem};

/// The largest body of a request that is no upload.
const BODY_BYTES_MAX: usize = 256 * 1024;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Saldo",
        description = "What a business is owed, and how it is paid. Every request carries an API key: `Authorization: Bearer saldo_key_…`."
    ),
    components(schemas(saldo_contract::problem::Problem))
)]
struct Document;

fn described() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(creditor::show, creditor::update))
        .routes(routes!(debtors::list, debtors::put))
        .routes(routes!(debtors::show))
        .routes(routes!(debtors::statement))
        .routes(routes!(consents::show, consents::put))
        .routes(routes!(invoices::list, invoices::issue))
        .routes(routes!(invoices::show))
        .routes(routes!(adjust::credit_note))
        .routes(routes!(adjust::write_off))
        .routes(routes!(adjust::bank_payment))
        .routes(routes!(adjust::use_credit))
        .routes(routes!(imports::list, imports::import))
        .routes(routes!(imports::show))
        .routes(routes!(imports::send_invoices))
        .routes(routes!(access_links::list, access_links::create))
        .routes(routes!(access_links::revoke))
        .routes(routes!(access_links::renew))
        .routes(routes!(payments::list))
        .routes(routes!(payments::show))
        .routes(routes!(policies::list, policies::create))
        .routes(routes!(previews::replay))
        .routes(routes!(policies::show, policies::edit))
        .routes(routes!(policies::revise))
        .routes(routes!(policies::publish))
        .routes(routes!(policies::withdraw))
        .routes(routes!(previews::preview))
        .routes(routes!(message_previews::preview))
        .routes(routes!(refunds::list, refunds::request))
        .routes(routes!(refunds::show))
        .routes(routes!(plans::list, plans::propose))
        .routes(routes!(plans::show))
        .routes(routes!(plans::approve))
        .routes(routes!(plans::reject))
        .routes(routes!(plans::cancel))
        .routes(routes!(methods::list))
        .routes(routes!(methods::remove))
        .routes(routes!(methods::list_chargebacks))
        .routes(routes!(disputes::list, disputes::open))
        .routes(routes!(disputes::show))
        .routes(routes!(disputes::resolve))
        .routes(routes!(disputes::file))
        .routes(routes!(promises::list, promises::make))
        .routes(routes!(promises::cancel))
        .routes(routes!(transfers::list, transfers::declare))
        .routes(routes!(transfers::show))
        .routes(routes!(transfers::match_to))
        .routes(routes!(transfers::reject))
        .routes(routes!(holds::list, holds::place))
        .routes(routes!(holds::end))
        .routes(routes!(settlements::list, settlements::offer))
        .routes(routes!(settlements::withdraw))
        .routes(routes!(settlements::grant))
        .routes(routes!(journal::list))
        .routes(routes!(audit::list))
        .routes(routes!(reminders::list))
        .routes(routes!(reminders::list_events))
        .merge(of_reminders())
        .routes(routes!(webhooks::receive, webhooks::challenge))
        .routes(routes!(widgets::create_session))
        .routes(routes!(widget_keys::list, widget_keys::create))
        .routes(routes!(widget_keys::revoke))
        .merge(of_events())
        .merge(of_widgets())
}

/// Who is told what happens.
fn of_events() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(subscribers::list, subscribers::create))
        .routes(routes!(subscribers::show, subscribers::remove))
        .routes(routes!(subscribers::rotate))
        .routes(routes!(subscribers::enable))
        .routes(routes!(subscribers::disable))
        .routes(routes!(subscribers::test))
        .routes(routes!(subscribers::deliveries))
        .routes(routes!(subscribers::replay))
        .routes(routes!(subscribers::events))
}

/// What widgets ask from other people's pages.
fn of_widgets() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(widget_views::view))
        .routes(routes!(widget_views::dismiss))
        .routes(routes!(widget_events::events))
        .layer(axum::extract::DefaultBodyLimit::max(widget_views::BODY_BYTES_MAX))
        .layer(axum::middleware::from_fn(widget_views::share))
}

fn of_reminders() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(rehearsals::rehearse))
        .routes(routes!(rehearsals::show_rehearsal))
        .routes(routes!(rehearsals::rehearsed))
        .routes(routes!(rehearsals::text))
        .routes(routes!(outreach::upcoming))
        .routes(routes!(outreach::send))
        .routes(routes!(outreach::decisions))
        .routes(routes!(outreach::effect))
        .routes(routes!(calls::list))
        .routes(routes!(calls::assign))
        .routes(routes!(calls::begin))
        .routes(routes!(calls::report))
        .routes(routes!(calls::messages))
        .routes(routes!(calls::send_again))
}

/// The OpenAPI document, made from the code.
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut document = described().into_openapi();
    document::complete(document.components.get_or_insert_default());
    document::name_problems(&mut document.paths);
    document
}

/// Every route of the API, its document and page, health and figures.
pub fn router(app: App) -> Router {
    let (api, _) = described().split_for_parts();
    let api = api.layer(axum::extract::DefaultBodyLimit::max(BODY_BYTES_MAX));
    let docs: Router<App> = SwaggerUi::new(paths::API_DOCS).url(paths::OPENAPI, openapi()).into();
    api.merge(docs.layer(axum::middleware::map_response(door::docs_headers)))
        .with_state(app.clone())
        .merge(health_router(app))
}

/// Health and figures alone: what a worker serves.
pub fn health_router(app: App) -> Router {
    Router::new()
        .route(paths::HEALTHZ, axum::routing::get(health::healthz))
        .route(paths::READYZ, axum::routing::get(health::readyz))
        .route(paths::METRICS, axum::routing::get(health::metrics))
        .with_state(app)
}
