//! Business dates on walls whose clocks change.

use crate::table::rows;
use crate::things::{answer, date, on_wall, tries, utc, zone};
use jiff::SignedDuration;
use proptest::prelude::*;
use saldo_domain::calendar::{Date, Timestamp, Zone, days_between, plus_days};
use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};

#[test]
fn a_deadline_is_the_last_second_of_the_day_on_the_wall() {
    let table = rows(
        "
        zone                | day        | its last second      | because
        UTC                 | 2026-01-31 | 2026-01-31T23:59:59Z |
        America/Mexico_City | 2026-07-01 | 2026-07-02T05:59:59Z | no summer time since 2022
        America/Mexico_City | 2022-07-01 | 2022-07-02T04:59:59Z | summer time until then
        America/Bogota      | 2026-12-31 | 2027-01-01T04:59:59Z |
        America/Sao_Paulo   | 2026-02-28 | 2026-03-01T02:59:59Z |
        America/New_York    | 2026-03-08 | 2026-03-09T03:59:59Z | a day of 23 hours
        America/New_York    | 2026-11-01 | 2026-11-02T04:59:59Z | a day of 25 hours
        Asia/Kathmandu      | 2026-01-01 | 2026-01-01T18:14:59Z | a quarter of an hour
        Pacific/Kiritimati  | 2026-01-01 | 2026-01-01T09:59:59Z | fourteen hours ahead
        America/Santiago    | 2026-09-05 | 2026-09-06T03:59:59Z | the next day begins at 1:00
        America/Santiago    | 2026-09-06 | 2026-09-07T02:59:59Z | begun at 1:00
        America/Santiago    | 2026-04-04 | 2026-04-05T03:59:59Z | 23:59:59 comes twice, the second counts
        America/Asuncion    | 2024-03-23 | 2024-03-24T03:59:59Z | the same
        America/Asuncion    | 2024-10-05 | 2024-10-06T03:59:59Z | the next day begins at 1:00
        America/Asuncion    | 2026-04-04 | 2026-04-05T02:59:59Z | summer time for good since 2024
        America/Sao_Paulo   | 2018-11-03 | 2018-11-04T02:59:59Z | the next day begins at 1:00
        America/Sao_Paulo   | 2019-02-16 | 2019-02-17T02:59:59Z | 23:59:59 comes twice
        America/Havana      | 2026-03-07 | 2026-03-08T04:59:59Z | the next day begins at 1:00
        America/Nuuk        | 2026-03-28 | 2026-03-29T00:59:59Z | 23:00 to 24:00 is skipped: 22:59:59
        America/Nuuk        | 2026-10-24 | 2026-10-25T01:59:59Z | and comes twice in autumn
        Africa/Cairo        | 2026-10-29 | 2026-10-29T21:59:59Z | 23:59:59 comes twice
        America/St_Johns    | 2010-11-06 | 2010-11-07T03:29:59Z | after one minute of the 7th the 6th came back
        Pacific/Apia        | 2011-12-29 | 2011-12-30T09:59:59Z | the day before the missing one
        Pacific/Apia        | 2011-12-30 | 2011-12-30T09:59:59Z | missing: Samoa crossed the date line
        Pacific/Apia        | 2011-12-31 | 2011-12-31T09:59:59Z | the day after it
        UTC                 | 9999-12-31 | date_out_of_range    | past the last moment
        ",
    );
    for row in table {
        let end = zone(row.get("zone")).end_of(date(row.get("day")));
        row.expect("its last second", answer(end, |at| at.to_string()));
    }
}

#[test]
fn a_time_on_the_wall_is_one_moment() {
    let table = rows(
        "
        zone             | day        | time     | moment               | because
        America/Bogota   | 2026-03-01 | 09:00:00 | 2026-03-01T14:00:00Z |
        America/Santiago | 2026-09-06 | 00:00:00 | 2026-09-06T04:00:00Z | skipped: 1:00 is the first after it
        America/Santiago | 2026-09-06 | 00:30:00 | 2026-09-06T04:00:00Z | skipped as well
        America/Santiago | 2026-09-06 | 01:00:00 | 2026-09-06T04:00:00Z | there
        America/Santiago | 2026-04-04 | 23:30:00 | 2026-04-05T02:30:00Z | comes twice: the first
        America/New_York | 2026-03-08 | 02:30:00 | 2026-03-08T07:00:00Z | skipped
        America/New_York | 2026-11-01 | 01:30:00 | 2026-11-01T05:30:00Z | comes twice: the first
        Pacific/Apia     | 2011-12-30 | 12:00:00 | 2011-12-30T10:00:00Z | a skipped day: the next one begins
        ",
    );
    for row in table {
        let moment = zone(row.get("zone")).moment(date(row.get("day")), row.number("time"));
        row.expect("moment", answer(moment, |at| at.to_string()));
    }
}

#[test]
fn the_date_on_the_wall_turns_at_local_midnight() {
    let table = rows(
        "
        zone                | moment               | wall
        America/Mexico_City | 2026-03-01T05:59:59Z | 2026-02-28 23:59
        America/Mexico_City | 2026-03-01T06:00:00Z | 2026-03-01 00:00
        America/Santiago    | 2026-09-06T03:59:59Z | 2026-09-05 23:59
        America/Santiago    | 2026-09-06T04:00:00Z | 2026-09-06 01:00
        America/Asuncion    | 2024-03-24T02:59:59Z | 2024-03-23 23:59
        America/Asuncion    | 2024-03-24T03:00:00Z | 2024-03-23 23:00
        Pacific/Apia        | 2011-12-30T09:59:59Z | 2011-12-29 23:59
        Pacific/Apia        | 2011-12-30T10:00:00Z | 2011-12-31 00:00
        America/St_Johns    | 2010-11-07T02:30:30Z | 2010-11-07 00:00
        America/St_Johns    | 2010-11-07T02:31:00Z | 2010-11-06 23:01
        ",
    );
    for row in table {
        row.expect("wall", on_wall(utc(row.get("moment")), &zone(row.get("zone"))));
    }
}

#[test]
fn days_are_counted_on_the_calendar() {
    let table = rows(
        "
        from       | days    | to
        2026-03-01 | 0       | 2026-03-01
        2026-02-28 | 1       | 2026-03-01
        2028-02-28 | 1       | 2028-02-29
        2028-02-28 | 2       | 2028-03-01
        2026-12-31 | 1       | 2027-01-01
        2026-03-01 | -1      | 2026-02-28
        2026-01-01 | 365     | 2027-01-01
        2026-01-01 | -366    | 2024-12-31
        ",
    );
    for row in table {
        let from = date(row.get("from"));
        row.expect("to", answer(plus_days(from, row.number("days")), |to| to.to_string()));
        row.expect("days", days_between(from, date(row.get("to"))));
    }
    for (from, days) in
        [(Date::MAX, 1), (Date::MIN, -1), (date("2026-01-01"), i32::MAX), (date("2026-01-01"), i32::MIN)]
    {
        assert_eq!(answer(plus_days(from, days), |to| to.to_string()), "date_out_of_range");
    }
}

#[test]
fn a_zone_is_a_name_of_the_tz_database() {
    let table = rows(
        "
        text                           | name
        America/Bogota                 | America/Bogota
        america/bogota                 | America/Bogota
        America/Argentina/Buenos_Aires | America/Argentina/Buenos_Aires
        UTC                            | UTC
                                       | zone_unknown
        America/Macondo                | zone_unknown
        America/Mexico City            | zone_unknown
        -03:00                         | zone_unknown
        <-03>3                         | zone_unknown
        ../../etc/passwd               | zone_unknown
        ",
    );
    for row in table {
        row.expect("name", answer(Zone::try_new(row.get("text")), |zone| zone.to_string()));
    }
    assert_eq!(Zone::try_new("UTC"), Ok(Zone::utc()));
    assert_eq!(Zone::deserialize(StrDeserializer::<Error>::new("America/Lima")), Ok(zone("America/Lima")));
    assert!(Zone::deserialize(StrDeserializer::<Error>::new("America/Macondo")).is_err());
}

fn any_zone() -> impl Strategy<Value = Zone> {
    let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    proptest::sample::select(names).prop_filter_map("not a place", |name| Zone::try_new(&name).ok())
}

fn any_date() -> impl Strategy<Value = Date> {
    (0..47_000).prop_map(|days| plus_days(date("1970-01-01"), days).unwrap())
}

proptest! {
    #![proptest_config(tries(2_000))]

    #[test]
    fn a_deadline_is_the_last_second_before_a_later_date(zone in any_zone(), day in any_date()) {
        let end = zone.end_of(day).unwrap();
        prop_assert!(zone.date_at(end) <= day);
        prop_assert!(zone.date_at(end + SignedDuration::from_secs(1)) > day);
        prop_assert!(zone.end_of(plus_days(day, 1).unwrap()).unwrap() >= end);
    }

    #[test]
    fn a_moment_shows_its_own_time_or_the_first_one_after_a_gap(zone in any_zone(), day in any_date(), minute in 0_i8..60, hour in 0_i8..24) {
        let asked = day.at(hour, minute, 0, 0);
        let at = zone.moment(day, asked.time()).unwrap();
        let shown = zone.date_at(at).to_datetime(zone.time_at(at));
        let before = at - SignedDuration::from_secs(1);
        let shown_before = zone.date_at(before).to_datetime(zone.time_at(before));
        prop_assert!(shown == asked || (shown > asked && shown_before < asked));
    }

    #[test]
    fn counting_days_and_adding_them_agree(from in any_date(), days in -40_000_i32..40_000, few in -40_i32..40) {
        prop_assert_eq!(days_between(from, plus_days(from, days).unwrap()), days);
        prop_assert_eq!(days_between(from, plus_days(from, few).unwrap()), few);
    }

    #[test]
    fn every_moment_has_a_date_everywhere(zone in any_zone(), seconds in any::<i64>()) {
        if let Ok(at) = Timestamp::from_second(seconds % 253_000_000_000) {
            let _ = (zone.date_at(at), zone.time_at(at));
        }
    }

    #[test]
    fn no_text_makes_the_reader_of_zones_fail(text in any::<String>()) {
        let _ = Zone::try_new(&text);
    }
}
