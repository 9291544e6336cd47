//! When, how often and by which channel a person may be reached: the law's rules, finance's own, the person's wish.

mod opening;
mod own;
mod rules;

pub use opening::{Opening, opening, week_channel};
pub use own::{ClosedDay, ContactPreference, OwnRules};
pub use rules::{ContactRules, rules_for};
