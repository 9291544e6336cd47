//! What a page says to a reader whom it cannot ask the database about.

use super::{DEBTOR, SPOKEN, Visit};
use crate::pages::WayOn;
use saldo_domain::locale::Language;

impl Visit {
    /// Keeps the language of a debtor's pages, where the browser does not have it yet.
    pub fn keep_spoken(&self, language: Language) -> Option<String> {
        (self.spoken() != Some(language)).then(|| self.set_cookie(SPOKEN, language.tag(), 31_536_000))
    }

    /// The language of the last page that knew its debtor.
    pub(super) fn spoken(&self) -> Option<Language> {
        self.cookie(SPOKEN).and_then(|tag| Language::try_new(tag).ok())
    }

    /// Whether something was sent that is to be kept.
    pub fn sends(&self) -> bool {
        !self.reads
    }

    /// Where to go on once the database works again: to the page itself, or from a form to what is certain. None where the
    /// address is a secret.
    pub fn way_on(&self) -> Option<WayOn> {
        match (self.reads, self.path.starts_with("/console")) {
            _ if self.has_token() => None,
            (true, _) => Some(WayOn::Again(self.path.clone())),
            (false, true) => Some(WayOn::Console),
            (false, false) => self.cookie(DEBTOR).map(|_| WayOn::Statement),
        }
    }
}
