//! The business, the people and the places that the nodes work on.

use jiff::{SignedDuration, Timestamp};
use saldo_app::flows::create_creditor::CreateCreditor;
use saldo_domain::calendar::Zone;
use saldo_domain::contact::{Opening, OwnRules, opening, rules_for};
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::DebtorId;
use saldo_domain::locale::Language;
use saldo_domain::reminder::Channel;

/// A business in Mexico.
pub fn wish() -> CreateCreditor {
    CreateCreditor {
        name: "Aceros del Norte".to_owned(),
        country: "MX".to_owned(),
        zone: "America/Mexico_City".to_owned(),
        language: "es".to_owned(),
        currency: "MXN".to_owned(),
        reply_to: None,
        colour: "#114477".to_owned(),
    }
}

/// A debtor with an address, in a zone.
pub fn a_debtor(id: DebtorId, place: usize, zone: &Zone) -> Debtor {
    Debtor {
        id,
        reference: format!("D{place:05}"),
        name: format!("Deudora {place}"),
        email: Some(format!("d{place}@example.com")),
        phone: None,
        language: place.is_multiple_of(2).then_some(Language::En),
        country: None,
        zone: Some(zone.clone()),
        postal_address: None,
        tags: Vec::new(),
    }
}

/// A working day's moment, and three zones: where it is day for hours, where it is night, where the day ends in a moment.
pub fn a_moment(closes_after: SignedDuration) -> (Timestamp, [Zone; 3]) {
    let rules = rules_for("MX");
    let is_open = |zone: &Zone, at: Timestamp| {
        let zones = std::slice::from_ref(zone);
        let found = opening(rules, &OwnRules::default(), None, zones, Channel::Email, &[], at).expect("a moment");
        matches!(found, Opening::Open)
    };
    let zones: Vec<Zone> =
        (-11..=12).map(|hours: i32| Zone::try_new(&format!("Etc/GMT{hours:+}")).expect("a zone")).collect();
    // Tuesday, 3 March 2026; in some zone the day ends on the hour.
    let hour = Timestamp::constant(1_772_550_000, 0);
    let begins_at = hour - closes_after;
    let (soon, later) = (begins_at + closes_after, begins_at + SignedDuration::from_hours(2));
    let find = |fits: &dyn Fn(&Zone) -> bool| zones.iter().find(|zone| fits(zone)).expect("the world is round").clone();
    let open = find(&|zone| is_open(zone, begins_at) && is_open(zone, soon) && is_open(zone, later));
    let closed = find(&|zone| !is_open(zone, begins_at) && !is_open(zone, soon) && !is_open(zone, later));
    let closing = find(&|zone| is_open(zone, begins_at) && !is_open(zone, soon));
    (begins_at, [open, closed, closing])
}
