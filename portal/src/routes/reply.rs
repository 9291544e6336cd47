//! What a handler answers: a page, a page with another status, or the way to the next one.

use super::visit::Visit;
use crate::pages::{ExpiredLinkView, NoticeView, console::SignInFormView};
use crate::{Chrome, Screen, render};
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use std::any::Any;

/// A complete answer.
pub struct Page(Box<Response>);

/// What handlers answer.
pub type Answer = Result<Page, Page>;

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        *self.0
    }
}

/// A document may load what we serve and nothing else; it is never framed; its forms go to us and from there to the
/// provider's page (browsers check the way of a redirect too).
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; \
                      form-action 'self' https://checkout.stripe.com";

impl Page {
    /// A page.
    pub fn ok<S: Screen>(screen: &S, chrome: &Chrome) -> Self {
        Self::with(StatusCode::OK, screen, chrome)
    }

    /// A page under another status.
    pub fn with<S: Screen>(status: StatusCode, screen: &S, chrome: &Chrome) -> Self {
        let headers = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::CACHE_CONTROL, "no-store"),
        ];
        Self::raw((status, headers, render(screen, chrome)))
    }

    /// To another page of ours, or to the provider's.
    pub fn see_other(location: &str) -> Self {
        match HeaderValue::from_str(location) {
            Ok(location) => Self::raw((StatusCode::SEE_OTHER, [(header::LOCATION, location)])),
            Err(_) => Self::raw(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }

    /// The same answer with a cookie.
    pub fn cookie(mut self, cookie: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(cookie) {
            self.0.headers_mut().append(header::SET_COOKIE, value);
        }
        self
    }

    /// The same answer with when asking again makes sense.
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.0.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        self
    }

    /// Any other answer.
    pub fn raw(response: impl IntoResponse) -> Self {
        Self(Box::new(response.into_response()))
    }

    /// A failure as a page that a debtor can read. A fault is logged and shown as a calm page.
    pub fn failure(visit: &Visit, failure: Failure) -> Self {
        let retry_after = saldo_app::http::retry_after(&failure);
        let page = Self::of_failure(visit, failure);
        match retry_after {
            Some(seconds) => page.retry_after(seconds),
            None => page,
        }
    }

    fn of_failure(visit: &Visit, failure: Failure) -> Self {
        let chrome = visit.plain();
        let status = saldo_app::http::status(&failure);
        match failure {
            Failure::Refused(AppRefusal::SessionMissing | AppRefusal::LinkInvalid) => {
                Self::with(status, &ExpiredLinkView { path: None }, &chrome)
            }
            Failure::Refused(AppRefusal::TooManyRequests) => {
                Self::with(status, &NoticeView::TooManyRequests { minutes: 1 }, &chrome)
            }
            Failure::Refused(AppRefusal::ProviderUnavailable | AppRefusal::ProviderRefused) => {
                Self::with(status, &NoticeView::ProviderDown { retry: "/pay".to_owned() }, &chrome)
            }
            Failure::Refused(AppRefusal::Domain(Refusal::NothingToPay)) => {
                Self::with(status, &NoticeView::NothingToPay, &chrome)
            }
            Failure::Refused(_) => Self::with(StatusCode::NOT_FOUND, &NoticeView::NotFound, &chrome),
            failure if failure.outage().is_some() => {
                tracing::error!(%failure, "a page met a database that does not do its work");
                Self::with(status, &NoticeView::Paused { sent: visit.sends(), way_on: visit.way_on() }, &chrome)
            }
            Failure::Fault(fault) => {
                let reference = visit.app.ambient().uuid_v7().simple().to_string();
                let reference = reference.chars().rev().take(8).collect::<String>();
                tracing::error!(reference, %fault, "a page met a fault");
                Self::with(status, &NoticeView::Fault { reference: Some(reference) }, &chrome)
            }
        }
    }

    /// A failure as a page of the console.
    pub fn console_failure(visit: &Visit, failure: Failure) -> Self {
        match failure {
            Failure::Refused(AppRefusal::SessionMissing) => {
                Self::with(StatusCode::UNAUTHORIZED, &SignInFormView::default(), &visit.plain())
            }
            failure => Self::failure(visit, failure),
        }
    }
}

/// Whatever has no route.
pub async fn not_found(visit: Visit) -> Page {
    Page::with(StatusCode::NOT_FOUND, &NoticeView::NotFound, &visit.plain())
}

/// A bug: logged, and shown without a word about it.
pub fn broke(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = text.unwrap_or("without words"), "a handler panicked");
    (StatusCode::INTERNAL_SERVER_ERROR, "Algo falló de nuestro lado. / Something broke on our side.").into_response()
}
