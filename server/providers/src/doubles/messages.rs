//! A Twilio and a Cloud API of Meta that keep what they are given and misbehave on command. Each request is judged by what
//! the provider's documentation asks for.

use super::broken::Broken;
use crate::Secret;
use crate::channel::{sign_for_twilio, sign_for_whatsapp};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};
use std::collections::VecDeque;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

const BODY_BYTES_MAX: usize = 256 * 1024;

/// Whose API it speaks.
#[derive(Debug, Clone)]
pub enum Speaks {
    /// Twilio's, for an account with a token.
    Twilio {
        /// `AC…`.
        account: String,
        /// Its token.
        token: Secret,
    },
    /// Meta's Cloud API, for a number with a token and an app with a secret.
    Whatsapp {
        /// The number's id.
        phone_number_id: String,
        /// The access token.
        token: Secret,
        /// Signs what it tells.
        app_secret: Secret,
    },
}

/// What happens with one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reaction {
    /// Takes the message.
    Take,
    /// Takes it and answers these words with 200.
    TakeAndSay(String),
    /// Takes it and never answers.
    TakeAndHang,
    /// Takes it and breaks off in the middle of the answer.
    TakeAndBreakOff,
    /// Does not take it, and answers so.
    Refuse {
        /// The HTTP status.
        status: u16,
        /// The provider's own code, in an error of its form; none: words of some proxy.
        code: Option<i64>,
        /// `Retry-After`, in seconds.
        retry_after: Option<u32>,
    },
}

impl Reaction {
    /// Refuses with a code of the provider's.
    pub fn refuse(status: u16, code: i64) -> Self {
        Self::Refuse { status, code: Some(code), retry_after: None }
    }
}

/// A message that the double has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenMessage {
    /// The double's name of it.
    pub reference: String,
    /// The number, with its plus.
    pub to: String,
    /// What was asked, field by field: Twilio's form as one object, or the JSON of the Cloud API.
    pub asked: Json,
}

/// A running double. Dropping it stops it.
pub struct MessagesDouble {
    shared: Arc<Shared>,
    base: String,
    server: JoinHandle<()>,
}

struct Shared {
    speaks: Speaks,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    script: VecDeque<Reaction>,
    taken: Vec<TakenMessage>,
    violations: Vec<String>,
    request_count: usize,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl MessagesDouble {
    /// Starts a double on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(speaks: Speaks) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let base = format!("http://{}", listener.local_addr()?);
        let shared = Arc::new(Shared { speaks, inner: Mutex::default() });
        let routes = Router::new().fallback(serve).with_state(shared.clone());
        let server = tokio::spawn(async move {
            let _ = axum::serve(listener, routes).await;
        });
        Ok(Self { shared, base, server })
    }

    /// Where its API is.
    pub fn base_url(&self) -> String {
        self.base.clone()
    }

    /// Says what happens with the next requests, one each; after them every message is taken.
    pub fn script(&self, reactions: impl IntoIterator<Item = Reaction>) {
        self.shared.lock().script.extend(reactions);
    }

    /// Every message that was taken, oldest first.
    pub fn taken(&self) -> Vec<TakenMessage> {
        self.shared.lock().taken.clone()
    }

    /// What was asked against the documentation: assert that it is empty.
    pub fn violations(&self) -> Vec<String> {
        self.shared.lock().violations.clone()
    }

    /// How many requests came in.
    pub fn request_count(&self) -> usize {
        self.shared.lock().request_count
    }

    /// The header that goes with a body which this provider posts to an address.
    pub fn sign(&self, url: &str, body: &[u8]) -> (&'static str, String) {
        match &self.shared.speaks {
            Speaks::Twilio { token, .. } => {
                let fields: Vec<_> = form_urlencoded::parse(body).into_owned().collect();
                ("x-twilio-signature", sign_for_twilio(token, url, &fields))
            }
            Speaks::Whatsapp { app_secret, .. } => ("x-hub-signature-256", sign_for_whatsapp(app_secret, body)),
        }
    }
}

impl Drop for MessagesDouble {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl fmt::Debug for MessagesDouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessagesDouble").field("base", &self.base).finish_non_exhaustive()
    }
}

async fn serve(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_BYTES_MAX).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let reaction = {
        let mut inner = shared.lock();
        inner.request_count += 1;
        let asked = match &shared.speaks {
            Speaks::Twilio { account, token } => twilio(account, token, parts.uri.path(), &parts.headers, &body),
            Speaks::Whatsapp { phone_number_id, token, .. } => {
                whatsapp(phone_number_id, token, parts.uri.path(), &parts.headers, &body)
            }
        };
        match asked {
            Err(violation) => {
                inner.violations.push(violation);
                return StatusCode::BAD_REQUEST.into_response();
            }
            Ok(None) => return axum::Json(json!({ "id": "found" })).into_response(),
            Ok(Some((to, asked))) => {
                let reaction = inner.script.pop_front().unwrap_or(Reaction::Take);
                let prefix = if matches!(shared.speaks, Speaks::Twilio { .. }) { "SM" } else { "wamid." };
                let reference = format!("{prefix}{:032x}", inner.taken.len() + 1);
                if !matches!(reaction, Reaction::Refuse { .. }) {
                    inner.taken.push(TakenMessage { reference: reference.clone(), to, asked });
                }
                (reaction, reference)
            }
        }
    };
    answer(&shared.speaks, reaction).await
}

async fn answer(speaks: &Speaks, (reaction, reference): (Reaction, String)) -> Response {
    let is_twilio = matches!(speaks, Speaks::Twilio { .. });
    match reaction {
        Reaction::Take if is_twilio => {
            (StatusCode::CREATED, axum::Json(json!({ "sid": reference, "status": "queued" }))).into_response()
        }
        Reaction::Take => {
            let taken = json!({ "messaging_product": "whatsapp", "messages": [{ "id": reference }] });
            axum::Json(taken).into_response()
        }
        Reaction::TakeAndSay(words) => words.into_response(),
        Reaction::TakeAndHang => std::future::pending().await,
        Reaction::TakeAndBreakOff => Response::new(Body::new(Broken::default())),
        Reaction::Refuse { status, code, retry_after } => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let body = match code {
                Some(code) if is_twilio => json!({ "code": code, "message": "refused", "status": status.as_u16() }),
                Some(code) => json!({ "error": { "code": code, "message": "refused", "type": "OAuthException" } }),
                None => json!("<html>a proxy's words</html>"),
            };
            let mut response = (status, body.to_string()).into_response();
            if let Some(seconds) = retry_after {
                response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
            }
            response
        }
    }
}

/// The number and what was asked; none where it is only asked whether the account is there.
type Asked = Result<Option<(String, Json)>, String>;

fn signed_in(headers: &HeaderMap, expected: &str) -> Result<(), String> {
    let told = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    if told == Some(expected) { Ok(()) } else { Err("not signed in".to_owned()) }
}

fn e164(number: &str) -> bool {
    let digits = number.strip_prefix('+').unwrap_or_default();
    (8..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn twilio(account: &str, token: &Secret, path: &str, headers: &HeaderMap, body: &[u8]) -> Asked {
    signed_in(headers, &format!("Basic {}", STANDARD.encode(format!("{account}:{}", token.expose()))))?;
    if path == format!("/2010-04-01/Accounts/{account}.json") {
        return Ok(None);
    }
    if path != format!("/2010-04-01/Accounts/{account}/Messages.json") {
        return Err(format!("no such path: {path}"));
    }
    let mut asked = serde_json::Map::new();
    for (name, value) in form_urlencoded::parse(body) {
        asked.insert(name.into_owned(), Json::String(value.into_owned()));
    }
    let field = |name: &str| asked.get(name).and_then(Json::as_str).unwrap_or_default();
    let to = field("To").to_owned();
    if !e164(&to) {
        return Err(format!("To is not E.164: {to}"));
    }
    let has_sender = e164(field("From")) || field("MessagingServiceSid").starts_with("MG");
    let length = field("Body").chars().count();
    if !has_sender || length == 0 || length > 1600 {
        return Err(format!("From or Body is missing or too long: {asked:?}"));
    }
    Ok(Some((to, Json::Object(asked))))
}

fn whatsapp(phone_number_id: &str, token: &Secret, path: &str, headers: &HeaderMap, body: &[u8]) -> Asked {
    signed_in(headers, &format!("Bearer {}", token.expose()))?;
    let path = path.trim_start_matches('/').split_once('/').map(|(_, rest)| rest).unwrap_or_default();
    if path == phone_number_id {
        return Ok(None);
    }
    if path != format!("{phone_number_id}/messages") {
        return Err(format!("no such path: {path}"));
    }
    let asked: Json = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let to = format!("+{}", asked["to"].as_str().unwrap_or_default());
    let whole = match asked["type"].as_str() {
        Some("text") => asked["text"]["body"].as_str().is_some_and(|text| !text.is_empty()),
        Some("template") => {
            let places = asked["template"]["components"][0]["parameters"].as_array().cloned().unwrap_or_default();
            let one_line = |place: &Json| place["text"].as_str().is_some_and(|text| !text.contains(['\n', '\t']));
            asked["template"]["name"].is_string()
                && asked["template"]["language"]["code"].is_string()
                && places.iter().all(one_line)
        }
        _ => false,
    };
    let is_one = asked["messaging_product"] == "whatsapp" && e164(&to) && whole;
    if is_one { Ok(Some((to, asked))) } else { Err(format!("not a message of the Cloud API: {asked}")) }
}
