//! The price of paying now: deadlines to the second, part payments, edited claims, bank money.

use crate::discount_things::{facts, mexico, parts, policy, shown, terms, with_terms};
use crate::table::rows;
use crate::things::{answer, date, money, plain, utc, zone};
use jiff::SignedDuration;
use saldo_domain::discount::{
    DiscountPolicy, DiscountTerms, ExtraDiscount, extra, honoured, price, price_by_value_date,
};
use saldo_domain::invoice::OpenItem;

#[test]
fn the_last_second_counts_and_the_next_minute_does_not() {
    let table = rows(
        "
        zone                | at                       | saved | because
        America/Mexico_City | 2026-01-01T06:00:00Z     | 20.00 | the first moment of the day of issue
        America/Mexico_City | 2026-01-12T05:59:59Z     | 20.00 | 23:59:59
        America/Mexico_City | 2026-01-12T05:59:59.999Z | 20.00 | still that second
        America/Mexico_City | 2026-01-12T06:00:00Z     | 10.00 | midnight: the second tier
        America/Mexico_City | 2026-01-12T06:00:59Z     | 10.00 | one minute later
        America/Mexico_City | 2026-01-22T05:59:59Z     | 10.00 |
        America/Mexico_City | 2026-01-22T06:00:00Z     | -     | nothing more
        Pacific/Kiritimati  | 2026-01-11T09:59:59Z     | 20.00 |
        Pacific/Kiritimati  | 2026-01-11T10:00:00Z     | 10.00 | there it is tomorrow
        Pacific/Pago_Pago   | 2026-01-12T10:59:59Z     | 20.00 | and here still today
        ",
    );
    for row in table {
        let facts = facts("2026-01-01", "2026-01-31", "1,000.00 MXN");
        let item = with_terms(&facts, terms(&policy("2 % d10, 1 % d20", "MXN"), &facts, &zone(row.get("zone"))));
        row.expect("saved", answer(price(&item, utc(row.get("at"))), shown));
    }
}

#[test]
fn a_deadline_keeps_its_moment_when_the_clocks_change() {
    let table = rows(
        "
        zone             | issued     | last second          | because
        America/Santiago | 2026-03-25 | 2026-04-05T03:59:59Z | 23:59:59 comes twice: the second one counts
        America/Santiago | 2026-08-26 | 2026-09-06T03:59:59Z | midnight is skipped
        America/New_York | 2026-10-22 | 2026-11-02T04:59:59Z | a day of 25 hours
        America/Nuuk     | 2026-03-18 | 2026-03-29T00:59:59Z | 23:59:59 is skipped: 22:59:59
        ",
    );
    for row in table {
        let mut facts = facts(row.get("issued"), row.get("issued"), "1,000.00 MXN");
        facts.due_on = date("2026-12-31");
        let item = with_terms(&facts, terms(&policy("2 % d10", "MXN"), &facts, &zone(row.get("zone"))));
        let last = utc(row.get("last second"));
        let found = price(&item, last).unwrap().unwrap();
        assert_eq!((plain(found.saved).as_str(), found.last_moment), ("20.00", last), "{row}");
        assert_eq!(answer(price(&item, last + SignedDuration::from_secs(1)), shown), "-", "{row}");
    }
}

#[test]
fn a_sliding_rate_falls_by_the_day_on_the_debtors_wall() {
    let table = rows(
        "
        at                   | saved | until                | because
        2026-01-01T12:00:00Z | 14.79 | 2026-01-02T05:59:59Z | 30 days early: 14.7945
        2026-01-02T05:59:59Z | 14.79 | 2026-01-02T05:59:59Z | still the first day in Mexico
        2026-01-02T06:00:00Z | 14.30 | 2026-01-03T05:59:59Z | 29 days
        2026-01-16T12:00:00Z | 7.40  | 2026-01-17T05:59:59Z | 15 days: 7.397
        2026-01-30T12:00:00Z | 0.49  | 2026-01-31T05:59:59Z | one day
        2026-01-31T05:59:59Z | 0.49  | 2026-01-31T05:59:59Z |
        2026-01-31T06:00:00Z | -     | -                    | the due date itself is not early
        2026-03-01T06:00:00Z | -     | -                    |
        ",
    );
    for row in table {
        let facts = facts("2026-01-01", "2026-01-31", "1,000.00 MXN");
        let item = with_terms(&facts, terms(&policy("18 % a year", "MXN"), &facts, &mexico()));
        let found = price(&item, utc(row.get("at"))).unwrap();
        row.expect("until", found.map_or("-".to_owned(), |found| found.last_moment.to_string()));
        row.expect("saved", shown(found));
    }
}

/// Reads `1,000.00 / 400.00`: what it claims and what is open.
fn item_of(text: &str, rule: &str, code: &str, part_payments: &str) -> OpenItem {
    let (amount, open) = text.split_once(" / ").unwrap();
    let facts = facts("2026-01-01", "2026-01-31", &format!("{amount} {code}"));
    let policy = DiscountPolicy { part_payments: parts(part_payments), ..policy(rule, code) };
    let whole = with_terms(&facts, terms(&policy, &facts, &mexico()));
    OpenItem { outstanding: money(&format!("{open} {code}")), ..whole }
}

#[test]
fn what_was_paid_before_decides_by_the_part_payment_rule() {
    let table = rows(
        "
        claims / open       | in  | none  | proportional | rest in time | because
        1,000.00 / 1,000.00 | MXN | 20.00 | 20.00        | 20.00        | nothing was paid
        1,000.00 / 999.99   | MXN | -     | 20.00        | 20.00        | one cent was paid: 19.9998
        1,000.00 / 500.00   | MXN | -     | 10.00        | 20.00        |
        1,000.00 / 333.33   | MXN | -     | 6.67         | 20.00        | 6.6666
        1,000.00 / 20.00    | MXN | -     | 0.40         | 19.99        | a cent stays to be paid
        1,000.00 / 0.25     | MXN | -     | 0.01         | 0.24         | half a cent
        1,000.00 / 0.24     | MXN | -     | -            | 0.23         |
        1,000.00 / 0.01     | MXN | -     | -            | -            | the last cent is paid
        12,345 / 12,345     | CLP | 247   | 247          | 247          |
        12,345 / 6,000      | CLP | -     | 120          | 247          | 120.05
        12,345 / 1          | CLP | -     | -            | -            |
        ",
    );
    for row in table {
        for rule in ["none", "proportional", "rest in time"] {
            let item = item_of(row.get("claims / open"), "2 % d10", row.get("in"), rule);
            row.expect(rule, answer(price(&item, utc("2026-01-05T12:00:00Z")), shown));
            let late = price(&item, utc("2026-01-12T06:00:00Z"));
            assert_eq!(answer(late, shown), "-", "what was paid in time saves nothing later: {row}");
        }
    }
}

#[test]
fn a_claim_that_became_smaller_takes_its_part_and_a_larger_one_no_more() {
    let table = rows(
        "
        claims now | open     | saved | because
        1,000.00   | 1,000.00 | 20.00 | as issued
        500.00     | 500.00   | 10.00 | a credit note halved it
        333.33     | 333.33   | 6.67  | 6.6666
        0.50       | 0.50     | 0.01  |
        2,000.00   | 2,000.00 | 20.00 | the terms are frozen
        ",
    );
    for row in table {
        let mut item = item_of("1,000.00 / 1,000.00", "2 % d10", "MXN", "none");
        item.amount = money(&format!("{} MXN", row.get("claims now")));
        item.outstanding = money(&format!("{} MXN", row.get("open")));
        row.expect("saved", answer(price(&item, utc("2026-01-05T12:00:00Z")), shown));
    }
}

#[test]
fn the_better_of_two_terms_applies_never_both() {
    let mut item = item_of("1,000.00 / 1,000.00", "2 % d10", "MXN", "none");
    let granted = |rate_bps, until: &str| -> DiscountTerms {
        let by = crate::things::id("agent");
        let wish = ExtraDiscount { rate_bps, until_on: date(until), by, at: utc("2026-01-02T12:00:00Z") };
        extra(&wish, item.issued_on, item.amount, &mexico()).unwrap()
    };
    let (less, more) = (granted(100, "2026-01-25"), granted(300, "2026-01-05"));
    item.discounts.extend([less, more]);
    let at = |day: &str| answer(price(&item, utc(&format!("2026-01-{day}T18:00:00Z"))), shown);
    assert_eq!([at("05"), at("06"), at("12"), at("26")], ["30.00", "20.00", "10.00", "-"]);
}

#[test]
fn money_is_in_time_by_its_success_or_by_its_start_within_the_grace() {
    let table = rows(
        "
        grace | started  | succeeded    | in time | because
        0     | 23:59:00 | 23:59:59     | true    |
        0     | 23:59:00 | 23:59:59.999 | true    | the last second as a whole
        0     | 23:59:59 | 00:00:00     | false   | no grace
        15    | 23:59:59 | 00:14:59     | true    |
        15    | 23:00:00 | 00:14:59     | true    | the grace counts from the deadline
        15    | 23:00:00 | 00:15:00     | false   | one second past it
        15    | 00:00:00 | 00:00:01     | false   | begun too late
        15    | 00:00:00 | 23:59:59     | true    | a clock that runs behind: the success decides
        ",
    );
    for row in table {
        let moment = |column: &str| {
            let day = if row.get(column).starts_with("00") { "12" } else { "11" };
            utc(&format!("2026-01-{day}T{}Z", row.get(column)))
        };
        let deadline = utc("2026-01-11T23:59:59Z");
        row.expect("in time", honoured(deadline, row.number("grace"), moment("started"), moment("succeeded")));
    }
}

#[test]
fn bank_money_counts_by_its_value_date() {
    let table = rows(
        "
        rule             | value date | saved | because
        2 % d10, 1 % d20 | 2025-12-30 | 20.00 | paid before the invoice was written
        2 % d10, 1 % d20 | 2026-01-11 | 20.00 | whenever the bank's file came
        2 % d10, 1 % d20 | 2026-01-12 | 10.00 |
        2 % d10, 1 % d20 | 2026-01-21 | 10.00 |
        2 % d10, 1 % d20 | 2026-01-22 | -     |
        18 % a year      | 2025-12-30 | 14.79 | no more than on the day of issue
        18 % a year      | 2026-01-01 | 14.79 |
        18 % a year      | 2026-01-30 | 0.49  |
        18 % a year      | 2026-01-31 | -     |
        ",
    );
    for row in table {
        let item = item_of("1,000.00 / 1,000.00", row.get("rule"), "MXN", "none");
        row.expect("saved", answer(price_by_value_date(&item, date(row.get("value date"))), shown));
    }
}
