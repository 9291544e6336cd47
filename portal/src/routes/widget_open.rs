//! From a widget on another site to our own pages.

use super::forms::Form;
use super::reply::{Answer, Page};
use super::visit::Visit;
use crate::pages::WidgetEndedView;
use axum::http::{HeaderMap, StatusCode, header};
use saldo_app::flows::widgets::{self, OpenWidget};
use saldo_app::{AppRefusal, Failure};
use saldo_domain::locale::Language;

/// A form that the debtor sent from the creditor's page: it becomes a session of the token's scope, and the token stands in
/// no address. Browsers say where it comes from; the site must be the one that the token is bound to.
pub async fn open(visit: Visit, headers: HeaderMap, form: Form) -> Answer {
    visit.knock().map_err(|failure| Page::failure(&visit, failure))?;
    let from = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let wish = OpenWidget {
        token: form.text("token").to_owned(),
        to: form.text("to").to_owned(),
        items: form.all("item"),
        template: form.parse("template"),
        count: form.parse("count"),
        first_on: form.parse("first_on"),
        return_url: Some(form.text("return_url")).filter(|url| !url.is_empty()).map(ToOwned::to_owned),
    };
    match widgets::open(&visit.app, from, &wish).await {
        Ok(opened) => {
            let page = Page::see_other(&opened.location).cookie(&visit.keep_debtor(&opened.session));
            Ok(match Language::try_new(form.text("locale")) {
                Ok(language) => page.cookie(&visit.keep_language(language)),
                Err(_) => page,
            })
        }
        Err(failure) => Err(refused(&visit, from, &wish, failure).await),
    }
}

async fn refused(visit: &Visit, from: Option<&str>, wish: &OpenWidget, failure: Failure) -> Page {
    let status = saldo_app::http::status(&failure);
    let calm = matches!(
        failure,
        Failure::Refused(
            AppRefusal::TokenExpired
                | AppRefusal::TokenInvalid
                | AppRefusal::WidgetKeyRevoked
                | AppRefusal::OriginUnlisted
                | AppRefusal::ScopeMissing(_)
                | AppRefusal::Malformed(_)
        )
    );
    if !calm {
        return Page::failure(visit, failure);
    }
    let back_to = widgets::back_to(&visit.app, from, wish).await.unwrap_or_default();
    let status = if status == StatusCode::UNAUTHORIZED { StatusCode::GONE } else { status };
    Page::with(status, &WidgetEndedView { back_to }, &visit.plain())
}
