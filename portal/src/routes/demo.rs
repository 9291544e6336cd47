//! Test mode: the mailbox that keeps what would have been sent, and a shop on another origin that embeds a widget.

use super::forms::query_field;
use super::reply::{Answer, Page};
use super::visit::Visit;
use crate::pages::{MailRow, MailView, MailboxView, NoticeView};
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use saldo_app::flows::{read_mailbox, widget_session};
use saldo_app::{App, Failure};
use saldo_contract::widget::CreateWidgetSession;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::locale::Language;
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

/// A page of a business's own, on another origin, with every widget on it, and what hands its scripts a fresh token.
pub fn shop(app: App, creditor: CreditorId, debtor: DebtorId, origin: String) -> Router {
    Router::new()
        .route("/", get(shop_page))
        .route("/token", get(shop_token))
        .route("/shop.js", get(shop_script))
        .with_state(Shop { app, creditor, debtor, origin })
}

impl Shop {
    async fn token(&self) -> Result<String, Failure> {
        let wish = CreateWidgetSession { debtor_id: self.debtor.0, origin: self.origin.clone(), scopes: None };
        Ok(widget_session::create(&self.app, self.creditor, wish).await?.token)
    }
}

async fn shop_page(State(shop): State<Shop>, RawQuery(query): RawQuery) -> Response {
    let token = match shop.token().await {
        Ok(token) => token,
        Err(failure) => return failure.into_response(),
    };
    let language = query_field(query.as_deref(), "lang").and_then(|tag| Language::try_new(&tag).ok());
    let language = language.unwrap_or(Language::Es);
    let saldo = shop.app.url("");
    let words = words(language).iter().fold(include_str!("demo/shop.html").to_owned(), |page, (place, text)| {
        page.replace(&format!("{{{{{place}}}}}"), text)
    });
    let page = words
        .replace("{{lang}}", language.tag())
        .replace("{{loader}}", &shop.app.url("/widgets/v1/saldo.js"))
        .replace("{{portal}}", &saldo)
        .replace("{{shop}}", &format!("{}/?lang={}", shop.origin, language.tag()))
        .replace("{{token}}", &token);
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'self' {saldo} 'wasm-unsafe-eval'; \
         connect-src 'self' {saldo}; form-action {saldo}; img-src data:"
    );
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(page)).into_response()
}

/// What a business's own server answers to its own page: it knows its customer by its own session.
async fn shop_token(State(shop): State<Shop>) -> Response {
    match shop.token().await {
        Ok(token) => ([(header::CACHE_CONTROL, "no-store")], token).into_response(),
        Err(failure) => failure.into_response(),
    }
}

async fn shop_script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript")], include_str!("demo/shop.js")).into_response()
}

/// The shop's own words: they are not ours to translate.
fn words(language: Language) -> [(&'static str, &'static str); 8] {
    let texts = match language {
        Language::Es => [
            "Mi cuenta",
            "Hola de nuevo",
            "Esta página es de la ferretería, no de Saldo: la sirve otro origen y tiene su propio diseño. Lo que usted debe y cómo pagarlo lo muestran los elementos de Saldo.",
            "Cómo puede pagar",
            "Facturas abiertas",
            "Sus últimos pedidos",
            "O pague de una vez:",
            "Ver mi saldo",
        ],
        Language::En => [
            "My account",
            "Welcome back",
            "This page is the hardware store's, not Saldo's: another origin serves it, with a design of its own. Saldo's elements show what you owe and how to pay it.",
            "How you can pay",
            "Open invoices",
            "Your latest orders",
            "Or pay at once:",
            "See my balance",
        ],
        Language::Pt => [
            "Minha conta",
            "Olá de novo",
            "Esta página é da loja, não da Saldo: outra origem a serve, com desenho próprio. O que você deve e como pagar é mostrado pelos elementos da Saldo.",
            "Como você pode pagar",
            "Faturas em aberto",
            "Seus últimos pedidos",
            "Ou pague de uma vez:",
            "Ver meu saldo",
        ],
    };
    let [title, hello, whose, choices, open, orders, button, see] = texts;
    [
        ("title", title),
        ("hello", hello),
        ("whose", whose),
        ("choices", choices),
        ("open", open),
        ("orders", orders),
        ("button", button),
        ("see", see),
    ]
}
