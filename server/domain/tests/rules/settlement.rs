//! Settlement offers: less than what is owed, never nothing, until a moment.

use crate::table::rows;
use crate::things::{account, account_id, answer, date, id, item, mxn, plain, tries, utc};
use proptest::prelude::*;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{InvoiceId, PaymentId};
use saldo_domain::money::Money;
use saldo_domain::outcome::Outcome;
use saldo_domain::settlement::{NewSettlement, SettlementOffer, SettlementState, Settling, offer};
use saldo_domain::snapshot::AccountSnapshot;

fn now() -> Timestamp {
    utc("2026-03-10T18:00:00Z")
}

fn by() -> Actor {
    Actor::Member { id: id("member") }
}

/// 100.00 due in January and 50.00 due in February.
fn owing(first: &str, second: &str) -> AccountSnapshot {
    let all = [("F-1", "2026-01-31", first), ("F-2", "2026-02-28", second)];
    let open = all.iter().filter(|(_, _, open)| *open != "0.00");
    account(open.map(|(number, due_on, open)| item(number, date(due_on), mxn(open))).collect())
}

fn new(name: &str, items: &[&str], pay: &str, until_at: &str) -> NewSettlement {
    let items = items.iter().map(|number| id::<InvoiceId>(number)).collect();
    NewSettlement { id: id(name), items, pay: mxn(pay), until_at: utc(until_at), at: now(), by: by() }
}

fn offered(items: &[&str], pay: &str) -> SettlementOffer {
    let new = new("s1", items, pay, "2026-03-31T06:00:00Z");
    offer(&owing("100.00", "50.00"), new, &[]).unwrap().executed().unwrap()
}

#[test]
fn an_offer_is_below_what_is_owed_and_above_nothing() {
    let table = rows(
        "
        items   | pay    | until                | open    | answer
                | 90.00  | 2026-03-31T06:00:00Z |         | 90.00 of 150.00
        F-1     | 90.00  | 2026-03-31T06:00:00Z |         | 90.00 of 100.00
        F-1 F-1 | 90.00  | 2026-03-31T06:00:00Z |         | 90.00 of 100.00
                | 149.99 | 2026-03-31T06:00:00Z |         | 149.99 of 150.00
                | 0.01   | 2026-03-31T06:00:00Z |         | 0.01 of 150.00
                | 150.00 | 2026-03-31T06:00:00Z |         | settlement_amount
                | 150.01 | 2026-03-31T06:00:00Z |         | settlement_amount
                | 0.00   | 2026-03-31T06:00:00Z |         | amount_not_positive
                | -5.00  | 2026-03-31T06:00:00Z |         | amount_not_positive
        F-9     | 90.00  | 2026-03-31T06:00:00Z |         | item_not_open
                | 90.00  | 2026-03-10T18:00:00Z |         | settlement_date
                | 90.00  | 2026-06-08T18:00:00Z |         | 90.00 of 150.00
                | 90.00  | 2026-06-08T18:00:01Z |         | settlement_date
        F-1     | 90.00  | 2026-03-31T06:00:00Z | F-1 F-2 | settlement_open
        F-1     | 90.00  | 2026-03-31T06:00:00Z | F-2     | 90.00 of 100.00
        ",
    );
    for row in table {
        let open = row.words("open");
        let known: Vec<SettlementOffer> = if open.is_empty() { vec![] } else { vec![offered(&open, "40.00")] };
        let new = new("s2", &row.words("items"), row.get("pay"), row.get("until"));
        let found = answer(offer(&owing("100.00", "50.00"), new, &known), |outcome| match outcome {
            Outcome::Executed(offer) => format!("{} of {}", plain(offer.pay), plain(offer.full)),
            Outcome::AlreadyApplied => "done".to_owned(),
        });
        row.expect("answer", found);
    }
    let nothing = offer(&owing("0.00", "0.00"), new("s2", &[], "1.00", "2026-03-31T06:00:00Z"), &[]);
    assert_eq!(nothing.unwrap_err().code(), "nothing_to_pay");
    let again = new("s1", &[], "90.00", "2026-03-31T06:00:00Z");
    assert_eq!(offer(&owing("100.00", "50.00"), again, &[offered(&[], "90.00")]), Ok(Outcome::AlreadyApplied));
}

fn shown(settling: &Settling) -> String {
    let parts = settling.given_up.iter().map(|(id, part)| format!("{} {}", crate::things::name_of(*id), plain(*part)));
    format!("{}; {}", plain(settling.pay), parts.collect::<Vec<_>>().join(", "))
}

#[test]
fn what_was_paid_since_is_taken_off_what_an_offer_asks() {
    let table = rows(
        "
        pay    | F-1    | F-2   | asks
        90.00  | 100.00 | 50.00 | 90.00; F-2 50.00, F-1 10.00
        120.00 | 100.00 | 50.00 | 120.00; F-2 30.00
        90.00  | 70.00  | 50.00 | 60.00; F-2 50.00, F-1 10.00
        90.00  | 100.00 | 0.00  | 40.00; F-1 60.00
        90.00  | 60.00  | 0.00  | offer_ended
        90.00  | 0.00   | 0.00  | offer_ended
        ",
    );
    for row in table {
        let offer = offered(&[], row.get("pay"));
        let found = offer.settling(&owing(row.get("F-1"), row.get("F-2")), utc("2026-03-20T00:00:00Z"));
        row.expect("asks", answer(found, |settling| shown(&settling)));
    }
}

#[test]
fn an_offer_stands_through_its_last_moment() {
    let offer = offered(&[], "90.00");
    let account = owing("100.00", "50.00");
    assert!(offer.settling(&account, utc("2026-03-31T06:00:00Z")).is_ok());
    let late = utc("2026-03-31T06:00:00.000001Z");
    assert_eq!(offer.settling(&account, late).unwrap_err().code(), "offer_ended");
    assert_eq!(offer.state_at(late), SettlementState::Lapsed);
    let elsewhere = AccountSnapshot { id: id("elsewhere"), ..account };
    assert_eq!(offer.settling(&elsewhere, now()).unwrap_err().code(), "offer_ended");
}

#[test]
fn an_offer_ends_once() {
    let offer = offered(&[], "90.00");
    let late = utc("2026-04-02T00:00:00Z");
    let taken = offer.clone().take(id("p1"), now()).unwrap().executed().unwrap();
    assert_eq!(taken.clone().take(id("p1"), now()), Ok(Outcome::AlreadyApplied));
    assert_eq!(taken.clone().take(id::<PaymentId>("p2"), now()).unwrap_err().code(), "offer_ended");
    assert_eq!(taken.withdraw(now(), by()).unwrap_err().code(), "offer_ended");
    let withdrawn = offer.clone().withdraw(now(), by()).unwrap().executed().unwrap();
    assert_eq!(withdrawn.clone().withdraw(now(), by()), Ok(Outcome::AlreadyApplied));
    assert_eq!(withdrawn.take(id("p1"), now()).unwrap_err().code(), "offer_ended");
    assert_eq!(offer.clone().withdraw(late, by()).unwrap_err().code(), "offer_ended");
    assert!(offer.take(id("p1"), late).is_ok(), "begun in time, booked late");
}

proptest! {
    #![proptest_config(tries(1024))]

    #[test]
    fn what_is_paid_and_given_up_is_what_is_owed(
        open in proptest::collection::vec(1_i64..1_000_000, 1..6),
        share in 1_i64..1_000,
        paid in proptest::collection::vec(0_i64..1_000_000, 6),
    ) {
        let items = |open: &[i64]| {
            let numbered = open.iter().enumerate().filter(|(_, open)| **open > 0);
            numbered.map(|(place, open)| {
                let currency = mxn("0.00").currency();
                item(&format!("F-{place}"), date("2026-01-31"), Money::new(*open, currency))
            }).collect::<Vec<_>>()
        };
        let full: i64 = open.iter().sum();
        let pay = Money::new((full * share / 1_000).max(1), mxn("0.00").currency());
        let wanted = NewSettlement { pay, ..new("s", &[], "1.00", "2026-03-31T06:00:00Z") };
        let Ok(Outcome::Executed(offer)) = offer(&account(items(&open)), wanted, &[]) else { return Ok(()) };
        prop_assert!(offer.pay.minor() > 0 && offer.pay.minor() < full);
        let left: Vec<i64> = open.iter().zip(&paid).map(|(open, paid)| (open - paid % (open + 1)).max(0)).collect();
        let account = AccountSnapshot { id: account_id(), ..account(items(&left)) };
        if let Ok(settling) = offer.settling(&account, now()) {
            let given: i64 = settling.given_up.iter().map(|(_, part)| part.minor()).sum();
            prop_assert!(settling.pay.is_positive());
            prop_assert_eq!(given, full - offer.pay.minor());
            prop_assert_eq!(settling.pay.minor() + given, left.iter().sum::<i64>());
            for (id, part) in &settling.given_up {
                let item = account.items.iter().find(|item| item.invoice_id == *id).unwrap();
                prop_assert!(part.is_positive() && part.minor() <= item.outstanding.minor());
            }
        }
    }
}
