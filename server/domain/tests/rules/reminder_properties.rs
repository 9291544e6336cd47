//! What no reminder ever does, over random lives in odd zones.

use crate::attempt::attempt;
use crate::reminder::ask;
use crate::things::{MAIL, date, item, mxn, opted_out, snapshot, tries, utc, zone};
use jiff::SignedDuration;
use jiff::civil::Weekday;
use proptest::prelude::*;
use saldo_domain::calendar::{Timestamp, plus_days};
use saldo_domain::reminder::{Decision, Hold, StopReason, decide};
use saldo_domain::snapshot::DebtorSnapshot;
use std::collections::HashSet;

const ZONES: [&str; 12] = [
    "America/Mexico_City",
    "America/Bogota",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/Asuncion",
    "America/New_York",
    "America/St_Johns",
    "America/Nuuk",
    "Europe/Madrid",
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
];

#[derive(Debug, Clone)]
enum Event {
    Hours(u16),
    Issue(i32),
    Pay(prop::sample::Index),
    Contest(prop::sample::Index),
    Attempt(bool),
    Credit(i64),
    OptOut(bool),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        12 => (1_u16..60).prop_map(Event::Hours),
        3 => (-40_i32..40).prop_map(Event::Issue),
        2 => any::<prop::sample::Index>().prop_map(Event::Pay),
        1 => any::<prop::sample::Index>().prop_map(Event::Contest),
        1 => any::<bool>().prop_map(Event::Attempt),
        1 => prop_oneof![Just(0), Just(150), Just(10_000_000)].prop_map(Event::Credit),
        1 => prop::bool::weighted(0.2).prop_map(Event::OptOut),
    ]
}

fn apply(it: &mut DebtorSnapshot, now: &mut Timestamp, event: &Event, count: usize) {
    let items = &mut it.accounts[0].items;
    match event {
        Event::Hours(hours) => *now += SignedDuration::from_hours(i64::from(*hours)),
        Event::Issue(days) => {
            let today = zone("UTC").date_at(*now);
            items.push(item(&format!("F-{count}"), plus_days(today, *days).unwrap(), mxn("1.00")));
        }
        Event::Pay(place) if !items.is_empty() => drop(items.remove(place.index(items.len()))),
        Event::Contest(place) if !items.is_empty() => {
            let place = place.index(items.len());
            items[place].disputed = !items[place].disputed;
        }
        Event::Attempt(open) => it.open_attempts = if *open { vec![attempt("pending")] } else { Vec::new() },
        Event::Credit(minor) => it.accounts[0].unapplied = crate::book::pesos(*minor),
        Event::OptOut(out) => it.consents = if *out { vec![opted_out()] } else { Vec::new() },
        Event::Pay(_) | Event::Contest(_) => {}
    }
}

fn owed(it: &DebtorSnapshot) -> i64 {
    let account = &it.accounts[0];
    account.items.iter().map(|item| item.outstanding.minor()).sum::<i64>() - account.unapplied.minor()
}

/// What must hold of a message, by other means than the decision's own.
fn may_be_sent(before: &DebtorSnapshot, decision: &Decision, now: Timestamp) -> Result<(), TestCaseError> {
    let there = before.debtor.zone(&before.creditor);
    let Decision::Send { step, items, .. } = decision else { return Ok(()) };
    prop_assert!(owed(before) > 0, "nothing is owed");
    prop_assert!(before.open_attempts.is_empty() && before.consents.is_empty());
    let (today, hour) = (there.date_at(now), there.time_at(now).hour());
    prop_assert!((9..18).contains(&hour) && today.weekday() != Weekday::Sunday, "outside hours");
    prop_assert!(before.contacts.iter().all(|contact| there.date_at(contact.handed_off_at) != today), "twice a day");
    prop_assert!(before.contacts.iter().all(|contact| contact.step != *step), "a step twice");
    let open = |id| before.accounts[0].items.iter().find(|item| item.invoice_id == id);
    prop_assert!(!items.is_empty() && items.iter().all(|id| open(*id).is_some_and(|item| !item.disputed)));
    prop_assert_eq!(items.iter().collect::<HashSet<_>>().len(), items.len(), "an item named twice");
    prop_assert!(step.reached_on().unwrap() <= today, "a step ahead of its day");
    prop_assert!(items.iter().all(|id| plus_days(open(*id).unwrap().due_on, -7).unwrap() <= today));
    Ok(())
}

/// A wait ends later, nothing is sent before it ends, and it is not in vain.
fn waits_well(it: &DebtorSnapshot, decision: &Decision, now: Timestamp, part: u32) -> Result<(), TestCaseError> {
    let Decision::Wait { until, why } = decision else { return Ok(()) };
    prop_assert!(*until > now, "the wait ended before it began");
    let between = now + SignedDuration::from_secs(until.duration_since(now).as_secs() * i64::from(part) / 100);
    if between < *until {
        prop_assert!(!matches!(decide(it, &MAIL, between), Ok(Decision::Send { .. })), "sent while waiting");
    }
    let then = decide(it, &MAIL, *until).unwrap();
    match why {
        Hold::PendingPayment => {
            prop_assert!(matches!(then, Decision::Wait { why: Hold::PendingPayment, .. }), "still under way")
        }
        _ => prop_assert!(matches!(then, Decision::Send { .. }), "waited in vain for {:?}", then),
    }
    Ok(())
}

/// A stop needs a reason that can be seen.
fn stops_with_reason(it: &DebtorSnapshot, decision: &Decision) -> Result<(), TestCaseError> {
    let Decision::Stop { why } = decision else { return Ok(()) };
    let items = &it.accounts[0].items;
    let fits = match why {
        StopReason::Paid => owed(it) <= 0,
        StopReason::OptedOut => !it.consents.is_empty(),
        StopReason::Disputed => items.iter().all(|item| item.disputed),
        StopReason::NoAddress => it.debtor.email.is_none(),
        StopReason::LadderEnded => items.iter().any(|item| !item.disputed),
        StopReason::NoPolicy | StopReason::BelowMinimum => false,
    };
    prop_assert!(fits, "stopped for {:?}", why);
    Ok(())
}

proptest! {
    #![proptest_config(tries(1_000))]

    #[test]
    fn no_life_brings_a_message_that_should_not_be(
        name in prop::sample::select(&ZONES[..]),
        start in 0_i64..(2 * 365 * 24),
        events in prop::collection::vec(event(), 1..80),
        part in 0_u32..100,
    ) {
        let mut it = snapshot(vec![item("F-first", date("2026-03-12"), mxn("1.00"))]);
        it.debtor.zone = Some(zone(name));
        let mut now = utc("2025-10-01T00:00:00Z") + SignedDuration::from_hours(start) + SignedDuration::from_mins(7);
        for (count, event) in events.iter().enumerate() {
            apply(&mut it, &mut now, event, count);
            let before = it.clone();
            let decision = ask(&mut it, now);
            may_be_sent(&before, &decision, now)?;
            waits_well(&before, &decision, now, part)?;
            stops_with_reason(&before, &decision)?;
        }
    }

    #[test]
    fn a_debtor_who_waits_to_the_end_hears_at_most_once_per_rung(
        name in prop::sample::select(&ZONES[..]),
        dues in prop::collection::vec(0_i32..60, 1..6),
    ) {
        let first = date("2026-03-01");
        let items = dues.iter().enumerate().map(|(place, days)| {
            item(&format!("F-{place}"), plus_days(first, *days).unwrap(), mxn("1.00"))
        });
        let mut it = snapshot(items.collect());
        it.debtor.zone = Some(zone(name));
        let mut now = utc("2026-02-01T12:00:00Z");
        for _ in 0..200 {
            match ask(&mut it, now) {
                Decision::Send { .. } => now += SignedDuration::from_secs(1),
                Decision::Wait { until, .. } => now = until,
                Decision::Stop { why } => {
                    prop_assert_eq!(why, StopReason::LadderEnded);
                    break;
                }
            }
        }
        prop_assert!(matches!(decide(&it, &MAIL, now), Ok(Decision::Stop { .. })), "the ladder has an end");
        let different: HashSet<_> = dues.iter().collect();
        prop_assert!(it.contacts.len() <= different.len() * 6);
        let last = it.contacts.last().unwrap();
        let latest = plus_days(first, dues.iter().max().unwrap() + 30).unwrap();
        prop_assert!(zone(name).date_at(last.handed_off_at) >= latest, "the last rung is climbed");
    }

    #[test]
    fn the_same_question_has_the_same_answer(hours in 0_i64..10_000) {
        let it = snapshot(vec![item("F-1", date("2026-03-12"), mxn("1.00"))]);
        let at = utc("2026-02-01T00:00:00Z") + SignedDuration::from_hours(hours);
        prop_assert_eq!(decide(&it, &MAIL, at), decide(&it.clone(), &MAIL, at));
    }
}
