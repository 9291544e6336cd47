//! The real binary with a data folder, a port and a database of its own.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Output};

use saldo_tests::process::{self, Process};
use tempfile::TempDir;

/// The secret with which a mail server signs what it tells.
pub const HOOK: &str = "crash-hook-secret";

/// The creditor of every installation.
pub const CREDITOR: &str = "Casa Uno";

/// An installation. Its data folder goes with it.
pub struct Installation {
    folder: TempDir,
    pub bind: String,
    /// As `saldo` is told it; empty for SQLite in the data folder.
    database: String,
    settings: Vec<(String, String)>,
}

/// What a command said.
pub struct Said {
    pub ok: bool,
    pub out: String,
    pub err: String,
}

impl Installation {
    /// On a PostgreSQL database, or on SQLite; none where the binary is not built: the test is skipped, loudly.
    pub fn new(database: Option<&str>) -> Option<Self> {
        process::saldo()?;
        let free = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let settings = [
            ("SALDO_LIMITS__API_PER_MINUTE", "1000000"),
            ("SALDO_LIMITS__DOORS_PER_MINUTE", "1000000"),
            ("SALDO_MAIL__WEBHOOK_SECRETS", HOOK),
            ("SALDO_REMINDERS__TICK_SECONDS", "1"),
            ("SALDO_JOBS__LEASE_SECONDS", "3"),
            ("SALDO_LOG", "warn,saldo=info"),
        ];
        Some(Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
            bind: free.local_addr().expect("it is bound").to_string(),
            database: database.unwrap_or_default().to_owned(),
            settings: settings.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        })
    }

    /// A further setting of every command.
    pub fn set(&mut self, name: &str, value: &str) {
        self.settings.push((name.to_owned(), value.to_owned()));
    }

    /// Where it keeps what is not in its database.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A path beside the data folder.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Its database as an address.
    pub fn database_url(&self) -> String {
        match self.database.as_str() {
            "" => format!("sqlite://{}", self.data().join("saldo.db").display()),
            url => url.to_owned(),
        }
    }

    /// `saldo …`; a planted bug of this test's process is the binary's too.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = process::saldo().expect("it was there");
        command
            .current_dir(self.folder.path())
            .env("SALDO_SERVER__DATA_DIR", self.data())
            .env("SALDO_SERVER__BIND", &self.bind)
            .env("SALDO_DATABASE__URL", &self.database)
            .envs(self.settings.iter().cloned())
            .envs(std::env::var("SALDO_PLANTED").map(|bug| ("SALDO_PLANTED", bug)))
            .args(arguments);
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Said {
        said(self.command(arguments))
    }

    /// Runs a command that must succeed, and answers what it printed.
    pub fn succeed(&self, arguments: &[&str]) -> String {
        let Said { ok, out, err } = self.run(arguments);
        assert!(ok, "saldo {arguments:?}\n{out}\n{err}");
        out
    }

    /// Begins to serve; whoever asks before it answers asks again.
    pub fn serve(&self, more: &[(&str, &str)]) -> Process {
        let mut command = self.command(&["serve"]);
        command.envs(more.iter().copied());
        Process::start(command)
    }

    /// Serves, and is there.
    pub fn serving(&self) -> Process {
        let node = self.serve(&[]);
        node.wait_for(|line| line.contains("serving").then_some(()));
        node
    }

    /// Everything that the doctor looks at is well, the ledger above all. That a database of the tests keeps nothing through
    /// a power cut is as it should be.
    pub fn assert_well(&self, when: &str) {
        let Said { ok, out, err } = self.run(&["doctor"]);
        let mends = out.lines().filter(|line| line.starts_with("mend"));
        let well =
            ok || out.contains("mend  durability:") && mends.clone().all(|line| line.starts_with("mend  durability:"));
        assert!(well, "{when}: the doctor finds\n{out}\n{err}");
    }
}

/// Runs a command to its end.
pub fn said(mut command: Command) -> Said {
    let Output { status, stdout, stderr } = command.output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Said { ok: status.success(), out: text(stdout), err: text(stderr) }
}

/// Numbers that look random and are the same for the same seed (splitmix64).
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).expect("small")).expect("small")
    }
}

/// A number that whoever runs the tests may choose.
pub fn chosen(variable: &str, usual: u64) -> u64 {
    let read = |text: String| text.parse().unwrap_or_else(|_| panic!("{variable} is a number"));
    std::env::var(variable).map_or(usual, read)
}
