//! One try to pay at a provider.

use crate::Refusal;
use crate::allocation::AllocationOrder;
use crate::calendar::Timestamp;
use crate::concession::ItemConcession;
use crate::ids::{AccountId, AttemptId, CreditorId, DebtorId, PlanId};
use crate::money::Money;
use crate::outcome::Outcome;
use crate::provider::{Capture, CheckoutReport, FailureReason};
use serde::{Deserialize, Serialize};

/// One try at a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentAttempt {
    /// Made with the page; also the provider's idempotency key.
    pub id: AttemptId,
    /// Who is owed.
    pub creditor_id: CreditorId,
    /// Who owes.
    pub debtor_id: DebtorId,
    /// On which account.
    pub account_id: AccountId,
    /// The provider's name: `stripe`, `sandbox`.
    pub provider: String,
    /// What is to be taken.
    pub amount: Money,
    /// What it pays.
    pub order: AllocationOrder,
    /// What the items close beside the money, while it is honoured.
    pub concessions: Vec<ItemConcession>,
    /// Who began it.
    pub origin: AttemptOrigin,
    /// The balance that the debtor saw.
    pub balance_version: i64,
    /// When it began.
    pub created_at: Timestamp,
    /// After this the provider takes no more money for it.
    pub expires_at: Timestamp,
    /// The provider's hosted page, once it is known.
    pub checkout: Option<Checkout>,
    /// Where it stands.
    pub state: AttemptState,
}

/// Who began an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "origin", rename_all = "snake_case")]
pub enum AttemptOrigin {
    /// The debtor, on a page.
    #[default]
    Debtor,
    /// Saldo, on the due date of an instalment, with the method that the debtor saved.
    Autopay {
        /// The plan.
        plan_id: PlanId,
        /// The instalment's number.
        instalment: u32,
        /// 1 for the first try.
        try_number: u32,
    },
}

/// The provider's hosted payment session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkout {
    /// The provider's name of it.
    pub reference: String,
    /// Where the debtor pays.
    pub url: String,
}

/// Where an attempt stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum AttemptState {
    /// Written before the provider was asked.
    Created,
    /// Submitted; the bank has not answered.
    Pending {
        /// Since when we know.
        since: Timestamp,
    },
    /// The debtor must prove something to the bank.
    RequiresAction {
        /// Since when we know.
        since: Timestamp,
    },
    /// Taken.
    Succeeded {
        /// What the provider took.
        capture: Capture,
    },
    /// Not taken, and it cannot be any more.
    Failed {
        /// When we learnt it.
        failed_at: Timestamp,
        /// Why.
        reason: FailureReason,
    },
    /// The debtor gave it up.
    Canceled {
        /// When.
        canceled_at: Timestamp,
    },
    /// It ended unused.
    Expired {
        /// When we learnt it.
        expired_at: Timestamp,
    },
}

impl AttemptState {
    /// The word under which it is stored and shown.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Pending { .. } => "pending",
            Self::RequiresAction { .. } => "requires_action",
            Self::Succeeded { .. } => "succeeded",
            Self::Failed { .. } => "failed",
            Self::Canceled { .. } => "canceled",
            Self::Expired { .. } => "expired",
        }
    }

    /// Whether money may still come of it.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Created | Self::Pending { .. } | Self::RequiresAction { .. })
    }
}

/// What a report changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observed {
    /// The attempt in its next state.
    pub attempt: PaymentAttempt,
    /// Money to be booked. Booking is by the payment's reference, so a repeated report books nothing.
    pub capture: Option<Capture>,
}

impl PaymentAttempt {
    /// Takes in what the provider says. Money that was taken counts from every state: a late success is still a success,
    /// and a second payment of the same checkout is handed on to be booked as credit.
    ///
    /// # Errors
    /// `report_mismatch` when another amount, or money in another currency, is reported.
    pub fn observe(self, report: CheckoutReport, now: Timestamp) -> Result<Outcome<Observed>, Refusal> {
        let next = match (&self.state, report) {
            (AttemptState::Succeeded { capture: known }, CheckoutReport::Captured(capture)) => {
                if known.payment_reference == capture.payment_reference {
                    return Ok(Outcome::AlreadyApplied);
                }
                return self.captured(capture, false);
            }
            (_, CheckoutReport::Captured(capture)) => return self.captured(capture, true),
            (state, _) if !state.is_open() => return Ok(Outcome::AlreadyApplied),
            (AttemptState::Pending { .. }, CheckoutReport::Pending | CheckoutReport::Open)
            | (AttemptState::RequiresAction { .. }, CheckoutReport::RequiresAction | CheckoutReport::Open)
            | (AttemptState::Created, CheckoutReport::Open) => return Ok(Outcome::AlreadyApplied),
            (_, CheckoutReport::Open) => return Ok(Outcome::AlreadyApplied),
            (_, CheckoutReport::Pending) => AttemptState::Pending { since: now },
            (_, CheckoutReport::RequiresAction) => AttemptState::RequiresAction { since: now },
            (_, CheckoutReport::Failed { reason }) => AttemptState::Failed { failed_at: now, reason },
            (_, CheckoutReport::Expired) => AttemptState::Expired { expired_at: now },
        };
        Ok(Outcome::Executed(Observed { attempt: Self { state: next, ..self }, capture: None }))
    }

    fn captured(mut self, capture: Capture, first: bool) -> Result<Outcome<Observed>, Refusal> {
        if capture.amount != self.amount {
            return Err(Refusal::ReportMismatch);
        }
        if first {
            self.state = AttemptState::Succeeded { capture: capture.clone() };
        }
        Ok(Outcome::Executed(Observed { attempt: self, capture: Some(capture) }))
    }

    /// The debtor gives it up.
    pub fn cancel(self, now: Timestamp) -> Outcome<Self> {
        if self.state.is_open() {
            Outcome::Executed(Self { state: AttemptState::Canceled { canceled_at: now }, ..self })
        } else {
            Outcome::AlreadyApplied
        }
    }
}
