//! Seeds side by side on every core, and the story of one told twice.

use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use saldo_domain::planted::Bug;
use saldo_tests::{figures, postgres};

use crate::chance::Hash;
use crate::tally::Tally;
use crate::world::World;
use crate::{ground, points, progress};

/// Of the quick run.
const SEEDS: u64 = 16;
const OPERATIONS: u64 = 400;

/// What the auditor looks after.
const BUGS: [Bug; 7] = [
    Bug::LegDroppedOnRefund,
    Bug::DedupeByEventId,
    Bug::AcknowledgeBeforeCommit,
    Bug::RowLockRemoved,
    Bug::CheckOutsideHandOver,
    Bug::LeaseWithoutFencing,
    Bug::RoundingPerInstalment,
];

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
}

fn commit() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let said = Command::new("git").args(["rev-parse", "--short", "HEAD"]).current_dir(root).output();
    said.map_or_else(|_| "unknown".to_owned(), |said| String::from_utf8_lossy(&said.stdout).trim().to_owned())
}

/// Lives a world through: faults first, then none.
fn live(world: &mut World, operations: u64) -> Result<(Hash, Tally), String> {
    points::arm();
    let mut verdict = world.open_the_shop();
    while verdict.is_ok() && world.tally.operations < operations {
        verdict = world.operate();
    }
    verdict.and_then(|()| progress::demand(world)).map_err(|why| {
        let (seed, step, commit) = (world.seed, world.tally.operations, commit());
        format!("{why}\nseed {seed}, step {step}, commit {commit}; the last steps:\n{}", world.last_steps())
    })?;
    Ok((world.hash, world.tally))
}

fn live_seed(seed: u64, operations: u64) -> Result<(Hash, Tally), String> {
    let (mut world, folder) = ground::world(seed);
    let lived = live(&mut world, operations);
    match lived {
        Err(why) if std::env::var_os("SALDO_SIM_SEED").is_some() => {
            Err(format!("{why}\nits database is kept in {}", folder.keep().display()))
        }
        lived => lived,
    }
}

/// Lives many seeds through, two at a time, until one fails.
fn live_all(seeds: std::ops::RangeInclusive<u64>, operations: u64) -> Result<Tally, String> {
    let (next, total) = (AtomicU64::new(*seeds.start()), Mutex::new((Tally::default(), None)));
    std::thread::scope(|scope| {
        for place in 0..std::thread::available_parallelism().map_or(2, |count| count.get().min(4)) {
            let (next, total, last) = (&next, &total, *seeds.end());
            scope.spawn(move || {
                stay_on_one_core(place);
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed > last || total.lock().expect("nobody died with it").1.is_some() {
                        return;
                    }
                    let lived = live_seed(seed, operations);
                    let mut total = total.lock().expect("nobody died with it");
                    match lived {
                        Ok((_, tally)) => total.0.add(&tally),
                        Err(why) => total.1 = Some(why),
                    }
                }
            });
        }
    });
    let (tally, failure) = total.into_inner().expect("nobody died with it");
    failure.map_or(Ok(tally), Err)
}

/// A world and its database take turns: on one core neither has to wake the other up.
#[cfg(target_os = "linux")]
fn stay_on_one_core(place: usize) {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    let Ok(allowed) = sched_getaffinity(None) else { return };
    let Some(core) = (0..CpuSet::MAX_CPU).filter(|core| allowed.is_set(*core)).nth(place) else { return };
    let mut own = CpuSet::new();
    own.set(core);
    // Without it everything is the same, and slower.
    let _ = sched_setaffinity(None, &own);
}

#[cfg(not(target_os = "linux"))]
fn stay_on_one_core(_: usize) {}

#[test]
fn worlds_keep_every_promise() {
    let operations = setting("SALDO_SIM_OPERATIONS", OPERATIONS);
    let only = setting("SALDO_SIM_SEED", 0);
    let count = setting("SALDO_SIM_SEEDS", SEEDS);
    let seeds = if only > 0 { only..=only } else { 1..=count };
    let begun = Instant::now();
    let total = live_all(seeds, operations).unwrap_or_else(|why| panic!("{why}"));
    let Tally { operations, jobs, crashes, stalls, movements, messages, changes } = total;
    let counted = format!(
        "{count} seeds, {operations} operations ({jobs} of them jobs), {crashes} crashes and {stalls} stand-stills at fail points, \
         {movements} movements of money, {messages} reminders, {changes} rows audited"
    );
    let part = std::env::var("SALDO_SIM_PART").unwrap_or_else(|_| "simulation".to_owned());
    let timed = format!("{counted}; {} s", begun.elapsed().as_secs());
    println!("{timed}");
    // Of the quick run beside everything else the time says nothing.
    let told = if part == "simulation" { counted } else { timed };
    BUGS.iter().for_each(|bug| figures::record(*bug, &part, &told));
}

#[test]
fn one_seed_tells_one_story() {
    let (one, _) = live_seed(7, 200).unwrap_or_else(|why| panic!("{why}"));
    let (again, _) = live_seed(7, 200).unwrap_or_else(|why| panic!("{why}"));
    let (other, _) = live_seed(8, 200).unwrap_or_else(|why| panic!("{why}"));
    assert!(one == again, "seed 7 told two stories: {:x} and {:x}", one.0, again.0);
    assert!(one != other, "two seeds told one story");
}

#[test]
fn worlds_on_postgresql_keep_them_too() {
    let database = ground::runtime().block_on(postgres::Database::create());
    let Some(database) = database else { return };
    let mut world = ground::world_on(&database.url, 1);
    live(&mut world, 250).unwrap_or_else(|why| panic!("{why}"));
}

#[test]
fn every_fail_point_that_was_passed_is_in_the_list() {
    let passed = saldo_tests::fail_points::names();
    for expected in [
        "begin::flows::start_checkout::before",
        "commit::flows::start_checkout::after",
        "commit::flows::payment_plan::accept::before",
        "commit::job_claim::after",
        "call::open_checkout::after",
        "call::hand_over_many::before",
        "answer::post::before",
    ] {
        assert!(passed.iter().any(|name| name == expected), "{expected} is not in the list");
    }
    assert_eq!(saldo_tests::fail_points::unlisted(), Vec::<String>::new());
}
