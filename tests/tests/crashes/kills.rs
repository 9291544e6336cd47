//! The binary is killed at any moment and at every named place, over and over, while everybody uses it.

use std::time::{Duration, Instant};

use saldo_domain::planted::Bug;
use saldo_tests::figures;
use saldo_tests::needs;
use saldo_tests::postgres::Database;
use saldo_tests::process::Process;

use crate::book::{Book, jobs};
use crate::installation::{Chance, Installation, chosen};
use crate::load::Load;

/// How often it dies on each database.
const KILLS: u64 = 100;
/// How many callers there are.
const CALLERS: usize = 4;
/// Everything acknowledged is looked for after so many deaths, and at the end.
const LOOK_EVERY: u64 = 20;
/// How long everything may take to come right once nobody dies any more.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_node_loses_nothing_and_doubles_nothing_on_sqlite() {
    let Some(installation) = Installation::new(None) else { return };
    storm(&installation, "killed on SQLite", 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_node_loses_nothing_and_doubles_nothing_on_postgresql() {
    let Some(database) = Database::create().await else { return };
    let Some(installation) = Installation::new(Some(&database.url)) else { return };
    storm(&installation, "killed on PostgreSQL", 2).await;
}

async fn storm(installation: &Installation, part: &str, seed: u64) {
    let kills = chosen("SALDO_CRASH_KILLS", KILLS);
    let mut chance = Chance(chosen("SALDO_CRASH_SEED", seed));
    let points = fail_points();
    let mut node = installation.serving();
    let mut load = Load::prepare(installation, CALLERS).await;
    load.start();
    let (begun, mut by_itself) = (Instant::now(), 0);
    for place in 0..kills {
        if place % 2 == 0 {
            // From before it listens to well after it has answered.
            tokio::time::sleep(Duration::from_millis(chance.next() % 900)).await;
        } else {
            by_itself += u64::from(dies_in_time(&mut node).await);
        }
        node.kill();
        load.assert_alive();
        if place % LOOK_EVERY == LOOK_EVERY - 1 {
            look(installation, &load, &format!("after {} deaths", place + 1)).await;
        }
        node = match (place + 1 < kills, place % 2 == 0 && !points.is_empty()) {
            (true, true) => {
                let point = &points[chance.below(points.len())];
                installation.serve(&[("SALDO_CRASH_AT", &format!("{point}@{}", 1 + chance.below(8)))])
            }
            _ => installation.serve(&[]),
        };
    }
    load.stop().await;
    settle(installation, &load).await;
    node.terminate();
    installation.assert_well("at the end");
    let counted = format!(
        "{kills} deaths, {by_itself} at one of {} named places; {} answers, {} acknowledged; {} s",
        points.len(),
        load.world.answers(),
        load.world.acks().len(),
        begun.elapsed().as_secs()
    );
    eprintln!("{counted}");
    figures::record(Bug::SynchronousNormal, part, &counted);
}

/// Waits until a node has died at its fail point; not for ever: not every place is reached.
async fn dies_in_time(node: &mut Process) -> bool {
    for _ in 0..40 {
        if node.has_ended() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    false
}

async fn look(installation: &Installation, load: &Load, when: &str) {
    // Asked before the book is read: what is acknowledged meanwhile may be in it or not.
    let acks = load.world.acks();
    Book::read(&installation.database_url()).await.assert_has(&acks, when);
}

/// Once nobody dies, what the provider took is booked, nothing waits, nothing was given up, and every balance is what the
/// answers add up to.
pub async fn settle(installation: &Installation, load: &Load) {
    let (url, acks, since) = (installation.database_url(), load.world.acks(), Instant::now());
    loop {
        let (book, waiting) = (Book::read(&url).await, jobs(&url).await);
        let not_booked = book.not_booked(&acks);
        if not_booked.is_empty() && waiting.is_empty() {
            break;
        }
        let dead = waiting.get("dead").copied().unwrap_or_default();
        assert_eq!(dead, 0, "jobs were given up: {waiting:?}");
        assert!(since.elapsed() < PATIENCE, "taken and not booked: {not_booked:?}; jobs: {waiting:?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    look(installation, load, "at the end").await;
    load.assert_balances().await;
}

/// The named places of the product, as its sources have them.
pub fn fail_points() -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["server", "portal/src"] {
        gather(&needs::top().join(folder), &mut found);
    }
    found.sort();
    found.dedup();
    found.retain(|name| !name.starts_with("migration::"));
    found
}

fn gather(folder: &std::path::Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("the tree is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source");
            let names = text.split("fail_point!(\"").skip(1).filter_map(|rest| rest.split('"').next());
            found.extend(names.map(ToOwned::to_owned));
        }
    }
}
