//! Card numbers are refused in any text; other long numbers are not.

use crate::table::rows;
use crate::things::{answer, tries};
use proptest::prelude::*;
use saldo_domain::card_number::refuse_card_number;

fn verdict(text: &str) -> String {
    answer(refuse_card_number(text), |()| "fine".to_owned())
}

/// Stripe's public test numbers, and the groups in which the card would print them.
const TEST_CARDS: &str = "
    brand            | run                 | printed
    Visa             | 4242424242424242    | 4242 4242 4242 4242
    Visa debit       | 4000056655665556    | 4000 0566 5566 5556
    Visa of Mexico   | 4000004840008001    | 4000 0048 4000 8001
    Visa of Brazil   | 4000000760000002    | 4000 0007 6000 0002
    declined         | 4000000000000002    | 4000 0000 0000 0002
    no funds         | 4000000000009995    | 4000 0000 0000 9995
    authentication   | 4000002500003155    | 4000 0025 0000 3155
    Mastercard       | 5555555555554444    | 5555 5555 5555 4444
    Mastercard 2     | 2223003122003222    | 2223 0031 2200 3222
    Mastercard debit | 5200828282828210    | 5200 8282 8282 8210
    prepaid          | 5105105105105100    | 5105 1051 0510 5100
    American Express | 378282246310005     | 3782 822463 10005
    American Express | 371449635398431     | 3714 496353 98431
    Discover         | 6011111111111117    | 6011 1111 1111 1117
    Discover         | 6011000990139424    | 6011 0009 9013 9424
    Diners Club      | 3056930009020004    | 3056 9300 0902 0004
    Diners Club 14   | 36227206271667      | 3622 720627 1667
    BCcard           | 6555900000604105    | 6555 9000 0060 4105
    JCB              | 3566002020360505    | 3566 0020 2036 0505
    UnionPay         | 6200000000000005    | 6200 0000 0000 0005
    UnionPay 19      | 6205500000000000004 | 6205 5000 0000 0000 004
    Visa of 13       | 4222222222222       | 4222 2222 2222 2
";

#[test]
fn test_card_numbers_are_refused_in_a_run_and_in_printed_groups() {
    for row in rows(TEST_CARDS) {
        let (run, printed) = (row.get("run"), row.get("printed"));
        let hyphens = printed.replace(' ', "-");
        let hard_spaces = printed.replace(' ', "\u{a0}");
        for text in [run, printed, &hyphens, &hard_spaces] {
            assert_eq!(verdict(text), "card_number_in_text", "{row}");
            assert_eq!(verdict(&format!("Pagado con {text}, gracias")), "card_number_in_text", "{row}");
        }
    }
}

#[test]
fn a_card_number_is_found_amid_other_writing() {
    let table = rows(
        "
        text                              | verdict
        tarjeta:4242424242424242          | card_number_in_text
        F-1/4242424242424242              | card_number_in_text
        x4242424242424242x                | card_number_in_text
        4242 4242 4242 4242 12/30 123     | card_number_in_text
        ref 77 4242 4242 4242 4242        | card_number_in_text
        1234 4242 4242 4242 4242 5678     | card_number_in_text
        4242424242424242-123              | card_number_in_text
        ",
    );
    for row in table {
        row.expect("verdict", verdict(row.get("text")));
    }
}

#[test]
fn other_long_numbers_are_not_card_numbers() {
    let table = rows(
        "
        text                                             | verdict | because
                                                         | fine    | nothing
        Factura F-2026-000123                            | fine    | an invoice number
        2026000000000123                                 | fine    | 16 digits that fail the check
        4242424242424241                                 | fine    | one digit off
        0000000000000000                                 | fine    | only zeros
        424242424242                                     | fine    | 12 digits are too few
        42424242424242424242                             | fine    | 20 digits are too many
        +52 55 1234 5678                                 | fine    | a phone in Mexico
        +54 9 11 4567-8901                               | fine    | a phone in Argentina
        0055 11 91234-5678                               | fine    | a phone in Brazil
        2026-03-01 2026-03-31                            | fine    | dates
        01/03/2026 12:30:15                              | fine    | a date with a time
        20260301123015                                   | fine    | the same in a run
        20-12345678-6                                    | fine    | CUIT, Argentina
        76.543.210-3                                     | fine    | RUT, Chile
        900.123.456-7                                    | fine    | NIT, Colombia
        20100070970                                      | fine    | RUC, Peru
        11.222.333/0001-81                               | fine    | CNPJ, Brazil
        XAXX010101000                                    | fine    | RFC, Mexico
        2850590940090418135201                           | fine    | CBU, Argentina: 22 digits
        34191790010104351004791020150008684560000002000  | fine    | boleto, Brazil: 47 digits
        12345678-1234-1234-1234-123456789012             | fine    | an id
        4242.4242.4242.4242                              | fine    | no card is printed with points
        4242  4242  4242  4242                           | fine    | nor with two spaces
        42424 24242 42424 2                              | fine    | nor in groups of five
        ",
    );
    for row in table {
        row.expect("verdict", verdict(row.get("text")));
    }
}

/// A CLABE (Mexico, 18 digits) has a check of its own, so one in ten also passes the check of cards. Such a CLABE is
/// refused in a text field although it is none: letting a card through would be worse.
#[test]
fn a_clabe_is_refused_only_where_it_passes_the_check_of_cards() {
    let table = rows(
        "
        CLABE              | verdict
        032180000118359719 | fine
        002010077777777771 | fine
        646180157000000004 | fine
        072180012345678169 | card_number_in_text
        ",
    );
    for row in table {
        row.expect("verdict", verdict(row.get("CLABE")));
    }
}

#[test]
fn the_refusal_does_not_repeat_the_number() {
    let refusal = refuse_card_number("4242 4242 4242 4242").unwrap_err();
    assert!(!format!("{refusal} {refusal:?}").contains("4242"));
}

#[test]
fn a_long_text_of_short_groups_is_read_in_one_pass() {
    assert_eq!(verdict(&"4242 ".repeat(3)), "fine");
    assert_eq!(verdict(&"1 ".repeat(200_000)), "fine");
    assert_eq!(verdict(&"9".repeat(200_000)), "fine");
}

/// Digits with the one last digit that makes them pass the check of ISO/IEC 7812-1, found by trying.
fn checked(mut digits: Vec<u8>) -> String {
    let sum = |digits: &[u8]| -> u32 {
        let places = digits.iter().rev().enumerate();
        places
            .map(|(place, digit)| {
                u32::from(if place % 2 == 0 { *digit } else { [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][usize::from(*digit)] })
            })
            .sum()
    };
    digits.push(0);
    while !sum(&digits).is_multiple_of(10) {
        *digits.last_mut().unwrap() += 1;
    }
    digits.iter().map(|digit| char::from(b'0' + digit)).collect()
}

proptest! {
    #![proptest_config(tries(512))]

    #[test]
    fn any_number_with_the_check_is_refused_and_its_neighbours_are_not(
        digits in prop::collection::vec(0_u8..10, 12..=18).prop_filter("zeros", |digits| digits.iter().any(|digit| *digit != 0)),
        place in any::<prop::sample::Index>(),
        by in 1_u8..10,
    ) {
        let card = checked(digits);
        prop_assert_eq!(verdict(&card), "card_number_in_text");
        let mut other = card.into_bytes();
        let place = place.index(other.len());
        other[place] = b'0' + (other[place] - b'0' + by) % 10;
        prop_assert_eq!(verdict(&String::from_utf8(other).unwrap()), "fine");
    }

    #[test]
    fn no_text_makes_the_search_fail(text in any::<String>(), digits in "[0-9 \\-\u{a0}]{0,80}") {
        let _ = (refuse_card_number(&text), refuse_card_number(&digits));
    }
}
