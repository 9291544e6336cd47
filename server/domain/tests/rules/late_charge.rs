//! What paying late costs, line by line.

use crate::discount_things::bps;
use crate::table::{Row, rows};
use crate::things::{answer, currency, date, item, money, plain, tries};
use proptest::prelude::*;
use saldo_domain::calendar::plus_days;
use saldo_domain::invoice::{ItemKind, OpenItem};
use saldo_domain::late_charge::{
    ChargeCap, ChargeLine, ChargePause, ChargeReason, ChargeStanding, LateFee, LateFeePolicy, charges,
};
use saldo_domain::money::Money;
use saldo_domain::segment::Segment;

/// Reads `100.00`, `5 %` or `-` as a fee.
fn fee(text: &str, code: &str) -> LateFee {
    match text.strip_suffix(" %") {
        Some(rate) => LateFee::Rate { rate_bps: bps(rate) },
        None if text == "-" => LateFee::None,
        None => LateFee::Flat { amount: money(&format!("{text} {code}")) },
    }
}

/// Reads `10 %`, `50.00`, both with `and` between, or `-` as a cap.
fn cap(text: &str, code: &str) -> ChargeCap {
    let mut cap = ChargeCap::default();
    for part in text.split(" and ").filter(|part| *part != "-") {
        match part.strip_suffix(" %") {
            Some(rate) => cap.rate_bps = Some(bps(rate)),
            None => cap.amount = Some(money(&format!("{part} {code}"))),
        }
    }
    cap
}

fn policy(row: &Row) -> LateFeePolicy {
    LateFeePolicy {
        segment: Segment::all(currency("MXN")),
        grace_days: row.number("grace"),
        fee: fee(row.get("fee"), "MXN"),
        annual_rate_bps: bps(row.get("a year")),
        period_days: row.number("each"),
        cap: cap(row.get("cap"), "MXN"),
    }
}

fn told(lines: &[ChargeLine]) -> String {
    let line = |line: &ChargeLine| {
        let what = match line.why {
            ChargeReason::Interest => format!("{} days from {}", line.days, &line.from.to_string()[5..]),
            _ => format!("fee {}", &line.from.to_string()[5..]),
        };
        let cut = line.uncapped.map(|whole| format!(" of {}", plain(whole))).unwrap_or_default();
        format!("{what} {}{cut}", plain(line.amount))
    };
    if lines.is_empty() { "-".to_owned() } else { lines.iter().map(line).collect::<Vec<_>>().join(", ") }
}

fn fresh() -> ChargeStanding {
    ChargeStanding::fresh(money("0.00 MXN"))
}

#[test]
fn charges_are_explained_line_by_line() {
    let table = rows(
        "
        grace | fee    | a year | each | cap            | through    | lines                                                | because
        5     | 100.00 | 0      | 30   | -              | 2026-01-15 | -                                                    | the last day of grace
        5     | 100.00 | 0      | 30   | -              | 2026-01-16 | fee 01-16 100.00                                     |
        5     | 5 %    | 0      | 30   | -              | 2026-01-16 | fee 01-16 50.00                                      |
        0     | -      | 36.5   | 10   | -              | 2026-01-19 | -                                                    | nine days: the period is not over
        0     | -      | 36.5   | 10   | -              | 2026-01-20 | 10 days from 01-11 10.00                             | 0.1 % a day
        0     | -      | 36.5   | 10   | -              | 2026-01-31 | 10 days from 01-11 10.00, 10 days from 01-21 10.00   | simple: none on the first ten
        5     | 100.00 | 36.5   | 10   | -              | 2026-01-25 | fee 01-16 100.00, 10 days from 01-16 10.00           |
        0     | -      | 18     | 30   | -              | 2026-02-09 | 30 days from 01-11 14.79                             | 14.7945
        0     | -      | 36.5   | 10   | 15.00          | 2026-02-09 | 10 days from 01-11 10.00, 10 days from 01-21 5.00 of 10.00 | the cap
        0     | 100.00 | 36.5   | 10   | 5 %            | 2026-01-20 | fee 01-11 50.00 of 100.00                            | nothing left for interest
        0     | 100.00 | 36.5   | 10   | 10.5 % and 900.00 | 2026-01-20 | fee 01-11 100.00, 10 days from 01-11 5.00 of 10.00 | the lower of both
        0     | 100.00 | 36.5   | 10   | 50 % and 102.00 | 2026-01-20 | fee 01-11 100.00, 10 days from 01-11 2.00 of 10.00 |
        ",
    );
    for row in table {
        let item = item("F-1", date("2026-01-10"), money("1,000.00 MXN"));
        let policy = policy(&row).checked().unwrap();
        let through = date(row.get("through"));
        row.expect(
            "lines",
            answer(charges(&item, &policy, &fresh(), date("2026-01-01"), through), |lines| told(&lines)),
        );
    }
}

#[test]
fn asked_day_by_day_it_is_charged_once() {
    let table = rows(
        "
        grace | fee    | a year | each | cap
        3     | 5 %    | 24     | 7    | -
        0     | 100.00 | 60     | 10   | 15 %
        10    | -      | 12     | 30   | 30.00
        0     | 5 %    | 18     | 1    | -
        ",
    );
    for row in table {
        let item = item("F-1", date("2026-01-10"), money("1,000.00 MXN"));
        let policy = policy(&row).checked().unwrap();
        let (first, last) = (date("2026-01-05"), date("2026-06-30"));
        let at_once = charges(&item, &policy, &fresh(), first, last).unwrap();
        let mut standing = fresh();
        let mut daily = Vec::new();
        let mut day = first;
        while day <= last {
            for line in charges(&item, &policy, &standing, day, day).unwrap() {
                standing.charged = standing.charged.plus(line.amount).unwrap();
                standing.fee_charged |= line.why != ChargeReason::Interest;
                daily.push(line);
            }
            day = plus_days(day, 1).unwrap();
        }
        assert_eq!(told(&daily), told(&at_once), "{row}");
        assert!(!daily.is_empty(), "{row}");
    }
}

#[test]
fn nothing_is_charged_where_nobody_may_be_charged() {
    let policy = LateFeePolicy {
        segment: Segment::all(currency("MXN")),
        grace_days: 0,
        fee: fee("100.00", "MXN"),
        annual_rate_bps: 3_650,
        period_days: 10,
        cap: ChargeCap::default(),
    };
    let late = item("F-1", date("2026-01-10"), money("1,000.00 MXN"));
    let pause = |from: &str, to: &str| ChargePause { from: date(from), to: date(to) };
    let paused = |pauses: Vec<ChargePause>| ChargeStanding { pauses, ..fresh() };
    let found = |item: &OpenItem, standing: &ChargeStanding| {
        told(&charges(item, &policy, standing, date("2026-01-01"), date("2026-01-30")).unwrap())
    };
    let whole = "fee 01-11 100.00, 10 days from 01-11 10.00, 10 days from 01-21 10.00";
    assert_eq!(found(&late, &fresh()), whole);
    assert_eq!(found(&OpenItem { disputed: true, ..late.clone() }, &fresh()), "-", "contested");
    assert_eq!(found(&late, &ChargeStanding { in_plan: true, ..fresh() }), "-", "in a living plan");
    let of = late.invoice_id;
    assert_eq!(found(&OpenItem { kind: ItemKind::LateFee { of }, ..late.clone() }, &fresh()), "-", "no fee on a fee");
    assert_eq!(found(&OpenItem { kind: ItemKind::Interest { of }, ..late.clone() }, &fresh()), "-", "none on interest");
    let dollars = OpenItem { outstanding: money("5.00 USD"), amount: money("5.00 USD"), ..late.clone() };
    assert_eq!(found(&dollars, &fresh()), "-", "another currency");
    let promise = paused(vec![pause("2026-01-09", "2026-01-14")]);
    assert_eq!(found(&late, &promise), "fee 01-15 100.00, 6 days from 01-11 6.00, 10 days from 01-21 10.00");
    let twice = paused(vec![pause("2026-01-11", "2026-01-15"), pause("2026-01-14", "2026-01-20")]);
    assert_eq!(found(&late, &twice), "fee 01-21 100.00, 10 days from 01-21 10.00", "a day that rests twice rests once");
    let fee_done = ChargeStanding { fee_charged: true, ..fresh() };
    assert_eq!(
        found(&late, &fee_done),
        "10 days from 01-11 10.00, 10 days from 01-21 10.00",
        "the fee is charged once"
    );
}

#[test]
fn a_late_fee_policy_that_nobody_could_mean_is_refused() {
    let table = rows(
        "
        grace | fee    | a year  | each | cap    | answer              | because
        0     | 100.00 | 0       | 30   | -      | fits                |
        0     | -      | 18      | 30   | 10 %   | fits                |
        0     | -      | 120     | 30   | -      | fits                | money that loses its worth
        0     | -      | 0       | 30   | -      | rate_zero           | it charges nothing
        0     | 0 %    | 18      | 30   | -      | rate_zero           |
        0     | 101 %  | 0       | 30   | -      | rate_above_whole    |
        0     | 5 %    | 0       | 30   | 101 %  | rate_above_whole    |
        0     | -      | 1000.01 | 30   | -      | rate_above_whole    |
        0     | 5 %    | 0       | 30   | 0 %    | rate_zero           |
        366   | 100.00 | 0       | 30   | -      | days_out_of_range   |
        0     | 100.00 | 0       | 0    | -      | days_out_of_range   |
        0     | 100.00 | 0       | 367  | -      | days_out_of_range   |
        0     | 0.00   | 0       | 30   | -      | amount_not_positive |
        0     | 5 %    | 0       | 30   | 0.00   | amount_not_positive |
        ",
    );
    for row in table {
        row.expect("answer", answer(policy(&row).checked(), |_| "fits".to_owned()));
    }
}

proptest! {
    #![proptest_config(tries(300))]

    #[test]
    fn charges_stay_below_their_cap_and_grow_with_time(
        minor in 1..5_000_000_000_i64,
        (fee_bps, annual_rate_bps, cap_bps) in (1..10_000_u32, 0..100_000_u32, 1..10_000_u32),
        (grace_days, period_days) in (0..40_u32, 1..60_u32),
        days in 1..400_i32,
    ) {
        let item = item("F-1", date("2026-01-10"), Money::new(minor, currency("MXN")));
        let policy = LateFeePolicy {
            segment: Segment::all(currency("MXN")),
            grace_days,
            fee: LateFee::Rate { rate_bps: fee_bps },
            annual_rate_bps,
            period_days,
            cap: ChargeCap { rate_bps: Some(cap_bps), amount: None },
        };
        let sum = |days: i32| {
            let through = plus_days(item.due_on, days).unwrap();
            let lines = charges(&item, &policy, &fresh(), item.due_on, through).unwrap();
            assert!(lines.iter().all(|line| line.amount.is_positive() && line.to <= through));
            lines.iter().map(|line| line.amount.minor()).sum::<i64>()
        };
        prop_assert!(sum(days) <= item.amount.share(cap_bps).unwrap().minor());
        prop_assert!(sum(days - 1) <= sum(days));
    }
}
