//! E-mail over SMTP, with lettre over connections of our own.

mod connect;
mod lane;
mod tls;

use super::compose::compose;
use super::{ChannelFault, HandedOver, MessageChannel, Outgoing, Receipt};
use crate::Secret;
use async_trait::async_trait;
use connect::{Connection, Dialer};
use futures::future::join_all;
use lane::{Lane, Waiting};
use saldo_domain::ids::CreditorId;
use saldo_domain::reminder::Channel;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;

/// How many mails of a group are worth a connection of their own.
const LANE_MAILS_MIN: usize = 16;

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
    connections_max: usize,
    idle: Mutex<Vec<Connection>>,
}

impl SmtpChannel {
    /// Prepares the channel. Nothing is sent.
    ///
    /// # Errors
    /// `Permanent` for plaintext to another machine that was not allowed, or certificates that are none.
    pub fn try_new(config: SmtpConfig) -> Result<Self, ChannelFault> {
        let connections_max = config.connections_max.max(1);
        let places = Semaphore::new(connections_max);
        Ok(Self { dialer: Dialer::try_new(config)?, places, connections_max, idle: Mutex::default() })
    }

    /// Connects, greets and signs in, for a check of the configuration.
    ///
    /// # Errors
    /// `Retry` with what went wrong.
    pub async fn check(&self) -> Result<(), ChannelFault> {
        let mut connection = self.dialer.dial().await?;
        let _ = tokio::time::timeout(self.dialer.timeout(), connection.smtp.quit()).await;
        Ok(())
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands mails over on one connection, one answer each.
    async fn one_lane(&self, mails: Vec<Waiting<'_>>) -> Vec<HandedOver> {
        let Ok(_place) = self.places.acquire().await else {
            let closed = || Err(ChannelFault::retry("the channel is closed"));
            return mails.iter().map(|_| closed()).collect();
        };
        let kept = self.idle().pop();
        let mut lane = Lane::new(&self.dialer, kept);
        let answers = lane.carry(&mails).await;
        if let Some(connection) = lane.into_connection() {
            self.idle().push(connection);
        }
        answers
    }
}

impl fmt::Debug for SmtpChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpChannel").field("dialer", &self.dialer).finish_non_exhaustive()
    }
}

#[async_trait]
impl MessageChannel for SmtpChannel {
    fn channel(&self) -> Channel {
        Channel::Email
    }

    async fn hand_over(&self, _: CreditorId, message: &Outgoing) -> HandedOver {
        let waiting = waiting(message)?;
        let mut answers = self.one_lane(vec![waiting]).await;
        answers.pop().unwrap_or_else(|| Err(ChannelFault::retry("no answer")))
    }

    /// Each connection takes a share, and each mail of it leaves in one write, with the next one's envelope behind it.
    async fn hand_over_many(&self, messages: &[(CreditorId, Outgoing)]) -> Vec<HandedOver> {
        let mut answers: Vec<Option<HandedOver>> = Vec::with_capacity(messages.len());
        let mut mails = Vec::with_capacity(messages.len());
        for (_, message) in messages {
            match waiting(message) {
                Ok(mail) => {
                    mails.push(mail);
                    answers.push(None);
                }
                Err(fault) => answers.push(Some(Err(fault))),
            }
        }
        let lanes = mails.len().div_ceil(LANE_MAILS_MIN).clamp(1, self.connections_max);
        let share = mails.len().div_ceil(lanes).max(1);
        let mut shares = Vec::with_capacity(lanes);
        while !mails.is_empty() {
            let rest = mails.split_off(mails.len().min(share));
            shares.push(self.one_lane(std::mem::replace(&mut mails, rest)));
        }
        let mut told = join_all(shares).await.into_iter().flatten();
        let missing = || Err(ChannelFault::unknown("no answer"));
        answers.into_iter().map(|answer| answer.or_else(|| told.next()).unwrap_or_else(missing)).collect()
    }
}

fn waiting(message: &Outgoing) -> Result<Waiting<'_>, ChannelFault> {
    match message {
        Outgoing::Mail(mail) => Ok(Waiting { message_id: &mail.message_id, composed: compose(mail)? }),
        _ => Err(ChannelFault::not_mine()),
    }
}

fn receipt(message_id: &str, answer: String) -> Receipt {
    Receipt { message_id: message_id.to_owned(), provider_reference: message_id.to_owned(), answer }
}
