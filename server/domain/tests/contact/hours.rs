//! At which hours of which days a message may leave.

use crate::table::rows;
use crate::things::{by_law, on_wall, rules, said, utc, wall, wish, zone};
use jiff::SignedDuration;
use saldo_domain::calendar::Zone;
use saldo_domain::contact::{ClosedDay, Opening, OwnRules, all_rules, opening};
use saldo_domain::reminder::{Channel, Hold};

#[test]
fn a_message_leaves_at_the_laws_hours() {
    let table = rows(
        "
        rules | zone                | asked            | answer                             | because
        co    | America/Bogota      | 2026-03-02 06:59 | Mon 2026-03-02 07:00 outside_hours | Monday
        co    | America/Bogota      | 2026-03-02 07:00 | open                               |
        co    | America/Bogota      | 2026-03-02 18:59 | open                               |
        co    | America/Bogota      | 2026-03-02 19:00 | Tue 2026-03-03 07:00 outside_hours | at 19:00 no more
        co    | America/Bogota      | 2026-03-07 07:30 | Sat 2026-03-07 08:00 outside_hours | on Saturdays from 8:00
        co    | America/Bogota      | 2026-03-07 14:59 | open                               |
        co    | America/Bogota      | 2026-03-07 15:00 | Mon 2026-03-09 07:00 outside_hours | until 15:00, and no Sunday
        co    | America/Bogota      | 2026-03-08 10:00 | Mon 2026-03-09 07:00 outside_hours | Sunday
        co    | America/Bogota      | 2026-03-23 10:00 | Tue 2026-03-24 07:00 holiday       | San José, moved to the Monday
        co    | America/Bogota      | 2026-03-23 20:00 | Tue 2026-03-24 07:00 outside_hours | on no day at that hour
        co    | America/Bogota      | 2026-04-02 08:00 | Sat 2026-04-04 08:00 holiday       | Thursday and Friday of Easter
        cl    | America/Santiago    | 2026-03-07 19:59 | open                               | Saturdays are working days
        cl    | America/Santiago    | 2026-03-07 20:00 | Mon 2026-03-09 08:00 outside_hours |
        cl    | America/Santiago    | 2026-09-18 12:00 | Mon 2026-09-21 08:00 holiday       | Friday and Saturday of the Fiestas
        cl    | America/Santiago    | 2026-09-05 20:00 | Mon 2026-09-07 08:00 outside_hours | over a change of the clock
        mx    | America/Mexico_City | 2026-03-02 21:59 | open                               |
        mx    | America/Mexico_City | 2026-03-02 22:00 | Tue 2026-03-03 07:00 outside_hours |
        mx    | America/Mexico_City | 2026-11-16 12:00 | Tue 2026-11-17 07:00 holiday       |
        pe    | America/Lima        | 2026-03-06 19:59 | open                               | Friday
        pe    | America/Lima        | 2026-03-06 20:00 | Mon 2026-03-09 07:00 outside_hours | no Saturdays
        pe    | America/Lima        | 2026-07-28 12:00 | Thu 2026-07-30 07:00 holiday       | two days of Fiestas Patrias
        br    | America/Sao_Paulo   | 2026-02-13 19:00 | Wed 2026-02-18 09:00 outside_hours | a weekend, then Carnival
        br    | America/Sao_Paulo   | 2026-02-18 09:00 | open                               | Ash Wednesday
        us    | America/Chicago     | 2026-03-07 20:59 | open                               | Saturday
        us    | America/Chicago     | 2026-03-07 21:00 | Mon 2026-03-09 08:00 outside_hours | clocks go forward on Sunday
        us    | America/Chicago     | 2026-11-26 10:00 | Fri 2026-11-27 08:00 holiday       | Thanksgiving
        es    | Europe/Madrid       | 2026-10-23 21:00 | Mon 2026-10-26 09:00 outside_hours | clocks go back on Sunday
        es    | Atlantic/Canary     | 2026-03-02 09:00 | open                               |
        default | America/Asuncion  | 2026-03-06 17:59 | open                               |
        default | America/Asuncion  | 2026-03-06 18:00 | Mon 2026-03-09 09:00 outside_hours |
        ",
    );
    for row in table {
        let zone = zone(row.get("zone"));
        let at = wall(row.get("asked"), &zone);
        let answer = by_law(rules(row.get("rules")), std::slice::from_ref(&zone), &[], at);
        row.expect("answer", said(answer, &zone));
    }
}

#[test]
fn where_the_zone_is_unknown_it_is_open_only_where_it_is_open_in_the_whole_country() {
    let table = rows(
        "
        rules | first moment         | last moment          | because
        mx    | 2026-03-02T15:00:00Z | 2026-03-03T02:59:59Z | Tijuana opens at 7:00, Cancún closes at 22:00
        us    | 2026-03-02T18:00:00Z | 2026-03-03T01:59:59Z | Hawaii opens at 8:00, New York closes at 21:00
        br    | 2026-03-02T14:00:00Z | 2026-03-02T20:59:59Z | Acre opens at 9:00, Fernando de Noronha closes at 19:00
        cl    | 2026-03-02T13:00:00Z | 2026-03-02T22:59:59Z | Easter Island in summer time
        es    | 2026-03-02T09:00:00Z | 2026-03-02T19:59:59Z | the Canaries open at 9:00, Madrid closes at 21:00
        co    | 2026-03-02T12:00:00Z | 2026-03-02T23:59:59Z | one zone
        pe    | 2026-03-02T12:00:00Z | 2026-03-03T00:59:59Z | one zone
        ",
    );
    let second = SignedDuration::from_secs(1);
    for row in table {
        let rules = rules(row.get("rules"));
        let asked = utc("2026-03-02T06:30:00Z");
        let Opening::Closed { until, .. } = by_law(rules, &rules.zones, &[], asked) else { panic!("open by night") };
        row.expect("first moment", until);
        let last = utc(row.get("last moment"));
        assert_eq!(by_law(rules, &rules.zones, &[], last), Opening::Open, "{row}");
        assert_ne!(by_law(rules, &rules.zones, &[], last + second), Opening::Open, "{row}");
    }
}

/// Every zone of a country, as the tz database's `zone.tab` lists them.
const ZONES: [(&str, &[&str]); 7] = [
    ("co", &["America/Bogota"]),
    ("cl", &["America/Santiago", "America/Coyhaique", "America/Punta_Arenas", "Pacific/Easter"]),
    (
        "mx",
        &[
            "America/Mexico_City",
            "America/Cancun",
            "America/Merida",
            "America/Monterrey",
            "America/Matamoros",
            "America/Chihuahua",
            "America/Ciudad_Juarez",
            "America/Ojinaga",
            "America/Mazatlan",
            "America/Bahia_Banderas",
            "America/Hermosillo",
            "America/Tijuana",
        ],
    ),
    ("pe", &["America/Lima"]),
    (
        "br",
        &[
            "America/Noronha",
            "America/Belem",
            "America/Fortaleza",
            "America/Recife",
            "America/Araguaina",
            "America/Maceio",
            "America/Bahia",
            "America/Sao_Paulo",
            "America/Campo_Grande",
            "America/Cuiaba",
            "America/Santarem",
            "America/Porto_Velho",
            "America/Boa_Vista",
            "America/Manaus",
            "America/Eirunepe",
            "America/Rio_Branco",
        ],
    ),
    (
        "us",
        &[
            "America/New_York",
            "America/Detroit",
            "America/Kentucky/Louisville",
            "America/Indiana/Indianapolis",
            "America/Chicago",
            "America/Menominee",
            "America/North_Dakota/Beulah",
            "America/Denver",
            "America/Boise",
            "America/Phoenix",
            "America/Los_Angeles",
            "America/Anchorage",
            "America/Juneau",
            "America/Metlakatla",
            "America/Nome",
            "America/Adak",
            "Pacific/Honolulu",
        ],
    ),
    ("es", &["Europe/Madrid", "Africa/Ceuta", "Atlantic/Canary"]),
];

#[test]
fn two_clocks_speak_for_all_of_a_country() {
    for (id, names) in ZONES {
        let rules = rules(id);
        let all: Vec<Zone> = names.iter().map(|name| zone(name)).collect();
        let mut opened = 0;
        let mut at = utc("2026-01-01T00:00:00Z");
        while at < utc("2027-01-01T00:00:00Z") {
            if by_law(rules, &rules.zones, &[], at) == Opening::Open {
                opened += 1;
                assert_eq!(by_law(rules, &all, &[], at), Opening::Open, "{id} at {at}");
            }
            at += SignedDuration::from_mins(30);
        }
        assert!(opened > 2_000, "{id} opens {opened} half hours a year");
    }
}

#[test]
fn finance_and_the_person_narrow_the_hours() {
    let table = rows(
        "
        own         | closed   | wish        | asked            | answer                               | because
        09:00-18:00 |          |             | 2026-03-02 08:59 | Mon 2026-03-02 09:00 outside_hours   |
        09:00-18:00 |          |             | 2026-03-02 18:00 | Tue 2026-03-03 09:00 outside_hours   |
        05:00-23:00 |          |             | 2026-03-02 06:00 | Mon 2026-03-02 07:00 outside_hours   | nothing opens what the law closes
        -           | saturday |             | 2026-03-07 10:00 | Mon 2026-03-09 07:00 outside_hours   |
        09:00-15:00 |          |             | 2026-03-07 08:30 | Sat 2026-03-07 09:00 outside_hours   |
        16:00-      |          |             | 2026-03-07 10:00 | Mon 2026-03-09 16:00 outside_hours   | no Saturday is left
        -           |          | 18:00-20:00 | 2026-03-02 10:00 | Mon 2026-03-02 18:00 preferred_hours |
        -           |          | 18:00-20:00 | 2026-03-02 18:30 | open                                 |
        -           |          | 18:00-20:00 | 2026-03-02 19:00 | Tue 2026-03-03 18:00 outside_hours   | a wish opens nothing
        -           |          | 18:00-20:00 | 2026-03-06 19:30 | Mon 2026-03-09 18:00 outside_hours   | Saturday ends at 15:00
        -           |          | -10:00      | 2026-03-02 10:00 | Tue 2026-03-03 07:00 preferred_hours |
        -           |          | 20:00-23:00 | 2026-03-02 10:00 | open                                 | a wish that leaves no hour is passed over
        09:00-12:00 |          | 18:00-20:00 | 2026-03-02 10:00 | open                                 | the same
        09:00-12:00 |          | 18:00-20:00 | 2026-03-02 13:00 | Tue 2026-03-03 09:00 outside_hours   | the same
        ",
    );
    let bogota = zone("America/Bogota");
    for row in table {
        let hours = wish(row.get("own"));
        let closed = row.words("closed").iter().map(|_| ClosedDay::Saturday).collect();
        let own = OwnRules { from: hours.from, until: hours.until, closed, ..OwnRules::default() };
        let wished = (!row.get("wish").is_empty()).then(|| wish(row.get("wish")));
        let at = wall(row.get("asked"), &bogota);
        let zones = std::slice::from_ref(&bogota);
        let answer = opening(rules("co"), &own, wished.as_ref(), zones, Channel::Email, &[], at).unwrap();
        row.expect("answer", said(answer, &bogota));
    }
}

#[test]
fn hours_that_never_open_are_asked_again_and_stay_closed() {
    let own = OwnRules { closed: ClosedDay::ALL.to_vec(), ..OwnRules::default() };
    let at = utc("2026-03-02T15:00:00Z");
    let zones = [zone("America/Lima")];
    let answer = opening(rules("pe"), &own, None, &zones, Channel::Email, &[], at).unwrap();
    assert_eq!(answer, Opening::Closed { until: at + SignedDuration::from_hours(24 * 60), why: Hold::OutsideHours });
    assert!(opening(rules("pe"), &own, None, &[], Channel::Email, &[], at).is_err(), "somewhere it must be");
}

#[test]
fn no_country_is_quiet_for_more_than_five_days() {
    for rules in all_rules() {
        let lima = [zone("America/Lima")];
        let zones = if rules.zones.is_empty() { &lima[..] } else { &rules.zones };
        let mut at = utc("2024-01-01T00:00:00Z");
        while at < utc("2036-01-01T00:00:00Z") {
            if let Opening::Closed { until, .. } = by_law(rules, zones, &[], at) {
                let days = until.duration_since(at).as_hours() / 24;
                assert!(days <= 5, "{} from {at} to {}", rules.id, on_wall(until, &zones[0]));
            }
            at += SignedDuration::from_hours(11);
        }
    }
}
