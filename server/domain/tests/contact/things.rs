//! Moments, contacts and rules that the tables speak of.

use saldo_domain::calendar::{Date, Timestamp, Zone};
use saldo_domain::contact::{ContactPreference, ContactRules, Opening, OwnRules, opening, rules_for};
use saldo_domain::ids::InvoiceId;
use saldo_domain::reminder::{Channel, Contact, ContactOutcome, DunningStep};

/// A date.
pub fn date(text: &str) -> Date {
    text.parse().unwrap_or_else(|_| panic!("no date: {text}"))
}

/// A zone.
pub fn zone(name: &str) -> Zone {
    Zone::try_new(name).unwrap_or_else(|_| panic!("no zone: {name}"))
}

/// A moment: `2026-03-01T15:00:00Z`.
pub fn utc(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|_| panic!("no moment: {text}"))
}

/// A moment on the wall of a zone: `2026-03-01 09:00`.
pub fn wall(text: &str, zone: &Zone) -> Timestamp {
    let (day, time) = text.split_once(' ').unwrap_or_else(|| panic!("no moment: {text}"));
    zone.moment(date(day), time.parse().unwrap()).unwrap()
}

/// A moment as it is on the wall of a zone, with its weekday: `Mon 2026-03-02 09:00`.
pub fn on_wall(at: Timestamp, zone: &Zone) -> String {
    zone.wall_at(at).strftime("%a %Y-%m-%d %H:%M").to_string()
}

/// The rules of `co`, or the cautious ones of `default`.
pub fn rules(id: &str) -> &'static ContactRules {
    let rules = rules_for(id);
    assert_eq!(rules.id, id);
    rules
}

/// A message that left.
pub fn contact(channel: Channel, at: Timestamp) -> Contact {
    let step = DunningStep { offset: 0, due_on: date("2026-01-01") };
    let invoice_ids: Vec<InvoiceId> = Vec::new();
    Contact { handed_off_at: at, channel, step, invoice_ids, outcome: ContactOutcome::Left }
}

/// Whether an e-mail may leave, by the law alone.
pub fn by_law(rules: &ContactRules, zones: &[Zone], contacts: &[Contact], now: Timestamp) -> Opening {
    opening(rules, &OwnRules::default(), None, zones, Channel::Email, contacts, now).unwrap()
}

/// An answer as a table writes it: `open`, or until when on a wall and why.
pub fn said(answer: Opening, zone: &Zone) -> String {
    match answer {
        Opening::Open => "open".to_owned(),
        Opening::Closed { until, why } => format!("{} {}", on_wall(until, zone), why.as_str()),
    }
}

/// A wish between two times: `18:00-20:00`, either side may be missing.
pub fn wish(text: &str) -> ContactPreference {
    let (from, until) = text.split_once('-').unwrap_or_else(|| panic!("no wish: {text}"));
    let time = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
    ContactPreference { channel: None, from: time(from), until: time(until) }
}
