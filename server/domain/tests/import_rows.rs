//! What a good row is, and how a bad one is named.

#![allow(clippy::unwrap_used, clippy::type_complexity, reason = "a test fails by panicking; tables have wide rows")]

use proptest::prelude::*;
use saldo_domain::calendar::Date;
use saldo_domain::currency::Currency;
use saldo_domain::import::fault::{RowFault, code, holds_card_number};
use saldo_domain::import::row::Note;
use saldo_domain::import::{DateOrder, ImportRow, RowReader, guess_mapping};
use saldo_domain::locale::Language;
use saldo_domain::money::Money;

const HEADER: [&str; 16] = [
    "Factura",
    "RFC",
    "Cliente",
    "Correo",
    "Teléfono",
    "Idioma",
    "País",
    "Zona horaria",
    "Emisión",
    "Vence",
    "Monto",
    "Saldo",
    "Moneda",
    "Fecha de pago",
    "Disputada",
    "Concepto",
];

const GOOD: [&str; 16] = [
    "A-17",
    "XAXX010101000",
    "María López",
    "maria@example.com",
    "+52 55 1234 5678",
    "es-MX",
    "México",
    "America/Mexico_City",
    "03/01/2026",
    "02/02/2026",
    "1,234.50",
    "",
    "MXN",
    "",
    "no",
    "Enero",
];

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn reader(header: &[&str]) -> RowReader {
    RowReader {
        header: header.iter().map(|name| (*name).to_owned()).collect(),
        mapping: guess_mapping(header).checked().unwrap(),
        date_order: DateOrder::Dmy,
        decimal_mark: '.',
        currency: Currency::MXN,
        today: date("2026-03-01"),
    }
}

fn read_with(changes: &[(&str, &str)]) -> Result<ImportRow, Vec<RowFault>> {
    let mut cells = GOOD;
    for (column, value) in changes {
        cells[HEADER.iter().position(|name| name == column).unwrap()] = value;
    }
    reader(&HEADER).read(7, &cells)
}

#[test]
fn a_good_row_is_read_whole() {
    let row = read_with(&[]).unwrap();
    assert_eq!((row.line, row.number.as_str()), (7, "A-17"));
    assert_eq!(row.debtor.reference, "XAXX010101000");
    assert_eq!(row.debtor.name.as_deref(), Some("María López"));
    assert_eq!(row.debtor.email.as_deref(), Some("maria@example.com"));
    assert_eq!(row.debtor.phone.as_deref(), Some("+52 55 1234 5678"));
    assert_eq!(row.debtor.language, Some(Language::Es));
    assert_eq!(row.debtor.country.as_deref(), Some("MX"));
    assert_eq!(row.debtor.zone.as_ref().map(|zone| zone.name()), Some("America/Mexico_City"));
    assert_eq!((row.issue_date(), row.due_on), (date("2026-01-03"), date("2026-02-02")));
    assert_eq!(row.amount, Money::new(123_450, Currency::MXN));
    assert_eq!((row.settled_on, row.disputed, row.description.as_deref()), (None, Some(false), Some("Enero")));
}

#[test]
fn a_bad_row_is_named_by_line_column_and_reason() {
    let long = "x".repeat(65);
    let table: [(&[(&str, &str)], &str, &str, &str); 33] = [
        (&[("Factura", " ")], "Factura", code::VALUE_MISSING, ""),
        (&[("RFC", "")], "RFC", code::VALUE_MISSING, ""),
        (&[("Vence", "")], "Vence", code::VALUE_MISSING, ""),
        (&[("Emisión", "")], "Emisión", code::VALUE_MISSING, ""),
        (&[("Monto", "")], "Monto", code::VALUE_MISSING, ""),
        (&[("Factura", &long)], "Factura", code::TEXT_TOO_LONG, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
        (
            &[("Teléfono", "+52 55 1234 5678 ext. 12345678901")],
            "Teléfono",
            code::TEXT_TOO_LONG,
            "+52 55 1234 5678 ext. 12345678901",
        ),
        (&[("Cliente", "A\u{0}B")], "Cliente", code::TEXT_UNPRINTABLE, "A B"),
        (&[("Correo", "maria")], "Correo", code::EMAIL_UNREADABLE, "maria"),
        (&[("Correo", "a@x.mx; b@x.mx")], "Correo", code::EMAIL_UNREADABLE, "a@x.mx; b@x.mx"),
        (&[("País", "Atlantis")], "País", code::COUNTRY_UNKNOWN, "Atlantis"),
        (&[("Zona horaria", "Mexico City")], "Zona horaria", code::ZONE_UNKNOWN, "Mexico City"),
        (&[("Vence", "mañana")], "Vence", code::DATE_UNKNOWN, "mañana"),
        (&[("Vence", "01/13/2026")], "Vence", code::DATE_UNKNOWN, "01/13/2026"),
        (&[("Vence", "31/12/9999")], "Vence", code::DATE_OUT_OF_RANGE, "31/12/9999"),
        (&[("Vence", "02/01/2026")], "Vence", code::DUE_BEFORE_ISSUE, "02/01/2026"),
        (&[("Fecha de pago", "02/01/2026")], "Fecha de pago", code::SETTLED_BEFORE_ISSUE, "02/01/2026"),
        (&[("Fecha de pago", "02/03/2026")], "Fecha de pago", code::SETTLED_IN_FUTURE, "02/03/2026"),
        (&[("Monto", "-1.00")], "Monto", code::AMOUNT_NEGATIVE, "-1.00"),
        (&[("Monto", "0.00")], "Monto", code::AMOUNT_NOT_POSITIVE, "0.00"),
        (&[("Monto", "mil")], "Monto", code::AMOUNT_UNREADABLE, "mil"),
        (&[("Monto", "1.234")], "Monto", code::TOO_MANY_DECIMALS, "1.234"),
        (&[("Moneda", "CLP")], "Monto", code::TOO_MANY_DECIMALS, "1,234.50"),
        (&[("Moneda", "peso")], "Moneda", code::CURRENCY_UNKNOWN, "peso"),
        (&[("Moneda", "XAU")], "Moneda", code::CURRENCY_UNKNOWN, "XAU"),
        (&[("Saldo", "400.00")], "Saldo", code::PARTLY_PAID, "400.00"),
        (&[("Saldo", "0")], "Saldo", code::PARTLY_PAID, "0"),
        (&[("Disputada", "quizás")], "Disputada", code::YES_OR_NO_UNKNOWN, "quizás"),
        (&[("Concepto", "pago con 4242 4242 4242 4242")], "Concepto", code::CARD_NUMBER_IN_TEXT, "••••"),
        (&[("Cliente", "4242424242424242")], "Cliente", code::CARD_NUMBER_IN_TEXT, "••••"),
        (&[("Correo", "4242424242424242@x.mx")], "Correo", code::CARD_NUMBER_IN_TEXT, "••••"),
        (&[("Monto", "4242 4242 4242 4242")], "Monto", code::AMOUNT_UNREADABLE, "••••"),
        (&[("Vence", "4242-4242-4242-4242")], "Vence", code::DATE_UNKNOWN, "••••"),
    ];
    for (changes, column, code, shown) in table {
        let fault = RowFault { line: 7, column: column.to_owned(), code, shown: shown.to_owned() };
        assert_eq!(read_with(changes), Err(vec![fault]), "{changes:?}");
    }
}

#[test]
fn every_fault_of_a_row_is_told_at_once() {
    let faults = read_with(&[("Factura", ""), ("Correo", "maria"), ("Vence", "?"), ("Monto", "-5")]).unwrap_err();
    let told: Vec<(&str, &str)> = faults.iter().map(|fault| (fault.column.as_str(), fault.code)).collect();
    let expected = [
        ("Factura", code::VALUE_MISSING),
        ("Correo", code::EMAIL_UNREADABLE),
        ("Vence", code::DATE_UNKNOWN),
        ("Monto", code::AMOUNT_NEGATIVE),
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_may_be_missing_may_be_missing() {
    let header = ["Folio", "Cliente", "Vencimiento", "Importe"];
    let row = reader(&header).read(2, &["9", "  Tienda  Ñandú ", "02/02/2026", "10"]).unwrap();
    assert_eq!(row.debtor.reference, "Tienda  Ñandú", "without a key the name is the key");
    assert_eq!(row.amount, Money::new(1_000, Currency::MXN), "without a currency it is the creditor's");
    assert_eq!(row.issue_date(), row.due_on, "without an issue date it is the due date");
    let settled = ["Folio", "Cliente", "Vencimiento", "Importe", "Fecha de pago"];
    let row = reader(&settled).read(2, &["9", "Ana", "02/02/2026", "10", "20/01/2026"]).unwrap();
    assert_eq!(row.issue_date(), date("2026-01-20"), "or the earlier settled date");
    let short = reader(&settled).read(2, &["9", "Ana", "02/02/2026", "10"]).unwrap();
    assert_eq!(short.settled_on, None, "cells that a short row leaves out are blank");
}

#[test]
fn an_unquoted_comma_does_not_shift_a_row_unseen() {
    let header = ["Folio", "Cliente", "Vencimiento", "Importe"];
    let faults = reader(&header).read(2, &["9", "Ana", "02/02/2026", "1", "234.50"]).unwrap_err();
    assert_eq!(
        faults,
        [RowFault { line: 2, column: "#5".into(), code: code::CELLS_BEYOND_HEADER, shown: "234.50".into() }]
    );
    assert!(
        reader(&header).read(2, &["9", "Ana", "02/02/2026", "1", "", " "]).is_ok(),
        "empty cells at the end are harmless"
    );
}

#[test]
fn harmless_things_are_noted() {
    assert_eq!(read_with(&[("País", "818")]).unwrap().notes, [Note::CountryNumberIgnored]);
    assert_eq!(
        read_with(&[("País", "818")]).unwrap().debtor.country,
        None,
        "818 is Egypt in ISO 3166, and here it is not"
    );
    assert_eq!(read_with(&[("Idioma", "fr")]).unwrap().notes, [Note::LanguageNotSpoken]);
    assert_eq!(
        read_with(&[("Teléfono", "4242424242424242")]).unwrap().debtor.phone.as_deref(),
        Some("4242424242424242")
    );
    assert_eq!(read_with(&[("Concepto", "dos\r\nlíneas")]).unwrap().description.as_deref(), Some("dos líneas"));
    assert!(read_with(&[("Saldo", "1,234.50")]).is_ok(), "all of it is open");
    assert!(read_with(&[("Saldo", "0.00"), ("Fecha de pago", "20/01/2026")]).is_ok(), "nothing of it is open any more");
}

#[test]
fn an_invoice_that_the_file_calls_closed_is_not_chased() {
    let header = ["Folio", "Cliente", "Vencimiento", "Importe", "Estado", "Fecha de pago"];
    let table = [
        ("Pendiente", "", Ok(())),
        ("Vencida", "", Ok(())),
        ("Pagada", "20/02/2026", Ok(())),
        ("Pagada", "", Err(code::SETTLED_DATE_MISSING)),
        ("PAID", "", Err(code::SETTLED_DATE_MISSING)),
        ("Anulada", "", Err(code::VOID_IN_FILE)),
        ("Cancelada", "20/02/2026", Err(code::VOID_IN_FILE)),
    ];
    for (status, settled, expected) in table {
        let read = reader(&header).read(2, &["9", "Ana", "02/02/2026", "10", status, settled]);
        assert_eq!(read.map(|_| ()).map_err(|faults| faults[0].code), expected, "{status} {settled}");
    }
}

#[test]
fn reasons_are_told_apart() {
    let mut reasons = code::ALL.to_vec();
    reasons.sort_unstable();
    reasons.dedup();
    assert_eq!(reasons.len(), code::ALL.len());
}

proptest! {
    #[test]
    fn no_row_makes_it_panic_and_no_fault_shows_a_card_number(
        mut cells in proptest::collection::vec("[ -~áñ€]{0,50}", 0..20),
        place in 0usize..20,
        blanks in 0usize..30,
    ) {
        if let Some(cell) = cells.get_mut(place) {
            *cell = format!("{}4242 4242 4242 4242", " ".repeat(blanks));
        }
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        if let Err(faults) = reader(&HEADER).read(1, &cells) {
            for fault in faults {
                prop_assert!(!holds_card_number(&fault.shown));
                prop_assert!(!fault.shown.contains("4242 4242"), "{}", fault.shown);
            }
        }
    }
}
