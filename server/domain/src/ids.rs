//! Typed ids. All are UUIDs (version 7, made by the caller), so that they sort by time and never mix.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

ids! {
    /// A business that is owed and runs its portal.
    CreditorId,
    /// A party that owes.
    DebtorId,
    /// One debtor's relationship with one creditor in one currency.
    AccountId,
    /// An invoice, and the open item that is left of it.
    InvoiceId,
    /// A balanced group of journal lines.
    EntryId,
    /// Money received.
    PaymentId,
    /// One try at a provider. Made with the page, so that a repeated form is the same attempt.
    AttemptId,
    /// Money returned by us.
    RefundId,
    /// A file that came with a dispute or a declared transfer.
    AttachmentId,
    /// One import of a file.
    ImportId,
    /// One message to a debtor.
    ReminderId,
    /// One hand-over of a message, whatever it says.
    MessageId,
    /// A kept decision.
    DecisionId,
    /// A dunning policy over the books of the days ahead.
    RehearsalId,
    /// A call that an agent made.
    CallId,
    /// A task for an agent to call.
    CallTaskId,
    /// A letter on paper.
    LetterId,
    /// A stored row of an access link; the token's `jti` is another thing.
    AccessLinkId,
    /// An API key's row.
    ApiKeyId,
    /// A job's row.
    JobId,
    /// A verified, archived provider webhook.
    InboundEventId,
    /// One version of a policy: a discount's, a plan template's, a late charge's.
    PolicyId,
    /// All versions of one policy.
    PolicyFamilyId,
    /// What was agreed with a debtor, or is proposed.
    PlanId,
    /// Somebody who signs in to the console.
    MemberId,
    /// A claim that a debtor contests.
    DisputeId,
    /// A date that a debtor named.
    PromiseId,
    /// A bank transfer that a debtor says it made.
    TransferId,
    /// A manual hold.
    HoldId,
    /// Less, accepted as payment in full.
    SettlementOfferId,
    /// A payment method that a provider keeps for a debtor.
    SavedMethodId,
    /// A payment that the card holder disputed at the bank.
    ChargebackId,
    /// A row of the audit log.
    AuditId,
    /// A key with which a creditor signs tokens for widgets.
    WidgetKeyId,
    /// A program of a creditor's own that is told of events.
    SubscriberId,
    /// Something that happened, as subscribers are told.
    OutboundEventId,
}
