//! Six events of one payment in every order, each once or more often: the books end alike.
//!
//! All 720 orders with all 64 choices of repetition (46,080 cases) are the paths through a graph: a node is what the books say
//! after some of the events; where two orders lead to the same books they go on together. A repetition is checked at every
//! node, at any place and any number of times: it must change nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use saldo_app::jobs;
use saldo_domain::ids::{AttemptId, RefundId};
use saldo_domain::quote::Selection;
use sea_orm::{ConnectionTrait, Statement};

use crate::chance::Chance;
use crate::debtors;
use crate::ground;
use crate::points::{Fate, Ran, run};
use crate::provider::begin_refund;
use crate::seat::Tab;
use crate::till::{Letter, NAME, State};
use crate::world::World;

/// What the books say, without what differs from run to run: ids and moments.
const BOOKS: [&str; 6] = [
    "SELECT number || ' ' || status || ' ' || outstanding_minor AS line FROM invoices ORDER BY 1",
    "SELECT provider_reference || ' ' || unapplied_minor || ' ' || refunded_minor AS line FROM payments ORDER BY 1",
    "SELECT ledger_account || ' ' || SUM(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END) AS line \
     FROM journal_lines GROUP BY ledger_account \
     HAVING SUM(CASE side WHEN 'debit' THEN amount_minor ELSE -amount_minor END) <> 0 ORDER BY 1",
    "SELECT state_name AS line FROM attempts ORDER BY 1",
    "SELECT reference || ' ' || standing AS line FROM chargebacks ORDER BY 1",
    "SELECT event_reference || ' ' || state AS line FROM inbound_events ORDER BY 1",
];

/// The first three decide whether two histories are the same; the others whether two nodes go on alike.
const FINAL: usize = 3;

fn books(world: &World, up_to: usize) -> String {
    let database = &world.database;
    world.runtime.block_on(async {
        let mut lines = Vec::new();
        for sql in &BOOKS[..up_to] {
            let statement = Statement::from_string(database.get_database_backend(), (*sql).to_owned());
            for row in database.query_all_raw(statement).await.expect("the books can be read") {
                lines.push(row.try_get::<Option<String>>("", "line").expect("a line").unwrap_or_default());
            }
        }
        lines.join("\n")
    })
}

/// An event arrives, and its work is done as far as it can be: retries too.
fn arrive(world: &mut World, letter: &Letter) {
    world.runtime.block_on(async {
        let app = &world.nodes[0].app;
        let told = saldo_app::flows::receive_event::receive(app, NAME, letter.creditor, Some("sim"), &letter.body);
        told.await.expect("an event is taken in");
    });
    for _ in 0..8 {
        world.pass(SignedDuration::from_secs(70));
        world.runtime.block_on(async { jobs::run_due(&world.nodes[0].app).await.expect("jobs are worked on") });
    }
}

/// What came before what it follows from is looked at again every half an hour.
fn wait(world: &mut World) {
    for _ in 0..6 {
        world.pass(SignedDuration::from_mins(31));
        world.runtime.block_on(async { jobs::run_due(&world.nodes[0].app).await.expect("jobs are worked on") });
    }
}

/// A debit under way, taken (told by two events), contested, won, and partly given back by hand: six events.
fn six_events(world: &mut World) -> Vec<Letter> {
    let seat = world.seats[0].clone();
    let app = world.nodes[0].app.clone();
    let act = |world: &mut World, work| match run(&world.runtime, work, Fate::default()) {
        Ran::Done(said) => said,
        Ran::Crashed(point) | Ran::Parked(_, point) => panic!("nothing stops at {point}"),
    };
    let mut chance = Chance::new(1);
    let issued = crate::finance::issue(&seat, app.clone(), &mut chance, 1).expect("an invoice").1;
    act(world, issued);
    world.runtime.block_on(seat.clone().look(app.clone()));
    let version = seat.seen.borrow().version;
    let tab = Tab { attempt: AttemptId(app.ambient().uuid_v7()), version, selection: Selection::Everything };
    let started = debtors::send(&seat, app, tab, "pays").expect("something is owed").1;
    let said = act(world, started);
    assert!(said.led.is_some(), "{}", said.text);
    let now = world.now();
    let mut till = world.shared.bank.till();
    let before = till.letters.len();
    till.sessions[0].state = State::Pending { settles_at: now, well: true };
    till.tell_state(0, now, true);
    till.take(0, now);
    till.tell_state(0, now, true);
    till.tell_state(0, now, true);
    let paid = till.sessions[0].captures[0].payment_reference.clone();
    till.contest(0, now);
    till.end_contest(0, true, now);
    let refund = begin_refund(&mut till, RefundId(uuid::Uuid::from_u128(9)), &paid, 40, now, false);
    till.give_back(refund.expect("it has that much"), now);
    let letters: Vec<Letter> = till.letters[before..].to_vec();
    assert_eq!(letters.len(), 6);
    letters
}

struct Place {
    file: PathBuf,
    paths: u64,
}

#[test]
fn six_events_in_every_order_and_repetition_end_alike() {
    let folder = ground::folder();
    let first = folder.path().join("begin.db");
    let mut world = ground::world_at(&first, 1);
    let letters = six_events(&mut world);
    world.close();
    let mut layer: BTreeMap<(BTreeSet<usize>, String), Place> = BTreeMap::new();
    layer.insert((BTreeSet::new(), String::new()), Place { file: first, paths: 1 });
    let (mut ends, mut orders, mut deliveries) = (BTreeSet::new(), 0, 0);
    for depth in 1..=letters.len() {
        let mut next: BTreeMap<(BTreeSet<usize>, String), Place> = BTreeMap::new();
        for ((known, _), place) in &layer {
            for (number, letter) in letters.iter().enumerate().filter(|(number, _)| !known.contains(number)) {
                let file = folder.path().join(format!("{depth}-{}.db", deliveries));
                std::fs::copy(&place.file, &file).expect("room for a node");
                let mut world = ground::again(&file, depth);
                arrive(&mut world, letter);
                deliveries += 1;
                let mut told = known.clone();
                told.insert(number);
                if depth == letters.len() {
                    wait(&mut world);
                    ends.insert(books(&world, FINAL));
                    orders += place.paths;
                }
                let said = books(&world, BOOKS.len());
                let fresh = !next.contains_key(&(told.clone(), said.clone()));
                if fresh && repetition_changes_something(&mut world, &letters, &told) {
                    panic!("P2: a repeated event changed the books after {told:?}");
                }
                world.close();
                match next.get_mut(&(told.clone(), said.clone())) {
                    Some(known) => {
                        known.paths += place.paths;
                        std::fs::remove_file(&file).expect("it was ours");
                    }
                    None => {
                        next.insert((told, said), Place { file, paths: place.paths });
                    }
                }
            }
        }
        forget(&layer, folder.path());
        layer = next;
    }
    assert_eq!(orders, 720, "every order is a path");
    assert_eq!(ends.len(), 1, "P2: the order of events shows in the books:\n{}", Vec::from_iter(ends).join("\n---\n"));
    println!("46,080 cases by {deliveries} deliveries");
}

fn repetition_changes_something(world: &mut World, letters: &[Letter], told: &BTreeSet<usize>) -> bool {
    let before = books(world, BOOKS.len());
    told.iter().for_each(|number| arrive(world, &letters[*number]));
    before != books(world, BOOKS.len())
}

fn forget(layer: &BTreeMap<(BTreeSet<usize>, String), Place>, folder: &Path) {
    for place in layer.values().filter(|place| place.file.starts_with(folder)) {
        let _ = std::fs::remove_file(&place.file);
    }
}
