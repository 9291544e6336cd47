//! What a payment provider tells us, in our own words. No provider's type crosses this line.

use crate::calendar::Timestamp;
use crate::ids::{AttemptId, RefundId, SavedMethodId};
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// Money that a provider has taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// The provider's name of the payment: with the provider's name and "capture", the key under which it is booked once.
    pub payment_reference: String,
    /// What was taken.
    pub amount: Money,
    /// When the provider counts it as successful.
    pub captured_at: Timestamp,
}

/// Money that a provider has given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderRefund {
    /// The provider's name of the refund.
    pub refund_reference: String,
    /// The payment that it gives back.
    pub payment_reference: String,
    /// Our refund, where we asked for it.
    pub refund_id: Option<RefundId>,
    /// What was given back.
    pub amount: Money,
    /// When.
    pub refunded_at: Timestamp,
}

/// Why a payment did not succeed, in words that a debtor can act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureReason {
    /// The bank refused without saying why.
    Declined,
    /// Not enough money.
    InsufficientFunds,
    /// The bank asked for proof that was not given.
    AuthenticationFailed,
    /// A bank debit came back.
    DebitReturned,
    /// Anything else.
    Other,
}

impl FailureReason {
    /// The stable code, in snake case.
    pub fn code(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::InsufficientFunds => "insufficient_funds",
            Self::AuthenticationFailed => "authentication_failed",
            Self::DebitReturned => "debit_returned",
            Self::Other => "other",
        }
    }
}

/// What a provider says of one checkout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "report", rename_all = "snake_case")]
pub enum CheckoutReport {
    /// The debtor may still pay there.
    Open,
    /// The debtor must prove something to the bank.
    RequiresAction,
    /// Submitted; the bank has not answered yet.
    Pending,
    /// Taken.
    Captured(Capture),
    /// It did not succeed and cannot any more.
    Failed {
        /// Why.
        reason: FailureReason,
    },
    /// The debtor left it until it ended.
    Expired,
}

/// How a saved payment method is told apart by people: never a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedMethodFacts {
    /// The provider's name of the one to whom the method belongs there.
    pub holder_reference: String,
    /// The provider's name of the method.
    pub method_reference: String,
    /// The kind, in the provider's word: `card`.
    pub kind: String,
    /// Who issued it: `visa`.
    pub brand: String,
    /// The last four digits.
    pub last4: String,
    /// The last month in which it works, where it ends.
    pub expires: Option<MethodExpiry>,
}

/// The last month in which a saved method works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodExpiry {
    /// The year, of four digits.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
}

/// What a provider says of one page on which a method is saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "report", rename_all = "snake_case")]
pub enum SetupReport {
    /// The debtor may still save there.
    Open,
    /// Saved.
    Saved(SavedMethodFacts),
    /// The debtor left it until it ended.
    Expired,
    /// It did not succeed and cannot any more.
    Failed {
        /// Why.
        reason: FailureReason,
    },
}

/// A payment that its card holder disputes at the bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderChargeback {
    /// The provider's name of the chargeback.
    pub chargeback_reference: String,
    /// The payment that it takes back.
    pub payment_reference: String,
    /// What is disputed.
    pub amount: Money,
    /// Where it stands.
    pub standing: ChargebackStanding,
    /// Since when.
    pub at: Timestamp,
}

/// Where a chargeback stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargebackStanding {
    /// The bank has taken the money back; the business may answer.
    Opened,
    /// The business was right: the money is back.
    Won,
    /// The card holder keeps the money.
    Lost,
}

impl ChargebackStanding {
    /// The word under which it is stored and shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Won => "won",
            Self::Lost => "lost",
        }
    }

    /// Whether nothing follows.
    pub fn is_final(self) -> bool {
        self != Self::Opened
    }
}

/// One verified event of a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderEvent {
    /// The provider's name of the event: repeated deliveries share it.
    pub event_reference: String,
    /// When it happened there.
    pub occurred_at: Timestamp,
    /// Whether it moves real money.
    pub live: bool,
    /// The provider's account that it belongs to, where it says so.
    pub provider_account: Option<String>,
    /// What happened.
    pub subject: EventSubject,
}

/// What an event is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "subject", rename_all = "snake_case")]
pub enum EventSubject {
    /// A checkout of ours, by the attempt's id that we gave.
    Checkout {
        /// The attempt that the provider carries for us; none when the object is not ours.
        attempt_id: Option<AttemptId>,
        /// The provider's name of the checkout.
        checkout_reference: String,
        /// What it says.
        report: CheckoutReport,
    },
    /// Money given back.
    Refund(ProviderRefund),
    /// A refund that did not reach the debtor.
    RefundFailed {
        /// Our refund, where we asked for it.
        refund_id: Option<RefundId>,
        /// The provider's name of the refund.
        refund_reference: String,
    },
    /// A page on which a method was to be saved has ended; how, the provider tells who asks.
    Setup {
        /// The method that it was opened for; none when the object is not ours.
        setup_id: Option<SavedMethodId>,
        /// The provider's name of the page.
        setup_reference: String,
    },
    /// A payment was disputed at the bank, or such a dispute ended.
    Chargeback(ProviderChargeback),
    /// Something else: kept and shown, never dropped.
    Other {
        /// The provider's word for it.
        kind: String,
        /// The provider's name of the object.
        object_reference: Option<String>,
    },
}
