//! Power is cut on SQLite: a disk that forgets what nobody asked it to keep.

mod disk;

use std::path::{Path, PathBuf};
use std::process::Command;

use saldo_domain::planted::Bug;
use saldo_tests::{figures, needs};
use sea_orm::{ConnectionTrait, Database as Connections, Statement};

use crate::book::{Ack, Book};
use crate::installation::{Chance, Installation, chosen};
use crate::load::Load;
use disk::{Beginning, Keeps, Log};

/// How many acknowledged requests the disk is written by before its power is cut.
const ANSWERS: usize = 150;
/// How often it is cut.
const CUTS: u64 = 48;

/// The layer between the program and its files, built beside the tests.
fn layer() -> Option<PathBuf> {
    let source = needs::top().join("tests/tests/crashes/power/disk.c");
    let library = needs::target_folder("tests-tools").join(format!("disk-{}.so", std::process::id()));
    let built =
        Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).arg("-ldl").status();
    match built {
        Ok(status) if status.success() => Some(library),
        _ => {
            needs::missing("a C compiler (cc)");
            None
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledged_request_survives_a_power_cut() {
    let Some(mut installation) = Installation::new(None) else { return };
    let Some(layer) = layer() else { return };
    let node = installation.serving();
    let mut load = Load::prepare(&installation, 4).await;
    // Ended in peace: the files are whole, and stand for a disk that has been quiet for long.
    assert!(node.terminate().success());
    let beginning = Beginning::of(&installation.data());
    let log = installation.beside("disk.log");
    installation.set("SALDO_DISK_ROOT", &installation.data().display().to_string());
    installation.set("SALDO_DISK_LOG", &log.display().to_string());
    let mut node = installation.serve(&[("LD_PRELOAD", &layer.display().to_string())]);
    node.wait_for(|line| line.contains("serving").then_some(()));
    load.date_by(log.clone());
    load.start();
    load.until_more(ANSWERS).await;
    node.kill();
    load.drop_everything();
    let _ = std::fs::remove_file(layer);

    let (log, acks) = (Log::read(&log), load.world.acks());
    let (deeds, syncs) = log.counts();
    assert!(deeds > 200, "{deeds} deeds and {syncs} syncs: the layer saw nothing");
    let seed = chosen("SALDO_CRASH_SEED", 1);
    let cuts = chosen("SALDO_POWER_CUTS", CUTS);
    for place in 0..cuts {
        cut(&log, &beginning, &acks, seed * 1_000 + place).await;
    }
    let counted = format!("{cuts} cuts in {deeds} writes with {syncs} syncs, {} acknowledged", acks.len());
    eprintln!("{counted}");
    figures::record(Bug::SynchronousNormal, "power cut on SQLite", &counted);
}

/// Cuts the power at a moment that the seed chooses, and looks at what is left with the real binary.
async fn cut(log: &Log, beginning: &Beginning, acks: &[Ack], seed: u64) {
    let mut chance = Chance(seed);
    // Half of them as an answer arrives: what it promised is the last thing that was written.
    let at = match chance.below(2) {
        0 => acks[chance.below(acks.len())].at,
        _ => log.moment(chance.below(log.counts().0)),
    };
    let keeps = [Keeps::Nothing, Keeps::Some, Keeps::Some, Keeps::Everything][chance.below(4)];
    let left = Installation::new(None).expect("it was there");
    log.cut(beginning, at, keeps, &mut chance, &left.data());
    let when = format!("cut at {at} by seed {seed}, of what was not synced the disk keeps {keeps:?}");
    left.assert_well(&when);
    assert_eq!(integrity(&left.data().join("saldo.db")).await, "ok", "{when}");
    let promised: Vec<Ack> = acks.iter().filter(|ack| ack.at <= at).cloned().collect();
    Book::read(&left.database_url()).await.assert_has(&promised, &when);
}

async fn integrity(file: &Path) -> String {
    let connection = Connections::connect(format!("sqlite://{}", file.display())).await.expect("it opens");
    let sql = Statement::from_string(connection.get_database_backend(), "PRAGMA integrity_check");
    let row = connection.query_one_raw(sql).await.expect("it answers").expect("a row");
    row.try_get_by_index(0).expect("a word")
}
