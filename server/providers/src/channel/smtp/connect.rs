//! One connection to the mail server. lettre writes a mail in two small writes, which wait for each other on a stream
//! without TCP_NODELAY; so the stream is ours.

use super::tls::{TlsTcp, client_config};
use super::{ChannelFault, SmtpConfig, SmtpTls};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, AsyncTokioStream, Certificate, CertificateStore, TlsParameters,
};
use lettre::transport::smtp::commands::Ehlo;
use lettre::transport::smtp::extension::ClientId;
use rustls::pki_types::ServerName;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// An open connection, greeted and signed in.
pub(super) struct Connection {
    pub smtp: AsyncSmtpConnection,
    /// Whether the server takes commands in groups (RFC 2920).
    pub takes_groups: bool,
}

/// Makes connections.
pub(super) struct Dialer {
    config: SmtpConfig,
    tls: Arc<rustls::ClientConfig>,
}

impl Dialer {
    pub(super) fn try_new(config: SmtpConfig) -> Result<Self, ChannelFault> {
        let host: Option<IpAddr> = config.host.parse().ok();
        let loopback = config.host == "localhost" || host.is_some_and(|host| host.is_loopback());
        if config.tls == SmtpTls::Plaintext && !config.plaintext_allowed && !loopback {
            return Err(ChannelFault::permanent("plaintext to another machine is not allowed by the configuration"));
        }
        let tls = Arc::new(client_config(config.extra_root_pem.as_deref())?);
        Ok(Self { config, tls })
    }

    pub(super) fn timeout(&self) -> Duration {
        self.config.timeout
    }

    /// Connects, protects, greets and signs in. Nothing of a message has left, so every failure may be tried again.
    pub(super) async fn dial(&self) -> Result<Connection, ChannelFault> {
        match tokio::time::timeout(self.config.timeout, self.dial_at_leisure()).await {
            Ok(dialled) => dialled,
            Err(_) => Err(ChannelFault::retry("no connection in time")),
        }
    }

    async fn dial_at_leisure(&self) -> Result<Connection, ChannelFault> {
        let hello = ClientId::Domain(self.config.hello_name.clone());
        let stream = self.stream().await?;
        let mut connection =
            AsyncSmtpConnection::connect_with_transport(stream, &hello).await.map_err(|error| dial_fault(&error))?;
        if self.config.tls == SmtpTls::Starttls {
            let parameters = self.starttls_parameters().map_err(|error| dial_fault(&error))?;
            connection.starttls(parameters, &hello).await.map_err(|error| dial_fault(&error))?;
        }
        // lettre keeps no word of this extension, so the server is greeted once more.
        let abilities = connection.command(Ehlo::new(hello)).await.map_err(|error| dial_fault(&error))?;
        let takes_groups = abilities.message().any(|line| line.trim().eq_ignore_ascii_case("PIPELINING"));
        if let Some(credentials) = &self.config.credentials {
            let secret = Credentials::new(credentials.user.clone(), credentials.password.expose().to_owned());
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], &secret)
                .await
                .map_err(|error| ChannelFault::retry(format!("sign-in: {error}")))?;
        }
        Ok(Connection { smtp: connection, takes_groups })
    }

    async fn tcp(&self) -> Result<TcpStream, ChannelFault> {
        let tcp = TcpStream::connect((self.config.host.as_str(), self.config.port)).await.map_err(unreachable)?;
        tcp.set_nodelay(true).map_err(unreachable)?;
        Ok(tcp)
    }

    async fn stream(&self) -> Result<Box<dyn AsyncTokioStream>, ChannelFault> {
        let tcp = self.tcp().await?;
        let local = tcp.peer_addr().is_ok_and(|peer| peer.ip().is_loopback());
        match self.config.tls {
            SmtpTls::Plaintext if !local && !self.config.plaintext_allowed => {
                Err(ChannelFault::retry("plaintext to another machine is not allowed by the configuration"))
            }
            SmtpTls::Plaintext | SmtpTls::Starttls => Ok(Box::new(tcp)),
            SmtpTls::Implicit => {
                let name = ServerName::try_from(self.config.host.clone())
                    .map_err(|_| ChannelFault::retry("the mail server's name is no host name"))?;
                let stream = TlsConnector::from(self.tls.clone()).connect(name, tcp).await.map_err(unreachable)?;
                Ok(Box::new(TlsTcp(stream)))
            }
        }
    }

    fn starttls_parameters(&self) -> Result<TlsParameters, SmtpError> {
        let mut builder =
            TlsParameters::builder(self.config.host.clone()).certificate_store(CertificateStore::WebpkiRoots);
        if let Some(pem) = &self.config.extra_root_pem {
            builder = builder.add_root_certificate(Certificate::from_pem(pem.as_bytes())?);
        }
        builder.build_rustls()
    }
}

impl fmt::Debug for Dialer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.config.fmt(f)
    }
}

/// A failure before any message was sent.
pub(super) fn dial_fault(error: &SmtpError) -> ChannelFault {
    ChannelFault::retry(error.to_string())
}

fn unreachable(error: std::io::Error) -> ChannelFault {
    ChannelFault::retry(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::{Dialer, SmtpConfig, SmtpTls};
    use tokio::net::TcpListener;

    #[tokio::test]
    async fn a_connection_does_not_wait_to_fill_its_packets() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let dialer = Dialer::try_new(SmtpConfig::new("127.0.0.1", port, SmtpTls::Plaintext)).unwrap();
        assert!(dialer.tcp().await.unwrap().nodelay().unwrap());
    }
}
