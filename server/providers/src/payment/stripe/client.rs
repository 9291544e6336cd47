//! HTTP to Stripe over hyper: each request with a time limit, a limit to the answer's size, and few repetitions that carry
//! the same idempotency key. async-stripe's own client has no size limit and makes up its keys when it repeats.

use super::StripeConfig;
use super::wire::{Declined, PaymentIntent};
use crate::payment::ProviderFault;
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderValue, USER_AGENT};
use hyper::{Method, Request, Response, StatusCode, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client as HttpClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use jiff::fmt::rfc2822::DateTimeParser;
use saldo_domain::calendar::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::time::Duration;
use stripe_client_core::{RequestBuilder, StripeMethod};

/// The API version that requests are checked against in the tests.
const API_VERSION: HeaderValue = HeaderValue::from_static("2026-08-26.dahlia");
const AGENT: HeaderValue = HeaderValue::from_static(concat!("Saldo/", env!("CARGO_PKG_VERSION")));
const STRIPE: &str = "https://api.stripe.com";
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

pub(super) struct Client {
    http: HttpClient<HttpsConnector<HttpConnector>, Full<Bytes>>,
    base: String,
    key: HeaderValue,
    account: Option<HeaderValue>,
    timeout: Duration,
    retries_max: u32,
    retry_pause: Duration,
}

/// One try.
enum Tried {
    Answered(Reply),
    Failed { fault: ProviderFault, repeat: bool },
}

/// A clear answer. A bank's no to a charge comes with a status of its own.
struct Reply {
    declined: bool,
    body: Bytes,
}

impl Client {
    pub(super) fn try_new(config: &StripeConfig) -> Result<Self, ProviderFault> {
        let base =
            config.base_url.as_deref().filter(|url| !url.is_empty()).unwrap_or(STRIPE).trim_end_matches('/').to_owned();
        let uri: Uri = base.parse().map_err(|_| misconfigured("the base URL is not a URL"))?;
        let loopback = matches!(uri.host(), Some("127.0.0.1" | "localhost" | "[::1]"));
        match uri.scheme_str() {
            Some("https") => {}
            Some("http") if loopback => {}
            _ => return Err(misconfigured("the base URL must be https")),
        }
        let header = |text: &str| HeaderValue::from_str(text).map_err(|_| misconfigured("a value is not plain text"));
        let mut key = header(&format!("Bearer {}", config.secret_key.expose()))?;
        key.set_sensitive(true);
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(config.timeout));
        let tls = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())
            .map_err(|_| misconfigured("TLS is not available"))?
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        Ok(Self {
            http: HttpClient::builder(TokioExecutor::new()).build(tls),
            base,
            key,
            account: config.account.as_deref().map(header).transpose()?,
            timeout: config.timeout,
            retries_max: config.retries_max,
            retry_pause: config.retry_pause,
        })
    }

    /// Sends what async-stripe built and reads the answer. `idempotency_key` belongs to every request that changes something.
    pub(super) async fn send<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
        idempotency_key: Option<&str>,
    ) -> Result<T, ProviderFault> {
        let changes = !matches!(request.method, StripeMethod::Get);
        let reply = self.repeat(&request, idempotency_key, changes).await?;
        if reply.declined {
            let problem: Problem = serde_json::from_slice(&reply.body).unwrap_or_default();
            return Err(ProviderFault::refused(problem.code(), problem.words(StatusCode::PAYMENT_REQUIRED)));
        }
        serde_json::from_slice(&reply.body).map_err(|_| outcome(changes, "the answer has an unexpected form"))
    }

    /// Asks for what every key may read. A restricted key that may not is a key all the same.
    pub(super) async fn check(&self) -> Result<Option<Timestamp>, ProviderFault> {
        let request = self.to_http(&RequestBuilder::new(StripeMethod::Get, "/balance"), None)?;
        let asked = tokio::time::timeout(self.timeout, self.http.request(request)).await;
        let response = match asked {
            Ok(Ok(response)) => response,
            Ok(Err(_)) => return Err(outcome(false, "no connection")),
            Err(_) => return Err(outcome(false, "no answer in time")),
        };
        let date = response.headers().get(DATE).and_then(|date| date.to_str().ok());
        let moment = date.and_then(|date| DateTimeParser::new().parse_timestamp(date).ok());
        match response.status() {
            StatusCode::UNAUTHORIZED => Err(ProviderFault::refused("provider_credentials", "401 Unauthorized")),
            status if status.is_server_error() => Err(outcome(false, status.as_str())),
            _ => Ok(moment),
        }
    }

    /// Sends a charge, whose answer may be a bank's no.
    pub(super) async fn charge(
        &self,
        request: RequestBuilder,
        idempotency_key: &str,
    ) -> Result<Result<PaymentIntent, Declined>, ProviderFault> {
        let reply = self.repeat(&request, Some(idempotency_key), true).await?;
        let answer = match reply.declined {
            false => serde_json::from_slice(&reply.body).map(Ok),
            true => serde_json::from_slice(&reply.body).map(Err),
        };
        answer.map_err(|_| outcome(true, "the answer has an unexpected form"))
    }

    async fn repeat(
        &self,
        request: &RequestBuilder,
        idempotency_key: Option<&str>,
        changes: bool,
    ) -> Result<Reply, ProviderFault> {
        let mut unknown = None;
        let mut tries = 0;
        loop {
            let (fault, repeat) = match self.attempt(request, idempotency_key, changes).await? {
                Tried::Answered(reply) => return Ok(reply),
                Tried::Failed { fault, repeat } => (fault, repeat),
            };
            tracing::warn!(path = %request.path, %fault, tries, "Stripe did not do it");
            if fault.outcome_is_unknown() {
                unknown = Some(fault.clone());
            }
            if !repeat || tries >= self.retries_max {
                return Err(unknown.unwrap_or(fault));
            }
            tokio::time::sleep(self.retry_pause.saturating_mul(1 << tries.min(4))).await;
            tries += 1;
        }
    }

    async fn attempt(
        &self,
        request: &RequestBuilder,
        idempotency_key: Option<&str>,
        changes: bool,
    ) -> Result<Tried, ProviderFault> {
        let request = self.to_http(request, idempotency_key)?;
        let exchange = async {
            let response = match self.http.request(request).await {
                Ok(response) => response,
                Err(error) if error.is_connect() => {
                    let fault = ProviderFault::Retry { detail: "no connection".to_owned() };
                    return Tried::Failed { fault, repeat: true };
                }
                Err(_) => return Tried::Failed { fault: outcome(changes, "the connection broke"), repeat: true },
            };
            read(response, changes).await
        };
        // Not repeated here: the debtor waits. The caller asks again later with the same key.
        Ok(tokio::time::timeout(self.timeout, exchange)
            .await
            .unwrap_or_else(|_| Tried::Failed { fault: outcome(changes, "no answer in time"), repeat: false }))
    }

    fn to_http(
        &self,
        request: &RequestBuilder,
        idempotency_key: Option<&str>,
    ) -> Result<Request<Full<Bytes>>, ProviderFault> {
        let mut uri = format!("{}/v1{}", self.base, request.path);
        if let Some(query) = request.query.as_deref().filter(|query| !query.is_empty()) {
            uri.push('?');
            uri.push_str(query);
        }
        let method = match request.method {
            StripeMethod::Get => Method::GET,
            StripeMethod::Post => Method::POST,
            StripeMethod::Delete => Method::DELETE,
        };
        let mut builder = Request::builder()
            .method(method)
            .uri(uri)
            .header(AUTHORIZATION, self.key.clone())
            .header(USER_AGENT, AGENT)
            .header("stripe-version", API_VERSION);
        if let Some(account) = &self.account {
            builder = builder.header("stripe-account", account.clone());
        }
        if let Some(key) = idempotency_key {
            builder = builder.header("idempotency-key", key);
        }
        if request.body.is_some() {
            builder = builder.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let body = request.body.clone().unwrap_or_default();
        builder
            .body(Full::new(Bytes::from(body)))
            .map_err(|_| ProviderFault::refused("request_invalid", "not a request"))
    }
}

async fn read(response: Response<hyper::body::Incoming>, changes: bool) -> Tried {
    let status = response.status();
    let advice = response.headers().get("stripe-should-retry").map(|advice| advice == "true");
    let body = match Limited::new(response.into_body(), ANSWER_BYTES_MAX).collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => {
            return Tried::Failed { fault: outcome(changes, "the answer broke off or is too long"), repeat: false };
        }
    };
    if status.is_success() || status == StatusCode::PAYMENT_REQUIRED {
        return Tried::Answered(Reply { declined: !status.is_success(), body });
    }
    let problem: Problem = serde_json::from_slice(&body).unwrap_or_default();
    let (fault, repeat) = match status {
        StatusCode::TOO_MANY_REQUESTS => (ProviderFault::Retry { detail: problem.words(status) }, true),
        // A twin of this request is under way: how it ends is not known here.
        StatusCode::CONFLICT => (outcome(changes, &problem.words(status)), true),
        status if status.is_server_error() => (outcome(changes, &problem.words(status)), true),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            (ProviderFault::refused("provider_credentials", problem.words(status)), false)
        }
        _ => (ProviderFault::refused(problem.code(), problem.words(status)), false),
    };
    Tried::Failed { fault, repeat: advice.unwrap_or(repeat) && fault_may_repeat(status) }
}

fn fault_may_repeat(status: StatusCode) -> bool {
    status.is_server_error() || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::CONFLICT)
}

/// A failure after the request went out: unknown where it changes something, else simply to be asked again.
fn outcome(changes: bool, detail: &str) -> ProviderFault {
    let detail = detail.to_owned();
    if changes { ProviderFault::Unknown { detail } } else { ProviderFault::Retry { detail } }
}

fn misconfigured(detail: &str) -> ProviderFault {
    ProviderFault::refused("provider_misconfigured", detail)
}

/// Stripe's error object; every part may be missing.
#[derive(Default, Deserialize)]
struct Problem {
    #[serde(default)]
    error: ProblemDetail,
}

#[derive(Default, Deserialize)]
struct ProblemDetail {
    code: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    message: Option<String>,
}

impl Problem {
    fn code(&self) -> &str {
        self.error.code.as_deref().or(self.error.kind.as_deref()).unwrap_or("provider_refused")
    }

    /// Stripe masks keys in its messages; the length is ours to limit.
    fn words(&self, status: StatusCode) -> String {
        let message: String = self.error.message.as_deref().unwrap_or("no message").chars().take(300).collect();
        format!("{} {}: {message}", status.as_u16(), self.code())
    }
}
