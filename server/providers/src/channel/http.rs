//! HTTP to a provider of messages: each request with a time limit, a limit to the answer's size, and few repetitions, only
//! after an answer that surely means that nothing was sent.

use super::ChannelFault;
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER, USER_AGENT};
use hyper::{Method, Request, StatusCode, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::time::Duration;

const AGENT: HeaderValue = HeaderValue::from_static(concat!("Saldo/", env!("CARGO_PKG_VERSION")));
const ANSWER_BYTES_MAX: usize = 256 * 1024;
/// How many times a message that was surely not taken is offered again before the caller hears of it.
const REPEATS_MAX: u32 = 2;
/// The longest wait between two of them: whoever asked for more is left alone by the job.
const PAUSE_MAX: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_millis(300);
/// What `Busy` says when the other side names no time.
const BUSY_FOR: Duration = Duration::from_secs(60);
/// What is made of a longer wait than any job should be put off for.
const BUSY_MAX: Duration = Duration::from_secs(3_600);

/// Where and as whom to ask.
pub(super) struct Http {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    base: String,
    authorization: HeaderValue,
    timeout: Duration,
}

/// A whole answer.
pub(super) struct Answer {
    pub status: StatusCode,
    pub retry_after: Option<Duration>,
    pub body: Bytes,
}

impl Answer {
    /// The fault of a side that has too much to do.
    pub(super) fn busy(&self, detail: impl Into<String>) -> ChannelFault {
        ChannelFault::Busy { detail: detail.into(), after: self.retry_after.unwrap_or(BUSY_FOR).min(BUSY_MAX) }
    }
}

impl Http {
    /// # Errors
    /// `Permanent` for a base URL that is none, or not https to another machine.
    pub(super) fn try_new(base: &str, authorization: &str, timeout: Duration) -> Result<Self, ChannelFault> {
        let base = base.trim_end_matches('/').to_owned();
        let uri: Uri = base.parse().map_err(|_| ChannelFault::permanent("the base URL is not a URL"))?;
        let loopback = matches!(uri.host(), Some("127.0.0.1" | "localhost" | "[::1]"));
        match uri.scheme_str() {
            Some("https") => {}
            Some("http") if loopback => {}
            _ => return Err(ChannelFault::permanent("the base URL must be https")),
        }
        let mut authorization = HeaderValue::from_str(authorization)
            .map_err(|_| ChannelFault::permanent("the credentials are not plain text"))?;
        authorization.set_sensitive(true);
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(Some(timeout));
        let tls = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())
            .map_err(|_| ChannelFault::permanent("TLS is not available"))?
            .https_or_http()
            .enable_http1()
            .wrap_connector(tcp);
        Ok(Self { client: Client::builder(TokioExecutor::new()).build(tls), base, authorization, timeout })
    }

    /// Posts a body and judges the answer; repeats while the judgement is `Retry` or `Busy` for a short while.
    ///
    /// # Errors
    /// The judgement; `Retry` without a connection, `Unknown` when the connection broke or no answer came.
    pub(super) async fn post<T>(
        &self,
        path: &str,
        media_type: &'static str,
        body: &[u8],
        judge: impl Fn(&Answer) -> Result<T, ChannelFault>,
    ) -> Result<T, ChannelFault> {
        let mut repeats = 0;
        loop {
            let fault = match self.exchange(Method::POST, path, Some((media_type, body))).await.and_then(|a| judge(&a))
            {
                Ok(taken) => return Ok(taken),
                Err(fault) => fault,
            };
            let pause = fault.retry_after().unwrap_or(PAUSE.saturating_mul(1 << repeats));
            if !fault.may_retry() || repeats >= REPEATS_MAX || pause > PAUSE_MAX {
                return Err(fault);
            }
            tokio::time::sleep(pause).await;
            repeats += 1;
        }
    }

    /// Asks for something that changes nothing.
    ///
    /// # Errors
    /// `Retry` without a clear answer.
    pub(super) async fn get(&self, path: &str) -> Result<Answer, ChannelFault> {
        self.exchange(Method::GET, path, None).await.map_err(|fault| ChannelFault::retry(fault.to_string()))
    }

    async fn exchange(
        &self,
        method: Method,
        path: &str,
        body: Option<(&'static str, &[u8])>,
    ) -> Result<Answer, ChannelFault> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base))
            .header(AUTHORIZATION, self.authorization.clone())
            .header(USER_AGENT, AGENT);
        if let Some((media_type, _)) = body {
            request = request.header(CONTENT_TYPE, media_type);
        }
        let bytes = body.map(|(_, bytes)| Bytes::copy_from_slice(bytes)).unwrap_or_default();
        let request = request.body(Full::new(bytes)).map_err(|_| ChannelFault::permanent("not a request"))?;
        let exchange = async {
            let response = match self.client.request(request).await {
                Ok(response) => response,
                Err(error) if error.is_connect() => return Err(ChannelFault::retry("no connection")),
                Err(_) => return Err(ChannelFault::unknown("the connection broke")),
            };
            let status = response.status();
            let seconds =
                response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
            match Limited::new(response.into_body(), ANSWER_BYTES_MAX).collect().await {
                Ok(body) => Ok(Answer { status, retry_after: seconds.map(Duration::from_secs), body: body.to_bytes() }),
                Err(_) => Err(ChannelFault::unknown("the answer broke off or is too long")),
            }
        };
        tokio::time::timeout(self.timeout, exchange)
            .await
            .unwrap_or_else(|_| Err(ChannelFault::unknown("no answer in time")))
    }
}

/// A provider's words, of a length that a log can take.
pub(super) fn short(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).take(300).collect()
}
