//! An Internet of our own: names that can change their addresses, subscribers that misbehave on command, and a note of every
//! connection to an address that is none of theirs.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use saldo_app::flows::subscribers::signatures;
use saldo_providers::outbound::{Network, Stream};
use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

/// How a subscriber answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mood {
    /// 204.
    Well,
    /// Another status.
    Status(u16),
    /// 307 to an address.
    Redirect(&'static str),
    /// Not at all.
    Silent,
    /// It takes the event and its answer is lost.
    AnswerLost,
    /// Something that is no HTTP.
    Garbage,
    /// Nobody is there.
    Down,
}

/// A request that arrived.
#[derive(Debug, Clone)]
pub struct Arrival {
    pub id: String,
    pub signature: String,
    pub seconds: i64,
    pub body: String,
    pub taken: bool,
}

impl Arrival {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("events are JSON")
    }

    /// Whether a secret (`whsec_…`) signed it: the header names its signature among those that are there.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        use base64::Engine;
        let bare = secret.strip_prefix("whsec_").expect("a secret");
        let key = base64::engine::general_purpose::STANDARD.decode(bare).expect("base64");
        let expected = signatures([key.as_slice()].into_iter(), &self.id, self.seconds, &self.body);
        self.signature.split(' ').any(|signed| signed == expected)
    }
}

struct Inner {
    mood: Mutex<Mood>,
    arrivals: Mutex<Vec<Arrival>>,
    now: AtomicUsize,
    most: AtomicUsize,
}

/// A subscriber on a port of this machine.
#[derive(Clone)]
pub struct Receiver {
    inner: Arc<Inner>,
    port: u16,
}

impl Receiver {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("it is bound").port();
        let inner = Arc::new(Inner {
            mood: Mutex::new(Mood::Well),
            arrivals: Mutex::default(),
            now: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
        });
        let routes = Router::new().fallback(take).with_state(Arc::clone(&inner));
        tokio::spawn(async move {
            let _ = axum::serve(listener, routes).await;
        });
        Self { inner, port }
    }

    pub fn set(&self, mood: Mood) {
        *self.inner.mood.lock().expect("no panic") = mood;
    }

    pub fn mood(&self) -> Mood {
        self.inner.mood.lock().expect("no panic").clone()
    }

    pub fn arrivals(&self) -> Vec<Arrival> {
        self.inner.arrivals.lock().expect("no panic").clone()
    }

    /// The most requests that it had at once.
    pub fn most_at_once(&self) -> usize {
        self.inner.most.load(Ordering::SeqCst)
    }
}

/// Counts a request for as long as it is there.
struct Here(Arc<Inner>);

impl Here {
    fn enter(inner: &Arc<Inner>) -> Self {
        let now = inner.now.fetch_add(1, Ordering::SeqCst) + 1;
        inner.most.fetch_max(now, Ordering::SeqCst);
        Self(Arc::clone(inner))
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, Ordering::SeqCst);
    }
}

async fn take(State(inner): State<Arc<Inner>>, headers: HeaderMap, body: Bytes) -> Response {
    let _here = Here::enter(&inner);
    let mood = inner.mood.lock().expect("no panic").clone();
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let arrival = Arrival {
        id: text("webhook-id"),
        signature: text("webhook-signature"),
        seconds: text("webhook-timestamp").parse().unwrap_or(0),
        body: String::from_utf8_lossy(&body).into_owned(),
        taken: matches!(mood, Mood::Well | Mood::AnswerLost),
    };
    inner.arrivals.lock().expect("no panic").push(arrival);
    match mood {
        Mood::Status(status) => StatusCode::from_u16(status).expect("a status").into_response(),
        Mood::Redirect(to) => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response(),
        Mood::Silent | Mood::AnswerLost => std::future::pending().await,
        _ => StatusCode::NO_CONTENT.into_response(),
    }
}

#[derive(Default)]
struct World {
    names: HashMap<String, Vec<IpAddr>>,
    hosts: HashMap<IpAddr, Receiver>,
    trap: Option<Receiver>,
    forbidden: Vec<SocketAddr>,
}

/// Names, hosts, and who was asked that should not have been.
#[derive(Clone, Default)]
pub struct Internet(Arc<Mutex<World>>);

impl Internet {
    /// With something behind every private address that would gladly take what comes.
    pub async fn new() -> Self {
        let trap = Receiver::start().await;
        let internet = Self::default();
        internet.0.lock().expect("no panic").trap = Some(trap);
        internet
    }

    /// A host at a public address, under a name.
    pub fn host(&self, name: &str, address: &str, receiver: &Receiver) {
        let address: IpAddr = address.parse().expect("an address");
        let mut world = self.0.lock().expect("no panic");
        world.names.insert(name.to_owned(), vec![address]);
        world.hosts.insert(address, receiver.clone());
    }

    /// What a name resolves to from now on.
    pub fn point(&self, name: &str, addresses: &[&str]) {
        let addresses = addresses.iter().map(|address| address.parse().expect("an address")).collect();
        self.0.lock().expect("no panic").names.insert(name.to_owned(), addresses);
    }

    /// Connections to addresses at which there is no host of ours.
    pub fn forbidden(&self) -> Vec<SocketAddr> {
        self.0.lock().expect("no panic").forbidden.clone()
    }
}

impl Internet {
    async fn connection(&self, address: SocketAddr) -> io::Result<Box<dyn Stream>> {
        let receiver = {
            let mut world = self.0.lock().expect("no panic");
            match world.hosts.get(&address.ip()).cloned() {
                Some(receiver) => receiver,
                None => {
                    world.forbidden.push(address);
                    world.trap.clone().ok_or_else(|| io::Error::other("nobody"))?
                }
            }
        };
        match receiver.mood() {
            Mood::Down => Err(io::Error::other("refused")),
            Mood::Garbage => {
                let (mut theirs, ours) = tokio::io::duplex(1_024);
                tokio::spawn(async move {
                    let _ = theirs.write_all(b"220 smtp.example ESMTP\r\n\r\n").await;
                });
                Ok(Box::new(ours))
            }
            _ => Ok(Box::new(TcpStream::connect(("127.0.0.1", receiver.port)).await?)),
        }
    }
}

type Answer<'a, T> = Pin<Box<dyn Future<Output = io::Result<T>> + Send + 'a>>;

/// As `async_trait` writes it.
impl Network for Internet {
    fn resolve<'a, 'b, 'c>(&'a self, host: &'b str) -> Answer<'c, Vec<IpAddr>>
    where
        'a: 'c,
        'b: 'c,
        Self: 'c,
    {
        let found = self.0.lock().expect("no panic").names.get(host).cloned();
        Box::pin(async move { found.ok_or_else(|| io::Error::other("no such name")) })
    }

    fn connect<'a, 'b, 'c>(&'a self, address: SocketAddr, tls_name: Option<&'b str>) -> Answer<'c, Box<dyn Stream>>
    where
        'a: 'c,
        'b: 'c,
        Self: 'c,
    {
        assert!(tls_name.is_some(), "events go by HTTPS");
        Box::pin(self.connection(address))
    }
}
