//! A reason of finance's own to stay silent.

use crate::Refusal;
use crate::actor::Actor;
use crate::calendar::{Date, Timestamp, plus_days};
use crate::free_text::message;
use crate::ids::HoldId;
use crate::outcome::Outcome;
use serde::{Deserialize, Serialize};

/// A hold ends at most this many days ahead.
pub const DAYS_MAX: i32 = 90;
/// The most characters of its reason.
pub const REASON_MAX: usize = 500;

/// Silence towards one debtor, with a reason and an end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManualHold {
    /// Its id.
    pub id: HoldId,
    /// Why.
    pub reason: String,
    /// Since when.
    pub from_at: Timestamp,
    /// The last day of silence, in the debtor's zone.
    pub until_on: Date,
    /// By whom.
    pub by: Actor,
    /// When and by whom it was ended before its time.
    pub ended: Option<HoldEnd>,
}

/// That a hold was ended before its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldEnd {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Actor,
}

/// What is to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHold {
    /// Made with the page: the same id is the same hold.
    pub id: HoldId,
    /// Why.
    pub reason: String,
    /// The last day of silence.
    pub until_on: Date,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
}

/// Holds; `known` are the debtor's holds that were not ended.
///
/// # Errors
/// `text_length`, `card_number_in_text`, `hold_date`, `hold_open`.
pub fn hold(new: NewHold, known: &[ManualHold], today: Date) -> Result<Outcome<ManualHold>, Refusal> {
    if known.iter().any(|hold| hold.id == new.id) {
        return Ok(Outcome::AlreadyApplied);
    }
    let reason = message("reason", &new.reason, REASON_MAX)?;
    let until_on = plus_days(today, DAYS_MAX)?;
    if new.until_on < today || new.until_on > until_on {
        return Err(Refusal::HoldDate { until_on });
    }
    if known.iter().any(|hold| hold.is_live(today)) {
        return Err(Refusal::HoldOpen);
    }
    let NewHold { id, until_on, at, by, .. } = new;
    Ok(Outcome::Executed(ManualHold { id, reason, from_at: at, until_on, by, ended: None }))
}

impl ManualHold {
    /// Whether it keeps reminders silent on a local date.
    pub fn is_live(&self, today: Date) -> bool {
        self.ended.is_none() && today <= self.until_on
    }

    /// Ends it. One that is past its end stays as it was.
    ///
    /// # Errors
    /// None today; a command answers a result.
    pub fn end(self, at: Timestamp, by: Actor, today: Date) -> Result<Outcome<Self>, Refusal> {
        if !self.is_live(today) {
            return Ok(Outcome::AlreadyApplied);
        }
        Ok(Outcome::Executed(Self { ended: Some(HoldEnd { at, by }), ..self }))
    }
}
