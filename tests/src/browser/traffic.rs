//! What a browser asked of the network, read from ChromeDriver's performance log.

use serde_json::Value;

/// One request that left the browser; a redirect counts as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The whole address, with its query.
    pub url: String,
    /// `GET`, `POST`.
    pub method: String,
    /// The `Referer` header that was sent, if one was.
    pub referer: Option<String>,
}

impl Request {
    /// Scheme, host and port: `http://127.0.0.1:8080`.
    #[must_use]
    pub fn origin(&self) -> &str {
        let authority = self.url.find("://").map_or(0, |at| at + 3);
        let end = self.url[authority..].find(['/', '?', '#']).map_or(self.url.len(), |at| authority + at);
        &self.url[..end]
    }

    /// Whether it crossed the network: not `data:`, `blob:`, `chrome:` or `about:`.
    #[must_use]
    pub fn is_network(&self) -> bool {
        ["http://", "https://", "ws://", "wss://"].iter().any(|scheme| self.url.starts_with(scheme))
    }
}

/// Requests in a batch of log entries, in their order.
pub(super) fn requests(entries: &Value) -> Vec<Request> {
    let messages = entries.as_array().into_iter().flatten().filter_map(|entry| {
        let message: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
        Some(message["message"].clone())
    });
    messages.filter(|message| message["method"] == "Network.requestWillBeSent").map(|message| read(&message)).collect()
}

fn read(message: &Value) -> Request {
    let request = &message["params"]["request"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let referer = ["Referer", "referer"].iter().find_map(|name| request["headers"][name].as_str());
    Request { url: text(&request["url"]), method: text(&request["method"]), referer: referer.map(str::to_owned) }
}
