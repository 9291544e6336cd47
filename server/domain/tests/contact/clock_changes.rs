//! Over every zone of the tz database and every clock change from 2024 to 2035 the windows hold: judged by a reckoning of
//! the test's own, from the offset and the days since 1970.

use crate::things::{by_law, utc};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use saldo_domain::calendar::{Zone, days_between};
use saldo_domain::contact::{ContactRules, Opening, all_rules};
use saldo_domain::reminder::Hold;
use std::collections::HashSet;

const DAY: i64 = 86_400;

/// The local day since 1970 and the second of it.
fn local(at: Timestamp, tz: &TimeZone) -> (i64, i64) {
    let local = at.as_second() + i64::from(tz.to_offset(at).seconds());
    (local.div_euclid(DAY), local.rem_euclid(DAY))
}

/// The rules with their holidays as days since 1970.
struct Law {
    rules: &'static ContactRules,
    holidays: HashSet<i64>,
}

impl Law {
    fn new(rules: &'static ContactRules) -> Self {
        let epoch = jiff::civil::date(1970, 1, 1);
        let dates = (2023..=2036).flat_map(|year| rules.holidays.of_year(year));
        Self { rules, holidays: dates.map(|(date, _)| i64::from(days_between(epoch, date))).collect() }
    }

    /// From which to which second of a local day the law leaves open; the first day of 1970 was a Thursday.
    fn window(&self, day: i64) -> Option<(i64, i64)> {
        let hours = &self.rules.hours;
        let weekday = usize::try_from((day + 3).rem_euclid(7)).unwrap();
        let span = if self.holidays.contains(&day) { hours.holidays } else { hours.days[weekday] };
        let second = |time: jiff::civil::Time| i64::from(time.hour()) * 3_600 + i64::from(time.minute()) * 60;
        span.map(|(from, until)| (second(from), second(until)))
    }
}

/// Whether the law leaves a moment open.
fn is_open(law: &Law, tz: &TimeZone, at: Timestamp) -> bool {
    let (day, second) = local(at, tz);
    law.window(day).is_some_and(|(from, until)| second >= from && second < until)
}

/// The moments around a clock change at which a mistake would show: the change, and the edges of the windows of the days
/// around it as they are with the offsets before and after.
fn moments(law: &Law, tz: &TimeZone, change: Timestamp) -> Vec<Timestamp> {
    let second = SignedDuration::from_secs(1);
    let offsets = [tz.to_offset(change - second).seconds(), tz.to_offset(change).seconds()];
    let mut found = Vec::new();
    for offset in offsets.map(i64::from) {
        let day = (change.as_second() + offset).div_euclid(DAY);
        for day in day - 1..=day + 1 {
            for edge in law.window(day).map_or([0, DAY / 2], |(from, until)| [from, until]) {
                found.push(Timestamp::from_second(day * DAY + edge - offset).unwrap());
            }
        }
    }
    found.extend([-3_600, 0, 3_600].map(|offset| change + SignedDuration::from_secs(offset)));
    let edges = found.into_iter().flat_map(|at| [at - second, at]);
    edges.collect()
}

fn holds(law: &Law, zone: &Zone, tz: &TimeZone, at: Timestamp) {
    let rules = law.rules;
    let answer = by_law(rules, std::slice::from_ref(zone), &[], at);
    let open = is_open(law, tz, at);
    let Opening::Closed { until, why } = answer else {
        assert!(open, "{} in {zone} at {at}: open outside the hours", rules.id);
        return;
    };
    assert!(!open, "{} in {zone} at {at}: closed within the hours", rules.id);
    assert!(until > at, "{} in {zone} at {at}: a wait that has ended", rules.id);
    assert!(matches!(why, Hold::OutsideHours | Hold::Holiday));
    assert!(is_open(law, tz, until), "{} in {zone} at {at}: waits until {until}, which is closed", rules.id);
    let second = SignedDuration::from_secs(1);
    assert!(!is_open(law, tz, until - second), "{} in {zone} at {at}: {until} is late", rules.id);
}

#[test]
fn windows_hold_over_every_zone_and_every_clock_change() {
    let (from, until) = (utc("2024-01-01T00:00:00Z"), utc("2036-01-01T00:00:00Z"));
    let laws: Vec<Law> = all_rules().iter().map(Law::new).collect();
    let (mut zones, mut changes) = (0, 0);
    for name in jiff::tz::db().available() {
        let (Ok(zone), Ok(tz)) = (Zone::try_new(name.as_str()), TimeZone::get(name.as_str())) else { continue };
        zones += 1;
        let of_zone: Vec<Timestamp> =
            tz.following(from).map(|it| it.timestamp()).take_while(|at| *at < until).collect();
        changes += of_zone.len();
        // A zone whose clock never changes is asked as well, in the middle of the time.
        let asked = if of_zone.is_empty() { vec![utc("2030-03-06T12:00:00Z")] } else { of_zone };
        for (place, change) in asked.into_iter().enumerate() {
            // Every change under two of the files in turn: after four changes all eight have met the zone.
            for law in laws.iter().skip(place % 4).step_by(4) {
                for at in moments(law, &tz, change) {
                    holds(law, &zone, &tz, at);
                }
            }
        }
    }
    assert!(zones >= 590, "only {zones} zones");
    assert!(changes > 4_000, "only {changes} changes");
}
