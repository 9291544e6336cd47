//! The debtor contests a claim.

use crate::Refusal;
use crate::actor::Actor;
use crate::calendar::Timestamp;
use crate::free_text::message;
use crate::ids::{DisputeId, InvoiceId};
use crate::invoice::{Invoice, InvoiceStatus};
use crate::outcome::Outcome;
use serde::{Deserialize, Serialize};

/// The most characters of a dispute's message, and of the note that resolves it.
pub const MESSAGE_MAX: usize = 2_000;

/// Why a claim is contested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeReason {
    /// It is somebody else's.
    NotMine,
    /// It was paid before.
    AlreadyPaid,
    /// Another amount was agreed.
    WrongAmount,
    /// Nothing came.
    NotDelivered,
    /// What came was not as agreed.
    Quality,
    /// Anything else.
    Other,
}

impl DisputeReason {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::NotMine, Self::AlreadyPaid, Self::WrongAmount, Self::NotDelivered, Self::Quality, Self::Other];

    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotMine => "not_mine",
            Self::AlreadyPaid => "already_paid",
            Self::WrongAmount => "wrong_amount",
            Self::NotDelivered => "not_delivered",
            Self::Quality => "quality",
            Self::Other => "other",
        }
    }

    /// The reason that a word names.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == word)
    }
}

/// A contested claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Its id.
    pub id: DisputeId,
    /// The claim.
    pub invoice_id: InvoiceId,
    /// Why.
    pub reason: DisputeReason,
    /// In the debtor's words.
    pub message: String,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Who opened it: the debtor, or finance on its behalf.
    pub opened_by: Actor,
    /// Where it stands.
    pub state: DisputeState,
}

/// Where a dispute stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum DisputeState {
    /// Nobody has decided.
    Open,
    /// Decided.
    Resolved {
        /// When.
        at: Timestamp,
        /// By whom.
        by: Actor,
        /// For whom.
        outcome: DisputeOutcome,
        /// What was found.
        note: String,
    },
    /// Taken back by who opened it.
    Withdrawn {
        /// When.
        at: Timestamp,
        /// By whom.
        by: Actor,
    },
}

impl DisputeState {
    /// The stable word.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Resolved { .. } => "resolved",
            Self::Withdrawn { .. } => "withdrawn",
        }
    }
}

/// For whom a dispute was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeOutcome {
    /// The debtor is right; what follows for the books is another command.
    Upheld,
    /// The claim stands.
    Rejected,
}

impl DisputeOutcome {
    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Upheld => "upheld",
            Self::Rejected => "rejected",
        }
    }

    /// The outcome that a word names.
    pub fn find(word: &str) -> Option<Self> {
        [Self::Upheld, Self::Rejected].into_iter().find(|outcome| outcome.name() == word)
    }
}

/// What is to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDispute {
    /// Made with the page: the same id is the same dispute.
    pub id: DisputeId,
    /// Why.
    pub reason: DisputeReason,
    /// In the debtor's words.
    pub message: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
}

/// Opens a dispute of an invoice; `open` is the dispute of it that is open now.
///
/// # Errors
/// `text_length`, `card_number_in_text`, `invoice_not_open`, `dispute_open`.
pub fn open(invoice: &Invoice, new: NewDispute, open: Option<&Dispute>) -> Result<Outcome<Dispute>, Refusal> {
    if open.is_some_and(|known| known.id == new.id) {
        return Ok(Outcome::AlreadyApplied);
    }
    let message = message("message", &new.message, MESSAGE_MAX)?;
    if !matches!(invoice.status, InvoiceStatus::Open { .. }) {
        return Err(Refusal::InvoiceNotOpen);
    }
    if open.is_some() {
        return Err(Refusal::DisputeOpen);
    }
    Ok(Outcome::Executed(Dispute {
        id: new.id,
        invoice_id: invoice.id,
        reason: new.reason,
        message,
        opened_at: new.at,
        opened_by: new.by,
        state: DisputeState::Open,
    }))
}

impl Dispute {
    /// Whether nobody has decided.
    pub fn is_open(&self) -> bool {
        self.state == DisputeState::Open
    }

    /// Decides it. Deciding it again the same way changes nothing and keeps the first note.
    ///
    /// # Errors
    /// `text_length`, `card_number_in_text`, `claim_closed`.
    pub fn resolve(
        self,
        outcome: DisputeOutcome,
        note: &str,
        at: Timestamp,
        by: Actor,
    ) -> Result<Outcome<Self>, Refusal> {
        match &self.state {
            DisputeState::Open => {
                let note = message("note", note, MESSAGE_MAX)?;
                Ok(Outcome::Executed(Self { state: DisputeState::Resolved { at, by, outcome, note }, ..self }))
            }
            DisputeState::Resolved { outcome: known, .. } if *known == outcome => Ok(Outcome::AlreadyApplied),
            _ => Err(Refusal::ClaimClosed),
        }
    }

    /// Takes it back.
    ///
    /// # Errors
    /// `claim_closed`.
    pub fn withdraw(self, at: Timestamp, by: Actor) -> Result<Outcome<Self>, Refusal> {
        match &self.state {
            DisputeState::Open => Ok(Outcome::Executed(Self { state: DisputeState::Withdrawn { at, by }, ..self })),
            DisputeState::Withdrawn { .. } => Ok(Outcome::AlreadyApplied),
            DisputeState::Resolved { .. } => Err(Refusal::ClaimClosed),
        }
    }
}
