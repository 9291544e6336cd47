//! `saldo backup` and `saldo restore` killed in the middle: no half backup passes as a whole one, and nothing works on half a
//! restore until the same command has gone on to its end.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use saldo_domain::planted::Bug;
use saldo_tests::figures;
use saldo_tests::postgres::Database;
use saldo_tests::process::Process;

use crate::drill::{digest, programs_first};
use crate::installation::{Installation, Said, said};

const ROWS: usize = 400;
const BACKUP: [&str; 2] = ["backup::copied", "backup::sealed"];
const RESTORE: [&str; 4] = ["restore::marked", "restore::keys", "restore::unpacked", "restore::filled"];
/// Moments at which a restore is killed, in percent of the time that a whole one takes.
const MOMENTS: [u32; 4] = [20, 45, 70, 90];

#[tokio::test(flavor = "multi_thread")]
async fn what_was_cut_short_is_refused_or_goes_on_on_sqlite() {
    let Some(installation) = Installation::new(None) else { return };
    let mut killed = 0;
    let backup = cut_backups(&installation, &mut killed);
    let mut whole = Duration::ZERO;
    for place in RESTORE {
        let other = Installation::new(None).expect("it was there");
        die_at(&other, &["restore", &text(&backup)], place, &mut killed);
        whole = go_on(&installation, &other, &backup, place).await;
    }
    for percent in MOMENTS {
        let other = Installation::new(None).expect("it was there");
        if die_after(&other, &backup, whole * percent / 100, &mut killed) {
            go_on(&installation, &other, &backup, &format!("killed at {percent} percent")).await;
        }
    }
    figures::record(Bug::MigrationInPieces, "cut short on SQLite", &format!("{killed} deaths of backup and restore"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_cut_short_is_refused_or_goes_on_on_postgresql() {
    let Some(own) = Database::create().await else { return };
    let Some(mut installation) = Installation::new(Some(&own.url)) else { return };
    let path = programs_first();
    installation.set("PATH", &path);
    let mut killed = 0;
    let backup = cut_backups(&installation, &mut killed);
    let mut whole = Duration::ZERO;
    for place in RESTORE {
        let database = Database::create().await.expect("it was there");
        let mut other = Installation::new(Some(&database.url)).expect("it was there");
        other.set("PATH", &path);
        die_at(&other, &["restore", &text(&backup)], place, &mut killed);
        whole = go_on(&installation, &other, &backup, place).await;
    }
    let database = Database::create().await.expect("it was there");
    let mut other = Installation::new(Some(&database.url)).expect("it was there");
    other.set("PATH", &path);
    if die_after(&other, &backup, whole * 60 / 100, &mut killed) {
        go_on(&installation, &other, &backup, "killed while PostgreSQL's own program worked").await;
    }
    let counted = format!("{killed} deaths of backup and restore");
    figures::record(Bug::MigrationInPieces, "cut short on PostgreSQL", &counted);
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

/// Runs a command that ends itself at a place.
fn die_at(installation: &Installation, arguments: &[&str], place: &str, killed: &mut u32) -> Said {
    let mut command = installation.command(arguments);
    command.env("SALDO_CRASH_AT", place);
    let died = said(command);
    assert!(!died.ok && died.out.is_empty(), "P14: it went on past {place}: {}\n{}", died.out, died.err);
    *killed += 1;
    died
}

/// Kills a restore after a while; whether it was still at work then.
fn die_after(other: &Installation, backup: &Path, wait: Duration, killed: &mut u32) -> bool {
    let mut process = Process::start(other.command(&["restore", &text(backup)]));
    std::thread::sleep(wait);
    let died = !process.has_ended();
    process.kill();
    *killed += u32::from(died);
    died
}

/// A book, and backups of it that die; answers one that did not.
fn cut_backups(installation: &Installation, killed: &mut u32) -> PathBuf {
    let create = ["creditor", "create", "--name", "Casa Uno", "--country", "MX", "--zone", "America/Mexico_City"];
    installation.succeed(&[&create[..], &["--currency", "MXN"]].concat());
    let rows = (0..ROWS).map(|row| format!("R-{},N-{row},2026-03-01,2026-04-01,{}.00\n", row % 50, row + 1));
    let csv = format!("customer,invoice number,invoice date,due date,amount\n{}", rows.collect::<String>());
    fs::write(installation.beside("open.csv"), csv).expect("a file");
    installation.succeed(&["import", "open.csv"]);
    let backup = installation.beside("whole.backup");
    for place in BACKUP {
        die_at(installation, &["backup", &text(&backup)], place, killed);
        assert!(!backup.exists(), "P14: a backup that died at {place} stands under its name");
    }
    let whole = installation.succeed(&["backup", &text(&backup)]);
    assert!(whole.contains("Ledger"), "{whole}");
    let beside = fs::read_dir(backup.parent().expect("a folder")).expect("it is read").filter_map(Result::ok);
    let left: Vec<String> = beside.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let drafts = left.iter().filter(|name| name.starts_with("whole.backup."));
    assert_eq!(drafts.count(), 0, "what the dead ones wrote is still there: {left:?}");
    backup
}

/// Nobody serves half of it; the same restore goes on, and what it ends with is the whole book. Answers how long it took.
async fn go_on(from: &Installation, other: &Installation, backup: &Path, when: &str) -> Duration {
    let is_half = other.data().join("restore-under-way").exists();
    if is_half {
        for refused in [&["serve"][..], &["migrate"], &["link", "--debtor", "R-1"]] {
            let Said { ok, out, err } = other.run(refused);
            assert!(
                !ok && err.contains("a restore was cut off"),
                "P14: {refused:?} on half a restore, {when}: {out}{err}"
            );
        }
        let doctor = other.run(&["doctor"]);
        assert!(!doctor.ok && doctor.out.contains("mend  restore: a restore was cut off"), "{when}: {}", doctor.out);
    }
    // PostgreSQL's own program may still be at work for the one that was killed.
    let (mut tries, mut began) = (0, Instant::now());
    let told = loop {
        let Said { ok, out, err } = other.run(&["restore", &text(backup)]);
        if ok {
            break out;
        }
        tries += 1;
        assert!(tries < 10, "P14: a restore does not go on, {when}: {out}{err}");
        tokio::time::sleep(Duration::from_millis(300)).await;
        began = Instant::now();
    };
    let took = began.elapsed();
    assert!(told.contains("every row is as it was backed up"), "{when}: {told}");
    assert_eq!(digest(from).await, digest(other).await, "P14: the restored book differs, {when}");
    let keys = [from, other].map(|place| fs::read(place.data().join("link-keys")).expect("the keys"));
    assert_eq!(keys[0], keys[1], "P14: links that are out have ended, {when}");
    let left: Vec<String> = fs::read_dir(other.data())
        .expect("the data folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.contains("restor"))
        .collect();
    assert!(left.is_empty(), "{when}: {left:?} is left");
    other.assert_well(when);
    took
}
