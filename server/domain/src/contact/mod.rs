//! When, how often and by which channel a person may be reached: the law's rules, finance's own, the person's wish.

mod caps;
mod holidays;
mod hours;
mod opening;
mod own;
mod reading;
mod rules;

pub use holidays::{Holiday, HolidayCalendar, HolidayDay, Move};
pub use hours::WeekHours;
pub use opening::{Opening, opening, week_channel};
pub use own::{ClosedDay, ContactPreference, OwnRules};
pub use rules::{ChannelCap, ContactRules, Source, Week, all_rules, rules_for};
