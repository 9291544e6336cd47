//! Six events of one payment in every order, each once or more often: the books end alike.
//!
//! All 720 orders with all 64 choices of repetition (46,080 cases) are the paths through a graph: a node is what the books
//! say after some of the events; where two orders lead to the same books they go on together. At every node each event that
//! was told is repeated: that must change nothing, so it may be repeated at any later place and any number of times.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use saldo_domain::ids::RefundId;
use saldo_domain::planted::Bug;
use saldo_tests::figures;
use sea_orm::prelude::Uuid;

use crate::provider::begin_refund;
use crate::schedules::{finish, led};
use crate::till::{Letter, State};
use crate::world::World;
use crate::{feed, ground, nodes, points};

/// What the books say, without what differs from run to run: ids and moments.
const BOOKS: [&str; 5] = [
    "SELECT number || ' ' || status || ' ' || outstanding_minor AS line FROM invoices ORDER BY 1",
    "SELECT provider_reference || ' ' || unapplied_minor || ' ' || refunded_minor AS line FROM payments ORDER BY 1",
    "SELECT ledger_account || ' ' || SUM(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END) AS line \
     FROM journal_lines GROUP BY ledger_account \
     HAVING SUM(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END) <> 0 ORDER BY 1",
    "SELECT state_name AS line FROM attempts ORDER BY 1",
    "SELECT reference || ' ' || standing AS line FROM chargebacks ORDER BY 1",
];
/// What became of the events: two nodes with the same books and another of these do not go on together.
const EVENTS: &str = "SELECT event_reference || ' ' || state AS line FROM inbound_events ORDER BY 1";
/// How long an event that waits for what it follows from is left alone, and a little.
const NEXT_LOOK: SignedDuration = SignedDuration::from_mins(31);

fn lines(world: &World, sql: &str) -> Vec<String> {
    world.runtime.block_on(feed::lines(&world.database, sql))
}

fn books(world: &World) -> String {
    BOOKS.iter().flat_map(|sql| lines(world, sql)).collect::<Vec<_>>().join("\n")
}

fn standing(world: &World) -> String {
    format!("{}\n{}", books(world), lines(world, EVENTS).join("\n"))
}

fn deliver(world: &mut World, letter: &Letter) {
    world.shared.bank.till().letters = vec![letter.clone()];
    let (_, work) = nodes::deliver(world, 0).expect("one letter");
    assert_eq!(finish(world, work).text, "answered");
}

/// Works until nothing is due within a minute: retries come after seconds.
fn work(world: &mut World) {
    loop {
        world.pass(SignedDuration::from_mins(1));
        if finish(world, Box::pin(nodes::work(world.nodes[0].app.clone()))).text == "0 jobs" {
            return;
        }
    }
}

/// An event arrives, and is worked on as far as it can be; so is what waited for it.
fn arrive(world: &mut World, letter: &Letter) {
    deliver(world, letter);
    work(world);
    loop {
        let before = standing(world);
        world.pass(NEXT_LOOK);
        work(world);
        if standing(world) == before {
            return;
        }
    }
}

/// A debit under way, taken (told by two events), contested, won, and partly given back by hand: six events.
fn six_events(world: &mut World) -> Vec<Letter> {
    let session = led(world, 0);
    let now = world.now();
    let mut till = world.shared.bank.till();
    till.letters.clear();
    till.sessions[session].state = State::Pending { settles_at: now, well: true };
    till.tell_state(session, now, true);
    let (paid, _) = till.take(session, now);
    till.tell_state(session, now, true);
    till.tell_state(session, now, true);
    till.contest(session, now);
    till.end_contest(0, true, now);
    let id = RefundId(Uuid::from_u128(9));
    let refund = begin_refund(&mut till, id, &paid.payment_reference, 40, now, false);
    till.give_back(refund.expect("it has that much"), now);
    std::mem::take(&mut till.letters)
}

/// Books that some of the events, told in some order, lead to.
struct Place {
    file: PathBuf,
    at: Timestamp,
    /// By how many orders.
    orders: u64,
}

/// Places by the events that were told and what the books say of them.
type Layer = BTreeMap<(BTreeSet<usize>, String), Place>;

struct Walk<'a> {
    folder: &'a Path,
    letters: Vec<Letter>,
    deliveries: u32,
    repetitions: u32,
    ends: BTreeSet<String>,
}

impl Walk<'_> {
    /// Tells one more event at a place, and repeats all that were told.
    fn step(&mut self, told: &BTreeSet<usize>, place: &Place, number: usize, next: &mut Layer) {
        let file = self.folder.join(format!("{}.db", self.deliveries));
        std::fs::copy(&place.file, &file).expect("room for a place");
        let mut world = ground::again(&file, place.at);
        arrive(&mut world, &self.letters[number]);
        self.deliveries += 1;
        let mut told = told.clone();
        told.insert(number);
        if told.len() == self.letters.len() {
            self.ends.insert(books(&world));
        }
        let key = (told.clone(), standing(&world));
        let fresh = !next.contains_key(&key);
        if fresh {
            self.repeat(&mut world, &told);
        }
        let at = world.now();
        world.close();
        let known = next.entry(key).or_insert(Place { file: file.clone(), at, orders: 0 });
        known.orders += place.orders;
        if !fresh {
            std::fs::remove_file(&file).expect("it was ours");
        }
    }

    fn repeat(&mut self, world: &mut World, told: &BTreeSet<usize>) {
        let before = standing(world);
        for number in told {
            deliver(world, &self.letters[*number]);
            work(world);
            self.repetitions += 1;
            let after = standing(world);
            assert!(before == after, "P2: event {number}, repeated after {told:?}, changed\n{before}\nto\n{after}");
        }
    }
}

#[test]
fn six_events_in_every_order_and_repetition_end_alike() {
    points::arm();
    let folder = ground::folder();
    let file = folder.path().join("begin.db");
    let mut world = ground::world_at(&file, 1);
    let letters = six_events(&mut world);
    let (count, at) = (letters.len(), world.now());
    world.close();
    assert_eq!(count, 6);
    let mut walk = Walk { folder: folder.path(), letters, deliveries: 0, repetitions: 0, ends: BTreeSet::new() };
    let mut layer = Layer::from([((BTreeSet::new(), String::new()), Place { file, at, orders: 1 })]);
    for _ in 0..count {
        let mut next = Layer::new();
        for ((told, _), place) in &layer {
            (0..count)
                .filter(|number| !told.contains(number))
                .for_each(|number| walk.step(told, place, number, &mut next));
        }
        layer.values().for_each(|place| std::fs::remove_file(&place.file).expect("it was ours"));
        layer = next;
    }
    let orders: u64 = layer.values().map(|place| place.orders).sum();
    assert_eq!(orders, 720, "every order is a path");
    let ends: Vec<&str> = walk.ends.iter().map(String::as_str).collect();
    assert_eq!(ends.len(), 1, "P2: the order of events shows in the books:\n{}", ends.join("\n---\n"));
    let counted = format!(
        "46,080 cases: {orders} orders of 6 events by {} deliveries, each place's events repeated ({} repetitions)",
        walk.deliveries, walk.repetitions
    );
    println!("{counted}");
    figures::record(Bug::DedupeByEventId, "events", &counted);
}
