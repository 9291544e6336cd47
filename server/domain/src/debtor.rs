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
}

impl Debtor {
    /// The forms that this debtor reads: its own, else the creditor's.
    pub fn locale(&self, creditor: &Creditor) -> Locale {
        Locale::new(
            self.language.unwrap_or(creditor.language),
            self.country.as_deref().unwrap_or(&creditor.country),
        )
    }

    /// The debtor's zone: its own, else the creditor's.
    pub fn zone<'a>(&'a self, creditor: &'a Creditor) -> &'a Zone {
        self.zone.as_ref().unwrap_or(&creditor.zone)
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

/// Reads an e-mail address: one `@`, a dotted host, nothing that could end a header line.
///
/// # Errors
/// `email_unreadable`.
pub fn parse_email(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let clean = text.len() <= 254 && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;\"()\\".contains(c));
    match text.split_once('@') {
        Some((local, host))
            if clean && !local.is_empty() && local.len() <= 64 && host.contains('.') && !host.contains('@')
                && host.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')) =>
        {
            Ok(text.to_owned())
        }
        _ => Err(Refusal::EmailUnreadable),
    }
}
