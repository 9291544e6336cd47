//! The binary is killed at any moment and at every named place, over and over, while everybody uses it.

use std::time::{Duration, Instant};

use saldo_domain::planted::Bug;
use saldo_tests::postgres::Database;
use saldo_tests::process::Process;
use saldo_tests::{fail_points, figures};

use crate::book::{Book, jobs};
use crate::installation::{Chance, Installation, chosen};
use crate::load::Load;

/// How often it dies on each database.
const KILLS: u64 = 100;
/// How many callers there are.
const CALLERS: usize = 4;
/// Everything acknowledged is looked for after so many deaths, and at the end.
const LOOK_EVERY: u64 = 20;
/// How long a node lives at most.
const ALIVE: Duration = Duration::from_secs(8);
/// How long everything may take to come right once nobody dies any more.
const PATIENCE: Duration = Duration::from_secs(120);

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
    let points = places();
    let mut node = installation.serving();
    let mut load = Load::prepare(installation, CALLERS).await;
    load.start();
    let (begun, mut by_itself) = (Instant::now(), 0);
    for place in 0..kills {
        // From before it listens to well after it has answered; at a named place as soon as it comes there.
        let answers = if place % 2 == 0 { chance.below(8) as u64 } else { 40 };
        if answers == 0 {
            tokio::time::sleep(Duration::from_millis(chance.next() % 300)).await;
        }
        by_itself += u64::from(dies_by_itself(&mut node, &load, answers).await);
        node.kill();
        load.assert_alive();
        if place % LOOK_EVERY == LOOK_EVERY - 1 {
            look(installation, &load, &format!("after {} deaths", place + 1)).await;
        }
        node = match (place + 1 < kills, place % 2 == 0) {
            (true, true) => {
                let point = &points[chance.below(points.len())];
                installation.serve(&[("SALDO_CRASH_AT", &format!("{point}@{}", 1 + chance.below(2)))])
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

/// Waits until a node has died at its fail point, or has given so many answers: not every place is reached.
async fn dies_by_itself(node: &mut Process, load: &Load, answers: u64) -> bool {
    let (wanted, since) = (load.world.answers() + answers, Instant::now());
    while load.world.answers() < wanted && since.elapsed() < ALIVE {
        if node.has_ended() {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
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

/// Where the callers lead the product: it dies in the middle of what they ask for.
const REACHED: [&str; 20] = [
    "answer::get",
    "answer::post",
    "call::hand_over",
    "call::open_checkout",
    "flows::adjust::bank_payment",
    "flows::adjust::reduce",
    "flows::deliver",
    "flows::import_invoices",
    "flows::issue_invoice",
    "flows::manual_hold",
    "flows::observe_attempt",
    "flows::promise",
    "flows::receive_event",
    "flows::receive_message_event",
    "flows::send_receipt",
    "flows::start_checkout",
    "flows::work_event",
    "http::idempotency",
    "job_claim",
    "jobs::runner",
];

/// The product's named places that are reached here.
fn places() -> Vec<String> {
    let mut names = fail_points::names();
    names.retain(|name| REACHED.iter().any(|word| name.contains(word)));
    assert!(names.len() > 40, "the product's named places have other names: {names:?}");
    names
}
