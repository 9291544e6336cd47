//! What is asked of a provider about saved payment methods.

use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{AttemptId, CreditorId, SavedMethodId};
use saldo_domain::locale::Locale;
use saldo_domain::money::Money;
use saldo_domain::provider::{Capture, CheckoutReport, FailureReason};

/// A hosted page on which one payment method is to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSetup {
    /// The method that it is opened for: also the idempotency key, and what the provider carries back in its events.
    pub setup_id: SavedMethodId,
    /// Who may charge it.
    pub creditor_id: CreditorId,
    /// Filled in on the provider's page, where known.
    pub debtor_email: Option<String>,
    /// The debtor's language and country.
    pub locale: Locale,
    /// Where the provider leads the debtor after saving.
    pub success_url: String,
    /// Where it leads on giving up.
    pub cancel_url: String,
    /// When the page ends, within [`checkout_life`](super::PaymentProvider::checkout_life). A repeated request of one setup
    /// must carry the same moment.
    pub expires_at: Timestamp,
}

/// Money to be taken from a saved method while the debtor is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeSaved {
    /// The attempt: also the idempotency key, and what the provider carries back in its events.
    pub attempt_id: AttemptId,
    /// Who is owed.
    pub creditor_id: CreditorId,
    /// As [`SavedMethodFacts`](saldo_domain::provider::SavedMethodFacts) names it.
    pub holder_reference: String,
    /// As [`SavedMethodFacts`](saldo_domain::provider::SavedMethodFacts) names it.
    pub method_reference: String,
    /// How much, from the ledger.
    pub amount: Money,
    /// What for.
    pub description: String,
    /// When the attempt was written: nothing of it is older at the provider.
    pub started_at: Timestamp,
}

/// Which charge is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindCharge {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// Whose method was charged.
    pub holder_reference: String,
    /// When the attempt was written: nothing of it is older at the provider.
    pub started_at: Timestamp,
}

impl ChargeSaved {
    /// How to look for this charge.
    pub fn to_find(&self) -> FindCharge {
        FindCharge {
            attempt_id: self.attempt_id,
            holder_reference: self.holder_reference.clone(),
            started_at: self.started_at,
        }
    }
}

/// What a provider says of a charge to a saved method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChargeReport {
    /// Taken.
    Captured(Capture),
    /// Submitted; the bank has not answered yet.
    Pending,
    /// The bank asks for the debtor, who is away: it ended, and only the debtor can pay.
    AuthenticationNeeded,
    /// It did not succeed and cannot any more.
    Failed {
        /// Why.
        reason: FailureReason,
    },
}

impl ChargeReport {
    /// A charge that ended without money.
    pub fn failed(reason: FailureReason) -> Self {
        match reason {
            FailureReason::AuthenticationFailed => Self::AuthenticationNeeded,
            reason => Self::Failed { reason },
        }
    }
}

impl From<ChargeReport> for CheckoutReport {
    fn from(report: ChargeReport) -> Self {
        match report {
            ChargeReport::Captured(capture) => Self::Captured(capture),
            ChargeReport::Pending => Self::Pending,
            ChargeReport::AuthenticationNeeded => Self::Failed { reason: FailureReason::AuthenticationFailed },
            ChargeReport::Failed { reason } => Self::Failed { reason },
        }
    }
}
