//! People, programs and providers that use an installation all at once, and ask again until they are answered.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, header};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::book::{Ack, Kind, bare};
use crate::client::Caller;
use crate::installation::{CREDITOR, Installation};

/// For how long whoever asks is not answered before it is a failure.
const PATIENCE: Duration = Duration::from_secs(90);

/// What everybody shares.
pub struct World {
    pub url: String,
    pub key: String,
    pub creditor: String,
    pub console: Client,
    acks: Mutex<Vec<Ack>>,
    answers: AtomicU64,
    stopped: AtomicBool,
    log: Mutex<Option<PathBuf>>,
}

/// An answer that says yes or no; anything else is asked again.
pub struct Answer {
    pub status: u16,
    pub location: String,
    pub body: String,
    at: u64,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.body))
    }

    /// This answer, if it has the status.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }
}

impl World {
    /// Asks until somebody answers.
    pub async fn ask(&self, request: impl Fn() -> RequestBuilder) -> Answer {
        let since = Instant::now();
        let mut heard = String::new();
        loop {
            match request().timeout(Duration::from_secs(20)).send().await {
                Ok(response) if response.status().as_u16() < 500 => {
                    let status = response.status().as_u16();
                    let location = response.headers().get(header::LOCATION);
                    let location = location.map_or("", |value| value.to_str().expect("visible")).to_owned();
                    if let Ok(body) = response.text().await {
                        self.answers.fetch_add(1, Ordering::Relaxed);
                        return Answer { status, location, body, at: self.log_length() };
                    }
                }
                Ok(response) => heard = format!("{}: {}", response.status(), response.text().await.unwrap_or_default()),
                Err(error) => heard = error.to_string(),
            }
            assert!(since.elapsed() < PATIENCE, "nobody answers: {heard}");
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    fn log_length(&self) -> u64 {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.as_ref().map_or(0, |path| fs::metadata(path).map_or(0, |found| found.len()))
    }

    /// Keeps what an answer promised.
    pub fn acknowledge(&self, kind: Kind, name: String, answer: &Answer) {
        self.acks.lock().unwrap_or_else(PoisonError::into_inner).push(Ack { kind, name, at: answer.at });
    }

    /// Everything that was acknowledged so far.
    pub fn acks(&self) -> Vec<Ack> {
        self.acks.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many requests were answered.
    pub fn answers(&self) -> u64 {
        self.answers.load(Ordering::Relaxed)
    }
}

/// The callers at work.
pub struct Load {
    pub world: Arc<World>,
    callers: Vec<JoinHandle<Caller>>,
    resting: Vec<Caller>,
}

/// A client with cookies of its own that follows no redirect.
pub fn client() -> Client {
    let builder = Client::builder().cookie_store(true).redirect(Policy::none()).no_proxy();
    builder.build().expect("a plain client")
}

const CREATE: [&str; 9] =
    ["creditor", "create", "--country", "MX", "--zone", "America/Mexico_City", "--currency", "MXN", "--name"];

impl Load {
    /// Makes the creditor, signs finance in, and makes a debtor with a signed-in browser for each caller. The installation
    /// serves.
    pub async fn prepare(installation: &Installation, callers: usize) -> Self {
        let made = installation.succeed(&[&CREATE[..], &[CREDITOR]].concat());
        let word = |line: &str, place: usize| {
            let line = made.lines().find(|found| found.starts_with(line)).unwrap_or_else(|| panic!("{made}"));
            line.split_whitespace().nth(place).expect("a word").trim_matches(['(', ')']).to_owned()
        };
        let creditor = made.lines().next().and_then(|line| line.rsplit_once('(')).expect("its id").1;
        let world = Arc::new(World {
            url: format!("http://{}", installation.bind),
            key: word("API key", 2),
            creditor: creditor.trim_end_matches(')').to_owned(),
            console: client(),
            acks: Mutex::default(),
            answers: AtomicU64::default(),
            stopped: AtomicBool::new(false),
            log: Mutex::default(),
        });
        let link = word("Console", 1);
        world.ask(|| world.console.post(&link)).await.expect(303);
        let mut resting = Vec::new();
        for place in 0..callers {
            resting.push(Caller::arrive(&world, place).await);
        }
        Self { world, callers: Vec::new(), resting }
    }

    /// Answers from now on are dated by the length of this log.
    pub fn date_by(&self, log: PathBuf) {
        *self.world.log.lock().unwrap_or_else(PoisonError::into_inner) = Some(log);
    }

    /// Everybody begins.
    pub fn start(&mut self) {
        self.world.stopped.store(false, Ordering::Relaxed);
        let begin = |mut caller: Caller| {
            let world = Arc::clone(&self.world);
            tokio::spawn(async move {
                while !world.stopped.load(Ordering::Relaxed) {
                    caller.act().await;
                }
                caller
            })
        };
        self.callers = self.resting.drain(..).map(begin).collect();
    }

    /// Waits until so many more requests are acknowledged than there were: on a busy machine that takes its time.
    pub async fn until_more(&self, count: usize) {
        let (wanted, since) = (self.world.acks().len() + count, Instant::now());
        while self.world.acks().len() < wanted {
            self.assert_alive();
            assert!(since.elapsed() < PATIENCE, "nobody gets {count} answers in {PATIENCE:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Everybody finishes what it is at, which needs a node that answers.
    pub async fn stop(&mut self) {
        self.world.stopped.store(true, Ordering::Relaxed);
        for caller in self.callers.drain(..) {
            self.resting.push(caller.await.expect("a caller heard what it should not"));
        }
    }

    /// Everybody falls silent in the middle.
    pub fn drop_everything(&mut self) {
        self.callers.drain(..).for_each(|caller| caller.abort());
    }

    /// Whether nobody has stumbled.
    pub fn assert_alive(&self) {
        assert!(self.callers.iter().all(|caller| !caller.is_finished()), "a caller heard what it should not");
    }

    /// What the portal says that each owes is what the answers add up to.
    pub async fn assert_balances(&self) {
        self.assert_balances_at(self.world.url.trim_start_matches("http://")).await;
    }

    /// The same asked of another installation.
    pub async fn assert_balances_at(&self, bind: &str) {
        for caller in &self.resting {
            let path = format!("http://{bind}/v1/debtors/{}/statement", caller.debtor);
            let statement = self.world.ask(|| self.world.console.get(&path).bearer_auth(&self.world.key)).await;
            let statement = statement.expect(200).json();
            let account = &statement["accounts"][0];
            let owed = account["outstanding"]["minor"].as_i64().unwrap_or_default();
            let credit = account["credit"]["minor"].as_i64().unwrap_or_default();
            assert_eq!(owed - credit, caller.owed, "caller {}: {}", caller.place, json!(account["items"]));
        }
    }
}

/// The promise's name as the database has it.
pub fn named(answer: &Answer) -> String {
    bare(answer.json()["id"].as_str().expect("an id"))
}
