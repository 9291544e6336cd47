use async_trait::async_trait;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// A connection.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Names and connections, so that a test can stand in for the Internet.
#[async_trait]
pub trait Network: Send + Sync {
    /// The addresses of a name.
    ///
    /// # Errors
    /// The resolver's.
    async fn resolve(&self, host: &str) -> io::Result<Vec<IpAddr>>;

    /// A connection to exactly this address; with TLS for a name, whose certificate is checked.
    ///
    /// # Errors
    /// The connection's.
    async fn connect(&self, address: SocketAddr, tls_name: Option<&str>) -> io::Result<Box<dyn Stream>>;
}

/// The machine's resolver and network.
pub struct SystemNetwork {
    tls: TlsConnector,
}

impl SystemNetwork {
    /// With the public roots of the web.
    pub fn new() -> Self {
        let roots = RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider has the versions of TLS that rustls calls safe")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Self { tls: TlsConnector::from(Arc::new(config)) }
    }
}

impl Default for SystemNetwork {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Network for SystemNetwork {
    async fn resolve(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        Ok(tokio::net::lookup_host((host, 0)).await?.map(|found| found.ip()).collect())
    }

    async fn connect(&self, address: SocketAddr, tls_name: Option<&str>) -> io::Result<Box<dyn Stream>> {
        let tcp = TcpStream::connect(address).await?;
        tcp.set_nodelay(true)?;
        let Some(name) = tls_name else { return Ok(Box::new(tcp)) };
        let name = ServerName::try_from(name.to_owned()).map_err(io::Error::other)?;
        Ok(Box::new(self.tls.connect(name, tcp).await?))
    }
}
