//! How often a person is reached: tables of cases, and lives in which every message is sent as soon as it may be.

use crate::table::rows;
use crate::things::{contact, on_wall, rules, said, utc, wall, zone};
use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::test_runner::Config;
use saldo_domain::calendar::{Timestamp, Zone};
use saldo_domain::contact::{ContactRules, Opening, OwnRules, all_rules, opening, week_channel};
use saldo_domain::reminder::{Channel, Contact, ContactOutcome};
use std::collections::HashMap;

/// Reads `email 2026-03-02 09:00, sms 2026-03-04 10:00` on a wall; `!` stands before one that came back.
fn contacts(text: &str, zone: &Zone) -> Vec<Contact> {
    let read = |one: &str| {
        let (channel, at) = one.trim().split_once(' ').unwrap();
        let mut found = contact(channel.trim_start_matches('!').parse().unwrap(), wall(at, zone));
        if channel.starts_with('!') {
            found.outcome = ContactOutcome::CameBack;
        }
        found
    };
    text.split(',').filter(|one| !one.trim().is_empty()).map(read).collect()
}

#[test]
fn the_law_counts_messages() {
    let table = rows(
        "
        rules | zone             | sent                                                              | by       | asked            | answer                             | because
        co    | America/Bogota   | email 2026-03-02 09:00                                            | email    | 2026-03-02 18:00 | Tue 2026-03-03 07:00 daily_cap     | once a day
        co    | America/Bogota   | email 2026-03-02 09:00                                            | email    | 2026-03-02 20:00 | Tue 2026-03-03 07:00 outside_hours | the night is longer than the cap
        co    | America/Bogota   | email 2026-03-02 09:00                                            | email    | 2026-03-03 07:00 | open                               | a new day
        co    | America/Bogota   | email 2026-03-07 09:00                                            | email    | 2026-03-07 10:00 | Mon 2026-03-09 07:00 daily_cap     | no Sunday
        co    | America/Bogota   | !email 2026-03-02 09:00                                           | sms      | 2026-03-02 10:00 | Tue 2026-03-03 07:00 daily_cap     | what came back counts
        co    | America/Bogota   | banner 2026-03-02 09:00                                           | email    | 2026-03-02 10:00 | open                               | a banner reaches out to nobody
        cl    | America/Santiago | email 2026-03-02 09:00                                            | email    | 2026-03-03 12:00 | Wed 2026-03-04 09:00 minimum_gap   | two days apart
        cl    | America/Santiago | email 2026-03-02 19:59                                            | email    | 2026-03-04 12:00 | Wed 2026-03-04 19:59 minimum_gap   | to the minute
        cl    | America/Santiago | email 2026-03-02 09:00, email 2026-03-05 09:00                    | email    | 2026-03-07 12:00 | Mon 2026-03-09 09:00 weekly_cap    | twice in seven days
        cl    | America/Santiago | email 2026-03-02 21:00, email 2026-03-05 09:00                    | email    | 2026-03-09 12:00 | Tue 2026-03-10 08:00 weekly_cap    | free in the night, open in the morning
        cl    | America/Santiago | call 2026-03-02 09:00                                             | call     | 2026-03-05 12:00 | Mon 2026-03-09 09:00 weekly_cap    | one call a week
        cl    | America/Santiago | call 2026-03-02 09:00                                             | email    | 2026-03-05 12:00 | open                               | a letter of another kind is no call
        mx    | America/Cancun   | email 2026-03-02 09:00, sms 2026-03-03 09:00, email 2026-03-04 09:00 | email | 2026-03-06 09:00 | Mon 2026-03-09 09:00 weekly_cap    | three in seven days
        us    | America/Denver   | call 2026-03-02 09:00                                             | call     | 2026-03-06 09:00 | Mon 2026-03-09 10:00 weekly_cap    | 7 x 24 hours: the clock went forward
        ",
    );
    for row in table {
        let zone = zone(row.get("zone"));
        let sent = contacts(row.get("sent"), &zone);
        let by = row.get("by").parse().unwrap();
        let at = wall(row.get("asked"), &zone);
        let (rules, zones) = (rules(row.get("rules")), std::slice::from_ref(&zone));
        let answer = opening(rules, &OwnRules::default(), None, zones, by, &sent, at).unwrap();
        row.expect("answer", said(answer, &zone));
    }
}

#[test]
fn finance_counts_more_strictly() {
    let (bogota, sent) = (zone("America/Bogota"), "email 2026-03-02 09:00, email 2026-03-03 09:00");
    let sent = contacts(sent, &bogota);
    let ask = |own: OwnRules, at: &str| {
        let zones = std::slice::from_ref(&bogota);
        let answer = opening(rules("co"), &own, None, zones, Channel::Email, &sent, wall(at, &bogota));
        said(answer.unwrap(), &bogota)
    };
    let none = OwnRules::default;
    assert_eq!(ask(none(), "2026-03-04 09:00"), "open");
    assert_eq!(
        ask(OwnRules { per_week_max: Some(2), ..none() }, "2026-03-04 09:00"),
        "Mon 2026-03-09 09:00 weekly_cap"
    );
    assert_eq!(ask(OwnRules { gap_hours: Some(72), ..none() }, "2026-03-04 09:00"), "Fri 2026-03-06 09:00 minimum_gap");
    assert_eq!(ask(OwnRules { per_day_max: Some(5), ..none() }, "2026-03-03 10:00"), "Wed 2026-03-04 07:00 daily_cap");
}

#[test]
fn one_channel_a_week() {
    let table = rows(
        "
        rules | sent                                            | asked            | channel                    | because
        co    |                                                 | 2026-03-05 09:00 | any                        |
        co    | sms 2026-03-02 09:00                            | 2026-03-05 09:00 | sms Mon 2026-03-09 09:00   |
        co    | sms 2026-03-02 09:00                            | 2026-03-09 08:59 | sms Mon 2026-03-09 09:00   |
        co    | sms 2026-03-02 09:00                            | 2026-03-09 09:00 | any                        | seven days are over
        co    | email 2026-03-02 09:00, email 2026-03-06 09:00  | 2026-03-09 09:00 | email Fri 2026-03-13 09:00 | the last one counts
        co    | !email 2026-03-02 09:00                         | 2026-03-03 09:00 | any                        | what came back reached nobody
        co    | sms 2026-03-02 09:00, !email 2026-03-03 09:00   | 2026-03-04 09:00 | sms Mon 2026-03-09 09:00   |
        co    | banner 2026-03-02 09:00                         | 2026-03-03 09:00 | any                        |
        cl    | sms 2026-03-02 09:00                            | 2026-03-05 09:00 | any                        | not in Chile
        ",
    );
    let bogota = zone("America/Bogota");
    for row in table {
        let sent = contacts(row.get("sent"), &bogota);
        let found = week_channel(rules(row.get("rules")), &bogota, &sent, wall(row.get("asked"), &bogota));
        let found = found.map(|(channel, until)| format!("{} {}", channel.as_str(), on_wall(until, &bogota)));
        row.expect("channel", found.as_deref().unwrap_or("any"));
    }
}

/// The rules of Colombia with weeks from Monday to Sunday and at most two messages in each.
fn calendar_weeks() -> ContactRules {
    let file = include_str!("../../contact_rules/co.toml");
    let file =
        file.replace("week = \"rolling\"", "week = \"calendar\"").replace("per_week_max = 7", "per_week_max = 2");
    ContactRules::read(&file).unwrap()
}

#[test]
fn a_calendar_week_ends_on_sunday_night() {
    let (rules, bogota) = (calendar_weeks(), zone("America/Bogota"));
    let sent = contacts("email 2026-03-05 09:00, email 2026-03-06 09:00", &bogota);
    let ask = |at: &str| {
        let (own, zones) = (OwnRules::default(), std::slice::from_ref(&bogota));
        said(opening(&rules, &own, None, zones, Channel::Email, &sent, wall(at, &bogota)).unwrap(), &bogota)
    };
    assert_eq!(ask("2026-03-07 09:00"), "Mon 2026-03-09 07:00 weekly_cap");
    assert_eq!(ask("2026-03-09 07:00"), "open");
    let (used, until) = week_channel(&rules, &bogota, &sent, wall("2026-03-08 23:59", &bogota)).unwrap();
    assert_eq!((used, on_wall(until, &bogota).as_str()), (Channel::Email, "Mon 2026-03-09 00:00"));
    assert!(week_channel(&rules, &bogota, &sent, wall("2026-03-09 00:00", &bogota)).is_none());
}

const CHANNELS: [Channel; 5] = [Channel::Email, Channel::Sms, Channel::Whatsapp, Channel::Letter, Channel::Call];

/// Local days since 1970, by the offset alone.
fn local_day(at: Timestamp, zone: &Zone) -> i64 {
    let tz = jiff::tz::TimeZone::get(zone.name()).unwrap();
    (at.as_second() + i64::from(tz.to_offset(at).seconds())).div_euclid(86_400)
}

/// What the law says of all that was sent, by counting.
fn keeps_the_law(rules: &ContactRules, zones: &[Zone], sent: &[Contact]) -> Result<(), TestCaseError> {
    for zone in zones {
        let mut days: HashMap<i64, u32> = HashMap::new();
        for one in sent {
            *days.entry(local_day(one.handed_off_at, zone)).or_default() += 1;
        }
        prop_assert!(days.values().all(|count| *count <= rules.per_day_max), "too many on one day");
    }
    let week = SignedDuration::from_hours(7 * 24);
    let within =
        |from: Timestamp, one: &&Contact| one.handed_off_at >= from && one.handed_off_at.duration_since(from) < week;
    for first in sent {
        let count = sent.iter().filter(|one| within(first.handed_off_at, one)).count();
        prop_assert!(count <= rules.per_week_max as usize, "{count} in seven days");
        for cap in &rules.channel_caps {
            let same = sent.iter().filter(|one| cap.channels.contains(&one.channel));
            let count = same.filter(|one| within(first.handed_off_at, one)).count();
            prop_assert!(count <= cap.per_week_max as usize, "{count} by {:?}", cap.channels);
        }
    }
    for pair in sent.windows(2) {
        let hours = pair[1].handed_off_at.duration_since(pair[0].handed_off_at).as_hours();
        prop_assert!(hours >= i64::from(rules.gap_hours), "{hours} hours apart");
    }
    Ok(())
}

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(300) })]

    #[test]
    fn whoever_sends_as_soon_as_it_may_keeps_every_cap(
        which in 0_usize..8,
        local in prop::option::of(prop::sample::select(&["America/Santiago", "Asia/Tehran", "Europe/Madrid", "Pacific/Apia"][..])),
        start in 0_i64..(10 * 365 * 24 * 60),
        tries in prop::collection::vec((0_usize..5, 0_i64..(80 * 60)), 1..40),
    ) {
        let rules = &all_rules()[which];
        let zones = match local {
            Some(name) => vec![zone(name)],
            None if rules.zones.is_empty() => vec![zone("America/Asuncion")],
            None => rules.zones.clone(),
        };
        let own = OwnRules::default();
        let mut now = utc("2024-01-01T00:00:00Z") + SignedDuration::from_mins(start);
        let mut sent: Vec<Contact> = Vec::new();
        for (channel, minutes) in tries {
            now += SignedDuration::from_mins(minutes);
            let channel = CHANNELS[channel];
            if let Opening::Closed { until, .. } = opening(rules, &own, None, &zones, channel, &sent, now).unwrap() {
                prop_assert!(until > now, "the wait ended before it began");
                for part in [1, 37, 99, 100] {
                    let between = now + SignedDuration::from_secs(until.duration_since(now).as_secs() * part / 100);
                    let answer = opening(rules, &own, None, &zones, channel, &sent, between).unwrap();
                    prop_assert_eq!(answer == Opening::Open, between == until, "at {} of {}", between, until);
                }
                now = until;
            }
            sent.push(contact(channel, now));
        }
        keeps_the_law(rules, &zones, &sent)?;
    }
}
