use super::shell::query_encoded;
use crate::layout::Chrome;
use saldo_app::lists::{Listing, Wanted};
use saldo_domain::calendar::{Date, Timestamp};
use saldo_domain::money::Money;

/// A column of a list, on the page and in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands above it.
    pub label: String,
    /// What stands above its notes in a file; none where cells have no notes.
    pub note: Option<String>,
    /// The order that its header asks for.
    pub order: Option<&'static str>,
    /// Whether it holds amounts.
    pub amounts: bool,
    /// Whether it holds counts.
    pub counts: bool,
    /// Whether a phone leaves it out.
    pub wide: bool,
}

impl Column {
    /// A column of words.
    pub fn new(label: String) -> Self {
        Self { label, note: None, order: None, amounts: false, counts: false, wide: false }
    }

    /// A column of amounts.
    pub fn of_amounts(label: String) -> Self {
        Self { amounts: true, ..Self::new(label) }
    }

    /// A column of counts.
    pub fn of_counts(label: String) -> Self {
        Self { counts: true, ..Self::new(label) }
    }

    /// The same, sorted by its header.
    pub fn by(self, order: &'static str) -> Self {
        Self { order: Some(order), ..self }
    }

    /// The same, with notes.
    pub fn noted(self, label: String) -> Self {
        Self { note: Some(label), ..self }
    }

    /// The same, left out on a phone.
    pub fn wide(self) -> Self {
        Self { wide: true, ..self }
    }

    pub(super) fn class(&self) -> &'static str {
        match (self.amounts || self.counts, self.wide) {
            (true, true) => "number wide-only",
            (true, false) => "number",
            (false, true) => "wide-only",
            (false, false) => "",
        }
    }
}

/// A cell of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// What the row is called, and where it leads.
    Head {
        /// Where.
        href: String,
        /// The name.
        text: String,
        /// What stands below it.
        note: Option<String>,
    },
    /// Words.
    Text(String),
    /// Words that lead somewhere.
    Link {
        /// Where.
        href: String,
        /// The words.
        text: String,
    },
    /// Amounts, one for each currency.
    Amounts(Vec<Money>),
    /// A date.
    Day(Date),
    /// A moment, of which a page shows the day.
    Moment(Timestamp),
    /// A moment with its time.
    Clock(Timestamp),
    /// A count.
    Count(u64),
    /// How it stands.
    State(Tint, String),
}

/// How a state looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tint {
    /// Without a word of its own.
    Plain,
    /// As it should be.
    Good,
    /// Needs a look.
    Careful,
    /// Went wrong.
    Bad,
    /// To know.
    Info,
}

/// The address of a list with its filters, in an order of its own or in the one that is wanted.
pub fn address(path: &str, wanted: &Wanted, order: Option<(&str, bool)>, after: Option<&str>) -> String {
    let (order, descending) = order.unwrap_or((wanted.order.name, wanted.descending));
    let sort = format!("{}{order}", if descending { "-" } else { "" });
    let parts = [
        ("q", wanted.search.clone()),
        ("state", wanted.state.map(|state| state.name.to_owned())),
        ("debtor", wanted.debtor_id.map(|id| id.to_string())),
        ("from", wanted.from.map(|date| date.to_string())),
        ("until", wanted.until.map(|date| date.to_string())),
        ("sort", Some(sort)),
        ("after", after.map(str::to_owned)),
    ];
    let parts = parts.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", query_encoded(&value?))));
    format!("{path}?{}", parts.collect::<Vec<_>>().join("&"))
}

/// What a state of a list is called.
pub fn state_name(chrome: &Chrome, listing: &Listing, state: &str) -> String {
    match (listing.name, state) {
        ("debtors", "owing") => chrome.t("state-owing"),
        ("debtors" | "invoices", "overdue") => chrome.t("state-overdue"),
        ("invoices" | "disputes", "open") => chrome.t("state-open"),
        ("invoices", "paid") => chrome.t("state-paid"),
        ("invoices", "disputed") => chrome.t("state-disputed"),
        ("invoices", "void") => chrome.t("state-void"),
        ("invoices", "written_off") => chrome.t("state-written-off"),
        ("payments", "unapplied") => chrome.t("state-unapplied"),
        ("payments", "refunded") => chrome.t("state-refunded"),
        ("plans", "waiting") => chrome.t("state-waiting"),
        ("plans", "proposed") => chrome.t("state-proposed"),
        ("plans", "active") => chrome.t("state-active"),
        ("plans", "broken") => chrome.t("state-broken"),
        ("plans", "completed") => chrome.t("state-completed"),
        ("plans", "canceled") => chrome.t("state-canceled"),
        ("disputes", "resolved") => chrome.t("state-resolved"),
        ("disputes", "withdrawn") => chrome.t("state-withdrawn"),
        ("promises", "coming") => chrome.t("state-coming"),
        ("promises", "past") => chrome.t("state-past"),
        (_, other) => other.to_owned(),
    }
}
