//! What a column can hold.

use crate::import::ImportRefusal;
use crate::reminder::Channel;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The creditor's number of the invoice.
    InvoiceNumber,
    /// The creditor's own key for the debtor.
    DebtorReference,
    /// The debtor's name.
    DebtorName,
    /// Where reminders go.
    Email,
    /// The debtor's phone.
    Phone,
    /// What the debtor reads.
    Language,
    /// Where the debtor is.
    Country,
    /// The debtor's time zone.
    Zone,
    /// Where letters to the debtor go.
    PostalAddress,
    /// Whether the debtor allows e-mail.
    ConsentEmail,
    /// Whether the debtor allows text messages.
    ConsentSms,
    /// Whether the debtor allows WhatsApp.
    ConsentWhatsapp,
    /// Whether the debtor allows letters.
    ConsentLetter,
    /// Whether the debtor allows calls.
    ConsentCall,
    /// What shows the row's consents.
    ConsentProof,
    /// The day on which they were given or withdrawn.
    ConsentOn,
    /// The day of issue.
    IssuedOn,
    /// The last day to pay on time.
    DueOn,
    /// What the invoice claims.
    Amount,
    /// What is still open of it.
    Outstanding,
    /// The currency of the amount.
    Currency,
    /// The day on which it was paid.
    SettledOn,
    /// Open, paid or void, in words.
    Status,
    /// Whether the debtor contests it.
    Disputed,
    /// What it is for.
    Description,
    /// Nothing that Saldo keeps.
    Ignore,
}

impl Field {
    /// Every field, in the order in which people are shown them.
    pub const ALL: [Self; 26] = [
        Self::InvoiceNumber,
        Self::DebtorReference,
        Self::DebtorName,
        Self::Email,
        Self::Phone,
        Self::Language,
        Self::Country,
        Self::Zone,
        Self::PostalAddress,
        Self::ConsentEmail,
        Self::ConsentSms,
        Self::ConsentWhatsapp,
        Self::ConsentLetter,
        Self::ConsentCall,
        Self::ConsentProof,
        Self::ConsentOn,
        Self::IssuedOn,
        Self::DueOn,
        Self::Amount,
        Self::Outstanding,
        Self::Currency,
        Self::SettledOn,
        Self::Status,
        Self::Disputed,
        Self::Description,
        Self::Ignore,
    ];

    /// The name in `--map` and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::InvoiceNumber => "invoice_number",
            Self::DebtorReference => "debtor_reference",
            Self::DebtorName => "debtor_name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Language => "language",
            Self::Country => "country",
            Self::Zone => "zone",
            Self::PostalAddress => "postal_address",
            Self::ConsentEmail => "consent_email",
            Self::ConsentSms => "consent_sms",
            Self::ConsentWhatsapp => "consent_whatsapp",
            Self::ConsentLetter => "consent_letter",
            Self::ConsentCall => "consent_call",
            Self::ConsentProof => "consent_proof",
            Self::ConsentOn => "consent_on",
            Self::IssuedOn => "issued_on",
            Self::DueOn => "due_on",
            Self::Amount => "amount",
            Self::Outstanding => "outstanding",
            Self::Currency => "currency",
            Self::SettledOn => "settled_on",
            Self::Status => "status",
            Self::Disputed => "disputed",
            Self::Description => "description",
            Self::Ignore => "ignore",
        }
    }

    /// Whether the column holds dates.
    pub fn is_date(self) -> bool {
        matches!(self, Self::IssuedOn | Self::DueOn | Self::SettledOn | Self::ConsentOn)
    }

    /// The columns that say whether a channel is allowed.
    pub const CONSENTS: [(Self, Channel); 5] = [
        (Self::ConsentEmail, Channel::Email),
        (Self::ConsentSms, Channel::Sms),
        (Self::ConsentWhatsapp, Channel::Whatsapp),
        (Self::ConsentLetter, Channel::Letter),
        (Self::ConsentCall, Channel::Call),
    ];

    /// The column that says whether a channel is allowed; the one with the proof for a channel without one of its own.
    pub fn of_consent(channel: Channel) -> Self {
        let own = Self::CONSENTS.iter().find(|(_, known)| *known == channel);
        own.map_or(Self::ConsentProof, |(field, _)| *field)
    }

    /// Whether the column holds amounts.
    pub fn is_amount(self) -> bool {
        matches!(self, Self::Amount | Self::Outstanding)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Field {
    type Err = ImportRefusal;
    fn from_str(name: &str) -> Result<Self, ImportRefusal> {
        let wanted = name.trim();
        let found = Self::ALL.into_iter().find(|field| field.name() == wanted);
        found.ok_or_else(|| ImportRefusal::FieldUnknown(wanted.chars().take(32).collect()))
    }
}
