//! Which policies are refused, and which two of them would both decide.

use crate::discount_things::policy;
use crate::table::rows;
use crate::things::{answer, currency, money, utc};
use saldo_domain::discount::annualised_cost;
use saldo_domain::policy::{InForce, refuse_overlap};
use saldo_domain::segment::Segment;

#[test]
fn a_policy_that_nobody_could_mean_is_refused() {
    let table = rows(
        "
        rule                     | in  | answer              | because
        2 % d10                  | MXN | fits                |
        2 % d10, 1 % d20         | MXN | fits                |
        2 % d10, 1 % b5          | MXN | fits                | compared on each invoice
        3 % b20, 2 % b10, 1 % b0 | MXN | fits                | fewer days before due is later
        50.00 d10, 20.00 d20     | MXN | fits                |
        500 d10                  | CLP | fits                | whole pesos
        18 % a year              | MXN | fits                |
        99.99 % d10              | MXN | fits                |
        2 % d0                   | MXN | fits                | on the day of issue
        2 % d730                 | MXN | fits                |
        100 % d10                | MXN | rate_above_whole    | nothing would be left to pay
        101 % d10                | MXN | rate_above_whole    |
        100 % a year             | MXN | rate_above_whole    |
        2 % d10, 250 % d20       | MXN | rate_above_whole    |
        0 % d10                  | MXN | rate_zero           |
        0 % a year               | MXN | rate_zero           |
        0.00 d10                 | MXN | amount_not_positive |
        1 % d10, 2 % d20         | MXN | tiers_unordered     | later and better
        2 % d10, 2 % d20         | MXN | tiers_unordered     | the first one never decides
        2 % d20, 1 % d10         | MXN | tiers_unordered     | later in the list, earlier in time
        2 % d10, 1 % d10         | MXN | tiers_unordered     | the same day
        2 % b5, 1 % b10          | MXN | tiers_unordered     | ten days before due is earlier
        2 % b5, 1 % d10          | MXN | tiers_unordered     | cannot be told
        2 % d10, 20.00 d20       | MXN | tiers_unordered     | a rate and an amount cannot be compared
        no tier                  | MXN | tiers_unordered     |
        2 % d731                 | MXN | days_out_of_range   |
        ",
    );
    for row in table {
        let checked = policy(row.get("rule"), row.get("in")).checked();
        row.expect("answer", answer(checked, |_| "fits".to_owned()));
    }
}

#[test]
fn amounts_of_another_currency_are_refused() {
    let mut fixed = policy("50.00 d10", "MXN");
    fixed.segment = Segment::all(currency("USD"));
    assert_eq!(answer(fixed.checked(), |_| "fits".to_owned()), "currency_mismatch");
    let mut segment = policy("2 % d10", "MXN");
    segment.segment.amount_min = Some(money("10.00 USD"));
    assert_eq!(answer(segment.checked(), |_| "fits".to_owned()), "currency_mismatch");
}

#[test]
fn two_policies_overlap_where_both_would_decide() {
    let table = rows(
        "
        one                | from       | until      | other              | from too   | until too  | answer
        MXN                | 2026-01-01 | -          | MXN                | 2026-02-01 | -          | policies_overlap
        MXN                | 2026-01-01 | -          | USD                | 2026-02-01 | -          | fits
        MXN wholesale      | 2026-01-01 | -          | MXN                | 2026-02-01 | -          | fits
        MXN wholesale      | 2026-01-01 | -          | MXN wholesale      | 2026-02-01 | -          | policies_overlap
        MXN 0.01 100.00    | 2026-01-01 | -          | MXN 100.00 -       | 2026-02-01 | -          | policies_overlap
        MXN 0.01 99.99     | 2026-01-01 | -          | MXN 100.00 -       | 2026-02-01 | -          | fits
        MXN - 50.00        | 2026-01-01 | -          | MXN                | 2026-02-01 | -          | policies_overlap
        MXN                | 2026-01-01 | 2026-02-01 | MXN                | 2026-02-01 | -          | fits
        MXN                | 2026-01-01 | 2026-02-02 | MXN                | 2026-02-01 | -          | policies_overlap
        MXN                | 2026-03-01 | -          | MXN                | 2026-02-01 | 2026-03-01 | fits
        ",
    );
    let segment = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut segment = Segment::all(currency(words[0]));
        match words[1..] {
            [] => {}
            [tag] => segment.tag = Some(tag.to_owned()),
            [min, max] => {
                let amount = |text: &str| (text != "-").then(|| money(&format!("{text} {}", words[0])));
                (segment.amount_min, segment.amount_max) = (amount(min), amount(max));
            }
            _ => panic!("no segment: {text}"),
        }
        segment
    };
    let midnight = |text: &str| utc(&format!("{text}T06:00:00Z"));
    for row in table {
        let (one, other) = (segment(row.get("one")), segment(row.get("other")));
        let until = |column: &str| (row.get(column) != "-").then(|| midnight(row.get(column)));
        let one = InForce { segment: &one, from_at: midnight(row.get("from")), until_at: until("until") };
        let other = InForce { segment: &other, from_at: midnight(row.get("from too")), until_at: until("until too") };
        row.expect("answer", answer(refuse_overlap(&one, [other]), |()| "fits".to_owned()));
        row.expect("answer", answer(refuse_overlap(&other, [one]), |()| "fits".to_owned()));
    }
}

#[test]
fn a_discount_costs_what_a_loan_would() {
    let table = rows(
        "
        rate  | paid after | instead of | a year           | because
        200   | 10         | 30         | 0.372449         | 2/10 net 30
        100   | 10         | 30         | 0.184343         | 1/10 net 30
        300   | 10         | 60         | 0.225773         |
        200   | 0          | 30         | 0.248299         | cash on delivery
        9999  | 29         | 30         | 3649635.000000   | all but nothing
        1     | 0          | 3650       | 0.000010         |
        0     | 10         | 30         | rate_zero        |
        10000 | 10         | 30         | rate_above_whole | a free gift has no yearly cost
        200   | 30         | 30         | discount_after_due |
        200   | 31         | 30         | discount_after_due |
        ",
    );
    for row in table {
        let cost = annualised_cost(row.number("rate"), row.number("paid after"), row.number("instead of"));
        row.expect("a year", answer(cost, |cost| format!("{cost:.6}")));
    }
}

#[test]
fn a_policy_costs_what_its_dearest_tier_does() {
    let table = rows(
        "
        rule             | net | bps  | because
        2 % d10          | 30  | 3724 | 37.24 % a year
        2 % d10, 1 % d20 | 30  | 3724 | 1 % for the last ten days costs 36.87 %
        2 % b20          | 30  | 3724 | the same, counted from the other end
        2 % b40          | 30  | -    | it ends before the issue
        2 % d30          | 30  | -    | nothing comes in early
        50.00 d10        | 30  | -    | depends on the invoice
        18 % a year      | 30  | 1800 |
        ",
    );
    for row in table {
        let cost = policy(row.get("rule"), "MXN").annualised_cost_bps(row.number("net"));
        row.expect("bps", cost.map_or("-".to_owned(), |bps| bps.to_string()));
    }
}
