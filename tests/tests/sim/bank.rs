//! What debtors do on the provider's pages, and what the provider does by itself.

use jiff::SignedDuration;
use saldo_domain::ids::RefundId;
use sea_orm::prelude::Uuid;

use crate::autopay;
use crate::provider::{Mood, begin_refund};
use crate::till::State;
use crate::world::World;

/// One thing at the provider.
pub fn act(world: &mut World) {
    let now = world.now();
    match world.chance.below(100) {
        0..50 => pay(world),
        50..55 => autopay::end_page(world),
        55..60 => {
            // The provider takes one checkout twice: its fault, and our credit.
            let till = world.shared.bank.till();
            let paid: Vec<usize> =
                (0..till.sessions.len()).filter(|it| till.sessions[*it].state == State::Paid).collect();
            drop(till);
            if let Some(place) = world.chance.pick(&paid).copied().filter(|_| world.chance.one_in(3)) {
                world.shared.bank.till().capture(place, now, &mut world.chance);
                world.note(format!("the provider takes session {place} again"));
            }
        }
        60..66 => refund_by_hand(world),
        66..70 => contest(world),
        70..76 => {
            let count = world.shared.bank.till().contests.len();
            if let Some(place) = world.chance.place(count) {
                let won = world.chance.one_in(2);
                world.shared.bank.till().end_contest(place, won, now);
                world.note(format!("chargeback {place} ends: won {won}"));
            }
        }
        76..79 => {
            let count = world.shared.bank.till().refunds.len();
            if let Some(place) = world.chance.place(count).filter(|_| world.chance.one_in(3)) {
                world.shared.bank.till().return_refund(place, now);
                world.note(format!("refund {place} comes back"));
            }
        }
        79..90 => {
            let moods = [Mood::Down, Mood::Mute, Mood::Mute, Mood::Busy, Mood::Refuses];
            let mood = *world.chance.pick(&moods).expect("a mood");
            world.shared.bank.set_mood(mood);
            world.note(format!("the provider will be {mood:?}"));
        }
        _ => lose_or_repeat(world),
    }
}

fn pay(world: &mut World) {
    let now = world.now();
    let mut till = world.shared.bank.till();
    let led = |attempt| world.seats.iter().any(|seat| seat.seen.borrow().pages.iter().any(|page| page.0 == attempt));
    let open: Vec<usize> = (0..till.sessions.len())
        .filter(|place| till.sessions[*place].state == State::Open && led(till.sessions[*place].attempt))
        .collect();
    let Some(place) = world.chance.pick(&open).copied() else { return };
    let outcome = world.chance.below(10);
    match outcome {
        0..6 => till.capture(place, now, &mut world.chance),
        6..8 => {
            let settles_at = now + SignedDuration::from_mins(world.chance.between(1, 3 * 24 * 60));
            till.sessions[place].state = State::Pending { settles_at, well: !world.chance.one_in(3) };
            till.tell_state(place, now, true);
        }
        _ => {}
    }
    drop(till);
    world.note(format!("session {place} is paid: {outcome}"));
}

fn refund_by_hand(world: &mut World) {
    let now = world.now();
    let mut till = world.shared.bank.till();
    let count = till.sessions.len();
    let Some(place) = world.chance.place(count) else { return };
    let Some(capture) = till.sessions[place].captures.first().cloned() else { return };
    let minor = world.chance.between(1, capture.amount.minor());
    let id = RefundId(Uuid::from_u128(u128::from(till.number())));
    let begun = begin_refund(&mut till, id, &capture.payment_reference, minor, now, false);
    if let Some(refund) = begun {
        till.give_back(refund, now);
    }
    drop(till);
    world.note(format!("{minor} of session {place} is given back by hand: {begun:?}"));
}

fn contest(world: &mut World) {
    let now = world.now();
    let mut till = world.shared.bank.till();
    let count = till.sessions.len();
    if let Some(place) = world.chance.place(count) {
        till.contest(place, now);
        drop(till);
        world.note(format!("session {place} is contested"));
    }
}

fn lose_or_repeat(world: &mut World) {
    let mut till = world.shared.bank.till();
    let count = till.letters.len();
    let Some(place) = world.chance.place(count) else { return };
    let words = match till.letters[place].may_be_lost && world.chance.one_in(2) {
        true => {
            till.letters.remove(place);
            "is lost"
        }
        false => {
            let again = till.letters[place].clone();
            till.letters.push(again);
            "will come twice"
        }
    };
    drop(till);
    world.note(format!("event {place} {words}"));
}
