use crate::reminder::Channel;
use jiff::civil::{Time, Weekday};
use serde::{Deserialize, Serialize};

/// Finance's own contact rules. They may only tighten those of the law: nothing here opens what is closed there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OwnRules {
    /// Nothing before this local time.
    pub from: Option<Time>,
    /// Nothing at or after this local time.
    pub until: Option<Time>,
    /// Nothing on these days.
    pub closed: Vec<ClosedDay>,
    /// At most so many messages a day.
    pub per_day_max: Option<u32>,
    /// At most so many messages a week.
    pub per_week_max: Option<u32>,
    /// At least so many hours between two messages.
    pub gap_hours: Option<u32>,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the days of the week")]
pub enum ClosedDay {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl ClosedDay {
    /// Every day, Monday first.
    pub const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// Whether a date falls on it.
    pub fn is(self, weekday: Weekday) -> bool {
        self as i8 == weekday.to_monday_zero_offset()
    }
}

/// What a debtor asked for: how and when it would rather be reached. It narrows, like finance's own rules.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContactPreference {
    /// The channel that it would rather have, where the rung allows it.
    pub channel: Option<Channel>,
    /// Nothing before this local time.
    pub from: Option<Time>,
    /// Nothing at or after this local time.
    pub until: Option<Time>,
}
