//! A wait for the hours of contact ends on the wall of whoever is waited for, also where the clock changes in between.
//! Judged by offsets and days since 1970, and not by the product's own calendar.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use saldo_domain::calendar::Zone;
use saldo_domain::contact::{Opening, OwnRules, all_rules, opening};
use saldo_domain::planted::Bug;
use saldo_domain::reminder::Channel;
use saldo_tests::figures;

const DAY: i64 = 86_400;

/// Whether rules leave a moment open on a wall: weekday and second of the day, Thursday first in 1970.
fn is_open(hours: [Option<(i64, i64)>; 7], tz: &TimeZone, at: i64) -> bool {
    let offset = i64::from(tz.to_offset(Timestamp::from_second(at).expect("a moment")).seconds());
    let (day, second) = ((at + offset).div_euclid(DAY), (at + offset).rem_euclid(DAY));
    let weekday = usize::try_from((day + 3).rem_euclid(7)).expect("a weekday");
    hours[weekday].is_some_and(|(from, until)| from <= second && second < until)
}

#[test]
fn a_wait_over_a_clock_change_ends_within_the_hours_of_the_wall() {
    let (from, until): (Timestamp, Timestamp) =
        ("2026-01-01T00:00:00Z".parse().expect("a moment"), "2028-01-01T00:00:00Z".parse().expect("a moment"));
    let (mut changes, mut waits) = (0, 0);
    for name in jiff::tz::db().available() {
        let (Ok(zone), Ok(tz)) = (Zone::try_new(name.as_str()), TimeZone::get(name.as_str())) else { continue };
        for change in tz.following(from).map(|it| it.timestamp()).take_while(|at| *at < until) {
            changes += 1;
            for rules in all_rules() {
                let second = |time: jiff::civil::Time| i64::from(time.hour()) * 3_600 + i64::from(time.minute()) * 60;
                let hours = rules.hours.days.map(|span| span.map(|(from, until)| (second(from), second(until))));
                for before in [1, 6, 12, 24] {
                    let now = Timestamp::from_second(change.as_second() - before * 3_600).expect("a moment");
                    let own = OwnRules::default();
                    let zones = std::slice::from_ref(&zone);
                    let answer = opening(rules, &own, None, zones, Channel::Email, &[], now).expect("an answer");
                    let Opening::Closed { until, .. } = answer else { continue };
                    let opens = until.as_second();
                    waits += 1;
                    // A holiday may have hours of its own, or none: the weekday's are asked of the other days.
                    let on = zone.date_at(until);
                    if rules.holidays.of_year(on.year()).iter().any(|(holiday, _)| *holiday == on) {
                        continue;
                    }
                    assert!(
                        is_open(hours, &tz, opens) && (until == now || !is_open(hours, &tz, opens - 1)),
                        "P7: {} in {name} at {now}: waits until {until}, which is not when the hours begin there",
                        rules.id
                    );
                }
            }
        }
    }
    assert!(changes > 500, "only {changes} changes");
    let counted = format!("{waits} waits around {changes} clock changes of every zone, by {} rules", all_rules().len());
    figures::record(Bug::OffsetFixedWhenScheduled, "clock changes", &counted);
}
