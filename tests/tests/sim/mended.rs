//! What the simulation has found in the product, told step by step.

use jiff::SignedDuration;
use saldo_app::App;
use saldo_app::flows::cancel_checkout;
use saldo_app::flows::request_refund::{self, RequestRefund};
use saldo_domain::actor::Actor;
use saldo_domain::ids::{AttemptId, RefundId};
use saldo_domain::quote::Selection;

use crate::points::{self, Fate, Ran, Said, Work, run};
use crate::provider::{Mood, begin_refund};
use crate::schedules::{at_work, finish, led, owing, planned, taken};
use crate::seat::{Seat, Tab};
use crate::till::State;
use crate::world::World;
use crate::{debtors, ground, nodes};

/// One form, and who does something about its attempt.
#[derive(Clone, Copy, Debug)]
enum Hand {
    /// Sends it.
    Sends,
    /// Gives it up.
    GivesUp,
    /// A node looks what became of it.
    Asks,
}

impl Hand {
    fn work(self, seat: &Seat, app: App, tab: &Tab) -> Work {
        match self {
            Self::Sends => debtors::send(seat, app, tab.clone(), "pays").expect("something is owed").1,
            Self::GivesUp => {
                let (session, attempt) = (seat.session(), tab.attempt);
                Box::pin(async move {
                    let _ = cancel_checkout::cancel(&app, session, attempt).await;
                    Said::default()
                })
            }
            Self::Asks => Box::pin(nodes::tick(app)),
        }
    }
}

/// One stands still at its n-th point while the other does all of its work; then the provider answers it in some mood.
/// Whether it has such a point.
fn beside((first, second): (Hand, Hand), stands_at: u32, mood: Mood) -> bool {
    let (mut world, _folder) = ground::world(1);
    let seat = owing(&mut world, 0);
    let (one, other) = (world.nodes[0].app.clone(), world.nodes[2].app.clone());
    let (attempt, version) = (AttemptId(one.ambient().uuid_v7()), seat.seen.borrow().version);
    let tab = Tab { attempt, version, selection: Selection::Everything };
    if !matches!(first, Hand::Sends) {
        // There is an attempt, of which the provider has not heard.
        let begun = Hand::Sends.work(&seat, one.clone(), &tab);
        run(&world.runtime, begun, Fate { dies_at: Some(4), stands_at: None });
        world.pass(SignedDuration::from_mins(3));
    }
    let work = first.work(&seat, one, &tab);
    let parked = match run(&world.runtime, work, Fate { stands_at: Some(stands_at), dies_at: None }) {
        Ran::Parked(work, point) => Some((work, point)),
        Ran::Done(_) => None,
        Ran::Crashed(point) => panic!("nothing dies at {point}"),
    };
    let Some((rest, point)) = parked else { return false };
    world.pass(SignedDuration::from_mins(3));
    let said = finish(&world, second.work(&seat, other, &tab));
    let verdict = world.finish(2, "goes by", said);
    world.shared.bank.set_mood(mood);
    let said = finish(&world, rest);
    world.shared.bank.set_mood(Mood::Fine);
    let verdict = verdict.and_then(|()| world.finish(0, "goes on", said));
    assert_eq!(verdict, Ok(()), "{first:?} stood still at {point}, {second:?} went by; then {mood:?}");
    true
}

#[test]
fn a_form_sent_twice_given_up_or_asked_about_leads_to_one_open_page_or_to_none() {
    use Hand::{Asks, GivesUp, Sends};
    points::arm();
    for both in [(Sends, Sends), (Sends, GivesUp), (Sends, Asks), (GivesUp, Sends), (Asks, Sends)] {
        for mood in [Mood::Fine, Mood::Down, Mood::Mute] {
            let points = (1..).take_while(|at| beside(both, *at, mood)).count();
            assert!(points > 0, "{both:?} never stand still");
        }
    }
}

#[test]
fn a_message_that_has_not_begun_to_leave_within_a_minute_of_its_decision_is_decided_again() {
    points::arm();
    let (mut world, _folder) = ground::world(1);
    planned(&mut world, 0);
    let (work, point) = at_work(&world, 0, 4).expect("it hands over");
    assert_eq!(point, "commit::flows::send_reminder::after");
    world.pass(SignedDuration::from_secs(61));
    finish(&world, work);
    assert!(world.shared.post.take_left().is_empty(), "it left on an old decision");
    world.pass(SignedDuration::from_mins(6));
    finish(&world, Box::pin(nodes::tick(world.nodes[0].app.clone())));
    finish(&world, Box::pin(nodes::work(world.nodes[0].app.clone())));
    assert_eq!(world.shared.post.take_left().len(), 1, "it is not sent again");
}

/// Works for days, twice an hour.
fn work_for(world: &mut World, time: SignedDuration) {
    let end = world.now() + time;
    while world.now() < end {
        world.pass(SignedDuration::from_mins(30));
        finish(world, Box::pin(nodes::work(world.nodes[0].app.clone())));
    }
}

/// Takes in the one event that is on its way.
fn receive(world: &mut World) {
    let (_, work) = nodes::deliver(world, 0).expect("one letter");
    assert_eq!(finish(world, work).text, "answered");
}

#[test]
fn an_event_that_came_before_what_it_follows_from_waits_for_three_days() {
    points::arm();
    let (mut world, _folder) = ground::world(1);
    let session = led(&mut world, 0);
    let now = world.now();
    let late = {
        let mut till = world.shared.bank.till();
        till.take(session, now);
        till.letters.clear();
        till.tell_state(session, now, false);
        let late = till.letters.remove(0);
        till.contest(session, now);
        late
    };
    receive(&mut world);
    work_for(&mut world, SignedDuration::from_hours(70));
    world.shared.bank.till().letters.push(late);
    receive(&mut world);
    work_for(&mut world, SignedDuration::from_hours(1));
    assert_eq!(world.audit(), Ok(()));
    assert_eq!(world.auditor.all_booked(&world.shared.bank.till()), Ok(()));
}

/// One of the debtors pays a new invoice and nothing else; where that is in the provider's books.
fn led_for_the_last(world: &mut World, place: usize) -> usize {
    let before = world.seats[place].seen.borrow().items.clone();
    let seat = owing(world, place);
    let app = world.nodes[0].app.clone();
    let (attempt, version) = (AttemptId(app.ambient().uuid_v7()), seat.seen.borrow().version);
    let fresh = seat.seen.borrow().items.iter().find(|item| !before.contains(item)).map(|(id, _)| *id);
    let tab = Tab { attempt, version, selection: Selection::Items { invoice_ids: fresh.into_iter().collect() } };
    let (_, work) = debtors::send(&seat, app, tab, "pays").expect("something is owed");
    let said = finish(world, work);
    assert_eq!(said.led, Some(attempt), "{}", said.text);
    world.shared.bank.till().by_attempt[&attempt]
}

#[test]
fn debits_that_stay_pending_do_not_stand_before_what_was_taken() {
    points::arm();
    let (mut world, _folder) = ground::world(1);
    for number in 0..60 {
        let session = led_for_the_last(&mut world, number % 4);
        let settles_at = world.now() + SignedDuration::from_hours(24 * 30);
        world.shared.bank.till().sessions[session].state = State::Pending { settles_at, well: true };
    }
    world.pass(SignedDuration::from_hours(24));
    let session = led_for_the_last(&mut world, 4);
    let now = world.now();
    let mut till = world.shared.bank.till();
    till.take(session, now);
    till.letters.clear();
    drop(till);
    for _ in 0..5 {
        world.pass(SignedDuration::from_mins(3));
        finish(&world, Box::pin(nodes::tick(world.nodes[0].app.clone())));
    }
    assert_eq!(world.audit(), Ok(()));
    assert_eq!(world.auditor.all_booked(&world.shared.bank.till()), Ok(()), "it waits behind debits");
}

/// A refund that left and came back, of which events tell in either order; before them the node may have asked, and heard
/// the truth or a refusal.
fn left_and_came_back(heard: Option<Mood>, came_back_first: bool) {
    let (mut world, _folder) = ground::world(1);
    taken(&mut world, 0);
    receive(&mut world);
    work_for(&mut world, SignedDuration::from_hours(1));
    let (seat, app) = (world.seats[0].clone(), world.nodes[0].app.clone());
    let refund_id = RefundId(app.ambient().uuid_v7());
    let amount = world.runtime.block_on(async {
        seat.clone().look(app.clone()).await;
        let (payment_id, amount) = seat.seen.borrow().payments[0];
        let wish = RequestRefund { refund_id, payment_id, amount, reason: "devuelto".to_owned() };
        request_refund::request(&app, seat.creditor, &Actor::Operator, wish).await.expect("a refund");
        amount
    });
    let now = world.now();
    let late = {
        world.shared.bank.set_mood(heard.unwrap_or(Mood::Fine));
        let mut till = world.shared.bank.till();
        let paid = till.sessions[0].captures[0].payment_reference.clone();
        let place = begin_refund(&mut till, refund_id, &paid, amount.minor(), now, true).expect("money is there");
        till.give_back(place, now);
        till.return_refund(place, now);
        till.letters.remove(usize::from(!came_back_first))
    };
    let ask = |world: &mut World| finish(world, Box::pin(nodes::work(world.nodes[0].app.clone())));
    if heard.is_some() {
        ask(&mut world);
        world.shared.bank.set_mood(Mood::Fine);
    }
    receive(&mut world);
    ask(&mut world);
    world.shared.bank.till().letters.push(late);
    receive(&mut world);
    ask(&mut world);
    assert_eq!(world.audit(), Ok(()));
    assert_eq!(world.auditor.all_booked(&world.shared.bank.till()), Ok(()), "{heard:?} {came_back_first}");
    let owed = world.auditor.owed.values().sum::<i128>();
    assert_eq!(owed, 0, "what was paid stays paid");
}

#[test]
fn a_refund_that_came_back_counts_both_ways_in_whatever_order_it_is_told() {
    points::arm();
    for heard in [None, Some(Mood::Fine), Some(Mood::Refuses)] {
        left_and_came_back(heard, true);
        left_and_came_back(heard, false);
    }
}
