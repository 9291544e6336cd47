//! What a policy would have done over past invoices, beside figures worked out by hand.

use crate::discount_things::{facts, mexico, parts, policy};
use crate::table::rows;
use crate::things::{currency, date, money, plain};
use saldo_domain::discount::{DiscountPolicy, PaidInvoice, PaidPart, Replay, replay};
use saldo_domain::money::Money;

/// Reads `2026-01-05 400.00 + 2026-01-20 600.00`.
fn past(issued: &str, due: &str, amount: &str, paid: &str) -> PaidInvoice {
    let part = |text: &str| {
        let (on, amount) = text.trim().split_once(' ').unwrap();
        PaidPart { on: date(on), amount: money(&format!("{amount} MXN")) }
    };
    PaidInvoice { facts: facts(issued, due, &format!("{amount} MXN")), payments: paid.split('+').map(part).collect() }
}

fn history() -> Vec<PaidInvoice> {
    let table = rows(
        "
        issued     | due        | amount   | paid                                  | because
        2026-01-01 | 2026-01-31 | 1,000.00 | 2026-01-10 1,000.00                   | in time anyway: costs 20.00
        2026-01-05 | 2026-02-04 | 2,000.00 | 2026-02-04 2,000.00                   | on its due date: 1,960.00 could come 20 days earlier
        2026-01-20 | 2026-02-19 | 500.00   | 2026-03-11 500.00                     | late: 490.00 could come 40 days earlier
        2026-02-01 | 2026-03-03 | 1,000.00 | 2026-02-05 400.00 + 2026-02-10 600.00 | in parts
        ",
    );
    let row = |row: &crate::table::Row| past(row.get("issued"), row.get("due"), row.get("amount"), row.get("paid"));
    table.iter().map(row).collect()
}

fn told(found: &Replay) -> String {
    format!(
        "{} of {}: {} certain from {}, {} at most, {} earlier by {:.1} days from {}",
        found.covered_count,
        plain(found.covered),
        plain(found.cost_min),
        found.taken_count,
        plain(found.cost_max),
        plain(found.earlier),
        found.earlier_days,
        found.movable_count,
    )
}

#[test]
fn a_replay_is_what_a_controller_would_work_out_by_hand() {
    let table = rows(
        "
        rule        | parts        | answer
        2 % d10     | none         | 4 of 4,500.00: 20.00 certain from 1, 70.00 at most, 2,450.00 earlier by 24.0 days from 2
        2 % d10     | proportional | 4 of 4,500.00: 32.00 certain from 2, 82.00 at most, 2,450.00 earlier by 24.0 days from 2
        2 % d10     | rest in time | 4 of 4,500.00: 40.00 certain from 2, 90.00 at most, 2,450.00 earlier by 24.0 days from 2
        18 % a year | none         | 4 of 4,500.00: 10.36 certain from 1, 10.36 at most, 0.00 earlier by 0.0 days from 0
        ",
    );
    for row in table {
        let policy = DiscountPolicy { part_payments: parts(row.get("parts")), ..policy(row.get("rule"), "MXN") };
        row.expect("answer", told(&replay(&history(), &policy, &mexico()).unwrap()));
    }
}

#[test]
fn months_show_what_came_in_and_what_would_have() {
    let found = replay(&history(), &policy("2 % d10", "MXN"), &mexico()).unwrap();
    let table = rows(
        "
        month      | received | would     | certain | at most
        2026-01-01 | 1,000.00 | 3,430.00  | 20.00   | 70.00
        2026-02-01 | 3,000.00 | 1,000.00  | 0.00    | 0.00
        2026-03-01 | 500.00   | 0.00      | 0.00    | 0.00
        ",
    );
    assert_eq!(found.months.len(), table.len());
    for (row, month) in table.iter().zip(&found.months) {
        row.expect("month", month.month);
        row.expect("received", plain(month.received));
        row.expect("would", plain(month.would_receive));
        row.expect("certain", plain(month.cost_min));
        row.expect("at most", plain(month.cost_max));
    }
    let sum = |of: fn(&saldo_domain::discount::ReplayMonth) -> Money| {
        Money::sum(currency("MXN"), found.months.iter().map(of)).unwrap()
    };
    let (came, would) = (sum(|month| month.received), sum(|month| month.would_receive));
    assert_eq!(came, would.plus(found.cost_max).unwrap(), "what is not received is the discount");
}

#[test]
fn months_without_money_stand_in_the_row() {
    let two = [
        past("2025-11-01", "2025-12-01", "100.00", "2025-11-05 100.00"),
        past("2026-01-20", "2026-02-19", "100.00", "2026-02-19 100.00"),
    ];
    let found = replay(&two, &policy("2 % d5", "MXN"), &mexico()).unwrap();
    let months: Vec<String> = found.months.iter().map(|month| month.month.to_string()).collect();
    assert_eq!(months, ["2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01"]);
}

#[test]
fn a_policy_without_past_invoices_costs_nothing() {
    let found = replay(&[], &policy("2 % d10", "MXN"), &mexico()).unwrap();
    assert_eq!(told(&found), "0 of 0.00: 0.00 certain from 0, 0.00 at most, 0.00 earlier by 0.0 days from 0");
    assert!(found.months.is_empty());
    let others = replay(&history(), &policy("2 % d10", "USD"), &mexico()).unwrap();
    assert_eq!(others.covered_count, 0, "pesos are not dollars");
}
