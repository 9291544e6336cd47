//! What a flow answers when it does not succeed: an expected refusal with a stable code, or a fault.

use saldo_domain::Refusal;
use saldo_domain::import::RowFault;
use saldo_providers::payment::ProviderFault;
use saldo_store::{Outage, StoreFault};
use std::io::ErrorKind;

/// A refusal or a fault.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// An expected "no".
    #[error(transparent)]
    Refused(#[from] AppRefusal),
    /// Something broke: logged with its context, shown as a calm page.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Failure {
    /// What is wrong with the database or the disk for now, where that is why.
    pub fn outage(&self) -> Option<Outage> {
        match self {
            Self::Fault(Fault::Store(fault)) => fault.outage(),
            Self::Fault(Fault::Disk(error)) => Some(match error.kind() {
                ErrorKind::StorageFull => Outage::Full,
                ErrorKind::ReadOnlyFilesystem => Outage::ReadOnly,
                _ => Outage::Disk,
            }),
            _ => None,
        }
    }
}

/// What broke.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database.
    #[error("store: {0}")]
    Store(StoreFault),
    /// A payment provider, in a way that is no answer for the debtor.
    #[error("provider: {0}")]
    Provider(ProviderFault),
    /// This node's disk.
    #[error("disk: {0}")]
    Disk(std::io::Error),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

/// An expected "no" of the app; the domain's own are one of them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppRefusal {
    /// A rule of the domain.
    #[error(transparent)]
    Domain(#[from] Refusal),
    /// The link is not genuine, not in force, withdrawn or ended: said alike.
    #[error("this link does not work any more")]
    LinkInvalid,
    /// No session, or an ended one.
    #[error("a session is needed")]
    SessionMissing,
    /// No API key, or an unknown or withdrawn one.
    #[error("an API key is needed")]
    KeyInvalid,
    /// The key may not do this.
    #[error("the API key lacks the scope {0}")]
    ScopeMissing(&'static str),
    /// The site is not on the creditor's list.
    #[error("this origin is not on the creditor's list")]
    OriginUnlisted,
    /// A widget's token whose time is over.
    #[error("the widget's token has ended")]
    TokenExpired,
    /// A widget's token that is not genuine, or not meant for this.
    #[error("the widget's token is not valid")]
    TokenInvalid,
    /// A widget's token that was signed with a key which was revoked.
    #[error("the key of the widget's token was revoked")]
    WidgetKeyRevoked,
    /// As many live keys for widgets as there may be.
    #[error("at most 5 keys for widgets can be live; revoke one first")]
    WidgetKeysFull,
    /// Events are never sent to such an address.
    #[error("events cannot go to this address: {0}")]
    SubscriberUrl(String),
    /// As many subscribers as there may be.
    #[error("there can be at most 20 subscribers; remove one first")]
    SubscribersFull,
    /// Too many in too short a time.
    #[error("too many requests")]
    TooManyRequests,
    /// The request cannot be read: a field missing, unknown or of another form.
    #[error("{0}")]
    Malformed(String),
    /// A request that moves money or sends a message came without its key.
    #[error("the header Idempotency-Key is needed")]
    IdempotencyKeyMissing,
    /// The key was used for another request.
    #[error("the idempotency key was used for another request")]
    IdempotencyMismatch,
    /// The payment provider cannot be reached or refuses to work now. Nothing was charged.
    #[error("the payment provider cannot be reached")]
    ProviderUnavailable,
    /// The provider does not take this currency or so small an amount.
    #[error("the provider does not take this payment")]
    ProviderRefused,
    /// A webhook whose signature, time or form is wrong.
    #[error("the event is not genuine")]
    EventRefused,
    /// No such provider here.
    #[error("no such provider")]
    ProviderUnknown,
    /// An invoice with this number and another content is there.
    #[error("an invoice with this number is there, with another content")]
    NumberTaken,
    /// Another payment has the bank's reference: it was recorded before.
    #[error("a payment with this bank reference is there")]
    BankReferenceTaken,
    /// Bad rows: nothing of the file was booked.
    #[error("{count} rows of the file cannot be booked")]
    ImportRefused {
        /// The first of them.
        faults: Vec<RowFault>,
        /// How many there are.
        count: u64,
    },
    /// The file as a whole cannot be read.
    #[error("the file cannot be read: {detail}")]
    FileUnreadable {
        /// Stable, in snake case.
        code: &'static str,
        /// What exactly.
        detail: String,
    },
}

impl AppRefusal {
    /// The stable code, in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Domain(refusal) => refusal.code(),
            Self::LinkInvalid => "link_invalid",
            Self::SessionMissing => "session_missing",
            Self::KeyInvalid => "key_invalid",
            Self::ScopeMissing(_) => "scope_missing",
            Self::OriginUnlisted => "origin_unlisted",
            Self::TokenExpired => "token_expired",
            Self::TokenInvalid => "token_invalid",
            Self::WidgetKeyRevoked => "key_revoked",
            Self::WidgetKeysFull => "widget_keys_full",
            Self::SubscriberUrl(_) => "subscriber_url",
            Self::SubscribersFull => "subscribers_full",
            Self::TooManyRequests => "too_many_requests",
            Self::Malformed(_) => "malformed",
            Self::IdempotencyKeyMissing => "idempotency_key_missing",
            Self::IdempotencyMismatch => "idempotency_mismatch",
            Self::ProviderUnavailable => "provider_unavailable",
            Self::ProviderRefused => "provider_refused",
            Self::EventRefused => "event_refused",
            Self::ProviderUnknown => "provider_unknown",
            Self::NumberTaken => "number_taken",
            Self::BankReferenceTaken => "bank_reference_taken",
            Self::ImportRefused { .. } => "import_refused",
            Self::FileUnreadable { code, .. } => code,
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(AppRefusal::Domain(refusal))
    }
}

impl From<StoreFault> for Failure {
    fn from(fault: StoreFault) -> Self {
        match fault {
            StoreFault::NotFound(_) => Refusal::NotFound.into(),
            fault => Self::Fault(Fault::Store(fault)),
        }
    }
}
