//! Forms as browsers send them, fields repeated where a debtor ticks several items.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use saldo_app::App;
use saldo_domain::Refusal;
use std::str::FromStr;

/// The fields of a form.
pub struct Form(Vec<(String, String)>);

impl FromRequest<App> for Form {
    type Rejection = StatusCode;

    async fn from_request(request: Request, app: &App) -> Result<Self, StatusCode> {
        let body = Bytes::from_request(request, app).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
        Ok(Self(form_urlencoded::parse(&body).into_owned().collect()))
    }
}

impl Form {
    /// Fields that were read elsewhere.
    pub fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// All fields, as they were sent.
    pub fn fields(&self) -> Vec<(String, String)> {
        self.0.clone()
    }

    /// The first value of a field; empty where it is absent.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// The first value of a field as it was typed, spaces too: a password.
    pub fn secret(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The first value of a field in another form.
    pub fn parse<T: FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).parse().ok()
    }

    /// Every readable value of a field.
    pub fn all<T: FromStr>(&self, name: &str) -> Vec<T> {
        self.0.iter().filter(|(key, _)| key == name).filter_map(|(_, value)| value.parse().ok()).collect()
    }

    /// Every field whose name begins so, by the rest of its name.
    pub fn beginning<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(key, value)| key.strip_prefix(prefix).map(|rest| (rest, value.as_str())))
    }
}

/// Reads a rate in percent with up to two decimals as basis points: `2`, `2.5`, `2,75 %`.
///
/// # Errors
/// `amount_unreadable`.
pub fn rate_bps(text: &str) -> Result<u32, Refusal> {
    let unreadable = || Refusal::AmountUnreadable(text.chars().take(24).collect());
    let digits = text.trim().trim_end_matches('%').trim();
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || part.len() > 2 || !plain(whole) || !plain(part) {
        return Err(unreadable());
    }
    format!("{whole}{part:0<2}").parse().map_err(|_| unreadable())
}

/// A path of ours that a form or an address names: `//elsewhere` would lead away.
pub fn local_path(text: &str) -> Option<&str> {
    let ours = text.starts_with('/') && !text.starts_with("//");
    let plain = !text.contains('\\') && !text.chars().any(char::is_control);
    (ours && plain && text.len() <= 500).then_some(text)
}

/// Every readable value of a field of an address.
pub fn query_all<T: FromStr>(query: Option<&str>, name: &str) -> Vec<T> {
    let fields = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    fields.filter(|(key, _)| key == name).filter_map(|(_, value)| value.parse().ok()).collect()
}

/// The first value of a field of an address.
pub fn query_field(query: Option<&str>, name: &str) -> Option<String> {
    form_urlencoded::parse(query?.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::{local_path, rate_bps};

    #[test]
    fn a_rate_is_read_in_percent() {
        for (text, bps) in [("2", 200), ("2.5", 250), ("2,75 %", 275), ("0", 0), ("100", 10_000)] {
            assert_eq!(rate_bps(text), Ok(bps), "{text}");
        }
        for text in ["", "-1", "2.555", "two", "1e3", "12345", ".5"] {
            assert!(rate_bps(text).is_err(), "{text}");
        }
    }

    #[test]
    fn only_a_path_of_ours_is_come_back_to() {
        for good in ["/", "/methods", "/plans/new?account=1&count=3"] {
            assert_eq!(local_path(good), Some(good));
        }
        for bad in ["", "methods", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nSet-Cookie: x"] {
            assert_eq!(local_path(bad), None, "{bad:?}");
        }
    }
}
