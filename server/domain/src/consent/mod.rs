//! By which channels a debtor lets itself be reached: consent with proof and time, withdrawal, and what came back.

mod phone;
mod reply;

pub use phone::is_e164;
pub use reply::{ReplyWord, read_reply};

use crate::Refusal;
use crate::calendar::Timestamp;
use crate::contact::ContactRules;
use crate::debtor::Debtor;
use crate::outcome::Outcome;
use crate::reminder::Channel;
use crate::snapshot::DebtorSnapshot;
use serde::{Deserialize, Serialize};

/// The most characters of a proof.
pub const PROOF_MAX: usize = 500;

/// The latest that is known of one channel of one debtor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelConsent {
    /// Which channel.
    pub channel: Channel,
    /// Where it stands.
    pub state: ConsentState,
    /// Since when.
    pub at: Timestamp,
    /// Through which door it came.
    pub source: ConsentSource,
    /// What shows it: a document, the words of a message, a provider's code.
    pub proof: String,
    /// The address or number that it was said of.
    pub address: Option<String>,
}

/// Where a channel stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentState {
    /// The debtor allowed it.
    Given,
    /// The debtor withdrew it.
    Withdrawn,
    /// The address does not work: messages come back for good.
    Bounced,
    /// The debtor called a message unwanted.
    Complained,
}

/// Through which door a change came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentSource {
    /// The debtor, on the portal.
    Debtor,
    /// A file.
    Import,
    /// A program with an API key.
    Api,
    /// One of the creditor's people.
    Console,
    /// The debtor's answer to a message.
    ReplyWord,
    /// The mail program's one click (RFC 8058).
    OneClick,
    /// The provider of the channel.
    Provider,
}

/// Why a channel may not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unusable {
    /// The country's rules do not have it.
    NotAuthorised,
    /// There is no address.
    NoAddress,
    /// It needs consent, and there is none on file.
    NoConsent,
    /// The debtor withdrew it.
    Withdrawn,
    /// Messages to this address came back for good.
    Bounced,
    /// The debtor called a message unwanted.
    Complained,
}

impl ConsentState {
    /// Its name on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Withdrawn => "withdrawn",
            Self::Bounced => "bounced",
            Self::Complained => "complained",
        }
    }

    /// Whether the debtor itself said no.
    pub fn is_no(self) -> bool {
        matches!(self, Self::Withdrawn | Self::Complained)
    }
}

impl ConsentSource {
    /// Its name on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Debtor => "debtor",
            Self::Import => "import",
            Self::Api => "api",
            Self::Console => "console",
            Self::ReplyWord => "reply_word",
            Self::OneClick => "one_click",
            Self::Provider => "provider",
        }
    }
}

impl Unusable {
    /// Its name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotAuthorised => "not_authorised",
            Self::NoAddress => "no_address",
            Self::NoConsent => "no_consent",
            Self::Withdrawn => "withdrawn",
            Self::Bounced => "bounced",
            Self::Complained => "complained",
        }
    }
}

/// Where a message on a channel goes; a banner needs no address.
pub fn address(debtor: &Debtor, channel: Channel) -> Option<&str> {
    match channel {
        Channel::Email => debtor.email.as_deref(),
        Channel::Sms | Channel::Whatsapp | Channel::Call => debtor.phone.as_deref().filter(|phone| is_e164(phone)),
        Channel::Letter => debtor.postal_address.as_deref(),
        Channel::Banner => Some(""),
    }
}

/// Whether a channel may be used towards a debtor.
///
/// # Errors
/// Why not.
pub fn may_use(snapshot: &DebtorSnapshot, rules: &ContactRules, channel: Channel) -> Result<(), Unusable> {
    standing(&snapshot.debtor, &snapshot.consents, rules, channel)
}

/// [`may_use`] from its parts. What was said of another address does not count, but for a no, which is meant of the channel.
///
/// # Errors
/// Why not.
pub fn standing(
    debtor: &Debtor,
    consents: &[ChannelConsent],
    rules: &ContactRules,
    channel: Channel,
) -> Result<(), Unusable> {
    if !rules.allows(channel) {
        return Err(Unusable::NotAuthorised);
    }
    let address = address(debtor, channel).ok_or(Unusable::NoAddress)?;
    let known = consents.iter().find(|consent| consent.channel == channel);
    let of_this = |consent: &ChannelConsent| consent.address.as_deref().is_none_or(|of| of == address);
    match known {
        Some(consent) if consent.state == ConsentState::Withdrawn => Err(Unusable::Withdrawn),
        Some(consent) if consent.state == ConsentState::Complained => Err(Unusable::Complained),
        Some(consent) if consent.state == ConsentState::Bounced && of_this(consent) => Err(Unusable::Bounced),
        Some(consent) if consent.state == ConsentState::Given && of_this(consent) => Ok(()),
        _ if rules.needs_consent(channel) => Err(Unusable::NoConsent),
        _ => Ok(()),
    }
}

/// Changes where a channel stands. The same again is no change. A no of the debtor's own ends only by its own word or by a
/// proof that is later than it: no file gives consent back, and no bounce hides it.
///
/// # Errors
/// `consent_withdrawn` where a proof is not later than the debtor's no.
pub fn change(known: Option<&ChannelConsent>, new: ChannelConsent) -> Result<Outcome<ChannelConsent>, Refusal> {
    let Some(known) = known else { return Ok(Outcome::Executed(new)) };
    if known.state == new.state && (known.address == new.address || known.state.is_no()) {
        return Ok(Outcome::AlreadyApplied);
    }
    match (known.state.is_no(), new.state) {
        (true, ConsentState::Bounced) => Ok(Outcome::AlreadyApplied),
        (true, ConsentState::Given) => match new.source {
            ConsentSource::Import => Ok(Outcome::AlreadyApplied),
            ConsentSource::Debtor | ConsentSource::ReplyWord => Ok(Outcome::Executed(new)),
            _ if new.at > known.at => Ok(Outcome::Executed(new)),
            _ => Err(Refusal::ConsentWithdrawn),
        },
        _ => Ok(Outcome::Executed(new)),
    }
}
