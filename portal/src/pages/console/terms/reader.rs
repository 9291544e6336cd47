//! Reads the fields of the editors.

use super::kind::{FieldProblem, Typed};
use crate::layout::Chrome;
use jiff::civil::Time;
use saldo_domain::Refusal;
use saldo_domain::currency::Currency;
use saldo_domain::money::Money;
use saldo_domain::segment::Segment;

/// Reads fields and collects everything that is wrong with them.
pub struct Reader<'a> {
    typed: &'a Typed,
    chrome: &'a Chrome,
    /// What is wrong so far.
    pub problems: Vec<FieldProblem>,
}

impl<'a> Reader<'a> {
    /// A reader of a form.
    pub fn new(typed: &'a Typed, chrome: &'a Chrome) -> Self {
        Self { typed, chrome, problems: Vec::new() }
    }

    /// Notes what is wrong with a field.
    pub fn wrong(&mut self, field: &str, message: String) {
        self.problems.push(FieldProblem { field: field.to_owned(), message });
    }

    fn taken<T>(&mut self, field: &str, found: Result<T, Refusal>) -> Option<T> {
        found.map_err(|refusal| self.problems.push(FieldProblem::new(field, &refusal, self.chrome))).ok()
    }

    /// A whole number.
    pub fn number(&mut self, field: &str) -> u32 {
        let text = self.typed.get(field);
        match text.parse() {
            Ok(number) => number,
            Err(_) => {
                self.wrong(field, self.chrome.t("terms-number-unreadable"));
                0
            }
        }
    }

    /// A whole number, where something was typed.
    pub fn number_opt(&mut self, field: &str) -> Option<u32> {
        if self.typed.get(field).is_empty() { None } else { Some(self.number(field)) }
    }

    /// A whole number that may be negative, where something was typed.
    pub fn days(&mut self, field: &str) -> Option<i32> {
        let text = self.typed.get(field);
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok();
        if number.is_none() {
            self.wrong(field, self.chrome.t("terms-number-unreadable"));
        }
        number
    }

    /// A time of day, where something was typed: `9:00`, `18:30`.
    pub fn time(&mut self, field: &str) -> Option<Time> {
        let text = self.typed.get(field);
        if text.is_empty() {
            return None;
        }
        let time = text.split_once(':').and_then(|(hour, minute)| {
            (minute.len() == 2).then_some(())?;
            Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
        });
        if time.is_none() {
            self.wrong(field, self.chrome.t("terms-time-unreadable"));
        }
        time
    }

    /// Notes a refusal at a field.
    pub fn refused(&mut self, field: &str, refusal: &Refusal) {
        self.problems.push(FieldProblem::new(field, refusal, self.chrome));
    }

    /// A percentage with up to two decimals, with the point or the comma: `2`, `2.5 %`, `12,75`.
    pub fn rate(&mut self, field: &str) -> u32 {
        match rate_bps(self.typed.get(field)) {
            Some(bps) => bps,
            None => {
                self.wrong(field, self.chrome.t("terms-rate-unreadable"));
                0
            }
        }
    }

    /// An amount as the reader writes it.
    pub fn money(&mut self, field: &str, currency: Currency) -> Money {
        let found = self.chrome.locale.parse_money(self.typed.get(field), currency);
        self.taken(field, found).unwrap_or(Money::zero(currency))
    }

    /// An amount, where something was typed.
    pub fn money_opt(&mut self, field: &str, currency: Currency) -> Option<Money> {
        if self.typed.get(field).is_empty() { None } else { Some(self.money(field, currency)) }
    }

    /// Whom the policy is for.
    pub fn segment(&mut self) -> Segment {
        let found = Currency::try_new(self.typed.get("currency"));
        let currency = self.taken("currency", found).unwrap_or(Currency::MXN);
        let tag = self.typed.get("tag");
        Segment {
            currency,
            tag: (!tag.is_empty()).then(|| tag.to_owned()),
            amount_min: self.money_opt("amount_min", currency),
            amount_max: self.money_opt("amount_max", currency),
        }
    }

    /// What was read, where nothing is wrong.
    ///
    /// # Errors
    /// Every field that cannot be read.
    pub fn done<T>(self, read: T) -> Result<T, Vec<FieldProblem>> {
        if self.problems.is_empty() { Ok(read) } else { Err(self.problems) }
    }
}

/// Fills the fields of a segment.
pub fn fill_segment(typed: &mut Typed, segment: &Segment, chrome: &Chrome) {
    typed.set("currency", segment.currency.code());
    typed.set("tag", segment.tag.as_deref().unwrap_or_default());
    let number = |amount: Option<Money>| amount.map(|amount| chrome.locale.number(amount)).unwrap_or_default();
    typed.set("amount_min", number(segment.amount_min));
    typed.set("amount_max", number(segment.amount_max));
}

/// The field of a segment at which a refusal is said.
pub fn segment_field(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::SegmentEmpty => Some("amount_max"),
        Refusal::TagUnreadable => Some("tag"),
        Refusal::CurrencyMismatch { .. } | Refusal::CurrencyUnknown(_) => Some("currency"),
        _ => None,
    }
}

/// A percentage as basis points.
pub fn rate_bps(text: &str) -> Option<u32> {
    let text = text.trim().trim_end_matches('%').trim_end();
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    format!("{whole}{part:0<2}").parse().ok()
}

/// A percentage as it is typed: without the sign.
pub fn rate_typed(rate_bps: u32, chrome: &Chrome) -> String {
    saldo_app::i18n::rate_text(rate_bps, &chrome.locale).trim_end_matches(['%', '\u{a0}']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::rate_bps;

    #[test]
    fn a_percentage_is_read_in_any_common_form() {
        let table = [
            ("2", Some(200)),
            ("2 %", Some(200)),
            ("2.5", Some(250)),
            ("2,5 %", Some(250)),
            ("12,75", Some(1_275)),
            ("0.05", Some(5)),
            ("101", Some(10_100)),
            ("2.555", None),
            ("1.000,5", None),
            ("-2", None),
            ("two", None),
            ("", None),
            ("9999999", None),
        ];
        for (text, expected) in table {
            assert_eq!(rate_bps(text), expected, "{text:?}");
        }
    }
}
