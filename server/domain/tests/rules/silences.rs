//! What keeps reminders silent by somebody's word: declared transfers and manual holds.

use crate::table::rows;
use crate::things::{account_id, answer, date, id, mxn, utc, zone};
use saldo_domain::actor::Actor;
use saldo_domain::calendar::{Timestamp, plus_days};
use saldo_domain::hold::{ManualHold, NewHold, hold};
use saldo_domain::ids::PaymentId;
use saldo_domain::outcome::Outcome;
use saldo_domain::transfer::{DeclaredTransfer, NewTransfer, declare};

fn now() -> Timestamp {
    utc("2026-03-10T18:00:00Z")
}

fn by() -> Actor {
    Actor::Member { id: id("member") }
}

fn transfer(name: &str, amount: &str, on: &str) -> NewTransfer {
    NewTransfer {
        id: id(name),
        account_id: account_id(),
        amount: mxn(amount),
        made_on: date(on),
        reference: " REF 77 ".to_owned(),
        at: now(),
        by: by(),
    }
}

fn declared(name: &str) -> DeclaredTransfer {
    declare(transfer(name, "100.00", "2026-03-09"), &[], date("2026-03-10")).unwrap().executed().unwrap()
}

#[test]
fn a_transfer_was_made_lately_and_three_of_them_wait_at_most() {
    let table = rows(
        "
        name | amount | made on    | waiting  | answer
        t9   | 100.00 | 2026-03-10 |          | waiting
        t9   | 100.00 | 2026-01-09 |          | waiting
        t9   | 100.00 | 2026-01-08 |          | transfer_date
        t9   | 100.00 | 2026-03-11 |          | transfer_date
        t9   | 0.00   | 2026-03-10 |          | amount_not_positive
        t9   | -1.00  | 2026-03-10 |          | amount_not_positive
        t9   | 100.00 | 2026-03-10 | t1 t2    | waiting
        t9   | 100.00 | 2026-03-10 | t1 t2 t3 | transfers_waiting
        t3   | 100.00 | 2026-03-10 | t1 t2 t3 | done
        ",
    );
    for row in table {
        let waiting: Vec<DeclaredTransfer> = row.words("waiting").into_iter().map(declared).collect();
        let new = transfer(row.get("name"), row.get("amount"), row.get("made on"));
        let found = answer(declare(new, &waiting, date("2026-03-10")), |outcome| match outcome {
            Outcome::Executed(transfer) => transfer.state.name().to_owned(),
            Outcome::AlreadyApplied => "done".to_owned(),
        });
        row.expect("answer", found);
    }
}

#[test]
fn a_waiting_transfer_is_silent_for_five_days_of_the_debtors() {
    let mexico = zone("America/Mexico_City");
    let transfer = declared("t1");
    assert_eq!(transfer.reference.as_deref(), Some("REF 77"));
    assert!(transfer.is_live(&mexico, date("2026-03-15")));
    assert!(!transfer.is_live(&mexico, date("2026-03-16")));
    let matched = transfer.clone().matched(Some(id("paid")), now(), by()).unwrap().executed().unwrap();
    let rejected = transfer.reject("Nothing came.", now(), by()).unwrap().executed().unwrap();
    assert!(![&matched, &rejected].iter().any(|ended| ended.is_live(&mexico, date("2026-03-11"))));
}

#[test]
fn a_transfer_ends_once() {
    let other: Option<PaymentId> = Some(id("other"));
    let matched = declared("t1").matched(Some(id("paid")), now(), by()).unwrap().executed().unwrap();
    assert_eq!(matched.clone().matched(Some(id("paid")), now(), by()), Ok(Outcome::AlreadyApplied));
    assert_eq!(matched.clone().matched(other, now(), by()).unwrap_err().code(), "claim_closed");
    assert_eq!(matched.reject("No.", now(), by()).unwrap_err().code(), "claim_closed");
    let rejected = declared("t1").reject("Nothing came.", now(), by()).unwrap().executed().unwrap();
    assert_eq!(rejected.clone().reject("Again.", now(), by()), Ok(Outcome::AlreadyApplied));
    assert_eq!(rejected.matched(None, now(), by()).unwrap_err().code(), "claim_closed");
    assert_eq!(declared("t1").reject(" ", now(), by()).unwrap_err().code(), "text_length");
}

fn new_hold(name: &str, reason: &str, until_on: &str) -> NewHold {
    NewHold { id: id(name), reason: reason.to_owned(), until_on: date(until_on), at: now(), by: by() }
}

fn held(until_on: &str) -> ManualHold {
    hold(new_hold("h1", "In hospital", until_on), &[], date("2026-03-01")).unwrap().executed().unwrap()
}

#[test]
fn a_hold_has_a_reason_and_an_end_within_ninety_days() {
    let table = rows(
        "
        name | reason      | until      | known      | answer
        h2   | In hospital | 2026-03-20 |            | 2026-03-20
        h2   | In hospital | 2026-03-10 |            | 2026-03-10
        h2   | In hospital | 2026-06-08 |            | 2026-06-08
        h2   | In hospital | 2026-06-09 |            | hold_date
        h2   | In hospital | 2026-03-09 |            | hold_date
        h2   |             | 2026-03-20 |            | text_length
        h2   | In hospital | 2026-03-20 | 2026-03-15 | hold_open
        h2   | In hospital | 2026-03-20 | 2026-03-09 | 2026-03-20
        h1   | In hospital | 2026-03-20 | 2026-03-15 | done
        ",
    );
    for row in table {
        let known: Vec<ManualHold> = row.words("known").into_iter().map(held).collect();
        let new = new_hold(row.get("name"), row.get("reason"), row.get("until"));
        let found = answer(hold(new, &known, date("2026-03-10")), |outcome| match outcome {
            Outcome::Executed(hold) => hold.until_on.to_string(),
            Outcome::AlreadyApplied => "done".to_owned(),
        });
        row.expect("answer", found);
    }
}

#[test]
fn a_hold_lasts_through_its_last_day_or_until_it_is_ended() {
    let hold = held("2026-03-15");
    for (day, live) in [(14, true), (15, true), (16, false)] {
        assert_eq!(hold.is_live(plus_days(date("2026-03-01"), day - 1).unwrap()), live, "{day} March");
    }
    let ended = hold.clone().end(now(), by(), date("2026-03-12")).unwrap().executed().unwrap();
    assert!(!ended.is_live(date("2026-03-12")));
    assert_eq!(ended.end(now(), by(), date("2026-03-12")), Ok(Outcome::AlreadyApplied));
    assert_eq!(hold.end(now(), by(), date("2026-03-16")), Ok(Outcome::AlreadyApplied));
}
