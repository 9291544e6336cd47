//! Money: sums, shares, splits, and the ends of the range.

use crate::table::rows;
use crate::things::{answer, money, mxn, plain, tries};
use proptest::prelude::*;
use saldo_domain::currency::Currency;
use saldo_domain::money::Money;

fn pesos(minor: i64) -> Money {
    Money::new(minor, Currency::MXN)
}

fn minor(text: &str) -> i64 {
    match text {
        "largest" => i64::MAX,
        "smallest" => i64::MIN,
        number => number.parse().unwrap(),
    }
}

fn shown(amount: Money) -> String {
    match amount.minor() {
        i64::MAX => "largest".to_owned(),
        i64::MIN => "smallest".to_owned(),
        number => number.to_string(),
    }
}

#[test]
fn a_sum_past_the_range_is_a_refusal_at_both_ends() {
    let table = rows(
        "
        left     | what    | right    | answer
        1        | plus    | 2        | 3
        largest  | plus    | 0        | largest
        largest  | plus    | 1        | amount_overflow
        largest  | plus    | largest  | amount_overflow
        smallest | plus    | -1       | amount_overflow
        smallest | plus    | largest  | -1
        smallest | minus   | 0        | smallest
        smallest | minus   | 1        | amount_overflow
        largest  | minus   | -1       | amount_overflow
        0        | minus   | smallest | amount_overflow
        -1       | minus   | smallest | largest
        largest  | min     | smallest | smallest
        5        | negated | -        | -5
        smallest | negated | -        | amount_overflow
        ",
    );
    for row in table {
        let left = pesos(minor(row.get("left")));
        let right = || pesos(minor(row.get("right")));
        let found = match row.get("what") {
            "plus" => left.plus(right()),
            "minus" => left.minus(right()),
            "min" => left.min(right()),
            _ => left.negated(),
        };
        row.expect("answer", answer(found, shown));
    }
}

#[test]
fn currencies_never_mix() {
    let (peso, dollar) = (money("1.00 MXN"), money("1.00 USD"));
    for found in [peso.plus(dollar), peso.minus(dollar), peso.min(dollar), Money::sum(Currency::MXN, [peso, dollar])] {
        assert_eq!(answer(found, plain), "currency_mismatch");
    }
    assert_eq!(Money::sum(Currency::MXN, []), Ok(mxn("0.00")));
    assert_eq!(Money::sum(Currency::MXN, [peso, peso]), Ok(mxn("2.00")));
}

#[test]
fn only_more_than_nothing_is_positive() {
    let table = rows(
        "
        amount | answer
        0.01   | 0.01
        0.00   | amount_not_positive
        -0.01  | amount_not_positive
        ",
    );
    for row in table {
        row.expect("answer", answer(mxn(row.get("amount")).positive(), plain));
    }
}

#[test]
fn a_share_is_rounded_half_away_from_zero() {
    let table = rows(
        "
        amount         | basis points | share     | because
        100.00 MXN     | 200          | 2.00      | two per cent
        99.99 MXN      | 200          | 2.00      | 1.9998
        0.25 MXN       | 200          | 0.01      | 0.005 is half and goes up
        -0.25 MXN      | 200          | -0.01     | and down below zero
        0.24 MXN       | 200          | 0.00      | 0.0048
        0.01 MXN       | 5000         | 0.01      | half a cent
        -0.01 MXN      | 5000         | -0.01     |
        0.01 MXN       | 4999         | 0.00      |
        0.03 MXN       | 5000         | 0.02      | not to the even one
        25 CLP         | 200          | 1         | half a peso, which has no cents
        24 CLP         | 200          | 0         |
        12,500 CLP     | 1000         | 1,250     |
        1,234.56 PEN   | 10000        | 1,234.56  | all of it
        1,234.56 PEN   | 0            | 0.00      | none of it
        1,234.56 PEN   | 15000        | 1,851.84  | more than all of it
        ",
    );
    for row in table {
        row.expect("share", answer(money(row.get("amount")).share(row.number("basis points")), plain));
    }
    assert_eq!(answer(pesos(i64::MAX).share(10_001), shown), "amount_overflow");
    assert_eq!(answer(pesos(i64::MAX).share(u32::MAX), shown), "amount_overflow");
    assert_eq!(answer(pesos(i64::MIN).share(u32::MAX), shown), "amount_overflow");
    assert_eq!(answer(pesos(i64::MIN).share(10_000), shown), "smallest");
}

#[test]
fn a_split_conserves_the_whole_with_the_larger_parts_first() {
    let table = rows(
        "
        whole       | into | parts
        100.00 MXN  | 3    | 33.34 33.33 33.33
        100.00 MXN  | 6    | 16.67 16.67 16.67 16.67 16.66 16.66
        100.00 MXN  | 1    | 100.00
        0.02 MXN    | 3    | 0.01 0.01 0.00
        0.00 MXN    | 2    | 0.00 0.00
        -100.00 MXN | 3    | -33.33 -33.33 -33.34
        -0.01 MXN   | 2    | 0.00 -0.01
        10,000 CLP  | 3    | 3,334 3,333 3,333
        100 PYG     | 7    | 15 15 14 14 14 14 14
        100.00 MXN  | 0    | amount_not_positive
        ",
    );
    for row in table {
        let parts = money(row.get("whole")).split(row.number("into"));
        row.expect("parts", answer(parts, |parts| parts.into_iter().map(plain).collect::<Vec<_>>().join(" ")));
    }
}

proptest! {
    #![proptest_config(tries(512))]

    #[test]
    fn sums_are_those_of_wider_numbers(a in any::<i64>(), b in any::<i64>()) {
        let (wide_a, wide_b) = (i128::from(a), i128::from(b));
        prop_assert_eq!(pesos(a).plus(pesos(b)).ok().map(Money::minor), i64::try_from(wide_a + wide_b).ok());
        prop_assert_eq!(pesos(a).minus(pesos(b)).ok().map(Money::minor), i64::try_from(wide_a - wide_b).ok());
        prop_assert_eq!(pesos(a).negated().ok().map(Money::minor), i64::try_from(-wide_a).ok());
    }

    #[test]
    fn a_share_is_that_of_wider_numbers(amount in any::<i64>(), bps in any::<u32>()) {
        let product = i128::from(amount) * i128::from(bps);
        let half_up = (product.abs() + 5_000) / 10_000 * product.signum();
        prop_assert_eq!(pesos(amount).share(bps).ok().map(Money::minor), i64::try_from(half_up).ok());
    }

    #[test]
    fn a_split_conserves_and_differs_by_at_most_one(amount in any::<i64>(), count in 1_u32..400) {
        let parts = pesos(amount).split(count).unwrap();
        prop_assert_eq!(parts.len(), count as usize);
        prop_assert_eq!(parts.iter().map(|part| i128::from(part.minor())).sum::<i128>(), i128::from(amount));
        prop_assert!(parts[0].minor() - parts[parts.len() - 1].minor() <= 1);
        prop_assert!(parts.is_sorted_by(|a, b| a.minor() >= b.minor()));
    }
}
