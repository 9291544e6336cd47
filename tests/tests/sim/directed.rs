//! P3, P5 and P6 where they are in danger: an answer before the commit, a payment between the claim and the hand-over, a
//! worker that wakes up after its lease.

use jiff::SignedDuration;
use saldo_domain::planted::Bug;
use saldo_tests::{figures, postgres};

use crate::nodes;
use crate::points::{self, Fate, Ran, run};
use crate::provider::Mood;
use crate::schedules::{Act, SILENCING, at_work, finish, led, planned, taken};
use crate::world::World;
use crate::{feed, ground};

/// From here on a reminder is on its way.
const HANDED_OVER: &str = "commit::flows::send_reminder::after";
/// Here a decision that was taken before is out of date.
const BEFORE_THE_LOCK: &str = "begin::flows::send_reminder::before";

fn count(world: &World, sql: &str) -> i64 {
    world.runtime.block_on(feed::count(&world.database, sql))
}

/// How many reminders have left since the last look.
fn reminders_left(world: &World) -> usize {
    let sql = "SELECT provider_reference AS line FROM messages WHERE reminder_id IS NOT NULL";
    let reminders = world.runtime.block_on(feed::lines(&world.database, sql));
    world.shared.post.take_left().iter().filter(|left| reminders.contains(&left.message)).count()
}

/// An event is delivered to a node that dies at the n-th point that it passes, or when it has answered. Whether it lived to
/// answer.
fn an_answered_event_is_kept(world: &mut World, place: usize, dies_at: u32) -> bool {
    let letter = taken(world, place);
    let events = "SELECT COUNT(*) AS number FROM inbound_events";
    let before = count(world, events);
    world.shared.bank.till().letters = vec![letter];
    let (_, work) = nodes::deliver(world, 0).expect("one letter");
    let ran = run(&world.runtime, work, Fate { dies_at: Some(dies_at), stands_at: None });
    let answered = matches!(&ran, Ran::Done(said) if said.text == "answered");
    world.die_after_the_answer(0).expect("nothing else is broken");
    let kept = count(world, events) > before;
    assert!(kept || !answered, "P3: an acknowledged event is not kept");
    // What was not answered comes again.
    while let Some((_, work)) = nodes::deliver(world, 0) {
        assert!(!answered, "P3: the provider repeats what was answered");
        assert_eq!(finish(world, work).text, "answered");
    }
    finish(world, Box::pin(nodes::work(world.nodes[0].app.clone())));
    world.audit().expect("the books are right");
    world.auditor.all_booked(&world.shared.bank.till()).expect("it is booked");
    answered
}

#[test]
fn an_acknowledged_event_is_kept_wherever_the_node_dies() {
    points::arm();
    let (mut world, _folder) = ground::world(1);
    let deaths = (1..).take_while(|at| !an_answered_event_is_kept(&mut world, 0, *at)).count();
    assert_eq!(deaths, 3, "before the transaction, before its commit and after it");
    figures::record(Bug::AcknowledgeBeforeCommit, "directed", "a node dies at each of 3 points, and after its answer");
}

#[test]
fn silence_ends_no_attempt() {
    points::arm();
    let (mut world, _folder) = ground::world(1);
    let session = led(&mut world, 0);
    let now = world.now();
    world.shared.bank.till().take(session, now);
    let open = "SELECT COUNT(*) AS number FROM attempts WHERE is_open";
    for _ in 0..72 {
        world.pass(SignedDuration::from_hours(1));
        world.shared.bank.set_mood(Mood::Down);
        finish(&world, Box::pin(nodes::tick(world.nodes[0].app.clone())));
        assert_eq!(count(&world, open), 1, "P3: nobody has said how the attempt ended");
    }
    world.shared.bank.set_mood(Mood::Fine);
    world.pass(SignedDuration::from_mins(15));
    finish(&world, Box::pin(nodes::tick(world.nodes[0].app.clone())));
    world.audit().expect("the books are right");
    world.auditor.all_booked(&world.shared.bank.till()).expect("it is booked");
}

/// A node claims a reminder's job and stands still at its n-th point; somebody acts; the node goes on. Where it stood.
fn acts_between(world: &mut World, place: usize, stands_at: u32, (what, act): Act) -> Option<&'static str> {
    let seat = planned(world, place);
    world.shared.post.take_left();
    let (work, point) = at_work(world, 0, stands_at)?;
    world.pass(SignedDuration::from_secs(1));
    finish(world, act(seat, world.nodes[1].app.clone()));
    finish(world, work);
    let left = reminders_left(world);
    assert!(left == 0 || point == HANDED_OVER, "P5: handed over after {what}, by a node that stood at {point}");
    Some(point)
}

#[test]
fn nothing_is_handed_over_after_a_payment_a_hold_or_an_opt_out() {
    points::arm();
    let mut count = 0;
    for act in SILENCING {
        for stands_at in 1.. {
            let (mut world, _folder) = ground::world(1);
            let point = acts_between(&mut world, 0, stands_at, act).expect("it hands over before its end");
            count += 1;
            if point == HANDED_OVER {
                assert!(stands_at > 2, "it stood at no place before the hand-over");
                break;
            }
        }
    }
    let counted = format!("{count} stand-stills of a node between its claim and the hand-over, in which somebody acts");
    figures::record(Bug::CheckOutsideHandOver, "directed", &counted);
}

#[test]
fn the_end_of_the_contact_hours_is_noticed_by_a_node_that_slept() {
    points::arm();
    let (mut world, _folder) = ground::world(1);
    planned(&mut world, 0);
    let (mut work, mut point) = at_work(&world, 0, 1).expect("it begins");
    while point != BEFORE_THE_LOCK {
        match run(&world.runtime, work, Fate { stands_at: Some(1), dies_at: None }) {
            Ran::Parked(rest, at) => (work, point) = (rest, at),
            _ => panic!("it ends before it takes the lock"),
        }
    }
    world.pass(SignedDuration::from_hours(14));
    finish(&world, work);
    assert!(world.shared.post.take_left().is_empty(), "P5: handed over at night");
}

/// A node sleeps past its lease at its n-th point; another takes the work over and stands still as well; the first wakes.
/// Where they stood; nothing when the first has no such point.
fn wakes_late(world: &mut World, place: usize, at: (u32, u32)) -> Option<(&'static str, Option<&'static str>)> {
    planned(world, place);
    world.shared.post.take_left();
    let (slept, slept_at) = at_work(world, 0, at.0)?;
    world.pass(SignedDuration::from_mins(5));
    let other = at_work(world, 1, at.1);
    let other_at = other.as_ref().map(|(_, point)| *point);
    finish(world, slept);
    if let Some((work, _)) = other {
        finish(world, work);
    }
    for node in 0..3 {
        world.pass(SignedDuration::from_mins(5));
        finish(world, Box::pin(nodes::tick(world.nodes[node].app.clone())));
        finish(world, Box::pin(nodes::work(world.nodes[node].app.clone())));
    }
    let left = reminders_left(world);
    let nobody = "nowhere";
    assert!(left < 2, "P6: two messages: one node slept at {slept_at}, the other at {}", other_at.unwrap_or(nobody));
    Some((slept_at, other_at))
}

#[test]
fn a_node_that_wakes_after_its_lease_sends_nothing_again() {
    points::arm();
    let mut count = 0;
    'sleeper: for first in 1.. {
        for second in 1.. {
            let (mut world, _folder) = ground::world(1);
            match wakes_late(&mut world, 0, (first, second)) {
                None => break 'sleeper,
                Some((_, other)) => {
                    count += 1;
                    if other.is_none() {
                        break;
                    }
                }
            }
        }
    }
    assert!(count > 20, "{count} pairs of points");
    let counted = format!("{count} pairs of points at which one node sleeps past its lease and another takes over");
    figures::record(Bug::LeaseWithoutFencing, "directed", &counted);
}

/// Nothing is left to do: what others are told stands in nobody's way.
fn idle(world: &World) {
    while finish(world, Box::pin(nodes::work(world.nodes[0].app.clone()))).text != "0 jobs" {}
}

#[test]
fn postgresql_keeps_them_too() {
    points::arm();
    let Some(database) = ground::runtime().block_on(postgres::Database::create()) else { return };
    let mut world = ground::world_on(&database.url, 1);
    for dies_at in 2..=4 {
        an_answered_event_is_kept(&mut world, 0, dies_at);
    }
    let mut points = (1..).map(|at| {
        idle(&world);
        acts_between(&mut world, 1, at, SILENCING[0])
    });
    assert!(points.any(|point| point == Some(BEFORE_THE_LOCK)), "it waits for the lock");
    for (place, at) in [(2, (3, 4)), (3, (3, 5)), (4, (2, 4))] {
        idle(&world);
        wakes_late(&mut world, place, at).expect("both have such points");
    }
}
