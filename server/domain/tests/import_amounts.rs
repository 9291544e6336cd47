//! Amounts as files write them.

use proptest::prelude::*;
use saldo_domain::currency::Currency;
use saldo_domain::import::Evidence;
use saldo_domain::import::amounts::{AmountForm, form, parse_claim};
use saldo_domain::locale::{Language, Locale};
use saldo_domain::money::Money;

#[test]
fn one_clear_value_decides_for_the_file() {
    // What the file holds; the country's mark; the mark that is used and whether it was assumed.
    type Found = Result<(char, bool), &'static str>;
    let table: [(&[&str], char, Found); 12] = [
        (&["1.234,50"], '.', Ok((',', false))),
        (&["1,234.50"], ',', Ok(('.', false))),
        (&["1.234", "97.6"], ',', Ok(('.', false))),
        (&["1.234", "97,60"], '.', Ok((',', false))),
        (&["1.234", "1.234.567"], '.', Ok((',', false))),
        (&["1,234", "1,234,567"], ',', Ok(('.', false))),
        (&["1.234", "0.500"], ',', Ok(('.', false))),
        (&["1.234", "1234.500"], ',', Ok(('.', false))),
        (&["1.234", "12.500"], ',', Ok((',', true))),
        (&["1.234", "12.500"], '.', Ok(('.', true))),
        (&["1234", "50"], ',', Ok((',', false))),
        (&["1.234,50", "97.6"], ',', Err("decimal_marks_mixed")),
    ];
    for (values, custom, expected) in table {
        let mut evidence = Evidence::default();
        (2..).zip(values).for_each(|(line, value)| evidence.amount(line, value));
        let found =
            evidence.decimal_mark(custom).map(|mark| (mark.value, mark.assumed)).map_err(|refusal| refusal.code());
        assert_eq!(found, expected, "{values:?}");
    }
}

#[test]
fn amounts_are_read_or_refused_with_a_reason() {
    let table = [
        ("1.234,50", ',', Currency::MXN, Ok(123_450)),
        ("1,234.50", '.', Currency::MXN, Ok(123_450)),
        ("$ 1,234.50", '.', Currency::MXN, Ok(123_450)),
        ("MXN 1,234.50", '.', Currency::MXN, Ok(123_450)),
        ("R$ 1.234,5", ',', Currency::BRL, Ok(123_450)),
        ("97.6", '.', Currency::USD, Ok(9_760)),
        ("100", '.', Currency::USD, Ok(10_000)),
        ("12.500", ',', Currency::CLP, Ok(12_500)),
        ("100.00", '.', Currency::CLP, Ok(100)),
        ("100.50", '.', Currency::CLP, Err("too_many_decimals")),
        ("97.605", '.', Currency::USD, Err("too_many_decimals")),
        ("-5", '.', Currency::USD, Err("amount_negative")),
        ("5-", '.', Currency::USD, Err("amount_negative")),
        ("−5.00", '.', Currency::USD, Err("amount_negative")),
        ("$-5", '.', Currency::USD, Err("amount_negative")),
        ("(5.00)", '.', Currency::USD, Err("amount_negative")),
        ("0", '.', Currency::USD, Err("amount_not_positive")),
        ("-0.00", '.', Currency::USD, Err("amount_not_positive")),
        ("1.23.4", '.', Currency::USD, Err("amount_unreadable")),
        ("12,34.50", '.', Currency::USD, Err("amount_unreadable")),
        ("EUR 5", '.', Currency::USD, Err("amount_unreadable")),
        ("cinco", '.', Currency::USD, Err("amount_unreadable")),
        ("1e5", '.', Currency::USD, Err("amount_unreadable")),
        ("-", '.', Currency::USD, Err("amount_unreadable")),
        ("", '.', Currency::USD, Err("amount_unreadable")),
        ("99999999999999999999", '.', Currency::USD, Err("amount_overflow")),
        ("10000000000000", '.', Currency::USD, Err("amount_overflow")),
        ("9999999999999.99", '.', Currency::USD, Ok(999_999_999_999_999)),
    ];
    for (text, mark, currency, expected) in table {
        let read = parse_claim(text, currency, mark).map(Money::minor);
        assert_eq!(read, expected, "{text} {currency}");
    }
}

proptest! {
    #[test]
    fn what_a_country_writes_is_read_back(minor in 1i64..1_000_000_000_000_000, place in 0usize..5) {
        let (country, currency) = [
            ("MX", Currency::MXN), ("CO", Currency::COP), ("CL", Currency::CLP), ("BR", Currency::BRL), ("US", Currency::USD),
        ][place];
        let locale = Locale::new(Language::Es, country);
        let amount = Money::new(minor, currency);
        let written = [locale.money(amount), locale.number(amount), format!("{currency} {}", locale.number(amount))];
        for text in written {
            prop_assert_eq!(parse_claim(&text, currency, locale.decimal_mark()), Ok(amount), "{}", text);
            let fits = match form(&text) {
                AmountForm::Point => locale.decimal_mark() == '.',
                AmountForm::Comma => locale.decimal_mark() == ',',
                AmountForm::Plain | AmountForm::Either => true,
                AmountForm::Unknown => false,
            };
            prop_assert!(fits, "{} is {:?}", text, form(&text));
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,24}", currency in 0usize..3) {
        let currency = [Currency::USD, Currency::CLP, Currency::BRL][currency];
        for mark in ['.', ','] {
            if let Ok(amount) = parse_claim(&text, currency, mark) {
                prop_assert!(amount.is_positive());
            }
        }
        let _ = form(&text);
    }
}
