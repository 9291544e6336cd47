//! What all policies share: their kinds, and when two of them would both decide.

use crate::Refusal;
use crate::actor::Actor;
use crate::calendar::Timestamp;
use crate::segment::Segment;
use serde::{Deserialize, Serialize};

/// The kinds of policy that finance writes, drafts and publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyKind {
    /// A discount for paying early.
    Discount,
    /// What a payment plan may look like.
    PlanTemplate,
    /// Fees and interest for paying late.
    LateFee,
    /// A ladder of reminders.
    Dunning,
    /// What a rung of it says.
    MessageTemplate,
}

impl PolicyKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Discount, Self::PlanTemplate, Self::LateFee, Self::Dunning, Self::MessageTemplate];

    /// Its name on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Discount => "discount",
            Self::PlanTemplate => "plan_template",
            Self::LateFee => "late_fee",
            Self::Dunning => "dunning",
            Self::MessageTemplate => "message_template",
        }
    }

    /// Whether at most one policy of the kind may be in force for one segment at one time. Of plan templates a debtor may
    /// be offered several, of ladders the most specific one is climbed, and of message templates each has a key of its own.
    pub fn is_exclusive(self) -> bool {
        matches!(self, Self::Discount | Self::LateFee)
    }
}

/// Where one version of a policy stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PolicyState {
    /// Being written; it decides nothing.
    Draft,
    /// It decides, or will.
    Published {
        /// From this moment on.
        from_at: Timestamp,
        /// Up to this moment, where a later version takes over.
        until_at: Option<Timestamp>,
        /// When it was published.
        published_at: Timestamp,
        /// Who did.
        by: Actor,
    },
    /// It was taken back. What it gave to invoices before stays on them.
    Withdrawn {
        /// From this moment on it would have decided.
        from_at: Timestamp,
        /// Up to this moment it decided; not after `from_at` where it never did.
        until_at: Timestamp,
        /// When it was taken back.
        withdrawn_at: Timestamp,
        /// Who did.
        by: Actor,
    },
}

impl PolicyState {
    /// From when and until when it decides; none for a draft and for what never came into force.
    pub fn span(&self) -> Option<(Timestamp, Option<Timestamp>)> {
        match *self {
            Self::Draft => None,
            Self::Published { from_at, until_at, .. } => {
                until_at.is_none_or(|end| from_at < end).then_some((from_at, until_at))
            }
            Self::Withdrawn { from_at, until_at, .. } => (from_at < until_at).then_some((from_at, Some(until_at))),
        }
    }

    /// Whether it decides at a moment.
    pub fn is_in_force(&self, at: Timestamp) -> bool {
        self.span().is_some_and(|(from_at, until_at)| from_at <= at && until_at.is_none_or(|end| at < end))
    }
}

/// The ends of one policy's versions, in the order given: each published version decides until the next one begins, and for
/// good if it is the last. One that was taken back before it began leaves the version before it in force; one that was
/// taken back later ends there, and nothing follows it.
pub fn ends(versions: &[PolicyState]) -> Vec<Option<Timestamp>> {
    let begins = |state: &PolicyState| match *state {
        PolicyState::Draft => None,
        PolicyState::Published { from_at, .. } => Some(from_at),
        PolicyState::Withdrawn { from_at, withdrawn_at, .. } => (from_at < withdrawn_at).then_some(from_at),
    };
    let end = |(place, state): (usize, &PolicyState)| {
        let from_at = begins(state)?;
        let follows = |(other, at): &(usize, Timestamp)| *at > from_at || (*at == from_at && *other > place);
        let starts = versions.iter().enumerate().filter_map(|(other, state)| Some((other, begins(state)?)));
        let next = starts.filter(follows).map(|(_, at)| at).min();
        match *state {
            PolicyState::Withdrawn { withdrawn_at, .. } => Some(next.map_or(withdrawn_at, |at| at.min(withdrawn_at))),
            _ => next,
        }
    };
    versions.iter().enumerate().map(end).collect()
}

/// A segment with the time in which a published policy decides over it.
#[derive(Debug, Clone, Copy)]
pub struct InForce<'a> {
    /// Whose debts.
    pub segment: &'a Segment,
    /// From this moment on.
    pub from_at: Timestamp,
    /// Up to this moment, itself not included; for good where there is none.
    pub until_at: Option<Timestamp>,
}

impl InForce<'_> {
    /// Whether both decide over some debt at some moment: equal currency, equal tag, amounts and times that meet.
    pub fn overlaps(&self, other: &InForce<'_>) -> bool {
        let begins_before_end = |one: &InForce<'_>, two: &InForce<'_>| two.until_at.is_none_or(|end| one.from_at < end);
        self.segment.overlaps(other.segment) && begins_before_end(self, other) && begins_before_end(other, self)
    }
}

/// Refuses a policy that would decide where another one does.
///
/// # Errors
/// `policies_overlap`.
pub fn refuse_overlap<'a>(new: &InForce<'_>, others: impl IntoIterator<Item = InForce<'a>>) -> Result<(), Refusal> {
    match others.into_iter().any(|other| new.overlaps(&other)) {
        true => Err(Refusal::PoliciesOverlap),
        false => Ok(()),
    }
}
