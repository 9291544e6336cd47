//! The business that is owed.

use crate::calendar::Zone;
use crate::currency::Currency;
use crate::ids::CreditorId;
use crate::locale::{Language, Locale};
use serde::{Deserialize, Serialize};

/// A business that is owed and runs its portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Creditor {
    /// Its id.
    pub id: CreditorId,
    /// The name that debtors know.
    pub name: String,
    /// Two letters of ISO 3166.
    pub country: String,
    /// Where its business day ends.
    pub zone: Zone,
    /// What it writes in when a debtor's language is unknown.
    pub language: Language,
    /// What an imported amount is in when the file does not say.
    pub currency: Currency,
    /// Where debtors' answers to mail go.
    pub reply_to: Option<String>,
    /// Its look.
    pub brand: Brand,
}

/// A business's own look on the portal and in mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    /// `#rrggbb`; the portal darkens or lightens it until text on it can be read.
    pub colour: String,
    /// Path or data of a logo that the portal itself serves.
    pub logo: Option<String>,
}

impl Creditor {
    /// The forms of the creditor's own country and language.
    pub fn locale(&self) -> Locale {
        Locale::new(self.language, &self.country)
    }
}
