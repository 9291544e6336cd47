//! ChromeDriver: one process for all tests of a binary, spoken to as W3C WebDriver.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use reqwest::Client;
use serde_json::Value;

use crate::needs;
use crate::process::Process;

/// The running ChromeDriver; it ends with the last session.
pub(super) struct Driver {
    _process: Process,
    port: u16,
}

static RUNNING: Mutex<Weak<Driver>> = Mutex::new(Weak::new());

impl Driver {
    /// The one that runs, or a new one; none where Chromium or its driver is not installed.
    pub(super) fn shared() -> Option<Arc<Self>> {
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(driver) = running.upgrade() {
            return Some(driver);
        }
        let Some((program, _)) = installed("chromedriver").zip(chromium()) else {
            needs::missing("Chromium with its driver (packages chromium and chromium-driver)");
            return None;
        };
        let mut command = Command::new(program);
        command.args(["--port=0", "--allowed-ips=127.0.0.1"]);
        let process = Process::start(command);
        let port = process.wait_for(|line| {
            line.split_once("started successfully on port ")?.1.trim_end_matches('.').trim().parse().ok()
        });
        let driver = Arc::new(Self { _process: process, port });
        *running = Arc::downgrade(&driver);
        Some(driver)
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/session{path}", self.port)
    }
}

/// Debian's Chromium.
pub(super) fn chromium() -> Option<PathBuf> {
    installed("chromium")
}

fn installed(program: &str) -> Option<PathBuf> {
    let folders = ["/usr/bin", "/usr/local/bin", "/usr/lib/chromium"].iter().map(Path::new);
    folders.map(|folder| folder.join(program)).find(|path| path.exists())
}

/// One session of ChromeDriver. Dropping it closes its Chromium, also while a test panics.
pub(super) struct Session {
    driver: Arc<Driver>,
    http: Client,
    path: String,
}

impl Session {
    pub(super) async fn open(driver: Arc<Driver>, capabilities: Value) -> Result<Self, String> {
        let http = Client::builder().timeout(Duration::from_secs(60)).build().map_err(|error| error.to_string())?;
        let answer = send(http.post(driver.url("")).json(&capabilities)).await?;
        let id = answer["sessionId"].as_str().ok_or_else(|| format!("no session: {answer}"))?;
        let path = format!("/{id}");
        Ok(Self { driver, http, path })
    }

    pub(super) async fn get(&self, path: &str) -> Result<Value, String> {
        send(self.http.get(self.driver.url(&format!("{}/{path}", self.path)))).await
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> Result<Value, String> {
        send(self.http.post(self.driver.url(&format!("{}/{path}", self.path))).json(&body)).await
    }
}

async fn send(request: reqwest::RequestBuilder) -> Result<Value, String> {
    let answer = request.send().await.map_err(|error| error.to_string())?;
    let succeeded = answer.status().is_success();
    let mut body: Value = answer.json().await.map_err(|error| error.to_string())?;
    let value = body["value"].take();
    if succeeded { Ok(value) } else { Err(format!("{}: {}", value["error"], value["message"])) }
}

impl Drop for Session {
    /// Blocking and without the runtime, which may be ending: a Chromium that is not asked to close stays.
    fn drop(&mut self) {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.driver.port)) else { return };
        let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
        let path = &self.path;
        let request = format!("DELETE /session{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        if stream.write_all(request.as_bytes()).is_ok() {
            let _ = stream.read(&mut [0; 64]);
        }
    }
}
