//! A stand-in for the widget door, and sites that embed what it serves.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, Sse};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use futures::stream;
use saldo_contract::widget_view::WidgetView;
use saldo_tests::browser::{Browser, Options};
use saldo_tests::needs;
use saldo_tests::origin::Origin;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::sleep;

/// What it answers, and what it was asked.
pub struct Door {
    view: Mutex<Value>,
    refusal: Mutex<Option<(u16, &'static str)>>,
    delay: Mutex<Duration>,
    asked: Mutex<Vec<Value>>,
    tampered: Mutex<Option<&'static str>>,
    revision: watch::Sender<u32>,
}

/// The stand-in, served.
pub struct Fake {
    pub door: Arc<Door>,
    pub origin: Origin,
}

impl Fake {
    /// None, said aloud, where the bundles were not built.
    pub async fn open() -> Option<Self> {
        if saldo_bundles::all().is_empty() {
            needs::missing("the bundles (SALDO_SKIP_BUNDLES)");
            return None;
        }
        let door = Arc::new(Door {
            view: Mutex::default(),
            refusal: Mutex::default(),
            delay: Mutex::default(),
            asked: Mutex::default(),
            tampered: Mutex::default(),
            revision: watch::Sender::new(1),
        });
        let origin = Origin::serve_as(|base| {
            let text = include_str!("view.json").replace("{{base}}", base);
            let view: WidgetView = serde_json::from_str(&text).expect("the canned answer is one of the contract's");
            *door.view.lock().expect("no test panics in here") = serde_json::to_value(view).expect("it is JSON");
            router(Arc::clone(&door))
        });
        Some(Self { origin: origin.await, door: Arc::clone(&door) })
    }

    pub fn script(&self) -> String {
        format!("<script async crossorigin src={}/widgets/v1/saldo.js></script>", self.origin.url)
    }

    /// Changes the answer, and tells who listens.
    pub fn change(&self, change: impl FnOnce(&mut Value)) {
        self.door.revision.send_modify(|number| *number += 1);
        let mut view = self.door.view.lock().expect("no test panics in here");
        view["revision"] = format!("r{}", *self.door.revision.borrow()).into();
        change(&mut view);
    }

    /// Everything is paid.
    pub fn pay(&self) {
        self.change(|view| {
            let paid = json!({"amount_due": {"minor": 0, "currency": "MXN"}, "formatted": "$0.00", "state": "paid",
                "state_text": "Nada por pagar", "open_item_count": 0, "items_text": ""});
            view["balance"] = paid;
            view["statement"]["items"] = json!([]);
        });
    }

    /// Every answer is this one; none: as usual.
    pub fn refuse(&self, refusal: Option<(u16, &'static str)>) {
        *self.door.refusal.lock().expect("no test panics in here") = refusal;
    }

    /// Every view takes this long.
    pub fn slow_down(&self, delay: Duration) {
        *self.door.delay.lock().expect("no test panics in here") = delay;
    }

    /// Files of this kind (`js`, `wasm`) are not what was built.
    pub fn tamper(&self, kind: &'static str) {
        *self.door.tampered.lock().expect("no test panics in here") = Some(kind);
    }

    /// The bodies of the requests for views.
    pub fn asked(&self) -> Vec<Value> {
        self.door.asked.lock().expect("no test panics in here").clone()
    }

    /// A site with this page, in a window of its own.
    pub async fn visit(&self, site: Site, options: Options) -> Option<(Browser, Origin)> {
        let browser = Browser::open(options).await?;
        let origin = site.serve().await;
        browser.goto(&origin.url).await;
        Some((browser, origin))
    }
}

/// Somebody else's page.
#[derive(Clone, Default)]
pub struct Site {
    pub head: String,
    pub body: String,
    pub lang: &'static str,
    pub headers: Vec<(&'static str, String)>,
    pub files: Vec<(&'static str, Vec<u8>)>,
}

impl Site {
    pub fn new(head: &str, body: &str) -> Self {
        Self { head: head.to_owned(), body: body.to_owned(), lang: "es-MX", ..Self::default() }
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub async fn serve(self) -> Origin {
        let html = format!(
            "<!doctype html><html lang={}><head><title>Tienda</title><meta name=viewport content=width=device-width>{}</head>\
             <body><main><h1>Tienda</h1>{}</main></body></html>",
            self.lang, self.head, self.body
        );
        let mut headers = HeaderMap::new();
        for (name, value) in self.headers {
            let name = HeaderName::from_static(name);
            headers.append(name, HeaderValue::from_str(&value).expect("it is a header"));
        }
        let mut router = Router::new()
            .route("/", get(move || async move { (headers, Html(html)) }))
            .route("/own", get(|| async { Html("<!doctype html><title>Propia</title><h1>Propia</h1>") }))
            .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }));
        for (path, contents) in self.files {
            let file = move || async move { ([(header::CONTENT_TYPE, "text/javascript")], contents) };
            router = router.route(path, get(file));
        }
        Origin::serve(router).await
    }
}

fn router(door: Arc<Door>) -> Router {
    Router::new()
        .route("/v1/widget/view", post(view))
        .route("/v1/widget/events", post(events))
        .route("/v1/widget/dismissals", post(dismissals))
        .route("/widgets/v1/open", post(open))
        .route("/widgets/v1/{file}", get(script))
        .route("/assets/{file}", get(asset))
        .route("/healthz", get(|| async { StatusCode::OK }))
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .with_state(door)
}

/// The words that come with every answer.
const ALWAYS: [&str; 10] =
    ["due", "next_due", "pay", "paid", "failed", "retry", "loading", "opens_new", "see_statement", "see_ways"];

fn cors(answer: impl IntoResponse) -> Response {
    let mut answer = answer.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    // So that tests may weigh what crossed.
    headers.insert("timing-allow-origin", HeaderValue::from_static("*"));
    answer
}

fn refused(status: u16, code: &str) -> Response {
    let status = StatusCode::from_u16(status).expect("it is a status");
    cors((status, [(header::CONTENT_TYPE, "application/problem+json")], json!({"code": code}).to_string()))
}

async fn view(State(door): State<Arc<Door>>, body: Bytes) -> Response {
    let asked: Value = serde_json::from_slice(&body).expect("the kit sends JSON");
    door.asked.lock().expect("no test panics in here").push(asked.clone());
    let delay = *door.delay.lock().expect("no test panics in here");
    sleep(delay).await;
    if let Some((status, code)) = *door.refusal.lock().expect("no test panics in here") {
        return refused(status, code);
    }
    if asked["token"] == "old" {
        return refused(401, "token_expired");
    }
    let mut view = door.view.lock().expect("no test panics in here").clone();
    if asked["known"] == view["revision"] {
        return cors(StatusCode::NO_CONTENT);
    }
    let parts = asked["parts"].as_array().expect("parts are asked for");
    if parts.len() == 1 {
        let words = view["words"].as_object_mut().expect("words are an object");
        words.retain(|key, _| ALWAYS.contains(&key.as_str()));
    }
    for part in ["balance", "statement", "choices", "plan", "reminder"] {
        if !parts.contains(&part.into()) {
            view.as_object_mut().expect("the view is an object").remove(part);
        }
    }
    cors(([(header::CONTENT_TYPE, "application/json")], view.to_string()))
}

async fn events(State(door): State<Arc<Door>>) -> Response {
    if door.refusal.lock().expect("no test panics in here").is_some() {
        return refused(503, "unavailable");
    }
    let changes = stream::unfold(door.revision.subscribe(), |mut revision| async move {
        revision.changed().await.ok()?;
        let number = *revision.borrow_and_update();
        let event = Event::default().event("changed").data(json!({"revision": format!("r{number}")}).to_string());
        Some((Ok::<_, Infallible>(event), revision))
    });
    cors(Sse::new(changes))
}

async fn dismissals(State(door): State<Arc<Door>>, body: Bytes) -> Response {
    let asked: Value = serde_json::from_slice(&body).expect("the kit sends JSON");
    door.asked.lock().expect("no test panics in here").push(asked);
    cors(StatusCode::NO_CONTENT)
}

/// Our own page: shows the form that arrived.
async fn open(body: String) -> Html<String> {
    Html(format!("<!doctype html><title>Pago</title><h1>Pago</h1><pre>{}</pre>", body.replace('<', "")))
}

async fn script(Path(file): Path<String>) -> Response {
    embedded(&format!("/widgets/v1/{file}"))
}

async fn asset(State(door): State<Arc<Door>>, Path(file): Path<String>) -> Response {
    let tampered = *door.tampered.lock().expect("no test panics in here");
    let path = format!("/assets/{file}");
    let Some(asset) = saldo_bundles::find(&path).filter(|_| tampered.is_some_and(|kind| file.ends_with(kind))) else {
        return embedded(&path);
    };
    cors(([(header::CONTENT_TYPE, asset.content_type)], [asset.raw, b"\n"].concat()))
}

/// As the server serves them, always with brotli: the browser asks for it.
fn embedded(path: &str) -> Response {
    let Some(asset) = saldo_bundles::find(path) else { return StatusCode::NOT_FOUND.into_response() };
    cors(([(header::CONTENT_TYPE, asset.content_type), (header::CONTENT_ENCODING, "br")], asset.brotli))
}
