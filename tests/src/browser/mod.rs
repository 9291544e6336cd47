//! A person at a browser: headless Chromium, driven through ChromeDriver.

mod axe;
mod driver;
mod options;
mod page;
mod traffic;

use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};

pub use self::axe::Violation;
use self::driver::{Driver, Session};
pub use self::options::Options;
pub use self::traffic::Request;
use crate::needs;

/// Two Chromiums at once: a third one only slows all of them down on two cores.
static SESSIONS: Semaphore = Semaphore::const_new(2);

/// One window with a profile of its own. Dropping it closes it.
pub struct Browser {
    session: Session,
    traffic: Mutex<Vec<Request>>,
    // After the session: Chromium is closed before its profile is removed and the next one may start.
    _profile: TempDir,
    _permit: SemaphorePermit<'static>,
}

impl Browser {
    /// Opens a window, waiting for its turn; none where Chromium is not installed: the test is skipped, loudly.
    ///
    /// # Panics
    /// When Chromium does not start, or is missing under `tests/run`.
    pub async fn open(options: Options) -> Option<Self> {
        let permit = SESSIONS.acquire().await.expect("never closed");
        let driver = Driver::shared()?;
        let chromium = driver::chromium()?;
        let profile = TempDir::with_prefix("saldo-chromium-").expect("the temporary folder is writable");
        let capabilities = options.capabilities(&chromium, profile.path());
        let session = Session::open(driver, capabilities).await.unwrap_or_else(|error| panic!("no session: {error}"));
        let browser = Self { session, traffic: Mutex::default(), _profile: profile, _permit: permit };
        for (command, parameters) in options.emulation() {
            browser.devtools(command, parameters).await;
        }
        Some(browser)
    }

    /// A command of Chromium's DevTools protocol.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.command("goog/cdp/execute", json!({"cmd": command, "params": parameters})).await
    }

    /// Every request so far that crossed the network, in order.
    ///
    /// # Panics
    /// When the log cannot be read.
    pub async fn requests(&self) -> Vec<Request> {
        let entries = self.command("se/log", json!({"type": "performance"})).await;
        let mut traffic = self.traffic.lock().expect("no test panics in here");
        traffic.extend(traffic::requests(&entries).into_iter().filter(Request::is_network));
        traffic.clone()
    }

    /// Ends the test when a request went to another origin than these.
    ///
    /// # Panics
    /// When one did.
    pub async fn assert_only_asked(&self, origins: &[&str]) {
        let requests = self.requests().await;
        assert!(!requests.is_empty(), "the log holds no request at all");
        let foreign: Vec<&Request> = requests.iter().filter(|request| !origins.contains(&request.origin())).collect();
        assert!(foreign.is_empty(), "requests to others than {origins:?}: {foreign:#?}");
    }

    /// Ends the test when a secret stands in a `Referer` header or in an entry of the window's history.
    ///
    /// # Panics
    /// When it does.
    pub async fn assert_unseen(&self, secret: &str) {
        let requests = self.requests().await;
        let referers = requests.iter().filter_map(|request| request.referer.as_deref());
        let history = self.history().await;
        let places: Vec<&str> = referers.chain(history.iter().map(String::as_str)).collect();
        let leaks: Vec<&&str> = places.iter().filter(|place| place.contains(secret)).collect();
        assert!(leaks.is_empty(), "the secret stands in {leaks:#?}");
    }

    /// The addresses that Back and Forward can reach.
    pub async fn history(&self) -> Vec<String> {
        let history = self.devtools("Page.getNavigationHistory", json!({})).await;
        let entries = history["entries"].as_array().cloned().unwrap_or_default();
        entries.iter().filter_map(|entry| entry["url"].as_str().map(str::to_owned)).collect()
    }

    /// Errors in the page's console since the last look: exceptions, failed loads, what the CSP blocked.
    pub async fn console_errors(&self) -> Vec<String> {
        let entries = self.command("se/log", json!({"type": "browser"})).await;
        let entries = entries.as_array().cloned().unwrap_or_default();
        let severe = entries.iter().filter(|entry| entry["level"] == "SEVERE");
        severe.filter_map(|entry| entry["message"].as_str().map(str::to_owned)).collect()
    }

    /// The whole page as `target/screenshots/NAME.png`.
    ///
    /// # Panics
    /// When it cannot be taken or written.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let answer = self.devtools("Page.captureScreenshot", json!({"captureBeyondViewport": true})).await;
        let path = needs::target_folder("screenshots").join(format!("{name}.png"));
        let png = BASE64.decode(answer["data"].as_str().unwrap_or_default()).expect("DevTools answers in base64");
        fs::write(&path, png).expect("the target folder is writable");
        path
    }
}
