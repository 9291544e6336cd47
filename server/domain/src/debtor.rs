//! The party that owes.

use crate::Refusal;
use crate::calendar::{Timestamp, Zone};
use crate::creditor::Creditor;
use crate::ids::DebtorId;
use crate::locale::{Language, Locale};
use serde::{Deserialize, Serialize};

/// A party that owes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Debtor {
    /// Its id.
    pub id: DebtorId,
    /// The creditor's own key for it, unique for the creditor.
    pub reference: String,
    /// Its name.
    pub name: String,
    /// Where reminders and receipts go.
    pub email: Option<String>,
    /// As the creditor gave it.
    pub phone: Option<String>,
    /// What it reads, where known.
    pub language: Option<Language>,
    /// Two letters of ISO 3166, where known.
    pub country: Option<String>,
    /// Where it lives, where known.
    pub zone: Option<Zone>,
    /// When it withdrew e-mail.
    pub email_opt_out_at: Option<Timestamp>,
    /// The creditor's own words for it, by which policies choose: lower case, sorted.
    pub tags: Vec<String>,
}

impl Debtor {
    /// The forms that this debtor reads: its own, else the creditor's.
    pub fn locale(&self, creditor: &Creditor) -> Locale {
        Locale::new(self.language.unwrap_or(creditor.language), self.country.as_deref().unwrap_or(&creditor.country))
    }

    /// The debtor's zone: its own, else the creditor's.
    pub fn zone<'a>(&'a self, creditor: &'a Creditor) -> &'a Zone {
        self.zone.as_ref().unwrap_or(&creditor.zone)
    }

    /// The country whose contact rules hold: its own, else the creditor's.
    pub fn country<'a>(&'a self, creditor: &'a Creditor) -> &'a str {
        self.country.as_deref().unwrap_or(&creditor.country)
    }

    /// The name as it is shown before the session begins: first letters only, `M•••• L••••`.
    pub fn masked_name(&self) -> String {
        let mask = |word: &str| word.chars().next().map(|first| format!("{first}••••"));
        self.name.split_whitespace().take(3).filter_map(mask).collect::<Vec<_>>().join(" ")
    }

    /// The address as it is shown where the reader may be somebody else: `m••••@example.com`.
    pub fn masked_email(&self) -> Option<String> {
        let (local, host) = self.email.as_deref()?.split_once('@')?;
        Some(format!("{}••••@{host}", local.chars().next()?))
    }
}

/// Reads an e-mail address: the dot-atom form of RFC 5322 with letters of any script, one `@`, a dotted host; nothing that
/// could end a header line, no quoted form, no address literal.
///
/// # Errors
/// `email_unreadable`.
pub fn parse_email(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let (local, host) = text.split_once('@').ok_or(Refusal::EmailUnreadable)?;
    let local_fits = local.len() <= 64
        && local.chars().all(|c| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c))
        && local.split('.').all(|part| !part.is_empty());
    let label_fits = |label: &str| {
        let within = label.chars().all(|c| c.is_alphanumeric() || c == '-');
        within && !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
    };
    let host_fits = host.contains('.') && host.split('.').all(label_fits);
    if text.len() <= 254 && local_fits && host_fits { Ok(text.to_owned()) } else { Err(Refusal::EmailUnreadable) }
}
