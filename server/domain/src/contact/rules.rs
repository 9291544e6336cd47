use crate::calendar::Zone;
use crate::creditor::Creditor;
use crate::debtor::Debtor;
use jiff::civil::{Time, Weekday};
use std::slice::from_ref;

/// What a country's law, or caution, allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactRules {
    /// Its name: the country's two letters in lower case, or `default`.
    pub id: &'static str,
    /// Counts up when the data change.
    pub version: u32,
    /// Where a debtor of the country may live.
    pub zones: Vec<Zone>,
}

static DEFAULT: ContactRules = ContactRules { id: "default", version: 1, zones: Vec::new() };

/// The rules of a country; of one that is not known, the cautious ones.
pub fn rules_for(_country: &str) -> &'static ContactRules {
    &DEFAULT
}

impl ContactRules {
    /// The zones in which a debtor may live: its own where it is known, else all of its country.
    pub fn zones_of<'a>(&'a self, debtor: &'a Debtor, creditor: &'a Creditor) -> &'a [Zone] {
        match &debtor.zone {
            Some(zone) => from_ref(zone),
            None if self.zones.is_empty() => from_ref(&creditor.zone),
            None => &self.zones,
        }
    }

    pub(super) fn hours(&self, weekday: Weekday) -> Option<(Time, Time)> {
        let open = (Time::constant(9, 0, 0, 0), Time::constant(18, 0, 0, 0));
        (weekday != Weekday::Sunday).then_some(open)
    }
}
