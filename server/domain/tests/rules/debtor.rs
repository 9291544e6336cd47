//! Debtors: addresses, masks, and whose forms they read.

use crate::table::rows;
use crate::things::{answer, creditor, debtor, tries, zone};
use proptest::prelude::*;
use saldo_domain::debtor::{Debtor, parse_email};
use saldo_domain::locale::Language;

#[test]
fn an_address_is_one_that_mail_can_be_sent_to() {
    let table = rows(
        "
        text                          | answer                        | because
        maria@example.com             | maria@example.com             |
        ·maria@example.com·           | maria@example.com             | spaces around it
        Maria.Lopez+saldo@Example.COM | Maria.Lopez+saldo@Example.COM | kept as written
        o'neil@example.com            | o'neil@example.com            |
        a@b.co                        | a@b.co                        |
        maría@correo.example          | maría@correo.example          | letters of any script
        cobros@compañía.mx            | cobros@compañía.mx            |
        m@xn--compaa-0wa.mx           | m@xn--compaa-0wa.mx           |
                                      | email_unreadable              | empty
        maria                         | email_unreadable              | no @
        maria@                        | email_unreadable              | no host
        @example.com                  | email_unreadable              | nobody
        maria@example                 | email_unreadable              | no dot in the host
        maria@@example.com            | email_unreadable              | two @
        maria@a@example.com           | email_unreadable              | two @
        maria@example..com            | email_unreadable              | an empty label
        maria@.example.com            | email_unreadable              | an empty label
        maria@example.com.            | email_unreadable              | an empty label
        maria@-example.com            | email_unreadable              | a label begins with a hyphen
        maria@example-.com            | email_unreadable              | a label ends with a hyphen
        maria@exam_ple.com            | email_unreadable              | no host has such a name
        maria@example.com:25          | email_unreadable              | a port
        maria@[192.0.2.1]             | email_unreadable              | an address literal
        .maria@example.com            | email_unreadable              | a dot first
        maria.@example.com            | email_unreadable              | a dot last
        ma..ria@example.com           | email_unreadable              | two dots
        maria lopez@example.com       | email_unreadable              | a space inside
        María <maria@example.com>     | email_unreadable              | a name with it
        a@b.co, c@d.co                | email_unreadable              | two of them
        a@b.co;c@d.co                 | email_unreadable              | two of them
        ",
    );
    for row in table {
        row.expect("answer", answer(parse_email(&row.text("text")), |email| email));
    }
}

#[test]
fn nothing_that_could_start_another_header_is_an_address() {
    for text in [
        "a@b.co\nBcc: x@y.co",
        "a@b.co\r\nBcc:x@y.co",
        "a\u{0}@b.co",
        "a\u{202e}@b.co",
        "a\u{200b}@b.co",
        "\"a b\"@b.co",
        "a\\@b.co",
        "a(c)@b.co",
        "a@b.co\u{85}c.co",
    ] {
        assert_eq!(answer(parse_email(text), |email| email), "email_unreadable", "{text:?}");
    }
}

#[test]
fn an_address_has_its_longest_forms() {
    let (local, label) = ("a".repeat(64), "b".repeat(63));
    let host = format!("{label}.{label}.{}", "c".repeat(61));
    assert!(parse_email(&format!("{local}@{host}")).is_ok(), "254 characters");
    assert!(parse_email(&format!("{local}@{host}c")).is_err(), "255 characters");
    assert!(parse_email(&format!("{local}a@b.co")).is_err(), "65 characters before the @");
    assert!(parse_email(&format!("a@{label}b.co")).is_err(), "a label of 64");
}

#[test]
fn names_and_addresses_are_masked_down_to_a_first_letter() {
    let table = rows(
        "
        name                       | masked               | email                 | masked email
        María López                | M•••• L••••          | maria@example.com     | m••••@example.com
        Ñandú                      | Ñ••••                | ñandú@example.com     | ñ••••@example.com
        Ana                        | A••••                | a@example.com         | a••••@example.com
        Comercial del Sur S.A.     | C•••• d•••• S••••    | pagos.sur@example.com | p••••@example.com
                                   |                      | -                     | -
        ",
    );
    for row in table {
        let email = Some(row.get("email")).filter(|email| *email != "-").map(str::to_owned);
        let debtor = Debtor { name: row.get("name").to_owned(), email, ..debtor() };
        row.expect("masked", debtor.masked_name());
        row.expect("masked email", debtor.masked_email().unwrap_or("-".to_owned()));
    }
}

#[test]
fn a_debtor_reads_its_own_forms_else_its_creditors() {
    let table = rows(
        "
        language | country  | zone                | locale | lives in
        -        | -        | -                   | es-MX  | America/Mexico_City
        pt       | -        | -                   | pt-MX  | America/Mexico_City
        -        | CO       | -                   | es-CO  | America/Mexico_City
        pt       | br       | America/Sao_Paulo   | pt-BR  | America/Sao_Paulo
        en       | US       | America/Los_Angeles | en-US  | America/Los_Angeles
        -        | Colombia | America/Bogota      | es     | America/Bogota
        ",
    );
    for row in table {
        let given = |column| Some(row.get(column)).filter(|text| *text != "-");
        let debtor = Debtor {
            language: given("language").map(|tag| Language::try_new(tag).unwrap()),
            country: given("country").map(str::to_owned),
            zone: given("zone").map(zone),
            ..debtor()
        };
        row.expect("locale", debtor.locale(&creditor()).tag());
        row.expect("lives in", debtor.zone(&creditor()));
    }
}

proptest! {
    #![proptest_config(tries(512))]

    #[test]
    fn whatever_is_taken_for_an_address_fits_one_header_line(text in any::<String>(), close in "[a-z.@ <>,\r\n\"\\\\-]{0,24}") {
        for text in [text, close] {
            if let Ok(email) = parse_email(&text) {
                prop_assert_eq!(email.matches('@').count(), 1);
                prop_assert!(!email.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;\"()\\:[]".contains(c)));
            }
        }
    }

    #[test]
    fn no_name_makes_the_masks_fail(name in any::<String>(), email in any::<Option<String>>()) {
        let debtor = Debtor { name, email, ..debtor() };
        prop_assert!(debtor.masked_name().chars().count() <= 17);
        let _ = debtor.masked_email();
    }
}
