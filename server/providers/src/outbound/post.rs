use super::{Network, Rules, Stream, SystemNetwork, Target, TargetRefused};
use bytes::Bytes;
use futures::future::{Either, select};
use http_body_util::Full;
use hyper::Request;
use hyper::client::conn::http1;
use hyper::header::{CONTENT_TYPE, HOST, USER_AGENT};
use hyper_util::rt::TokioIo;
use saldo_domain::planted::{self, Bug};
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

const AGENT: &str = concat!("Saldo/", env!("CARGO_PKG_VERSION"));
/// The most bytes of an answer's head; its body is not read.
const HEAD_BYTES_MAX: usize = 16 * 1024;

/// Why there was no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PostFault {
    /// It is never asked.
    #[error(transparent)]
    Refused(#[from] TargetRefused),
    /// The name has no address.
    #[error("no_address")]
    NoAddress,
    /// Nobody answers there, or not as its certificate should say.
    #[error("no_connection")]
    NoConnection,
    /// The connection broke, or what came is no HTTP.
    #[error("broken_answer")]
    BrokenAnswer,
    /// It took too long.
    #[error("timeout")]
    Timeout,
}

/// Sends requests to addresses that others choose.
#[derive(Clone)]
pub struct Poster {
    network: Arc<dyn Network>,
    rules: Rules,
    timeout: Duration,
}

impl Poster {
    /// Over the machine's network; each request takes `timeout` at most.
    pub fn new(rules: Rules, timeout: Duration) -> Self {
        Self::over(Arc::new(SystemNetwork::new()), rules, timeout)
    }

    /// Over another network.
    pub fn over(network: Arc<dyn Network>, rules: Rules, timeout: Duration) -> Self {
        Self { network, rules, timeout }
    }

    /// How long a request takes at most.
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    /// Whether an address may be asked at this moment. What it is the next time is looked at then.
    ///
    /// # Errors
    /// What [`Poster::post`] would refuse before it connects.
    pub async fn check(&self, url: &str) -> Result<(), PostFault> {
        let target = Target::read(url, self.rules)?;
        let found = self.within(self.addresses(&target)).await?;
        self.looked_at(&target, &found).map(|_| ())
    }

    /// Posts a JSON body, and answers with the status, whichever it is.
    ///
    /// # Errors
    /// Why there is no status. Whether the other side has the body is not known then.
    pub async fn post(&self, url: &str, headers: &[(&str, String)], body: Bytes) -> Result<u16, PostFault> {
        let target = Target::read(url, self.rules)?;
        let mut request = Request::post(&target.path)
            .header(HOST, &target.authority)
            .header(USER_AGENT, AGENT)
            .header(CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request = request.body(Full::new(body)).map_err(|_| TargetRefused("not_an_url"))?;
        self.within(async {
            let found = self.addresses(&target).await?;
            let address = if planted::is(Bug::HostCheckedOnlyAtCreation) {
                *found.first().ok_or(PostFault::NoAddress)?
            } else {
                self.looked_at(&target, &found)?
            };
            let name = target.name();
            let tls_name = target.is_https.then_some(name.as_str());
            let address = SocketAddr::new(address, target.port);
            let stream = self.network.connect(address, tls_name).await.map_err(|_| PostFault::NoConnection)?;
            exchange(stream, request).await
        })
        .await
    }

    async fn within<T>(&self, work: impl Future<Output = Result<T, PostFault>>) -> Result<T, PostFault> {
        tokio::time::timeout(self.timeout, work).await.unwrap_or(Err(PostFault::Timeout))
    }

    async fn addresses(&self, target: &Target) -> Result<Vec<IpAddr>, PostFault> {
        match target.literal() {
            Some(address) => Ok(vec![address]),
            None => self.network.resolve(&target.name()).await.map_err(|_| PostFault::NoAddress),
        }
    }

    /// The address to connect to. One that may not be asked spoils them all: a name that has both is a trap or a mistake.
    fn looked_at(&self, target: &Target, found: &[IpAddr]) -> Result<IpAddr, PostFault> {
        if found.iter().any(|address| !target.allows(*address, self.rules)) {
            return Err(TargetRefused("private_address").into());
        }
        found.first().copied().ok_or(PostFault::NoAddress)
    }
}

async fn exchange(stream: Box<dyn Stream>, request: Request<Full<Bytes>>) -> Result<u16, PostFault> {
    let mut builder = http1::Builder::new();
    builder.max_buf_size(HEAD_BYTES_MAX);
    let (mut sender, connection) =
        builder.handshake(TokioIo::new(stream)).await.map_err(|_| PostFault::BrokenAnswer)?;
    let answer = match select(pin!(sender.send_request(request)), pin!(connection)).await {
        Either::Left((answer, _)) => answer,
        Either::Right((_, answer)) => answer.await,
    };
    answer.map(|answer| answer.status().as_u16()).map_err(|_| PostFault::BrokenAnswer)
}
