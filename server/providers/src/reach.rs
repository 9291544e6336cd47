//! Whether an address of ours answers as a browser would reach it: name, way and certificate.

use bytes::Bytes;
use http_body_util::Empty;
use hyper::Request;
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use std::error::Error;
use std::time::Duration;

/// Asks for an `https` address; whatever is answered, it is there. Redirects are not followed.
///
/// # Errors
/// In words: no such name, no connection, a certificate that browsers would not take, no answer in time.
pub async fn knock(url: &str, patience: Duration) -> Result<(), String> {
    let tls = HttpsConnectorBuilder::new()
        .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())
        .map_err(|error| error.to_string())?
        .https_only()
        .enable_http1()
        .build();
    let client: Client<_, Empty<Bytes>> = Client::builder(TokioExecutor::new()).build(tls);
    let request = Request::get(url).body(Empty::new()).map_err(|_| "it is not an address".to_owned())?;
    match tokio::time::timeout(patience, client.request(request)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(innermost(&error)),
        Err(_) => Err("no answer in time".to_owned()),
    }
}

fn innermost(error: &dyn Error) -> String {
    let mut inner = error;
    while let Some(cause) = inner.source() {
        inner = cause;
    }
    inner.to_string()
}
