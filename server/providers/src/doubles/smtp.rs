//! A mail server that keeps what it is given and misbehaves on command.

mod session;

use crate::Secret;
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// How connections to the sink are protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SinkTls {
    /// Not at all.
    None,
    /// STARTTLS is offered, and required before a message.
    Starttls,
    /// From the first byte.
    Implicit,
}

/// How the sink is set up.
#[derive(Debug, Clone)]
pub struct SinkConfig {
    /// How connections are protected.
    pub tls: SinkTls,
    /// Who must sign in before a message, if anybody.
    pub credentials: Option<(String, Secret)>,
    /// Whether it takes commands in groups (RFC 2920).
    pub takes_groups: bool,
}

/// What happens with one message. The code is the SMTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SinkStep {
    /// Takes it.
    Accept,
    /// Takes it and closes the connection.
    AcceptAndClose,
    /// Refuses the sender.
    RefuseSender(u16),
    /// Refuses the recipient.
    RefuseRecipient(u16),
    /// Refuses to begin the message.
    RefuseData(u16),
    /// Refuses the message after having read it.
    RefuseMessage(u16),
    /// Closes the connection before the message.
    CloseBefore,
    /// Reads the message, keeps it, and closes the connection without an answer.
    CloseAfter,
    /// Reads the message, keeps it, and never answers.
    HangAfter,
}

/// A message that the sink has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The sender's address on the envelope.
    pub from: String,
    /// The recipient's.
    pub to: String,
    /// The message with its headers; lines end in `\r\n`.
    pub data: String,
    /// On which connection it came, counted from 1.
    pub connection: usize,
}

/// A running sink. Dropping it stops it.
pub struct SmtpSink {
    shared: Arc<Shared>,
    port: u16,
    root_pem: String,
    server: JoinHandle<()>,
}

struct Shared {
    config: SinkConfig,
    acceptor: TlsAcceptor,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    script: VecDeque<SinkStep>,
    received: Vec<Received>,
    connections: usize,
}

impl Shared {
    fn with<T>(&self, act: impl FnOnce(&mut Inner) -> T) -> T {
        act(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl SmtpSink {
    /// Starts a sink on a free port of 127.0.0.1, as `localhost`.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(config: SinkConfig) -> io::Result<Self> {
        let certified = rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()])
            .map_err(io::Error::other)?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(certified.signing_key.serialize_der()));
        let tls = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_single_cert(vec![certified.cert.der().clone()], key)
            .map_err(io::Error::other)?;
        let acceptor = TlsAcceptor::from(Arc::new(tls));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let shared = Arc::new(Shared { config, acceptor, inner: Mutex::default() });
        let server = tokio::spawn(accept(listener, shared.clone()));
        Ok(Self { shared, port, root_pem: certified.cert.pem(), server })
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The certificate to trust, in PEM.
    pub fn root_pem(&self) -> &str {
        &self.root_pem
    }

    /// Says what happens with the next messages, one each; after them every message is taken.
    pub fn script(&self, steps: impl IntoIterator<Item = SinkStep>) {
        self.shared.with(|inner| inner.script.extend(steps));
    }

    /// Every message that was taken, oldest first.
    pub fn received(&self) -> Vec<Received> {
        self.shared.with(|inner| inner.received.clone())
    }

    /// How many connections came in.
    pub fn connection_count(&self) -> usize {
        self.shared.with(|inner| inner.connections)
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        let connection = shared.with(|inner| {
            inner.connections += 1;
            inner.connections
        });
        let shared = shared.clone();
        tokio::spawn(async move {
            let _ = session::serve(stream, connection, &shared).await;
        });
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl fmt::Debug for SmtpSink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpSink").field("port", &self.port).finish_non_exhaustive()
    }
}
