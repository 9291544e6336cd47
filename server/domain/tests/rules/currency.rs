//! Currencies: codes, decimals, signs.

use crate::table::rows;
use crate::things::{CURRENCIES, answer};
use proptest::prelude::*;
use saldo_domain::currency::Currency;
use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};

#[test]
fn every_currency_has_its_decimals_and_its_own_sign() {
    let table = rows(
        "
        code | decimals | sign
        MXN  | 2        | $
        COP  | 2        | $
        PEN  | 2        | S/
        CLP  | 0        | $
        ARS  | 2        | $
        UYU  | 2        | $
        PYG  | 0        | ₲
        BOB  | 2        | Bs
        BRL  | 2        | R$
        USD  | 2        | $
        EUR  | 2        | €
        BHD  | 3        | BHD
        JPY  | 0        | JPY
        CLF  | 4        | CLF
        ",
    );
    for code in CURRENCIES {
        assert!(table.iter().any(|row| row.get("code") == code), "{code} has no row");
    }
    for row in table {
        let currency = Currency::try_new(row.get("code")).unwrap();
        row.expect("code", currency);
        row.expect("decimals", currency.exponent());
        row.expect("sign", currency.symbol());
    }
}

#[test]
fn only_codes_of_money_are_read() {
    let table = rows(
        "
        text   | read as          | because
        MXN    | MXN              |
        mxn    | MXN              | any case
        ·clp·  | CLP              | spaces around it
               | currency_unknown | empty
        MX     | currency_unknown | too short
        MXNN   | currency_unknown | too long
        M XN   | currency_unknown | a space inside
        $      | currency_unknown | six countries write $
        PESOS  | currency_unknown | a word
        XAU    | currency_unknown | gold has no minor unit
        XTS    | currency_unknown | for testing
        XXX    | currency_unknown | no currency
        ＭＸＮ | currency_unknown | full-width letters
        ÉUR    | currency_unknown | not ASCII
        ",
    );
    for row in table {
        row.expect("read as", answer(Currency::try_new(&row.text("text")), |currency| currency.to_string()));
    }
}

#[test]
fn a_currency_on_the_wire_is_its_code_and_is_checked() {
    let read = |code| Currency::deserialize(StrDeserializer::<Error>::new(code));
    assert_eq!(read("CLP"), Ok(Currency::CLP));
    assert!(read("XAU").is_err());
    assert_eq!("BRL".parse(), Ok(Currency::BRL));
}

proptest! {
    #![proptest_config(crate::things::tries(256))]

    #[test]
    fn no_text_makes_the_reader_of_codes_fail(text in any::<String>()) {
        if let Ok(currency) = Currency::try_new(&text) {
            prop_assert_eq!(currency.code(), text.trim().to_ascii_uppercase());
        }
    }
}
