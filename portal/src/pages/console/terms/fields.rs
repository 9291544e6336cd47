//! Fields of the editors: a label, what was typed, what is wrong with it, and a hint.

use super::kind::{FieldProblem, Typed};
use crate::layout::Chrome;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyView;
use saldo_domain::Refusal;
use saldo_domain::currency::Currency;
use saldo_domain::money::Money;
use saldo_domain::segment::Segment;

/// Everything that the fields of one form need.
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    /// What was typed.
    pub typed: &'a Typed,
    /// What is wrong.
    pub problems: &'a [FieldProblem],
    /// The reader.
    pub chrome: &'a Chrome,
}

/// What a field takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Any text of so many characters.
    Text(u32),
    /// Digits and a decimal mark.
    Decimal,
    /// Digits.
    Digits,
    /// A day.
    Date,
}

impl Fields<'_> {
    /// What is wrong with a field, beside it.
    fn problem(&self, name: &str) -> Option<AnyView> {
        let found = self.problems.iter().find(|problem| problem.field == name)?;
        let id = format!("{name}-problem");
        Some(view! { <p class="field-problem" id=id>{found.message.clone()}</p> }.into_any())
    }

    fn described_by(&self, name: &str, hint: bool) -> Option<String> {
        let wrong = self.problems.iter().any(|problem| problem.field == name);
        let ids = [(wrong, "problem"), (hint, "hint")];
        let ids: Vec<String> =
            ids.into_iter().filter(|(there, _)| *there).map(|(_, id)| format!("{name}-{id}")).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// A field of one line.
    pub fn input(&self, name: &str, label: String, takes: Takes, hint: Option<String>) -> AnyView {
        let (kind, mode, most) = match takes {
            Takes::Text(most) => ("text", "text", most),
            Takes::Decimal => ("text", "decimal", 32),
            Takes::Digits => ("text", "numeric", 8),
            Takes::Date => ("date", "text", 10),
        };
        let class = if matches!(takes, Takes::Digits | Takes::Date) { "input input-short" } else { "input" };
        let wrong = self.problems.iter().any(|problem| problem.field == name).then_some("true");
        let described = self.described_by(name, hint.is_some());
        let hint_id = format!("{name}-hint");
        view! {
            <div class="field">
                <label for=name.to_owned()>{label}</label>
                {self.problem(name)}
                <input class=class type=kind id=name.to_owned() name=name.to_owned() inputmode=mode maxlength=most
                    autocomplete="off" value=self.typed.get(name).to_owned() aria-invalid=wrong aria-describedby=described/>
                {hint.map(|hint| view! { <p class="hint" id=hint_id><span>{hint}</span></p> })}
            </div>
        }
        .into_any()
    }

    /// A choice of a few.
    pub fn select(&self, name: &str, label: String, options: Vec<(&'static str, String)>) -> AnyView {
        let chosen = self.typed.get(name);
        let options = options.into_iter().map(|(value, label)| {
            view! { <option value=value selected=value == chosen>{label}</option> }
        });
        let wrong = self.problems.iter().any(|problem| problem.field == name).then_some("true");
        view! {
            <div class="field">
                <label for=name.to_owned()>{label}</label>
                {self.problem(name)}
                <select class="input" id=name.to_owned() name=name.to_owned() aria-invalid=wrong
                    aria-describedby=self.described_by(name, false)>{options.collect_view()}</select>
            </div>
        }
        .into_any()
    }

    /// Whom a policy is for: the same fields in every editor.
    pub fn segment(&self) -> AnyView {
        let chrome = self.chrome;
        view! {
            <fieldset class="card stack">
                <legend class="section-title">{chrome.t("terms-segment")}</legend>
                <div class="field-row">
                    {self.input("currency", chrome.t("terms-currency"), Takes::Text(3), None)}
                    {self.input("tag", chrome.t("terms-tag"), Takes::Text(40), Some(chrome.t("terms-tag-hint")))}
                    {self.input("amount_min", chrome.t("terms-amount-min"), Takes::Decimal, None)}
                    {self.input("amount_max", chrome.t("terms-amount-max"), Takes::Decimal, None)}
                </div>
            </fieldset>
        }
        .into_any()
    }
}

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
