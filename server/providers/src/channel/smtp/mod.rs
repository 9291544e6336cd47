//! E-mail over SMTP, with lettre over connections of our own.

mod connect;
mod tls;

use super::compose::{Composed, compose};
use super::{ChannelFault, Mail, MessageChannel, Receipt};
use crate::Secret;
use async_trait::async_trait;
use connect::{Dialer, dial_fault};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt};
use lettre::transport::smtp::extension::{Extension, MailParameter};
use std::fmt;
use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpTls {
    /// Plain first, then STARTTLS; without it nothing is sent. Port 587.
    Starttls,
    /// TLS from the first byte. Port 465.
    Implicit,
    /// None: to this machine, or where the configuration says so.
    Plaintext,
}

/// A user of the mail server.
#[derive(Debug, Clone)]
pub struct SmtpCredentials {
    /// The user.
    pub user: String,
    /// The password.
    pub password: Secret,
}

/// How to reach a mail server.
#[derive(Debug, Clone)]
pub struct SmtpConfig {
    /// Its name; certificates are checked against it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: SmtpTls,
    /// How we call ourselves. `localhost`.
    pub hello_name: String,
    /// Who we are there.
    pub credentials: Option<SmtpCredentials>,
    /// How many connections are open at once. 4.
    pub connections_max: usize,
    /// For connecting, for each command and for each answer. 20 s.
    pub timeout: Duration,
    /// Whether plaintext may go to another machine. No.
    pub plaintext_allowed: bool,
    /// Further certificates to trust, in PEM: a company's own authority.
    pub extra_root_pem: Option<String>,
}

impl SmtpConfig {
    /// A mail server with the usual limits.
    pub fn new(host: impl Into<String>, port: u16, tls: SmtpTls) -> Self {
        Self {
            host: host.into(),
            port,
            tls,
            hello_name: "localhost".to_owned(),
            credentials: None,
            connections_max: 4,
            timeout: Duration::from_secs(20),
            plaintext_allowed: false,
            extra_root_pem: None,
        }
    }
}

/// E-mail through a mail server, over a few connections that are kept open.
pub struct SmtpChannel {
    dialer: Dialer,
    places: Semaphore,
    idle: Mutex<Vec<AsyncSmtpConnection>>,
}

impl SmtpChannel {
    /// Prepares the channel. Nothing is sent.
    ///
    /// # Errors
    /// `Permanent` for plaintext to another machine that was not allowed, or certificates that are none.
    pub fn try_new(config: SmtpConfig) -> Result<Self, ChannelFault> {
        let places = Semaphore::new(config.connections_max.max(1));
        Ok(Self { dialer: Dialer::try_new(config)?, places, idle: Mutex::default() })
    }

    /// Connects, greets and signs in, for a check of the configuration.
    ///
    /// # Errors
    /// `Retry` with what went wrong.
    pub async fn check(&self) -> Result<(), ChannelFault> {
        let mut connection = self.dialer.dial().await?;
        let _ = tokio::time::timeout(self.dialer.timeout(), connection.quit()).await;
        Ok(())
    }

    fn idle_connection(&self) -> Option<AsyncSmtpConnection> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    /// A connection on which the server has taken sender and recipient. A kept one may have been closed by the server
    /// meanwhile; then a fresh one is tried.
    async fn ready(&self, composed: &Composed) -> Result<AsyncSmtpConnection, ChannelFault> {
        while let Some(mut connection) = self.idle_connection() {
            match self.address(&mut connection, composed).await {
                Ok(()) => return Ok(connection),
                Err(Refused::ByServer(fault)) => return Err(fault),
                Err(Refused::ByNetwork(_)) => {}
            }
        }
        let mut connection = self.dialer.dial().await?;
        match self.address(&mut connection, composed).await {
            Ok(()) => Ok(connection),
            Err(Refused::ByServer(fault) | Refused::ByNetwork(fault)) => Err(fault),
        }
    }

    /// MAIL, RCPT, DATA: nothing of the message has left yet.
    async fn address(&self, connection: &mut AsyncSmtpConnection, composed: &Composed) -> Result<(), Refused> {
        let mut parameters = Vec::new();
        let addresses = || composed.envelope.from().into_iter().chain(composed.envelope.to());
        if addresses().any(|address| !AsRef::<str>::as_ref(address).is_ascii()) {
            if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                let fault = ChannelFault::permanent("the mail server takes no address beyond ASCII");
                return Err(Refused::ByServer(fault));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        let from = MailFrom::new(composed.envelope.from().cloned(), parameters);
        self.step(connection.command(from)).await.map_err(|refused| refused.not_the_message())?;
        for to in composed.envelope.to() {
            self.step(connection.command(Rcpt::new(to.clone(), Vec::new()))).await?;
        }
        self.step(connection.command(Data)).await
    }

    async fn step<T>(&self, command: impl Future<Output = Result<T, SmtpError>>) -> Result<(), Refused> {
        match tokio::time::timeout(self.dialer.timeout(), command).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) if error.is_permanent() => {
                Err(Refused::ByServer(ChannelFault::permanent(error.to_string())))
            }
            Ok(Err(error)) if error.status().is_some_and(|code| code.to_string() != "421") => {
                Err(Refused::ByServer(ChannelFault::retry(error.to_string())))
            }
            Ok(Err(error)) => Err(Refused::ByNetwork(dial_fault(&error))),
            Err(_) => Err(Refused::ByNetwork(ChannelFault::retry("no answer in time"))),
        }
    }
}

/// Who refused before the message was sent.
enum Refused {
    ByServer(ChannelFault),
    ByNetwork(ChannelFault),
}

impl Refused {
    /// A refused sender is our configuration's fault: the message keeps its chance.
    fn not_the_message(self) -> Self {
        match self {
            Self::ByServer(ChannelFault::Permanent { detail }) => Self::ByServer(ChannelFault::Retry { detail }),
            other => other,
        }
    }
}

impl fmt::Debug for SmtpChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpChannel").field("dialer", &self.dialer).finish_non_exhaustive()
    }
}

#[async_trait]
impl MessageChannel for SmtpChannel {
    async fn hand_over(&self, message: &Mail) -> Result<Receipt, ChannelFault> {
        let composed = compose(message)?;
        let _place = self.places.acquire().await.map_err(|_| ChannelFault::retry("the channel is closed"))?;
        let mut connection = self.ready(&composed).await?;
        // From here the message leaves: without a clear answer nobody knows.
        let sent = tokio::time::timeout(self.dialer.timeout(), connection.message(&composed.bytes)).await;
        match sent {
            Ok(Ok(answer)) => {
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
                let answer = answer.message().collect::<Vec<_>>().join(" ");
                Ok(Receipt { message_id: message.message_id.clone(), answer })
            }
            Ok(Err(error)) if error.is_permanent() => Err(ChannelFault::permanent(error.to_string())),
            Ok(Err(error)) if error.is_transient() => Err(ChannelFault::retry(error.to_string())),
            Ok(Err(error)) => Err(ChannelFault::Unknown { detail: error.to_string() }),
            Err(_) => Err(ChannelFault::Unknown { detail: "no answer in time".to_owned() }),
        }
    }
}
