//! How the reader of a page reads: words, amounts and dates.

use crate::i18n::{Arg, Texts};
use saldo_contract::widget_view::CurrencyDisplay;
use saldo_domain::calendar::{Date, Timestamp, Zone};
use saldo_domain::locale::{Language, Locale};
use saldo_domain::money::Money;
use saldo_domain::snapshot::DebtorSnapshot;

/// A reader.
pub(super) struct Reader {
    pub(super) locale: Locale,
    zone: Zone,
    currency: CurrencyDisplay,
}

impl Reader {
    /// The page's language where it is one of ours, else the debtor's; the forms of the page's country, else of the debtor's.
    pub(super) fn new(snapshot: &DebtorSnapshot, tag: Option<&str>, currency: CurrencyDisplay) -> Self {
        let own = snapshot.debtor.locale(&snapshot.creditor);
        let language = tag.and_then(|tag| Language::try_new(tag).ok());
        let region = tag.and_then(|tag| tag.split(['-', '_']).skip(1).find(|part| part.len() == 2));
        let country = region.filter(|_| language.is_some()).unwrap_or(&own.country);
        let locale = Locale::new(language.unwrap_or(own.language), country);
        Self { locale, zone: snapshot.debtor.zone(&snapshot.creditor).clone(), currency }
    }

    pub(super) fn texts(&self) -> Texts {
        Texts::for_language(self.locale.language)
    }

    pub(super) fn t(&self, key: &str) -> String {
        self.texts().t(key)
    }

    pub(super) fn with<const N: usize>(&self, key: &str, args: [(&'static str, Arg<'_>); N]) -> String {
        self.texts().with(key, args)
    }

    pub(super) fn money(&self, money: Money) -> String {
        match self.currency {
            CurrencyDisplay::Symbol => self.locale.money(money),
            CurrencyDisplay::Code => format!("{}\u{a0}{}", money.currency(), self.locale.number(money)),
        }
    }

    pub(super) fn date(&self, date: Date) -> String {
        self.locale.long_date(date)
    }

    pub(super) fn short_date(&self, date: Date) -> String {
        self.locale.short_date(date)
    }

    /// The day of a moment on the debtor's wall.
    pub(super) fn day_of(&self, at: Timestamp) -> Date {
        self.zone.date_at(at)
    }

    pub(super) fn moment(&self, at: Timestamp) -> String {
        self.locale.date_time(at, &self.zone)
    }

    /// The place whose clock it is.
    pub(super) fn place(&self) -> String {
        self.zone.name().rsplit('/').next().unwrap_or_default().replace('_', " ")
    }
}
