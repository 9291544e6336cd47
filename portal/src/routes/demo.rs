//! Test mode: the mailbox that keeps what would have been sent, and a shop on another origin that embeds a widget.

use super::reply::{Answer, Page};
use super::visit::Visit;
use crate::pages::{MailRow, MailView, MailboxView, NoticeView};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use saldo_app::App;
use saldo_app::flows::{read_mailbox, widget_session};
use saldo_contract::widget::CreateWidgetSession;
use saldo_domain::ids::{CreditorId, DebtorId};
use uuid::Uuid;

/// A mail's own HTML: it may bring styles, and nothing runs in it.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
                           sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; \
                           frame-ancestors 'self'";

/// The routes of the mailbox.
pub fn mailbox() -> Router<App> {
    Router::new().route("/mailbox", get(list)).route("/mailbox/{id}", get(show)).route("/mailbox/{id}/html", get(html))
}

async fn list(visit: Visit) -> Answer {
    let mails = read_mailbox::list(&visit.app).await.map_err(|failure| Page::failure(&visit, failure))?;
    let mails = mails.into_iter().map(|mail| row(&mail)).collect();
    Ok(Page::ok(&MailboxView { mails }, &visit.plain()))
}

async fn show(visit: Visit, Path(id): Path<Uuid>) -> Answer {
    let found = read_mailbox::find(&visit.app, id).await.map_err(|failure| Page::failure(&visit, failure))?;
    let Some(mail) = found else {
        return Err(Page::with(StatusCode::NOT_FOUND, &NoticeView::NotFound, &visit.plain()));
    };
    let view = MailView {
        row: row(&mail),
        from: mail.headers.iter().find(|(name, _)| name == "From").map_or_else(String::new, |(_, value)| value.clone()),
        text: mail.text,
        headers: mail.headers,
    };
    Ok(Page::ok(&view, &visit.plain()))
}

async fn html(visit: Visit, Path(id): Path<Uuid>) -> Response {
    match read_mailbox::find(&visit.app, id).await {
        Ok(Some(mail)) => ([(header::CONTENT_SECURITY_POLICY, MAIL_POLICY)], Html(mail.html)).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn row(mail: &read_mailbox::DemoMail) -> MailRow {
    MailRow { id: mail.id.to_string(), to: mail.recipient.clone(), subject: mail.subject.clone(), at: mail.sent_at }
}

/// What the shop's server knows: it stands for a business's own site, which asks for a widget's token by itself.
#[derive(Clone)]
struct Shop {
    app: App,
    creditor: CreditorId,
    debtor: DebtorId,
    origin: String,
}

/// A page of a business's own, on another origin, with a widget in it.
pub fn shop(app: App, creditor: CreditorId, debtor: DebtorId, origin: String) -> Router {
    Router::new().route("/", get(shop_page)).with_state(Shop { app, creditor, debtor, origin })
}

async fn shop_page(State(shop): State<Shop>) -> Response {
    let wish = CreateWidgetSession { debtor_id: shop.debtor.0, origin: shop.origin.clone(), scopes: None };
    let session = match widget_session::create(&shop.app, shop.creditor, wish).await {
        Ok(session) => session,
        Err(failure) => return failure.into_response(),
    };
    let page = include_str!("demo/shop.html")
        .replace("{{loader}}", &shop.app.url("/widgets/v1/saldo.js"))
        .replace("{{portal}}", &shop.app.url(""))
        .replace("{{token}}", &session.token);
    let policy = format!(
        "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src {0} 'wasm-unsafe-eval'; connect-src {0}; img-src data:",
        shop.app.url("")
    );
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(page)).into_response()
}
