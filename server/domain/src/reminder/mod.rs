//! Reminders: the ladder that finance sets, and the decision, derived anew from the snapshot each time and never cancelled.

mod again;
mod channel;
mod decide;
mod hold;
mod ladder;
mod policy;
mod silence;
mod usable;

pub use again::again;
pub use channel::Channel;
pub use decide::{Decision, RungRef, decide};
pub use hold::{Hold, StopReason};
pub use ladder::{ladder_for, named_claims};
pub use policy::{
    ActiveDunning, Audience, CountsFrom, DunningPolicy, Escalation, HistoryRule, LadderStep, OFFSET_MAX,
    STALE_HOURS_MAX, STEPS_MAX, TEMPLATE_KEY_MAX, Tone,
};

use crate::Refusal;
use crate::calendar::{Date, Timestamp, plus_days};
use crate::ids::InvoiceId;
use serde::{Deserialize, Serialize};

/// A rung that an item has reached: the date that it counts from, and the days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DunningStep {
    /// Days after that date; negative before it.
    pub offset: i32,
    /// The due date of the item, or of the instalment, that reached it.
    pub due_on: Date,
}

impl DunningStep {
    /// The key under which a debtor gets this step once: `2026-03-01+10`.
    pub fn key(&self) -> String {
        format!("{}{:+}", self.due_on, self.offset)
    }

    /// The date on which it was reached.
    ///
    /// # Errors
    /// `date_out_of_range`.
    pub fn reached_on(&self) -> Result<Date, Refusal> {
        plus_days(self.due_on, self.offset)
    }
}

/// One try to reach the debtor with a reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// When it left, or was refused.
    pub handed_off_at: Timestamp,
    /// How it travelled.
    pub channel: Channel,
    /// The rung that it was sent for.
    pub step: DunningStep,
    /// The items that it named.
    pub invoice_ids: Vec<InvoiceId>,
    /// What became of it.
    pub outcome: ContactOutcome,
}

/// What became of a try to reach a debtor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactOutcome {
    /// It left or may have left: it counts, and its rung is said.
    Left,
    /// It left and came back: it counts for every cap, but nothing is said; another channel of the rung may say it.
    CameBack,
    /// The channel refused it for good: it never left; another channel of the rung may say it.
    Refused,
    /// It waits with an agent: its rung is said, and the calls themselves are what counts.
    Handed,
}

impl Contact {
    /// Whether caps count it.
    pub fn counts(&self) -> bool {
        let left = matches!(self.outcome, ContactOutcome::Left | ContactOutcome::CameBack);
        self.channel.reaches_out() && left
    }

    /// Whether its rung is said.
    pub fn says(&self) -> bool {
        matches!(self.outcome, ContactOutcome::Left | ContactOutcome::Handed)
    }
}

/// How a debtor paid the invoices that are closed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentHistory {
    /// How many it paid.
    pub paid_count: u32,
    /// How many of them after their due date.
    pub paid_late_count: u32,
}
