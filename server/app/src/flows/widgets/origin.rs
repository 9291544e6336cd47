//! Sites, as browsers name them: scheme, host, and the port where it is not the scheme's own.

use crate::failure::{AppRefusal, Failure};

/// The longest host name (RFC 1035).
const HOST_MAX: usize = 253;

/// A site as it is listed: what browsers send as `Origin`. Only a machine's own address may do without TLS.
///
/// # Errors
/// `malformed`.
pub fn parse(text: &str) -> Result<String, Failure> {
    let text = text.trim().to_ascii_lowercase();
    match split(&text) {
        Some((origin, "" | "/")) => Ok(origin),
        _ => Err(AppRefusal::Malformed(format!("an origin is https://host, not {}", text.escape_debug())).into()),
    }
}

/// The site that an address lies on.
pub fn of_url(url: &str) -> Option<String> {
    if url.len() > 2_000 || url.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return None;
    }
    let (start, _) = url.split_once("://")?;
    // Scheme and host have no case, and the rest of the address is not looked at.
    let end = url.get(start.len() + 3..)?.find(['/', '?', '#']).map_or(url.len(), |at| start.len() + 3 + at);
    let (origin, _) = split(&url.get(..end)?.to_ascii_lowercase())?;
    Some(origin)
}

/// The part of a site that people read: its host, with a port where there is one.
pub fn host(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, host)| host)
}

/// The site at the head of a text in lower case, and what follows it.
fn split(text: &str) -> Option<(String, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    let (place, after) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let (host, port) = match place.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((inner, tail)) => {
            (&place[..inner.len() + 2], tail.strip_prefix(':').map_or(("", tail), |port| (port, "")))
        }
        None => place.split_once(':').map_or((place, ("", "")), |(host, port)| (host, (port, ""))),
    };
    let (port, beyond) = port;
    let bracketed = host.starts_with('[');
    let plain = if bracketed {
        host.len() > 2
            && host[1..host.len() - 1].bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))
    } else {
        is_name(host)
    };
    let own_machine = matches!(host, "localhost" | "127.0.0.1" | "[::1]") || host.ends_with(".localhost");
    let usual = match scheme {
        "https" => "443",
        "http" if own_machine => "80",
        _ => return None,
    };
    let number: Option<u16> = port.parse().ok().filter(|number| *number > 0);
    let port_fits =
        port.is_empty() && !place.ends_with(':') || (number.is_some() && port.bytes().all(|b| b.is_ascii_digit()));
    if !plain || !beyond.is_empty() || !port_fits || host.len() > HOST_MAX {
        return None;
    }
    let port = if port.is_empty() || port == usual { String::new() } else { format!(":{port}") };
    Some((format!("{scheme}://{host}{port}"), after))
}

/// Labels of letters, digits and inner hyphens between points.
fn is_name(host: &str) -> bool {
    host.split('.').all(|label| {
        let inner = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        inner && !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
    })
}

#[cfg(test)]
mod tests {
    use super::{of_url, parse};

    #[test]
    fn a_site_is_read_as_browsers_write_it() {
        for (typed, listed) in [
            ("https://shop.example", "https://shop.example"),
            (" HTTPS://Shop.Example/ ", "https://shop.example"),
            ("https://shop.example:8443", "https://shop.example:8443"),
            ("https://shop.example:443", "https://shop.example"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://127.0.0.1", "http://127.0.0.1"),
            ("http://[::1]:8080", "http://[::1]:8080"),
            ("http://shop.localhost", "http://shop.localhost"),
            ("https://xn--caf-dma.example", "https://xn--caf-dma.example"),
        ] {
            assert_eq!(parse(typed).ok().as_deref(), Some(listed), "{typed}");
        }
    }

    #[test]
    fn what_is_no_site_is_refused() {
        for typed in [
            "",
            "null",
            "*",
            "shop.example",
            "http://shop.example",
            "https://",
            "https://*.shop.example",
            "https://shop.example/path",
            "https://shop.example?x",
            "https://user@shop.example",
            "https://shop.example:",
            "https://shop.example:0",
            "https://shop.example:99999",
            "https://shop.example:+80",
            "https://-shop.example",
            "https://shop..example",
            "https://shop_example",
            "https://café.example",
            "ftp://shop.example",
            "javascript://shop.example",
            "https://shop.example\\@evil.example",
        ] {
            assert!(parse(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn the_site_of_an_address_is_its_own() {
        for (url, site) in [
            ("https://shop.example/account?x=1#y", Some("https://shop.example")),
            ("https://shop.example", Some("https://shop.example")),
            ("https://shop.example?x=/", Some("https://shop.example")),
            ("https://shop.example@evil.example/", None),
            ("https://shop.example:pw@evil.example/", None),
            ("https://evil.example/https://shop.example", Some("https://evil.example")),
            ("//shop.example/", None),
            ("javascript:alert(1)", None),
            ("https:/shop.example", None),
            ("https://shop.example\\.evil.example/", None),
            ("https://shop.example/a b", None),
        ] {
            assert_eq!(of_url(url).as_deref(), site, "{url}");
        }
    }
}
