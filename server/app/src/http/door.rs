//! Who knocks, and the headers that every answer carries.

use crate::App;
use crate::failure::{AppRefusal, Failure};
use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use std::net::{IpAddr, SocketAddr};

/// The address that a request comes from: the proxy's word for it where the proxy is trusted, else the connection's.
pub fn address(app: &App, parts: &Parts) -> String {
    let forwarded = parts.headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let last = forwarded.and_then(|list| list.rsplit(',').next()).and_then(|text| text.trim().parse::<IpAddr>().ok());
    let connection = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = if app.config().server.trust_proxy { last.or(connection) } else { connection };
    address.map_or_else(|| "unknown".to_owned(), |address| address.to_string())
}

/// Passes a caller who has not knocked too often at links, sessions and sign-ins.
///
/// # Errors
/// `too_many_requests`.
pub fn knock(app: &App, address: &str) -> Result<(), Failure> {
    if app.limiters().door(address) { Ok(()) } else { Err(AppRefusal::TooManyRequests.into()) }
}

const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                           connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// The API's page brings styles of its own: they are allowed here and nowhere else.
pub(crate) async fn docs_headers(mut response: Response) -> Response {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(DOCS_POLICY));
    response
}

/// What every answer carries, unless its route has said otherwise.
pub async fn security_headers(mut response: Response) -> Response {
    const HEADERS: [(HeaderName, &str); 5] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ];
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    // For browsers and scanners that do not read `frame-ancestors`: the same, page by page.
    let policy = response.headers().get(header::CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
    let ours = policy.is_some_and(|policy| policy.contains("frame-ancestors 'self'"));
    let framed = HeaderValue::from_static(if ours { "SAMEORIGIN" } else { "DENY" });
    response.headers_mut().insert(header::X_FRAME_OPTIONS, framed);
    response
}
