//! How amounts and dates are written, country by country, beside the habits that Unicode CLDR records.

use crate::table::{Row, rows};
use crate::things::{CURRENCIES, answer, currency, date, money, tries, utc, zone};
use proptest::prelude::*;
use saldo_domain::locale::{Language, Locale};
use saldo_domain::money::Money;

/// Reads `es-MX`, or `es` where the country is unknown.
pub fn locale(tag: &str) -> Locale {
    let (language, country) = tag.split_once('-').unwrap_or((tag, ""));
    Locale::new(Language::try_new(language).unwrap(), country)
}

/// Where each currency is at home.
pub const HOMES: [&str; 11] =
    ["es-MX", "es-CO", "es-PE", "es-CL", "es-AR", "es-UY", "es-PY", "es-BO", "pt-BR", "en-US", "es-ES"];

/// CLDR 48 sets a space behind the sign in Colombia, Argentina and Uruguay, writes pesos of Colombia without cents, and
/// `Gs.` for ₲. Here the sign is the currency's and stands close, and every amount shows the decimals that it has.
#[test]
fn each_country_writes_amounts_its_own_way() {
    let table = rows(
        "
        where | amount           | own sign
        es-MX | 1,234.50 MXN     | $1,234.50
        es-CO | 1,234.50 COP     | $1.234,50
        es-PE | 1,234.50 PEN     | S/·1,234.50
        es-CL | 12,500 CLP       | $12.500
        es-AR | 1,234.50 ARS     | $1.234,50
        es-UY | 1,234.50 UYU     | $1.234,50
        es-PY | 1,250,000 PYG    | ₲·1.250.000
        es-BO | 1,234.50 BOB     | Bs·1.234,50
        pt-BR | 1,234.50 BRL     | R$·1.234,50
        en-US | 1,234.50 USD     | $1,234.50
        es-ES | 1,234.50 EUR     | 1.234,50·€
        es-EC | 1,234.50 USD     | $1.234,50
        es-SV | 1,234.50 USD     | $1,234.50
        es-PR | 1,234.50 USD     | $1,234.50
        es-MX | 0.00 MXN         | $0.00
        es-MX | 0.05 MXN         | $0.05
        es-MX | 999.99 MXN       | $999.99
        es-MX | 1,000.00 MXN     | $1,000.00
        es-MX | 123,456.78 MXN   | $123,456.78
        es-MX | 1,234,567.89 MXN | $1,234,567.89
        es-CL | 0 CLP            | $0
        es-CL | 999 CLP          | $999
        es-CL | 1,000 CLP        | $1.000
        es-MX | -1,234.50 MXN    | −$1,234.50
        es-CL | -12,500 CLP      | −$12.500
        pt-BR | -0.05 BRL        | −R$·0,05
        es-ES | -1,234.50 EUR    | −1.234,50·€
        ",
    );
    for row in table {
        row.expect("own sign", locale(row.get("where")).money(money(row.get("amount"))));
    }
    for (home, code) in HOMES.into_iter().zip(CURRENCIES) {
        let shown = locale(home).money(Money::new(1, currency(code)));
        assert!(!shown.contains(code), "{code} shows its sign at home: {shown}");
    }
}

#[test]
fn a_foreign_amount_shows_its_code_since_six_countries_write_the_same_sign() {
    let table = rows(
        "
        where | amount         | shown
        es-MX | 1,234.50 USD   | USD·1,234.50
        es-CO | 1,234.50 USD   | USD·1.234,50
        en-US | 1,234.50 MXN   | MXN·1,234.50
        es-PE | 12,500 CLP     | CLP·12,500
        es-AR | 12,500 CLP     | CLP·12.500
        es-ES | -1,234.50 MXN  | −MXN·1.234,50
        es    | 1,234.50 MXN   | MXN·1.234,50
        pt    | 1,234.50 BRL   | BRL·1.234,50
        en    | 1,234.50 USD   | USD·1,234.50
        es-BO | 1,234.50 EUR   | EUR·1.234,50
        ",
    );
    for row in table {
        row.expect("shown", locale(row.get("where")).money(money(row.get("amount"))));
    }
}

#[test]
fn the_ends_of_the_range_can_be_shown() {
    let shown = |minor| locale("es-MX").money(Money::new(minor, currency("MXN")));
    assert_eq!(shown(i64::MAX), "$92,233,720,368,547,758.07");
    assert_eq!(shown(i64::MIN), "−$92,233,720,368,547,758.08");
    assert_eq!(locale("es-CL").money(Money::new(i64::MIN, currency("CLP"))), "−$9.223.372.036.854.775.808");
}

#[test]
fn the_marks_are_the_countrys_whatever_the_language() {
    let table = rows(
        "
        countries                                  | decimal mark | between thousands
        MX PE GT HN NI PA SV DO CU PR              | .            | ,
        CO CL AR UY PY BO EC VE BR ES PT GQ DE AT  | ,            | .
        US GB CA IE AU NZ IN JM TT BZ BB BS GY PH  | .            | ,
        SG HK MY NG KE GH IL                       | .            | ,
        ",
    );
    for row in table {
        for country in row.words("countries") {
            for language in Language::ALL {
                let locale = Locale::new(language, country);
                row.expect("decimal mark", locale.decimal_mark());
                row.expect("between thousands", locale.group_mark());
            }
        }
    }
}

fn dates(row: &Row) {
    let locale = locale(row.get("where"));
    let day = date(row.get("day"));
    row.expect("long", locale.long_date(day));
    row.expect("short", locale.short_date(day));
}

#[test]
fn dates_are_written_in_the_language_and_the_countrys_order() {
    let table = rows(
        "
        where | day        | long                    | short
        es-MX | 2026-01-03 | 3 de enero de 2026      | 3 ene 2026
        es-CO | 2026-02-28 | 28 de febrero de 2026   | 28 feb 2026
        es-CL | 2026-03-01 | 1 de marzo de 2026      | 1 mar 2026
        es-AR | 2026-04-30 | 30 de abril de 2026     | 30 abr 2026
        es-PY | 2026-05-15 | 15 de mayo de 2026      | 15 may 2026
        es-BO | 2026-06-24 | 24 de junio de 2026     | 24 jun 2026
        es-ES | 2026-07-12 | 12 de julio de 2026     | 12 jul 2026
        es    | 2026-08-06 | 6 de agosto de 2026     | 6 ago 2026
        es-MX | 2026-09-16 | 16 de septiembre de 2026 | 16 sep 2026
        es-PE | 2026-09-16 | 16 de setiembre de 2026 | 16 set 2026
        es-UY | 2026-09-16 | 16 de setiembre de 2026 | 16 set 2026
        es-MX | 2026-10-12 | 12 de octubre de 2026   | 12 oct 2026
        es-MX | 2026-11-20 | 20 de noviembre de 2026 | 20 nov 2026
        es-MX | 2026-12-31 | 31 de diciembre de 2026 | 31 dic 2026
        pt-BR | 2026-01-03 | 3 de janeiro de 2026    | 3 jan 2026
        pt-BR | 2026-03-01 | 1 de março de 2026      | 1 mar 2026
        pt-BR | 2026-09-07 | 7 de setembro de 2026   | 7 set 2026
        pt-BR | 2028-02-29 | 29 de fevereiro de 2028 | 29 fev 2028
        en-US | 2026-01-03 | January 3, 2026         | Jan 3, 2026
        en-CA | 2026-09-03 | September 3, 2026       | Sep 3, 2026
        en    | 2026-12-31 | December 31, 2026       | Dec 31, 2026
        en-GB | 2026-01-03 | 3 January 2026          | 3 Jan 2026
        en-MX | 2026-01-03 | 3 January 2026          | 3 Jan 2026
        ",
    );
    table.iter().for_each(dates);
}

#[test]
fn a_moment_is_written_as_it_is_on_the_wall() {
    let at = utc("2026-03-01T05:05:00Z");
    let table = rows(
        "
        where | zone                | written
        es-MX | America/Mexico_City | 28 de febrero de 2026, 23:05
        es-AR | America/Buenos_Aires | 1 de marzo de 2026, 02:05
        pt-BR | America/Sao_Paulo   | 1 de março de 2026, 02:05
        en-US | America/New_York    | March 1, 2026, 00:05
        ",
    );
    for row in table {
        row.expect("written", locale(row.get("where")).date_time(at, &zone(row.get("zone"))));
    }
}

#[test]
fn a_language_is_read_from_the_first_part_of_its_tag() {
    let table = rows(
        "
        tag         | answer
        es          | es
        es-MX       | es
        ES_mx       | es
        es-419      | es
        pt-BR       | pt
        en-GB       | en
        fr          | language_unknown
        est         | language_unknown
                    | language_unknown
        -es         | language_unknown
        *           | language_unknown
        ",
    );
    for row in table {
        row.expect("answer", answer(Language::try_new(row.get("tag")), |language| language.tag().to_owned()));
    }
}

#[test]
fn the_tag_for_a_page_is_always_one_of_bcp_47() {
    let table = rows(
        "
        country           | tag
        MX                | es-MX
        mx                | es-MX
                          | es
        México            | es
        MEX               | es
        ÑÑ                | es
        M1                | es
        \"><script>       | es
        ",
    );
    for row in table {
        row.expect("tag", Locale::new(Language::Es, row.get("country")).tag());
    }
}

proptest! {
    #![proptest_config(tries(2_000))]

    #[test]
    fn what_is_shown_is_read_back_in_every_country(
        minor in prop_oneof![any::<i64>(), -200_000_i64..200_000, Just(i64::MIN), Just(i64::MAX)],
        code in prop::sample::select(&CURRENCIES[..]),
        home in prop::sample::select(&HOMES[..]),
        language in prop::sample::select(&Language::ALL[..]),
    ) {
        let amount = Money::new(minor, currency(code));
        for locale in [locale(home), Locale::new(language, &home[3..]), Locale::new(language, "")] {
            for shown in [locale.money(amount), locale.number(amount)] {
                prop_assert_eq!(locale.parse_money(&shown, amount.currency()), Ok(amount), "{}", shown);
            }
        }
    }

    #[test]
    fn every_date_can_be_written(days in -700_000_i32..2_900_000, home in prop::sample::select(&HOMES[..])) {
        let day = saldo_domain::calendar::plus_days(date("1970-01-01"), days).unwrap();
        for language in Language::ALL {
            let locale = Locale::new(language, &home[3..]);
            prop_assert!(locale.long_date(day).contains(&day.day().to_string()));
            prop_assert!(locale.short_date(day).contains(&day.year().to_string()));
        }
    }
}
