use std::net::IpAddr;
use url::{Host, Url};

/// Longer addresses are refused.
const URL_CHARS_MAX: usize = 2_000;
/// The ports of HTTPS that events may go to.
const PORTS: [u16; 2] = [443, 8443];
/// Names that are nobody's on the public Internet.
const LOCAL_ENDINGS: [&str; 7] = [".localhost", ".local", ".internal", ".intranet", ".lan", ".home.arpa", ".onion"];

/// What an installation allows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rules {
    /// Also `http://` and any port, but then only to this machine itself: for development and tests.
    pub loopback: bool,
}

/// Why an address is never asked, in a stable word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TargetRefused(pub &'static str);

/// Where a request goes, as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub(super) host: Host<String>,
    pub(super) port: u16,
    pub(super) is_https: bool,
    /// Path and query.
    pub(super) path: String,
    /// The header `Host`.
    pub(super) authority: String,
}

impl Target {
    /// Reads an address as browsers do (WHATWG URL), so that numbers in any notation are the addresses that they mean.
    ///
    /// # Errors
    /// What is no address of HTTPS on a usual port, what carries a name and password, what names this machine.
    pub fn read(text: &str, rules: Rules) -> Result<Self, TargetRefused> {
        if text.len() > URL_CHARS_MAX || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(TargetRefused("not_an_url"));
        }
        let url = Url::parse(text).map_err(|_| TargetRefused("not_an_url"))?;
        let is_https = url.scheme() == "https";
        if !(is_https || (url.scheme() == "http" && rules.loopback)) {
            return Err(TargetRefused("not_https"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(TargetRefused("credentials_in_url"));
        }
        if url.fragment().is_some() {
            return Err(TargetRefused("not_an_url"));
        }
        let host = url.host().ok_or(TargetRefused("not_an_url"))?.to_owned();
        let port = url.port_or_known_default().ok_or(TargetRefused("port"))?;
        if !is_loopback(&host, rules) {
            if !is_https {
                return Err(TargetRefused("not_https"));
            }
            if !PORTS.contains(&port) {
                return Err(TargetRefused("port"));
            }
            if let Host::Domain(name) = &host {
                public_name(name)?;
            }
        }
        let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        let authority = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_string(),
        };
        Ok(Self { host, port, is_https, path, authority })
    }

    /// Whether an address that the host has may be asked.
    pub(super) fn allows(&self, address: IpAddr, rules: Rules) -> bool {
        let own = is_loopback(&self.host, rules) && address.is_loopback();
        own || (self.is_https && super::is_public(address))
    }

    /// The name, for TLS and the resolver; an address as a certificate would have it.
    pub(super) fn name(&self) -> String {
        match &self.host {
            Host::Domain(name) => name.clone(),
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        }
    }

    pub(super) fn literal(&self) -> Option<IpAddr> {
        match &self.host {
            Host::Domain(_) => None,
            Host::Ipv4(address) => Some((*address).into()),
            Host::Ipv6(address) => Some((*address).into()),
        }
    }
}

fn is_loopback(host: &Host<String>, rules: Rules) -> bool {
    rules.loopback
        && match host {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        }
}

fn public_name(name: &str) -> Result<(), TargetRefused> {
    let bare = name.trim_end_matches('.');
    let is_local = !bare.contains('.') || LOCAL_ENDINGS.iter().any(|ending| bare.ends_with(ending));
    if is_local { Err(TargetRefused("private_address")) } else { Ok(()) }
}
