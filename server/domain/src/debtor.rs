//! The party that owes.

use crate::Refusal;
use crate::calendar::Zone;
use crate::creditor::Creditor;
use crate::ids::DebtorId;
use crate::locale::{Language, Locale};
use crate::reminder::Channel;
use serde::{Deserialize, Serialize};

/// The most characters of a postal address.
pub const POSTAL_ADDRESS_MAX: usize = 300;

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
    /// In the form of E.164 since phones are checked at the doors; older ones as the creditor gave them.
    pub phone: Option<String>,
    /// Where letters go: the lines under the name.
    pub postal_address: Option<String>,
    /// What it reads, where known.
    pub language: Option<Language>,
    /// Two letters of ISO 3166, where known.
    pub country: Option<String>,
    /// Where it lives, where known.
    pub zone: Option<Zone>,
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

    /// The address of a channel as it is shown where the reader may be somebody else: of a phone the last digits, of a
    /// letter the first sign.
    pub fn masked_address(&self, channel: Channel) -> Option<String> {
        match channel {
            Channel::Email => self.masked_email(),
            Channel::Sms | Channel::Whatsapp | Channel::Call => {
                let last: Vec<char> = self.phone.as_deref()?.chars().rev().take(2).collect();
                Some(format!("••••{}", last.iter().rev().collect::<String>()))
            }
            Channel::Letter => Some(format!("{}••••", self.postal_address.as_deref()?.chars().next()?)),
            Channel::Banner => None,
        }
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
