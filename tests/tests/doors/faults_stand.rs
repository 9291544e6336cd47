//! The binary that people run, with its database on a disk or a server that a test takes away and gives back.

use std::fs;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use reqwest::Client;
use saldo_tests::process::{self, Process};
use saldo_tests::server::Server;
use saldo_tests::{needs, process::PATIENCE};
use sea_orm::{ConnectionTrait, Database as Connections};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Answer, Api, Visitor};

/// What a page of the portal says while the database does not do its work, in the debtor's language.
pub const CANNOT_SHOW: &str = "No podemos mostrar esta página ahora";
pub const CANNOT_TAKE: &str = "No pudimos recibir lo que envió";

/// An installation that runs.
pub struct Stand {
    folder: TempDir,
    bind: String,
    database: String,
    /// The server behind it, where it is PostgreSQL.
    pub server: Option<Server>,
    process: Option<Process>,
    key: String,
}

/// The library that lets a disk fail, compiled once.
fn failing_disk() -> Option<PathBuf> {
    static LIBRARY: OnceLock<Option<PathBuf>> = OnceLock::new();
    let compile = || {
        let folder = needs::target_folder("failing-disk");
        let (source, library) = (folder.join("disk.c"), folder.join("disk.so"));
        fs::write(&source, include_str!("disk.c")).expect("the target folder is writable");
        let arguments = ["-shared", "-fPIC", "-O1", "-o"];
        let compiled = Command::new("cc").args(arguments).arg(&library).arg(&source).arg("-ldl").status();
        if compiled.is_ok_and(|status| status.success()) {
            return Some(library);
        }
        needs::missing("a C compiler (cc)");
        None
    };
    LIBRARY.get_or_init(compile).clone()
}

impl Stand {
    /// On an SQLite file whose disk can fail.
    pub async fn on_sqlite() -> Option<Self> {
        Self::open(None).await
    }

    /// On a PostgreSQL server of its own whose disk can fail.
    pub async fn on_postgres() -> Option<Self> {
        let (library, mut server) = (failing_disk()?, Server::start()?);
        let flags = needs::target_folder("failing-disk").join(format!("flags-{}", std::process::id()));
        fs::create_dir_all(&flags).expect("the target folder is writable");
        server.stop();
        server.set("LD_PRELOAD", &library.display().to_string());
        server.set("SALDO_DISK", &flags.display().to_string());
        server.set("SALDO_DISK_UNDER", &format!("{}/base", server.data()));
        server.resume();
        Self::open(Some(server)).await
    }

    async fn open(server: Option<Server>) -> Option<Self> {
        process::saldo()?;
        let free = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let bind = free.local_addr().expect("it is bound").to_string();
        drop(free);
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("data")).expect("the folder is writable");
        let database = match &server {
            Some(server) => server.url(),
            None => format!("sqlite://{}", folder.path().join("data/saldo.db").display()),
        };
        let mut stand = Self { folder, bind, database, server, process: None, key: String::new() };
        let made = stand.run(&[
            "creditor",
            "create",
            "--name",
            "Papelería Sol",
            "--country",
            "MX",
            "--zone",
            "America/Mexico_City",
            "--currency",
            "MXN",
        ]);
        let (ok, said) = made?;
        assert!(ok, "{said}");
        stand.key = said.split_whitespace().find(|word| word.starts_with("saldo_key_")).expect("a key").to_owned();
        stand.start();
        Some(stand)
    }

    fn flags(&self) -> PathBuf {
        match &self.server {
            Some(_) => needs::target_folder("failing-disk").join(format!("flags-{}", std::process::id())),
            None => self.folder.path().to_owned(),
        }
    }

    /// The disk is full, or may only be read, until it is mended.
    pub fn break_disk(&self, how: &str) {
        fs::write(self.flags().join(how), "").expect("a flag");
    }

    /// The disk does its work again.
    pub fn mend_disk(&self, how: &str) {
        fs::remove_file(self.flags().join(how)).expect("a flag");
    }

    /// Runs a statement on the server.
    pub async fn execute(&self, sql: &str) {
        let connection = Connections::connect(&self.database).await.expect("the server answers");
        connection.execute_unprepared(sql).await.expect("it is done");
        connection.close().await.expect("it is closed");
    }

    fn command(&self, arguments: &[&str]) -> Option<Command> {
        let mut command = process::saldo()?;
        command
            .current_dir(self.folder.path())
            .env("SALDO_SERVER__DATA_DIR", self.folder.path().join("data"))
            .env("SALDO_SERVER__BIND", &self.bind)
            .env("SALDO_DATABASE__URL", &self.database)
            .env("SALDO_LIMITS__API_PER_MINUTE", "100000")
            .args(arguments);
        if self.server.is_none() {
            command
                .env("LD_PRELOAD", failing_disk()?)
                .env("SALDO_DISK", self.flags())
                .env("SALDO_DISK_UNDER", self.folder.path().join("data/saldo.db"));
        }
        Some(command)
    }

    /// Runs a command to its end: whether it succeeded, and what it said.
    pub fn run(&self, arguments: &[&str]) -> Option<(bool, String)> {
        let output = self.command(arguments)?.output().expect("it runs");
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("text")).concat();
        Some((output.status.success(), said))
    }

    fn start(&mut self) {
        let process = Process::start(self.command(&["serve"]).expect("it was there"));
        process.wait_for(|line| line.contains("serving").then_some(()));
        self.process = Some(process);
    }

    /// What the server has logged.
    pub fn log(&self) -> String {
        self.process.as_ref().map(Process::output).unwrap_or_default()
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.bind)
    }

    pub fn client(&self) -> Client {
        let builder = Client::builder().cookie_store(true).redirect(reqwest::redirect::Policy::none()).no_proxy();
        builder.build().expect("a plain client")
    }

    pub fn api(&self) -> Api {
        Api::at(self.client(), &self.url(), &self.key)
    }

    /// A debtor who owes one invoice, and speaks Spanish.
    pub async fn debtor(&self, reference: &str, minor: i64) -> Value {
        let wish = json!({"reference": reference, "name": format!("{reference} Torres"), "language": "es",
            "email": format!("{}@example.com", reference.to_lowercase())});
        let debtor = self.api().put("/v1/debtors", &wish).await.json();
        self.issue(&format!("{reference}-1"), reference, minor).await.expect(200);
        debtor
    }

    pub async fn issue(&self, number: &str, reference: &str, minor: i64) -> Answer {
        let wish = json!({"debtor_reference": reference, "number": number, "issued_on": "2026-10-01",
            "due_on": "2027-10-01", "amount": {"minor": minor, "currency": "MXN"}});
        self.api().post("/v1/invoices", &wish).await
    }

    /// Signs a debtor in, who has looked at the statement once.
    pub async fn visitor(&self, debtor: &Value) -> (Visitor, String) {
        let wish = json!({"debtor_id": debtor["id"]});
        let link = self.api().post_once("/v1/access-links", &wish, &crate::world::fresh()).await.expect(201).json();
        let link = link["url"].as_str().expect("a link").to_owned();
        let client = self.client();
        let answer = Answer::of(client.post(&link).send().await.expect("an answer")).await.expect(303);
        assert_eq!(answer.header("location"), "/statement");
        let visitor = Visitor { client, url: self.url() };
        visitor.get("/statement").await.expect(200);
        (visitor, link)
    }

    /// The numbers of all invoices.
    pub async fn numbers(&self) -> Vec<String> {
        let (mut numbers, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.api().get(&format!("/v1/invoices?limit=200{cursor}")).await.expect(200).json();
            let items = page["items"].as_array().expect("items");
            numbers.extend(items.iter().map(|item| item["number"].as_str().expect("a number").to_owned()));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return numbers,
            }
        }
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        self.process = None;
        if self.server.is_some() {
            let _ = fs::remove_dir_all(self.flags());
        }
    }
}

/// Asks until it is so.
pub async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so().await {
        assert!(Instant::now() < deadline, "it never came: {what}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// A calm page: with its status, when to come back, in the debtor's language, and without a word of what broke.
pub fn assert_calm(answer: &Answer, says: &str) {
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert!(answer.header("retry-after").parse::<u32>().is_ok(), "{:?}", answer.headers);
    assert!(answer.body.contains(says) && answer.body.contains("lang=\"es\""), "{}", answer.body);
    for inside in ["SQL", "sql", "postgres", "panicked", "rror:", "Err(", ".rs"] {
        assert!(!answer.body.contains(inside), "{inside}: {}", answer.body);
    }
}
