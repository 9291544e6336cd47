//! How amounts are read as people type them, and as nobody should.

use crate::locale::{HOMES, locale};
use crate::table::rows;
use crate::things::{CURRENCIES, answer, currency, plain, tries};
use proptest::prelude::*;
use saldo_domain::Refusal;
use saldo_domain::locale::parse_amount;

#[test]
fn an_amount_is_read_as_it_is_typed_in_each_country() {
    let table = rows(
        "
        where | currency | typed           | read
        es-MX | MXN      | 1234.5          | 1,234.50
        es-MX | MXN      | 1,234.50        | 1,234.50
        es-MX | MXN      | $1,234.50       | 1,234.50
        es-MX | MXN      | $ 1,234.50      | 1,234.50
        es-MX | MXN      | MXN 1,234.50    | 1,234.50
        es-MX | MXN      | mxn 1,234.50    | 1,234.50
        es-MX | MXN      | 1,234.50 MXN    | 1,234.50
        es-MX | MXN      | 1,234.50 mxn    | 1,234.50
        es-MX | MXN      | 1234            | 1,234.00
        es-MX | MXN      | 1234.           | 1,234.00
        es-MX | MXN      | 1 234.50        | 1,234.50
        es-MX | MXN      | 1'234.50        | 1,234.50
        es-MX | MXN      | 007             | 7.00
        es-MX | MXN      | 0.5             | 0.50
        es-MX | MXN      | 1,234.5000      | 1,234.50
        es-MX | MXN      | -5              | -5.00
        es-MX | MXN      | -$5             | -5.00
        es-MX | MXN      | $-5             | -5.00
        es-MX | MXN      | −MXN·5.00       | -5.00
        es-MX | MXN      | -0              | 0.00
        es-CO | COP      | 1.234,50        | 1,234.50
        es-CO | COP      | $ 1.234.567     | 1,234,567.00
        es-CO | COP      | 1234,5          | 1,234.50
        es-PE | PEN      | S/ 1,234.50     | 1,234.50
        es-PE | PEN      | S/. 1,234.50    | 1,234.50
        es-CL | CLP      | $12.500         | 12,500
        es-CL | CLP      | 12500           | 12,500
        es-CL | CLP      | 12.500,00       | 12,500
        es-AR | ARS      | $ 1.234,50      | 1,234.50
        es-AR | USD      | U$S 1.234,50    | 1,234.50
        es-UY | UYU      | $U 1.234,50     | 1,234.50
        es-UY | USD      | US$ 1.234,50    | 1,234.50
        es-PY | PYG      | Gs. 1.250.000   | 1,250,000
        es-PY | PYG      | ₲ 1.250.000     | 1,250,000
        es-BO | BOB      | Bs. 1.234,50    | 1,234.50
        es-BO | BOB      | Bs 1.234,50     | 1,234.50
        pt-BR | BRL      | R$ 1.234,50     | 1,234.50
        en-US | USD      | $1,234.50       | 1,234.50
        es-ES | EUR      | 1.234,50 €      | 1,234.50
        es-ES | EUR      | 1234,50€        | 1,234.50
        es-ES | EUR      | € 1234,50       | 1,234.50
        ",
    );
    for row in table {
        let found = locale(row.get("where")).parse_money(&row.text("typed"), currency(row.get("currency")));
        row.expect("read", answer(found, plain));
    }
}

#[test]
fn what_could_be_two_amounts_is_refused() {
    let table = rows(
        "
        where | currency | typed         | answer            | because
        es-CL | CLP      | 12,5          | too_many_decimals | there is no half a peso
        es-MX | CLP      | 12.000        | too_many_decimals | twelve, or twelve thousand typed as in Chile
        es-MX | MXN      | 1.500         | too_many_decimals | one and a half, or fifteen hundred
        es-CO | COP      | 1,500         | too_many_decimals | the same the other way round
        es-MX | MXN      | 0.500         | 0.50              | no thousands begin with zero
        es-MX | MXN      | 1,234.500     | 1,234.50          | the thousands are marked already
        es-MX | MXN      | 1234.500      | 1,234.50          | four digits are no group
        es-MX | MXN      | 1.005         | too_many_decimals |
        es-MX | MXN      | 1.2345        | too_many_decimals |
        en-US | BHD      | 1.500         | 1.500             | has three decimals
        es-CO | COP      | 1.50          | amount_unreadable | a point and two digits are no thousands
        es-CO | COP      | 1.2345        | amount_unreadable |
        es-MX | MXN      | 1,23          | amount_unreadable |
        es-MX | MXN      | 1234,567      | amount_unreadable | the first group is too long
        es-MX | MXN      | 1,234,56      | amount_unreadable |
        es-MX | MXN      | 1.234,50      | amount_unreadable | typed as in Colombia
        es-CO | COP      | 1,234.50      | amount_unreadable | typed as in Mexico
        ",
    );
    for row in table {
        let found = locale(row.get("where")).parse_money(&row.text("typed"), currency(row.get("currency")));
        row.expect("answer", answer(found, plain));
    }
}

#[test]
fn what_is_no_amount_is_refused() {
    let table = rows(
        "
        typed                         | answer
                                      | amount_unreadable
        $                             | amount_unreadable
        -                             | amount_unreadable
        MXN                           | amount_unreadable
        abc                           | amount_unreadable
        .                             | amount_unreadable
        ,                             | amount_unreadable
        .50                           | amount_unreadable
        1$000                         | amount_unreadable
        1MXN000                       | amount_unreadable
        $$5                           | amount_unreadable
        MXNMXN5                       | amount_unreadable
        $5$                           | amount_unreadable
        --5                           | amount_unreadable
        5-                            | amount_unreadable
        +5                            | amount_unreadable
        (5.00)                        | amount_unreadable
        1.2.3                         | amount_unreadable
        1..2                          | amount_unreadable
        1,,234                        | amount_unreadable
        ,234                          | amount_unreadable
        1e5                           | amount_unreadable
        0x10                          | amount_unreadable
        ١٢٣                           | amount_unreadable
        １２３                        | amount_unreadable
        5 USD                         | amount_unreadable
        R$5                           | amount_unreadable
        =1+1                          | amount_unreadable
        NaN                           | amount_unreadable
        92,233,720,368,547,758.07     | 92,233,720,368,547,758.07
        92,233,720,368,547,758.08     | amount_overflow
        -92,233,720,368,547,758.08    | -92,233,720,368,547,758.08
        -92,233,720,368,547,758.09    | amount_overflow
        99999999999999999999999999999 | amount_overflow
        4242 4242 4242 4242           | card_number_in_text
        tarjeta 4242424242424242      | card_number_in_text
        ",
    );
    for row in table {
        row.expect("answer", answer(locale("es-MX").parse_money(&row.text("typed"), currency("MXN")), plain));
    }
}

#[test]
fn a_refusal_repeats_no_more_than_the_beginning() {
    let long = "x".repeat(100_000);
    let refusal = parse_amount(&long, currency("MXN"), '.').unwrap_err();
    assert_eq!(refusal, Refusal::AmountUnreadable("x".repeat(32)));
    let zeros = "0".repeat(100_000);
    assert_eq!(answer(parse_amount(&zeros, currency("MXN"), '.'), plain), "0.00");
}

proptest! {
    #![proptest_config(tries(4_000))]

    #[test]
    fn no_text_makes_the_reader_fail(
        text in prop_oneof![any::<String>(), "[0-9.,' $\u{a0}\u{2212}-]{0,40}", "(USD|US\\$|Bs\\.|−|-|€|[0-9]|[.,]|ñ){0,12}"],
        code in prop::sample::select(&CURRENCIES[..]),
        mark in prop_oneof![Just('.'), Just(','), any::<char>()],
    ) {
        if let Ok(amount) = parse_amount(&text, currency(code), mark) {
            prop_assert_eq!(amount.currency().code(), code);
            prop_assert!(text.contains(|c: char| c.is_ascii_digit()));
        }
    }

    #[test]
    fn what_is_read_keeps_every_digit(text in "[0-9][0-9.,]{0,12}", home in prop::sample::select(&HOMES[..])) {
        let locale = locale(home);
        if let Ok(amount) = locale.parse_money(&text, currency("MXN")) {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let whole = text.split(locale.decimal_mark()).next().unwrap();
            let cents = digits.len() - whole.chars().filter(char::is_ascii_digit).count();
            let scaled = digits.parse::<i128>().unwrap() * 100;
            prop_assert_eq!(scaled, i128::from(amount.minor()) * 10_i128.pow(u32::try_from(cents).unwrap()));
        }
    }
}
