//! What a creditor's own programs are told of, and when they are told again.

use serde::{Deserialize, Serialize};

/// The version of the events' bodies. A field is only ever added under a new version.
pub const BODY_VERSION: u32 = 1;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EventKind {
    /// An invoice, a fee or interest is claimed.
    #[serde(rename = "invoice.issued")]
    InvoiceIssued,
    /// What an invoice claims, when it is due or what is open of it has changed.
    #[serde(rename = "invoice.updated")]
    InvoiceUpdated,
    /// Nothing is owed on an invoice any more.
    #[serde(rename = "invoice.paid")]
    InvoicePaid,
    /// Money came in.
    #[serde(rename = "payment.recorded")]
    PaymentRecorded,
    /// Money of a payment was given back.
    #[serde(rename = "refund.recorded")]
    RefundRecorded,
    /// The bank took money of a payment back.
    #[serde(rename = "chargeback.recorded")]
    ChargebackRecorded,
    /// Money that had gone back counts again.
    #[serde(rename = "payment.restored")]
    PaymentRestored,
    /// A payment plan is in force.
    #[serde(rename = "plan.accepted")]
    PlanAccepted,
    /// All of a plan is paid.
    #[serde(rename = "plan.completed")]
    PlanCompleted,
    /// A plan was not kept: the rest is due.
    #[serde(rename = "plan.broken")]
    PlanBroken,
    /// A plan was ended by a person, or never began.
    #[serde(rename = "plan.canceled")]
    PlanCanceled,
    /// A date was promised.
    #[serde(rename = "promise.made")]
    PromiseMade,
    /// A promise was taken back.
    #[serde(rename = "promise.withdrawn")]
    PromiseWithdrawn,
    /// The promised day has passed, and the money had not come.
    #[serde(rename = "promise.broken")]
    PromiseBroken,
    /// A debtor contests an invoice.
    #[serde(rename = "dispute.opened")]
    DisputeOpened,
    /// A dispute was decided or taken back.
    #[serde(rename = "dispute.resolved")]
    DisputeResolved,
    /// A channel took a message.
    #[serde(rename = "message.sent")]
    MessageSent,
    /// A message did not arrive, or nobody knows.
    #[serde(rename = "message.failed")]
    MessageFailed,
    /// What a debtor owes in one currency has changed.
    #[serde(rename = "balance.changed")]
    BalanceChanged,
    /// Somebody tries whether events arrive.
    #[serde(rename = "subscriber.test")]
    Test,
}

impl EventKind {
    /// Those that can be asked for, in the order in which they are shown.
    pub const ALL: [Self; 19] = [
        Self::InvoiceIssued,
        Self::InvoiceUpdated,
        Self::InvoicePaid,
        Self::PaymentRecorded,
        Self::RefundRecorded,
        Self::ChargebackRecorded,
        Self::PaymentRestored,
        Self::PlanAccepted,
        Self::PlanCompleted,
        Self::PlanBroken,
        Self::PlanCanceled,
        Self::PromiseMade,
        Self::PromiseWithdrawn,
        Self::PromiseBroken,
        Self::DisputeOpened,
        Self::DisputeResolved,
        Self::MessageSent,
        Self::MessageFailed,
        Self::BalanceChanged,
    ];

    /// The stable word.
    pub fn name(self) -> &'static str {
        match self {
            Self::InvoiceIssued => "invoice.issued",
            Self::InvoiceUpdated => "invoice.updated",
            Self::InvoicePaid => "invoice.paid",
            Self::PaymentRecorded => "payment.recorded",
            Self::RefundRecorded => "refund.recorded",
            Self::ChargebackRecorded => "chargeback.recorded",
            Self::PaymentRestored => "payment.restored",
            Self::PlanAccepted => "plan.accepted",
            Self::PlanCompleted => "plan.completed",
            Self::PlanBroken => "plan.broken",
            Self::PlanCanceled => "plan.canceled",
            Self::PromiseMade => "promise.made",
            Self::PromiseWithdrawn => "promise.withdrawn",
            Self::PromiseBroken => "promise.broken",
            Self::DisputeOpened => "dispute.opened",
            Self::DisputeResolved => "dispute.resolved",
            Self::MessageSent => "message.sent",
            Self::MessageFailed => "message.failed",
            Self::BalanceChanged => "balance.changed",
            Self::Test => "subscriber.test",
        }
    }

    /// The kind of a word.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().chain([Self::Test]).find(|kind| kind.name() == name)
    }
}

/// After so many failures in a row a subscriber is left alone for a while, then asked with one event.
pub const FAILURES_MAX: u32 = 5;
/// Seconds for which an event is offered again, from when it was first due: five days.
pub const OFFERED_SECONDS: i64 = 5 * 86_400;

/// Seconds before an event is offered again that failed so often (from 1).
pub fn pause_of_event(failures: u32) -> i64 {
    const PAUSES: [i64; 8] = [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400];
    let place = usize::try_from(failures.saturating_sub(1)).unwrap_or(usize::MAX);
    PAUSES.get(place).copied().unwrap_or(21_600)
}

/// Seconds for which a subscriber is left alone that failed so often in a row; none below [`FAILURES_MAX`].
pub fn pause_of_subscriber(failures: u32) -> Option<i64> {
    let beyond = failures.checked_sub(FAILURES_MAX)?;
    Some((30_i64 << beyond.min(6)).min(1_800))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_one_word_that_names_it() {
        for kind in EventKind::ALL.into_iter().chain([EventKind::Test]) {
            assert_eq!(EventKind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(EventKind::from_name("invoice"), None);
    }

    #[test]
    fn pauses_grow_and_end() {
        assert_eq!([1, 2, 8, 9, u32::MAX].map(pause_of_event), [5, 30, 14_400, 21_600, 21_600]);
        let pauses = [0, 4, 5, 6, 10, 11, u32::MAX].map(pause_of_subscriber);
        assert_eq!(pauses, [None, None, Some(30), Some(60), Some(960), Some(1_800), Some(1_800)]);
    }
}
