//! What all policies share: their kinds, and when two of them would both decide.

use crate::Refusal;
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
}

impl PolicyKind {
    /// Its name on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Discount => "discount",
            Self::PlanTemplate => "plan_template",
            Self::LateFee => "late_fee",
        }
    }

    /// Whether at most one policy of the kind may be in force for one segment at one time. Of plan templates a debtor may
    /// be offered several.
    pub fn is_exclusive(self) -> bool {
        !matches!(self, Self::PlanTemplate)
    }
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
