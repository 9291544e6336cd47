//! The holidays of each country, as its own calendars print them.

use crate::table::rows;
use crate::things::{date, rules};
use saldo_domain::calendar::{Date, plus_days};
use saldo_domain::contact::{ContactRules, all_rules};

#[test]
fn each_country_keeps_its_holidays() {
    let table = rows(
        "
        rules | year | holidays
        co | 2024 | 01-01 01-08 03-25 03-28 03-29 05-01 05-13 06-03 06-10 07-01 07-20 08-07 08-19 10-14 11-04 11-11 12-08 12-25
        co | 2025 | 01-01 01-06 03-24 04-17 04-18 05-01 06-02 06-23 06-30 07-20 08-07 08-18 10-13 11-03 11-17 12-08 12-25
        co | 2026 | 01-01 01-12 03-23 04-02 04-03 05-01 05-18 06-08 06-15 06-29 07-20 08-07 08-17 10-12 11-02 11-16 12-08 12-25
        cl | 2023 | 01-01 01-02 04-07 04-08 05-01 05-21 06-21 06-26 07-16 08-15 09-18 09-19 10-09 10-27 11-01 12-08 12-25
        cl | 2024 | 01-01 03-29 03-30 05-01 05-21 06-20 06-29 07-16 08-15 09-18 09-19 09-20 10-12 10-31 11-01 12-08 12-25
        cl | 2025 | 01-01 04-18 04-19 05-01 05-21 06-20 06-29 07-16 08-15 09-18 09-19 10-12 10-31 11-01 12-08 12-25
        cl | 2026 | 01-01 04-03 04-04 05-01 05-21 06-21 06-29 07-16 08-15 09-18 09-19 10-12 10-31 11-01 12-08 12-25
        cl | 2027 | 01-01 03-26 03-27 05-01 05-21 06-21 06-28 07-16 08-15 09-17 09-18 09-19 10-11 10-31 11-01 12-08 12-25
        mx | 2024 | 01-01 02-05 03-18 05-01 09-16 10-01 11-18 12-25
        mx | 2026 | 01-01 02-02 03-16 05-01 09-16 11-16 12-25
        mx | 2030 | 01-01 02-04 03-18 05-01 09-16 10-01 11-18 12-25
        pe | 2023 | 01-01 04-06 04-07 05-01 06-29 07-28 07-29 08-06 08-30 10-08 11-01 12-08 12-09 12-25
        pe | 2026 | 01-01 04-02 04-03 05-01 06-07 06-29 07-23 07-28 07-29 08-06 08-30 10-08 11-01 12-08 12-09 12-25
        br | 2023 | 01-01 02-20 02-21 04-07 04-21 05-01 06-08 09-07 10-12 11-02 11-15 12-25
        br | 2026 | 01-01 02-16 02-17 04-03 04-21 05-01 06-04 09-07 10-12 11-02 11-15 11-20 12-25
        us | 2026 | 01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25
        us | 2027 | 01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31
        us | 2028 | 01-01 01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-11 11-23 12-25
        es | 2026 | 01-01 01-06 04-02 04-03 05-01 08-15 10-12 11-01 12-06 12-08 12-25
        default | 2026 | 01-01 04-03 05-01 12-25
        ",
    );
    for row in table {
        let found = rules(row.get("rules")).holidays.of_year(row.number("year"));
        let found: Vec<String> = found.iter().map(|(date, _)| date.strftime("%m-%d").to_string()).collect();
        row.expect("holidays", found.join(" "));
    }
}

#[test]
fn a_holiday_has_its_name() {
    let table = rows(
        "
        rules | on         | name
        co    | 2026-01-12 | Día de los Reyes Magos
        co    | 2026-01-06 |
        co    | 2026-05-18 | Ascensión del Señor
        cl    | 2028-10-27 | Día de las Iglesias Evangélicas y Protestantes
        mx    | 2026-11-16 | Día de la Revolución
        br    | 2026-06-04 | Corpus Christi
        us    | 2027-12-31 | New Year's Day
        us    | 2020-06-19 |
        ",
    );
    for row in table {
        let name = rules(row.get("rules")).holidays.name_on(date(row.get("on")));
        row.expect("name", name.unwrap_or_default());
    }
}

/// A file that keeps Easter Sunday alone.
fn easters() -> ContactRules {
    let file = include_str!("../../contact_rules/default.toml");
    let (head, _) = file.split_once("[[holidays]]").unwrap();
    ContactRules::read(&format!("{head}[[holidays]]\nname = \"Easter\"\neaster = 0\n")).unwrap()
}

/// Gauss's rule with its two exceptions: another way than the product's.
fn easter_by_gauss(year: i32) -> Date {
    let (a, b, c, k) = (year % 19, year % 4, year % 7, year / 100);
    let m = (15 - (13 + 8 * k) / 25 + k - k / 4) % 30;
    let n = (4 + k - k / 4) % 7;
    let d = (19 * a + m) % 30;
    let e = (2 * b + 4 * c + 6 * d + n) % 7;
    let days = match (d, e) {
        (29, 6) => 28,
        (28, 6) if (11 * m + 11) % 30 < 19 => 27,
        _ => d + e,
    };
    plus_days(Date::new(i16::try_from(year).unwrap(), 3, 22).unwrap(), days).unwrap()
}

#[test]
fn easter_is_the_same_by_another_rule() {
    let calendar = easters().holidays;
    for year in 1900_i16..=2199 {
        let expected = easter_by_gauss(i32::from(year));
        assert_eq!(calendar.of_year(year), [(expected, "Easter")]);
        assert!(calendar.is_holiday(expected) && !calendar.is_holiday(expected.tomorrow().unwrap()));
    }
    for known in ["2000-04-23", "2008-03-23", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25", "2049-04-18"] {
        assert!(calendar.is_holiday(date(known)), "{known}");
    }
}

#[test]
fn the_fast_answer_is_the_list_of_the_year() {
    for rules in all_rules() {
        for year in [1999, 2000, 2024, 2025, 2026, 2027, 2028, 2035, 2099, 2100, 2101] {
            let listed: Vec<Date> = rules.holidays.of_year(year).into_iter().map(|(date, _)| date).collect();
            let mut day = Date::new(year, 1, 1).unwrap();
            while day.year() == year {
                assert_eq!(rules.holidays.is_holiday(day), listed.contains(&day), "{} {day}", rules.id);
                assert_eq!(rules.holidays.name_on(day).is_some(), listed.contains(&day), "{} {day}", rules.id);
                day = day.tomorrow().unwrap();
            }
        }
    }
}
