//! Business dates and moments: a due date is a local date, a deadline is a moment in somebody's time zone.

use crate::Refusal;
use jiff::SignedDuration;
use jiff::civil::{DateTime, Time};
use jiff::tz::{AmbiguousOffset, AmbiguousTimestamp, TimeZone};
use serde::{Deserialize, Serialize};
use std::fmt;

pub use jiff::Timestamp;
pub use jiff::civil::Date;

/// A time zone of the tz database, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    name: String,
    rules: TimeZone,
}

impl Zone {
    /// Looks a zone up, such as `America/Bogota`.
    ///
    /// # Errors
    /// `zone_unknown`.
    pub fn try_new(name: &str) -> Result<Self, Refusal> {
        let rules = TimeZone::get(name).map_err(|_| Refusal::ZoneUnknown(name.chars().take(64).collect()))?;
        Ok(Self { name: rules.iana_name().unwrap_or(name).to_owned(), rules })
    }

    /// Coordinated universal time.
    pub fn utc() -> Self {
        Self { name: "UTC".to_owned(), rules: TimeZone::UTC }
    }

    /// The name in the tz database.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Date and clock on the wall there.
    pub fn wall_at(&self, at: Timestamp) -> DateTime {
        self.rules.to_datetime(at)
    }

    /// The date on the wall there.
    pub fn date_at(&self, at: Timestamp) -> Date {
        self.wall_at(at).date()
    }

    /// The clock on the wall there.
    pub fn time_at(&self, at: Timestamp) -> Time {
        self.wall_at(at).time()
    }

    /// The last second of a local date: the moment of every deadline. Where clocks go back over midnight, 23:59:59 comes
    /// twice and the second one counts; where they skip it, the last second before the gap.
    ///
    /// # Errors
    /// `date_out_of_range`.
    pub fn end_of(&self, date: Date) -> Result<Timestamp, Refusal> {
        let wall = self.rules.to_ambiguous_timestamp(date.to_datetime(Time::constant(23, 59, 59, 0)));
        if let AmbiguousOffset::Gap { .. } = wall.offset() {
            let second = SignedDuration::from_secs(1);
            return self.after_gap(wall)?.checked_sub(second).map_err(|_| Refusal::DateOutOfRange);
        }
        wall.later().map_err(|_| Refusal::DateOutOfRange)
    }

    /// A local date and time as a moment; a time that a clock change skips counts as the first one after it, a time that
    /// comes twice as its first.
    ///
    /// # Errors
    /// `date_out_of_range`.
    pub fn moment(&self, date: Date, time: Time) -> Result<Timestamp, Refusal> {
        let wall = self.rules.to_ambiguous_timestamp(date.to_datetime(time));
        match wall.offset() {
            AmbiguousOffset::Gap { .. } => self.after_gap(wall),
            _ => wall.earlier().map_err(|_| Refusal::DateOutOfRange),
        }
    }

    /// The zone with the offset of a moment for good: what a planted bug takes for the zone.
    pub(crate) fn fixed_at(&self, at: Timestamp) -> Self {
        Self { name: self.name.clone(), rules: TimeZone::fixed(self.rules.to_offset(at)) }
    }

    /// The moment of the clock change that skips a wall time.
    fn after_gap(&self, skipped: AmbiguousTimestamp) -> Result<Timestamp, Refusal> {
        let behind = skipped.later().and_then(|at| at.checked_add(SignedDuration::from_secs(1)));
        let change = behind.ok().and_then(|at| self.rules.preceding(at).next());
        change.map(|change| change.timestamp()).ok_or(Refusal::DateOutOfRange)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::try_new(&name).map_err(serde::de::Error::custom)
    }
}

/// Days from one date to another; negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    to.since(from).map(|span| span.get_days()).unwrap_or(0)
}

/// A date some days later, or earlier for a negative count.
///
/// # Errors
/// `date_out_of_range`.
pub fn plus_days(date: Date, days: i32) -> Result<Date, Refusal> {
    // Ladders count in weeks, for every debtor at every look: over one month's end no span is made.
    if let -28..=28 = days {
        let day = i32::from(date.day()) + days;
        let length = i32::from(date.days_in_month());
        let (month, day) = match day {
            ..1 => (date.first_of_month().yesterday(), day),
            day if day > length => (date.last_of_month().tomorrow(), day - length),
            _ => (Ok(date), day),
        };
        let month = month.map_err(|_| Refusal::DateOutOfRange)?;
        let day = if day < 1 { i32::from(month.days_in_month()) + day } else { day };
        let day = i8::try_from(day).map_err(|_| Refusal::DateOutOfRange)?;
        return Date::new(month.year(), month.month(), day).map_err(|_| Refusal::DateOutOfRange);
    }
    date.checked_add(jiff::Span::new().try_days(days).map_err(|_| Refusal::DateOutOfRange)?)
        .map_err(|_| Refusal::DateOutOfRange)
}
