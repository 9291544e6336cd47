//! The database server itself is killed, with its memory, while the product is in use. The product is not restarted.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use saldo_domain::planted::Bug;
use saldo_tests::figures;
use saldo_tests::needs;
use saldo_tests::process::signal;
use tempfile::TempDir;

use crate::book::Book;
use crate::installation::{Chance, Installation, chosen};
use crate::kills::settle;
use crate::load::Load;

/// How often the server dies.
const KILLS: u64 = 8;
/// How long a server may take to come back.
const PATIENCE: Duration = Duration::from_secs(40);

/// A PostgreSQL server of its own that waits for its disk, as one in production does.
struct Server {
    folder: TempDir,
    programs: PathBuf,
    port: u16,
}

impl Server {
    /// Makes one; none where the programs are missing: the test is skipped, loudly.
    fn new() -> Option<Self> {
        let Some(programs) = programs() else {
            needs::missing("PostgreSQL's programs (initdb, postgres, pg_ctl)");
            return None;
        };
        let folder = tempfile::tempdir().expect("a temporary folder");
        let port = TcpListener::bind("127.0.0.1:0").expect("a port is free").local_addr().expect("bound").port();
        let own = Self { folder, programs, port };
        own.give_away();
        let data = own.data().display().to_string();
        let made = own.program("initdb", &["-D", &data, "-U", "saldo", "--auth=trust", "-E", "UTF8", "--locale=C"]);
        assert!(made, "initdb fails");
        own.start();
        Some(own)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("db")
    }

    fn url(&self) -> String {
        format!("postgres://saldo@127.0.0.1:{}/postgres", self.port)
    }

    /// A server refuses to run as root: then it runs as Debian's own account for it.
    fn give_away(&self) {
        if is_root() {
            let given = Command::new("chown").arg("postgres").arg(self.folder.path()).status();
            assert!(given.is_ok_and(|status| status.success()), "the account postgres is missing");
        }
    }

    fn program(&self, name: &str, arguments: &[&str]) -> bool {
        let path = self.programs.join(name);
        let mut command = if is_root() { Command::new("runuser") } else { Command::new(&path) };
        if is_root() {
            command.args(["-u", "postgres", "--"]).arg(&path);
        }
        command.args(arguments).current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }

    /// Starts it and lets it recover. What the dead one's children still hold is waited for.
    fn start(&self) {
        let (data, since) = (self.data().display().to_string(), Instant::now());
        let log = self.folder.path().join("db/log").display().to_string();
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c fsync=on -c synchronous_commit=on",
            self.port,
            self.folder.path().display()
        );
        while !self.program("pg_ctl", &["-D", &data, "-l", &log, "-w", "-s", "-o", &options, "start"]) {
            let said = fs::read_to_string(&log).unwrap_or_default();
            assert!(since.elapsed() < PATIENCE, "the server does not come back:\n{said}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Kills the server's first process; its children end when they see that it is gone.
    fn kill(&self) {
        let id = fs::read_to_string(self.data().join("postmaster.pid")).expect("it runs");
        let id = id.lines().next().and_then(|line| line.trim().parse().ok()).expect("its id");
        assert!(signal("KILL", id), "the server cannot be killed");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.data().display().to_string();
        self.program("pg_ctl", &["-D", &data, "-m", "immediate", "-w", "-s", "stop"]);
    }
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
}

/// PostgreSQL's programs, of the newest version that is installed.
pub fn programs() -> Option<PathBuf> {
    let installed =
        fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path().join("bin"));
    let mut folders: Vec<PathBuf> = installed.collect();
    folders.sort();
    folders.extend(["/usr/bin", "/usr/local/bin"].map(PathBuf::from));
    let has_all = |folder: &Path| ["initdb", "postgres", "pg_ctl"].iter().all(|name| folder.join(name).exists());
    folders.into_iter().rev().find(|folder| has_all(folder))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_database_server_loses_nothing_and_the_product_goes_on_by_itself() {
    let Some(server) = Server::new() else { return };
    let Some(installation) = Installation::new(Some(&server.url())) else { return };
    let node = installation.serving();
    let mut load = Load::prepare(&installation, 4).await;
    load.start();
    let kills = chosen("SALDO_SERVER_KILLS", KILLS);
    let mut chance = Chance(chosen("SALDO_CRASH_SEED", 3));
    for place in 0..kills {
        // Not before the product has come back by itself from the last death.
        load.until_more(6).await;
        tokio::time::sleep(Duration::from_millis(chance.next() % 400)).await;
        server.kill();
        tokio::time::sleep(Duration::from_millis(chance.next() % 300)).await;
        server.start();
        load.assert_alive();
        let acks = load.world.acks();
        Book::read(&server.url()).await.assert_has(&acks, &format!("after the server's death {}", place + 1));
    }
    load.stop().await;
    settle(&installation, &load).await;
    node.terminate();
    installation.assert_well("at the end");
    let counted = format!("{kills} deaths of the server, {} acknowledged", load.world.acks().len());
    eprintln!("{counted}");
    figures::record(Bug::SynchronousNormal, "PostgreSQL itself killed", &counted);
}
