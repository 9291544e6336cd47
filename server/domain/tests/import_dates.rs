//! Dates as files write them.

use proptest::prelude::*;
use saldo_domain::calendar::Date;
use saldo_domain::import::dates::{DateForm, form, parse_date};
use saldo_domain::import::{DateOrder, Evidence};

#[test]
fn every_written_form_is_read() {
    use DateOrder::{Dmy, Mdy, Ymd};
    let table = [
        ("2026-01-31", Ymd, Ok("2026-01-31")),
        ("2026/1/31", Ymd, Ok("2026-01-31")),
        ("2026.01.31", Dmy, Ok("2026-01-31")),
        ("20260131", Dmy, Ok("2026-01-31")),
        ("31/01/2026", Dmy, Ok("2026-01-31")),
        ("31-01-26", Dmy, Ok("2026-01-31")),
        ("31.01.2026", Dmy, Ok("2026-01-31")),
        ("1/31/2012", Mdy, Ok("2012-01-31")),
        ("01/02/2026", Dmy, Ok("2026-02-01")),
        ("01/02/2026", Mdy, Ok("2026-01-02")),
        ("31 ene 2026", Ymd, Ok("2026-01-31")),
        ("31-ene-26", Ymd, Ok("2026-01-31")),
        ("31 de enero de 2026", Ymd, Ok("2026-01-31")),
        ("31 de janeiro de 2026", Ymd, Ok("2026-01-31")),
        ("3 de março de 2026", Ymd, Ok("2026-03-03")),
        ("Jan 31, 2026", Ymd, Ok("2026-01-31")),
        ("31 January 2026", Ymd, Ok("2026-01-31")),
        ("1 sept. 2026", Ymd, Ok("2026-09-01")),
        ("1 set 2026", Ymd, Ok("2026-09-01")),
        ("25 DIC 2026", Ymd, Ok("2026-12-25")),
        ("25/dez/2026", Ymd, Ok("2026-12-25")),
        ("2026-ago-05", Ymd, Ok("2026-08-05")),
        ("31/01/2026 00:00:00", Dmy, Ok("2026-01-31")),
        ("2026-01-31T23:59:59", Ymd, Ok("2026-01-31")),
        ("1/31/2012 12:00:00 AM", Mdy, Ok("2012-01-31")),
        ("31/01/2026, 0:00", Dmy, Ok("2026-01-31")),
        ("29/02/2024", Dmy, Ok("2024-02-29")),
        ("31/12/69", Dmy, Ok("2069-12-31")),
        ("31/12/70", Dmy, Ok("1970-12-31")),
        ("29/02/2026", Dmy, Err("date_unknown")),
        ("31/01/2026", Mdy, Err("date_unknown")),
        ("2026-31-01", Ymd, Err("date_unknown")),
        ("2026-01-31T23:59:59Z", Ymd, Err("date_unknown")),
        ("2026-01-31T23:59:59-05:00", Ymd, Err("date_unknown")),
        ("31 foo 2026", Ymd, Err("date_unknown")),
        ("31 en 2026", Ymd, Err("date_unknown")),
        ("45688", Ymd, Err("date_unknown")),
        ("31/01/202", Dmy, Err("date_unknown")),
        ("31/01", Dmy, Err("date_unknown")),
        ("1/2/3/2026", Dmy, Err("date_unknown")),
        ("ayer", Dmy, Err("date_unknown")),
        ("", Dmy, Err("date_unknown")),
        ("٣١/٠١/٢٠٢٦", Dmy, Err("date_unknown")),
        ("31/12/9999", Dmy, Err("date_out_of_range")),
        ("1900-01-01", Ymd, Err("date_out_of_range")),
    ];
    for (text, order, expected) in table {
        assert_eq!(
            parse_date(text, order),
            expected.map(|date: &str| date.parse::<Date>().unwrap()),
            "{text} {order:?}"
        );
    }
}

#[test]
fn one_value_above_twelve_decides_for_the_file() {
    use DateOrder::{Dmy, Mdy, Ymd};
    // What the file holds; the custom of the country; the order that is used and whether it was assumed.
    type Found = Result<(DateOrder, bool), &'static str>;
    let table: [(&[&str], DateOrder, Found); 8] = [
        (&["1/2/2012", "1/31/2012", "2/2/2012"], Dmy, Ok((Mdy, false))),
        (&["1/2/2012", "31/1/2012"], Mdy, Ok((Dmy, false))),
        (&["1/2/2012", "3/4/2012"], Dmy, Ok((Dmy, true))),
        (&["1/2/2012", "3/4/2012"], Mdy, Ok((Mdy, true))),
        (&["2/2/2012", "5/5/2012"], Mdy, Ok((Ymd, false))),
        (&["2012-01-02", "20120103", "3 ene 2012"], Mdy, Ok((Ymd, false))),
        (&["2012-01-02", "13/1/2012"], Mdy, Ok((Dmy, false))),
        (&["13/1/2012", "1/13/2012"], Dmy, Err("dates_mixed")),
    ];
    for (values, custom, expected) in table {
        let mut evidence = Evidence::default();
        (2..).zip(values).for_each(|(line, value)| evidence.date(line, value));
        let found =
            evidence.date_order(custom).map(|found| (found.value, found.assumed)).map_err(|refusal| refusal.code());
        assert_eq!(found, expected, "{values:?}");
    }
}

proptest! {
    #[test]
    fn a_date_reads_as_it_was_written(year in 1970i16..2200, month in 1i8..=12, day in 1i8..=28) {
        let date = Date::new(year, month, day).unwrap();
        let written = [
            (format!("{year}-{month:02}-{day:02}"), DateOrder::Ymd),
            (format!("{day:02}/{month:02}/{year}"), DateOrder::Dmy),
            (format!("{day}.{month}.{year}"), DateOrder::Dmy),
            (format!("{month}/{day}/{year}"), DateOrder::Mdy),
        ];
        for (text, order) in written {
            prop_assert_eq!(parse_date(&text, order), Ok(date));
            prop_assert_ne!(form(&text), DateForm::Unknown);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,24}") {
        for order in [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy] {
            let read = parse_date(&text, order);
            prop_assert!(form(&text) != DateForm::Unknown || read.is_err());
        }
    }
}
