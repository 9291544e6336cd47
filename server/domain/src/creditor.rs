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
    /// The paper that it prints on, where it is not its country's.
    #[serde(default)]
    pub paper: Option<PaperSize>,
}

/// What letters, invoices and receipts are printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperSize {
    /// 210 by 297 mm (ISO 216).
    A4,
    /// 8.5 by 11 inches (ANSI A).
    Letter,
}

impl PaperSize {
    /// Where offices print on Letter: the territories of CLDR's `measurementData` (paperSize `US-Letter`, release 46). Peru is
    /// not among them.
    const LETTER: [&str; 14] = ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"];

    /// The usual paper of a country (two letters of ISO 3166).
    pub fn of_country(country: &str) -> Self {
        let letter = Self::LETTER.iter().any(|known| known.eq_ignore_ascii_case(country));
        if letter { Self::Letter } else { Self::A4 }
    }

    /// Its name on the wire and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "letter",
        }
    }
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

    /// The paper that it prints on.
    pub fn paper_size(&self) -> PaperSize {
        self.paper.unwrap_or_else(|| PaperSize::of_country(&self.country))
    }
}

#[cfg(test)]
mod tests {
    use super::PaperSize;

    #[test]
    fn a_country_prints_on_its_usual_paper() {
        for (country, size) in [
            ("US", PaperSize::Letter),
            ("MX", PaperSize::Letter),
            ("co", PaperSize::Letter),
            ("CL", PaperSize::Letter),
            ("PE", PaperSize::A4),
            ("BR", PaperSize::A4),
            ("ES", PaperSize::A4),
            ("", PaperSize::A4),
        ] {
            assert_eq!(PaperSize::of_country(country), size, "{country}");
        }
    }
}
