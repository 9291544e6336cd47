//! A PostgreSQL server of a test's own: to be stopped, started again, and run beside a disk that fails.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::needs;

/// A server that stops with this value.
pub struct Server {
    bin: PathBuf,
    folder: TempDir,
    port: u16,
    environment: Vec<(String, String)>,
}

impl Server {
    /// Makes one and starts it; without PostgreSQL's programs the test is skipped, loudly.
    ///
    /// # Panics
    /// When the programs are there and do not do it.
    #[must_use]
    pub fn start() -> Option<Self> {
        let Some(bin) = programs() else {
            needs::missing("PostgreSQL's programs (initdb, pg_ctl)");
            return None;
        };
        let folder = tempfile::tempdir().expect("a temporary folder");
        give_away(folder.path());
        let free = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = free.local_addr().expect("it is bound").port();
        drop(free);
        let server = Self { bin, folder, port, environment: Vec::new() };
        let data = server.data();
        let arguments = ["--username=saldo", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
        server.run("initdb", &[&["--pgdata", &data], &arguments[..]].concat());
        server.resume();
        Some(server)
    }

    /// What the server is started with from now on.
    pub fn set(&mut self, name: &str, value: &str) {
        self.environment.push((name.to_owned(), value.to_owned()));
    }

    /// Its own database for everything, whose user may do everything.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://saldo@127.0.0.1:{}/postgres", self.port)
    }

    /// Where its files lie.
    #[must_use]
    pub fn data(&self) -> String {
        self.folder.path().join("db").display().to_string()
    }

    /// Stops it as an administrator does, with those who are connected cut off.
    pub fn stop(&self) {
        self.run("pg_ctl", &["--pgdata", &self.data(), "--mode=fast", "--wait", "--silent", "stop"]);
    }

    /// Starts it where it stands.
    pub fn resume(&self) {
        let folder = self.folder.path().display();
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=60",
            self.port
        );
        let log = format!("--log={folder}/log");
        self.run("pg_ctl", &["--pgdata", &self.data(), &log, "--wait", "--silent", "--options", &options, "start"]);
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let mut command = as_postgres(&self.bin.join(program));
        command.args(arguments).envs(self.environment.iter().cloned()).current_dir("/");
        // The server keeps what it is given: a pipe would be waited for.
        let log = self.folder.path().join("said");
        let said = fs::File::create(&log).expect("the folder takes a file");
        command.stdin(Stdio::null()).stdout(said.try_clone().expect("a handle")).stderr(said);
        let status = command.status().unwrap_or_else(|error| panic!("{program}: {error}"));
        assert!(status.success(), "{program}: {}", fs::read_to_string(&log).unwrap_or_default());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut command = as_postgres(&self.bin.join("pg_ctl"));
        let data = self.data();
        command.args(["--pgdata", &data, "--mode=immediate", "--wait", "--silent", "stop"]).current_dir("/");
        let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}

fn programs() -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    folders.sort();
    folders.extend(["/usr/bin".into(), "/usr/local/bin".into()]);
    folders.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// A server refuses to run as root: then it runs as Debian's own account for it, or as nobody.
fn account() -> &'static str {
    let known = Command::new("id").arg("postgres").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if known.is_ok_and(|status| status.success()) { "postgres" } else { "nobody" }
}

fn as_postgres(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", account(), "--"]).arg(program);
    command
}

fn give_away(folder: &Path) {
    if is_root() {
        let given = Command::new("chown").arg(account()).arg(folder).status().expect("chown is there");
        assert!(given.success(), "chown {}", folder.display());
    }
}
