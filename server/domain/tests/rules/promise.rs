//! Promises to pay: when one may be made, and what the ledger says became of it.

use crate::table::{Row, rows};
use crate::things::{account, answer, date, id, item, mxn, tries, utc};
use proptest::prelude::*;
use saldo_domain::actor::Actor;
use saldo_domain::ids::PromiseId;
use saldo_domain::ledger::EntryKind;
use saldo_domain::money::Money;
use saldo_domain::outcome::Outcome;
use saldo_domain::promise::{NewPromise, PromiseToPay, make};
use saldo_domain::snapshot::{AccountSnapshot, Movement};

fn by() -> Actor {
    Actor::Debtor { id: id("debtor") }
}

fn new(name: &str, amount: Option<Money>, on: &str) -> NewPromise {
    let promise_id: PromiseId = id(name);
    NewPromise { id: promise_id, amount, promised_on: date(on), at: utc("2026-03-10T18:00:00Z"), by: by() }
}

/// An account that owes 100.00 since 1 March, with `credit`.
fn owing(open: &str, credit: &str) -> AccountSnapshot {
    let items = if open == "0.00" { vec![] } else { vec![item("F-1", date("2026-03-01"), mxn(open))] };
    AccountSnapshot { unapplied: mxn(credit), ..account(items) }
}

#[test]
fn a_promise_is_for_what_is_owed_within_thirty_days() {
    let table = rows(
        "
        open   | credit | amount | on         | known | answer
        100.00 | 0.00   | -      | 2026-03-20 | -     | 100.00
        100.00 | 30.00  | -      | 2026-03-20 | -     | 70.00
        100.00 | 0.00   | 40.00  | 2026-03-20 | -     | 40.00
        100.00 | 0.00   | 100.00 | 2026-03-10 | -     | 100.00
        100.00 | 0.00   | -      | 2026-04-09 | -     | 100.00
        100.00 | 0.00   | -      | 2026-04-10 | -     | promise_date
        100.00 | 0.00   | -      | 2026-03-09 | -     | promise_date
        100.00 | 0.00   | 100.01 | 2026-03-20 | -     | amount_above_balance
        100.00 | 0.00   | 0.00   | 2026-03-20 | -     | amount_not_positive
        100.00 | 99.99  | 0.02   | 2026-03-20 | -     | amount_above_balance
        0.00   | 0.00   | -      | 2026-03-20 | -     | nothing_to_pay
        100.00 | 100.00 | -      | 2026-03-20 | -     | nothing_to_pay
        100.00 | 0.00   | -      | 2026-03-20 | other | promise_open
        100.00 | 0.00   | -      | 2026-03-20 | past  | 100.00
        100.00 | 0.00   | -      | 2026-03-20 | same  | done
        ",
    );
    let today = date("2026-03-10");
    for row in table {
        let account = owing(row.get("open"), row.get("credit"));
        let amount = Some(row.get("amount")).filter(|text| *text != "-").map(mxn);
        let known = match row.get("known") {
            "other" => vec![promised("other", "2026-03-15")],
            "past" => vec![promised("past", "2026-03-09")],
            "same" => vec![promised("same", "2026-03-15")],
            _ => vec![],
        };
        let name = if row.get("known") == "same" { "same" } else { "new" };
        let made = make(&account, new(name, amount, row.get("on")), &known, today);
        let shown = answer(made, |outcome| match outcome {
            Outcome::Executed(promise) => crate::things::plain(promise.expected()),
            Outcome::AlreadyApplied => "done".to_owned(),
        });
        row.expect("answer", shown);
    }
}

/// A promise of 100.00, made at noon in Mexico on 1 March.
fn promised(name: &str, on: &str) -> PromiseToPay {
    PromiseToPay {
        id: id(name),
        account_id: id("account"),
        amount: None,
        owed: mxn("100.00"),
        promised_on: date(on),
        made_at: utc("2026-03-01T18:00:00Z"),
        made_by: by(),
        withdrawn: None,
    }
}

fn movement(text: &str) -> Movement {
    let words: Vec<&str> = text.split_whitespace().collect();
    let kind = match words[0] {
        "paid" => EntryKind::Payment,
        "back" => EntryKind::Chargeback,
        "note" => EntryKind::CreditNote,
        "claim" => EntryKind::Issue,
        other => panic!("no kind {other}"),
    };
    Movement {
        kind,
        effective_on: date(words[2]),
        recorded_at: utc(&format!("{}T20:00:00Z", words.get(3).unwrap_or(&words[2]))),
        effect: mxn(words[1]),
        invoice_numbers: Vec::new(),
    }
}

fn standing(row: &Row) -> String {
    let movements = row.get("movements").split(',').filter(|text| !text.trim().is_empty()).map(movement).collect();
    let account = AccountSnapshot { movements, ..owing(row.get("open"), "0.00") };
    let found = promised("p", "2026-03-10").standing(&account, date(row.get("today")));
    answer(found, |standing| standing.name().to_owned())
}

#[test]
fn the_ledger_says_what_became_of_a_promise() {
    let table = rows(
        "
        open   | movements                                    | today      | standing | because
        100.00 |                                              | 2026-03-05 | waiting  |
        100.00 |                                              | 2026-03-10 | waiting  | the day itself counts
        100.00 |                                              | 2026-03-11 | broken   |
        0.00   | paid -100.00 2026-03-09                      | 2026-03-20 | kept     |
        0.00   | paid -100.00 2026-03-10                      | 2026-03-20 | kept     |
        0.00   | paid -100.00 2026-03-11                      | 2026-03-20 | broken   | a day late
        0.00   | paid -100.00 2026-03-10 2026-03-12           | 2026-03-20 | kept     | the bank's value date counts
        50.00  | paid -50.00 2026-03-05                       | 2026-03-08 | waiting  | half of it
        50.00  | paid -50.00 2026-03-05                       | 2026-03-20 | broken   | half of it
        0.00   | paid -50.00 2026-03-05, note -50.00 2026-03-06 | 2026-03-20 | kept   | the rest was not owed
        100.00 | paid -100.00 2026-03-05, back 100.00 2026-03-08 | 2026-03-20 | broken | the bank took it back
        80.00  | paid -100.00 2026-03-05, claim 80.00 2026-03-06 | 2026-03-20 | kept   | a new claim is another matter
        100.00 | paid -100.00 2026-02-20 2026-02-20           | 2026-03-20 | broken   | paid before it was made
        0.00   |                                              | 2026-03-05 | kept     | nothing is owed any more
        ",
    );
    for row in table {
        row.expect("standing", standing(&row));
    }
}

#[test]
fn what_a_clock_that_is_ahead_has_booked_before_does_not_keep_a_promise() {
    let paid = |on: &str| movement(&format!("paid -100.00 2026-03-01 {on}"));
    for (recorded_on, at, made_at) in [
        ("2026-03-01", "2026-03-02T12:00:00Z", "2026-03-02T12:00:00Z"),
        ("2026-03-02", "2026-03-02T19:56:00Z", "2026-03-02T20:00:00.000001Z"),
        ("2026-03-02", "2026-03-02T20:00:00Z", "2026-03-02T20:00:00.000001Z"),
    ] {
        let account = AccountSnapshot { movements: vec![paid(recorded_on)], ..owing("100.00", "0.00") };
        let new = NewPromise { id: id("p"), amount: None, promised_on: date("2026-03-10"), at: utc(at), by: by() };
        let made = make(&account, new, &[], date("2026-03-02")).unwrap().executed().unwrap();
        assert_eq!(made.made_at, utc(made_at), "{recorded_on} {at}");
        assert!(made.is_live(&account, date("2026-03-02")), "{recorded_on} {at}");
    }
}

#[test]
fn until_its_day_is_over_a_promise_is_silent_whatever_came_in_before() {
    let movements = vec![movement("paid -100.00 2026-03-05")];
    let account = AccountSnapshot { movements, ..owing("80.00", "0.00") };
    let promise = promised("p", "2026-03-10");
    assert!(!promise.is_live(&account, date("2026-03-06")), "another one may be made");
    assert!(promise.silences(&account, date("2026-03-10")));
    assert!(!promise.silences(&account, date("2026-03-11")));
    let withdrawn = promise.withdraw(utc("2026-03-06T12:00:00Z"), by()).unwrap().executed().unwrap();
    assert!(!withdrawn.silences(&account, date("2026-03-07")));
}

#[test]
fn a_promise_that_was_taken_back_is_not_waited_for() {
    let account = owing("100.00", "0.00");
    let promise = promised("p", "2026-03-10");
    assert!(promise.is_live(&account, date("2026-03-10")));
    assert!(!promise.is_live(&account, date("2026-03-11")));
    let at = utc("2026-03-02T12:00:00Z");
    let withdrawn = promise.withdraw(at, by()).unwrap().executed().unwrap();
    assert!(!withdrawn.is_live(&account, date("2026-03-05")));
    assert_eq!(withdrawn.withdraw(at, by()), Ok(Outcome::AlreadyApplied));
}

proptest! {
    #![proptest_config(tries(512))]

    #[test]
    fn at_most_one_promise_of_an_account_is_live(days in proptest::collection::vec((0_i32..40, 0_i32..60), 1..20)) {
        let account = owing("100.00", "0.00");
        let mut known: Vec<PromiseToPay> = Vec::new();
        let mut today = date("2026-03-10");
        for (place, (later, ahead)) in days.into_iter().enumerate() {
            today = saldo_domain::calendar::plus_days(today, later).unwrap();
            let on = saldo_domain::calendar::plus_days(today, ahead).unwrap();
            let mut wanted = new(&format!("p{place}"), None, "2026-03-10");
            wanted.promised_on = on;
            if let Ok(Outcome::Executed(made)) = make(&account, wanted, &known, today) {
                known.push(made);
            }
            prop_assert!(known.iter().filter(|promise| promise.is_live(&account, today)).count() <= 1);
        }
    }
}
