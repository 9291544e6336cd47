//! A bank transfer that the debtor says it has made.

use crate::Refusal;
use crate::actor::Actor;
use crate::calendar::{Date, Timestamp, Zone, plus_days};
use crate::free_text::{line, message};
use crate::ids::{AccountId, PaymentId, TransferId};
use crate::money::Money;
use crate::outcome::Outcome;
use serde::{Deserialize, Serialize};

/// For how many days a declared transfer keeps reminders silent.
pub const SILENT_DAYS: i32 = 5;
/// A transfer may have been made at most this many days ago.
pub const MADE_DAYS_MAX: i32 = 60;
/// How many of one account may wait at a time.
pub const WAITING_MAX: usize = 3;
/// The most characters of the bank's reference.
pub const REFERENCE_MAX: usize = 80;
/// The most characters of the note with which one is rejected.
pub const NOTE_MAX: usize = 2_000;

/// A transfer that the debtor says it has made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeclaredTransfer {
    /// Its id.
    pub id: TransferId,
    /// On which account.
    pub account_id: AccountId,
    /// How much.
    pub amount: Money,
    /// The day on which it was made.
    pub made_on: Date,
    /// The bank's reference, where the debtor gave it.
    pub reference: Option<String>,
    /// When it was declared.
    pub declared_at: Timestamp,
    /// By whom.
    pub declared_by: Actor,
    /// Where it stands.
    pub state: TransferState,
}

/// Where a declared transfer stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TransferState {
    /// The bank's statement has not been looked at.
    Waiting,
    /// The money came.
    Matched {
        /// When it was found.
        at: Timestamp,
        /// By whom.
        by: Actor,
        /// The payment, where it is in the books.
        payment_id: Option<PaymentId>,
    },
    /// It did not.
    Rejected {
        /// When that was decided.
        at: Timestamp,
        /// By whom.
        by: Actor,
        /// What was found.
        note: String,
    },
}

impl TransferState {
    /// The stable word.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Matched { .. } => "matched",
            Self::Rejected { .. } => "rejected",
        }
    }
}

/// What is to be declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTransfer {
    /// Made with the page: the same id is the same transfer.
    pub id: TransferId,
    /// On which account.
    pub account_id: AccountId,
    /// How much.
    pub amount: Money,
    /// The day on which it was made.
    pub made_on: Date,
    /// The bank's reference; blank for none.
    pub reference: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Actor,
}

/// Declares a transfer; `waiting` are those of the account that wait.
///
/// # Errors
/// `amount_not_positive`, `transfer_date`, `text_length`, `card_number_in_text`, `transfers_waiting`.
pub fn declare(
    new: NewTransfer,
    waiting: &[DeclaredTransfer],
    today: Date,
) -> Result<Outcome<DeclaredTransfer>, Refusal> {
    if waiting.iter().any(|transfer| transfer.id == new.id) {
        return Ok(Outcome::AlreadyApplied);
    }
    let amount = new.amount.positive()?;
    let from_on = plus_days(today, -MADE_DAYS_MAX)?;
    if new.made_on < from_on || new.made_on > today {
        return Err(Refusal::TransferDate { from_on });
    }
    let blank = new.reference.trim().is_empty();
    let reference = if blank { None } else { Some(line("reference", &new.reference, REFERENCE_MAX)?) };
    if waiting.iter().filter(|transfer| transfer.account_id == new.account_id).count() >= WAITING_MAX {
        return Err(Refusal::TransfersWaiting);
    }
    Ok(Outcome::Executed(DeclaredTransfer {
        id: new.id,
        account_id: new.account_id,
        amount,
        made_on: new.made_on,
        reference,
        declared_at: new.at,
        declared_by: new.by,
        state: TransferState::Waiting,
    }))
}

impl DeclaredTransfer {
    /// The last local date on which it keeps reminders silent.
    ///
    /// # Errors
    /// `date_out_of_range`.
    pub fn silent_until(&self, zone: &Zone) -> Result<Date, Refusal> {
        plus_days(zone.date_at(self.declared_at), SILENT_DAYS)
    }

    /// Whether it keeps reminders silent on a local date.
    pub fn is_live(&self, zone: &Zone, today: Date) -> bool {
        self.state == TransferState::Waiting && self.silent_until(zone).is_ok_and(|until_on| today <= until_on)
    }

    /// Notes that the money came.
    ///
    /// # Errors
    /// `claim_closed`.
    pub fn matched(self, payment_id: Option<PaymentId>, at: Timestamp, by: Actor) -> Result<Outcome<Self>, Refusal> {
        match &self.state {
            TransferState::Waiting => {
                Ok(Outcome::Executed(Self { state: TransferState::Matched { at, by, payment_id }, ..self }))
            }
            TransferState::Matched { payment_id: known, .. } if *known == payment_id => Ok(Outcome::AlreadyApplied),
            _ => Err(Refusal::ClaimClosed),
        }
    }

    /// Notes that it did not.
    ///
    /// # Errors
    /// `text_length`, `card_number_in_text`, `claim_closed`.
    pub fn reject(self, note: &str, at: Timestamp, by: Actor) -> Result<Outcome<Self>, Refusal> {
        match &self.state {
            TransferState::Waiting => {
                let note = message("note", note, NOTE_MAX)?;
                Ok(Outcome::Executed(Self { state: TransferState::Rejected { at, by, note }, ..self }))
            }
            TransferState::Rejected { .. } => Ok(Outcome::AlreadyApplied),
            TransferState::Matched { .. } => Err(Refusal::ClaimClosed),
        }
    }
}
