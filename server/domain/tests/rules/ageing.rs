//! How long items have been owed.

use crate::table::rows;
use crate::things::{answer, currency, date, item, items, money, mxn, plain, tries};
use proptest::prelude::*;
use saldo_domain::ageing::{AgingBucket, age};
use saldo_domain::calendar::plus_days;
use saldo_domain::currency::Currency;
use saldo_domain::money::Money;

fn name(bucket: AgingBucket) -> &'static str {
    match bucket {
        AgingBucket::Current => "current",
        AgingBucket::D1To30 => "1 to 30",
        AgingBucket::D31To60 => "31 to 60",
        AgingBucket::D61To90 => "61 to 90",
        AgingBucket::Over90 => "over 90",
    }
}

#[test]
fn the_due_date_is_not_late_and_each_bucket_has_thirty_days() {
    let table = rows(
        "
        days past due | bucket
        -365          | current
        -1            | current
        0             | current
        1             | 1 to 30
        30            | 1 to 30
        31            | 31 to 60
        60            | 31 to 60
        61            | 61 to 90
        90            | 61 to 90
        91            | over 90
        3650          | over 90
        -2147483648   | current
        2147483647    | over 90
        ",
    );
    for row in table {
        row.expect("bucket", name(AgingBucket::of(row.number("days past due"))));
    }
}

#[test]
fn outstanding_amounts_are_summed_by_bucket() {
    let table = rows(
        "
        number | due        | open         | days past due on 2026-06-30
        F-1    | 2026-07-30 | 100.00 MXN   | -30
        F-2    | 2026-06-30 | 200.00 MXN   | 0
        F-3    | 2026-06-29 | 1.00 MXN     | 1
        F-4    | 2026-05-31 | 2.00 MXN     | 30
        F-5    | 2026-05-30 | 10.00 MXN    | 31
        F-6    | 2026-05-01 | 20.00 MXN    | 60
        F-7    | 2026-04-30 | 400.00 MXN   | 61
        F-8    | 2026-04-01 | 500.50 MXN   | 90
        F-9    | 2026-03-31 | 9,000.00 MXN | 91
        ",
    );
    let open = items(&table);
    for (row, item) in table.iter().zip(&open) {
        row.expect("days past due on 2026-06-30", item.days_past_due(date("2026-06-30")));
    }
    let aged = age(&open, Currency::MXN, date("2026-06-30")).unwrap();
    let shown = aged.map(|(bucket, amount)| (name(bucket), plain(amount)));
    assert_eq!(
        shown.each_ref().map(|(bucket, amount)| (*bucket, amount.as_str())),
        [
            ("current", "300.00"),
            ("1 to 30", "3.00"),
            ("31 to 60", "30.00"),
            ("61 to 90", "900.50"),
            ("over 90", "9,000.00"),
        ]
    );
}

#[test]
fn nothing_open_is_zero_in_every_bucket() {
    let aged = age(&[], currency("CLP"), date("2026-06-30")).unwrap();
    assert!(aged.iter().all(|(_, amount)| *amount == money("0 CLP")));
    assert_eq!(aged.map(|(bucket, _)| bucket), AgingBucket::ALL);
}

#[test]
fn another_currency_or_too_much_is_refused() {
    let on = date("2026-06-30");
    let dollars = [item("F-1", on, money("1.00 USD"))];
    assert_eq!(answer(age(&dollars, Currency::MXN, on), |_| String::new()), "currency_mismatch");
    let most = Money::new(i64::MAX, Currency::MXN);
    let two = [item("F-1", on, most), item("F-2", on, mxn("0.01"))];
    assert_eq!(answer(age(&two, Currency::MXN, on), |_| String::new()), "amount_overflow");
}

proptest! {
    #![proptest_config(tries(256))]

    #[test]
    fn the_buckets_hold_all_that_is_open(open in prop::collection::vec((-400_i32..400, 1_i64..1_000_000), 0..20)) {
        let today = date("2026-06-30");
        let pesos = |minor| Money::new(minor, Currency::MXN);
        let items: Vec<_> =
            open.iter().map(|(days, minor)| item("F", plus_days(today, -days).unwrap(), pesos(*minor))).collect();
        let aged = age(&items, Currency::MXN, today).unwrap();
        let sum: i64 = aged.iter().map(|(_, amount)| amount.minor()).sum();
        prop_assert_eq!(sum, open.iter().map(|(_, minor)| minor).sum::<i64>());
        let late: i64 = open.iter().filter(|(days, _)| *days > 0).map(|(_, minor)| minor).sum();
        prop_assert_eq!(aged[0].1.minor(), sum - late);
    }
}
