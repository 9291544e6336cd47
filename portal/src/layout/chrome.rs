use super::Branding;
use saldo_app::flows::widgets::BackTo;
use saldo_app::i18n::{Arg, Texts};
use saldo_domain::calendar::{Date, Timestamp, Zone};
use saldo_domain::locale::Locale;
use saldo_domain::money::Money;

/// Where a document finds its style sheet and its script.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assets {
    /// Path of the style sheet.
    pub css: String,
    /// Path of the script that wakes the islands; none where it was not built.
    pub js: Option<String>,
}

/// Everything around a page that does not depend on the page.
#[derive(Debug, Clone)]
pub struct Chrome {
    /// The reader's language, and the forms of amounts and dates.
    pub locale: Locale,
    /// Where moments are read.
    pub zone: Zone,
    /// What the document loads.
    pub assets: Assets,
    /// Whose page it is; none for Saldo's own look.
    pub branding: Option<Branding>,
    /// Whether no real money moves: a banner says so.
    pub test_mode: bool,
    /// Whether there is a session to leave.
    pub signed_in: bool,
    /// The path to come back to after another language was chosen; none hides the choice.
    pub language_switch: Option<String>,
    /// The page of the creditor's own that the debtor came from.
    pub back_to: Option<BackTo>,
}

impl Chrome {
    /// The words in the reader's language.
    pub fn texts(&self) -> Texts {
        Texts::for_language(self.locale.language)
    }

    /// A text without variables.
    pub fn t(&self, key: &str) -> String {
        self.texts().t(key)
    }

    /// A text with its variables.
    pub fn with<const N: usize>(&self, key: &str, args: [(&'static str, Arg<'_>); N]) -> String {
        self.texts().with(key, args)
    }

    /// An amount in the reader's form.
    pub fn money(&self, money: Money) -> String {
        self.locale.money(money)
    }

    /// A date in words.
    pub fn date(&self, date: Date) -> String {
        self.locale.long_date(date)
    }

    /// A date for lists.
    pub fn short_date(&self, date: Date) -> String {
        self.locale.short_date(date)
    }

    /// A moment on the reader's wall.
    pub fn moment(&self, at: Timestamp) -> String {
        self.locale.date_time(at, &self.zone)
    }
}
