//! How people in a place write amounts and dates.

use crate::Refusal;
use crate::calendar::{Date, Timestamp, Zone};
use crate::card_number::refuse_card_number;
use crate::currency::Currency;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// A language that Saldo speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Spanish.
    Es,
    /// English.
    En,
    /// Portuguese.
    Pt,
}

impl Language {
    /// Every language, the first of Latin America first.
    pub const ALL: [Self; 3] = [Self::Es, Self::En, Self::Pt];

    /// Reads a language tag by its first part: `es-MX` is Spanish.
    ///
    /// # Errors
    /// `language_unknown`.
    pub fn try_new(tag: &str) -> Result<Self, Refusal> {
        match tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "es" => Ok(Self::Es),
            "en" => Ok(Self::En),
            "pt" => Ok(Self::Pt),
            _ => Err(Refusal::LanguageUnknown(tag.chars().take(16).collect())),
        }
    }

    /// The tag of BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
            Self::Pt => "pt",
        }
    }
}

/// A language with the country whose forms are used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Locale {
    /// The language of the words.
    pub language: Language,
    /// Two letters of ISO 3166, upper case; empty where unknown.
    pub country: String,
}

impl Locale {
    /// A language as it is written in a country (`MX`; what is not two letters counts as unknown).
    pub fn new(language: Language, country: &str) -> Self {
        let known = country.len() == 2 && country.bytes().all(|b| b.is_ascii_alphabetic());
        Self { language, country: if known { country.to_ascii_uppercase() } else { String::new() } }
    }

    /// The tag of BCP 47 for `<html lang>`: `es-MX`.
    pub fn tag(&self) -> String {
        if self.country.is_empty() {
            self.language.tag().to_owned()
        } else {
            format!("{}-{}", self.language.tag(), self.country)
        }
    }

    /// The decimal mark: a point from Mexico to Panama, in Peru, the Caribbean and where English is spoken, else a comma
    /// (Unicode CLDR).
    pub fn decimal_mark(&self) -> char {
        match self.country.as_str() {
            "MX" | "PE" | "US" | "PR" | "CU" | "DO" | "GT" | "HN" | "NI" | "PA" | "SV" | "BZ" | "GY" | "JM" | "TT"
            | "BB" | "BS" | "CA" | "GB" | "IE" | "AU" | "NZ" | "IN" | "SG" | "HK" | "PH" | "MY" | "NG" | "KE"
            | "GH" | "IL" | "CN" | "JP" | "KR" => '.',
            "" if self.language == Language::En => '.',
            _ => ',',
        }
    }

    /// The mark between thousands.
    pub fn group_mark(&self) -> char {
        if self.decimal_mark() == '.' { ',' } else { '.' }
    }

    /// The digits alone, grouped: `1,234.50`, `12.500`. The sign is U+2212.
    pub fn number(&self, money: Money) -> String {
        let exponent = usize::from(money.currency().exponent());
        let digits = format!("{:0>width$}", money.minor().unsigned_abs(), width = exponent + 1);
        let (whole, cents) = digits.split_at(digits.len() - exponent);
        let mut text = String::from(if money.minor() < 0 { "\u{2212}" } else { "" });
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                text.push(self.group_mark());
            }
            text.push(digit);
        }
        if exponent > 0 {
            text.push(self.decimal_mark());
            text.push_str(cents);
        }
        text
    }

    /// The amount as it is shown: with the sign in the currency's own country (`$1,234.50`), else with the code
    /// (`USD 1,234.50`), since six countries write `$`.
    pub fn money(&self, money: Money) -> String {
        let number = self.number(money);
        let (minus, digits) = match number.strip_prefix('\u{2212}') {
            Some(digits) => ("\u{2212}", digits),
            None => ("", number.as_str()),
        };
        let currency = money.currency();
        match own_currency(&self.country) {
            Some(own) if own == currency.code() => match currency.code() {
                "EUR" => format!("{minus}{digits}\u{a0}€"),
                "PEN" | "BRL" | "BOB" | "PYG" => format!("{minus}{}\u{a0}{digits}", currency.symbol()),
                _ => format!("{minus}{}{digits}", currency.symbol()),
            },
            _ => format!("{minus}{currency}\u{a0}{digits}"),
        }
    }

    /// Reads an amount as people type it here: grouped or not, with or without the currency's sign or code.
    ///
    /// # Errors
    /// `amount_unreadable`, `too_many_decimals`, `amount_overflow`.
    pub fn parse_money(&self, text: &str, currency: Currency) -> Result<Money, Refusal> {
        parse_amount(text, currency, self.decimal_mark())
    }

    /// `3 de enero de 2026`, `January 3, 2026`, `3 de janeiro de 2026`.
    pub fn long_date(&self, date: Date) -> String {
        let month = self.month(date);
        match self.language {
            Language::En if self.month_first() => format!("{month} {}, {}", date.day(), date.year()),
            Language::En => format!("{} {month} {}", date.day(), date.year()),
            _ => format!("{} de {month} de {}", date.day(), date.year()),
        }
    }

    /// `3 ene 2026`, `Jan 3, 2026`, `3 jan 2026`.
    pub fn short_date(&self, date: Date) -> String {
        let month: String = self.month(date).chars().take(3).collect();
        match self.language {
            Language::En if self.month_first() => format!("{month} {}, {}", date.day(), date.year()),
            _ => format!("{} {month} {}", date.day(), date.year()),
        }
    }

    fn month(&self, date: Date) -> &'static str {
        match (self.language, self.country.as_str(), date.month()) {
            (Language::Es, "PE" | "UY", 9) => "setiembre",
            (language, _, month) => {
                let mut months = MONTHS[language as usize].split(' ');
                months.nth(usize::from(month.unsigned_abs()) - 1).unwrap_or_default()
            }
        }
    }

    fn month_first(&self) -> bool {
        matches!(self.country.as_str(), "US" | "PR" | "CA" | "PH" | "")
    }

    /// The date and the minute on the wall in a zone: `3 de enero de 2026, 14:05`.
    pub fn date_time(&self, at: Timestamp, zone: &Zone) -> String {
        let time = zone.time_at(at);
        format!("{}, {:02}:{:02}", self.long_date(zone.date_at(at)), time.hour(), time.minute())
    }
}

/// Reads an amount with a known decimal mark; the other mark, spaces and apostrophes group thousands and nothing else.
/// Three digits behind the decimal mark, where they may as well be thousands (`12.000` with a point for the decimals of
/// CLP), are too many decimals: nobody may owe a thousandth.
///
/// # Errors
/// `amount_unreadable`, `too_many_decimals`, `amount_overflow`; `card_number_in_text` for what must not be repeated.
pub fn parse_amount(text: &str, currency: Currency, decimal_mark: char) -> Result<Money, Refusal> {
    let unreadable = || match refuse_card_number(text) {
        Ok(()) => Refusal::AmountUnreadable(text.chars().take(32).collect()),
        Err(refusal) => refusal,
    };
    let (minus, bare) = without_marks(text, currency);
    let (whole, cents) = bare.split_once(decimal_mark).unwrap_or((bare, ""));
    let group_mark = if decimal_mark == '.' { ',' } else { '.' };
    let groups: Vec<&str> = whole.split([group_mark, ' ', '\u{a0}', '\u{202f}', '\'', '’']).collect();
    let grouped = groups.len() > 1;
    let well_grouped = !grouped
        || (groups.iter().skip(1).all(|group| group.len() == 3)
            && groups.first().is_some_and(|first| (1..=3).contains(&first.len())));
    let digits = groups.concat();
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if digits.is_empty() || !well_grouped || !all_digits(&digits) || !all_digits(cents) {
        return Err(unreadable());
    }
    let exponent = currency.exponent();
    let kept = cents.trim_end_matches('0');
    let maybe_thousands = cents.len() == 3 && !grouped && digits.len() <= 3 && !digits.starts_with('0');
    if kept.len() > usize::from(exponent) || (maybe_thousands && exponent < 3) {
        return Err(Refusal::TooManyDecimals { currency, exponent });
    }
    let digits = format!("{minus}{digits}{kept:0<width$}", width = usize::from(exponent));
    digits.parse().map(|minor| Money::new(minor, currency)).map_err(|_| Refusal::AmountOverflow)
}

/// The minus and the digits, without the currency's code or sign before or behind them. The minus may stand on either side
/// of the sign.
fn without_marks(text: &str, currency: Currency) -> (&'static str, &str) {
    let code = currency.code();
    let (mut minus, mut bare) = ("", text.trim());
    let mut marked = false;
    loop {
        let sign = currency.typed_signs().iter().find_map(|sign| bare.strip_prefix(sign));
        let word = bare.split_at_checked(code.len()).filter(|(word, _)| word.eq_ignore_ascii_case(code));
        bare = match (bare.strip_prefix(['-', '\u{2212}']), sign.or(word.map(|(_, rest)| rest))) {
            (Some(rest), _) if minus.is_empty() => {
                minus = "-";
                rest
            }
            (None, Some(rest)) if !marked => {
                marked = true;
                rest
            }
            _ => break,
        }
        .trim_start();
    }
    let sign = currency.typed_signs().iter().find_map(|sign| bare.strip_suffix(sign));
    let split = bare.len().checked_sub(code.len()).and_then(|at| bare.split_at_checked(at));
    let word = split.filter(|(_, word)| word.eq_ignore_ascii_case(code)).map(|(rest, _)| rest);
    (minus, sign.or(word).filter(|_| !marked).unwrap_or(bare).trim_end())
}

fn own_currency(country: &str) -> Option<&'static str> {
    Some(match country {
        "MX" => "MXN",
        "CO" => "COP",
        "PE" => "PEN",
        "CL" => "CLP",
        "AR" => "ARS",
        "UY" => "UYU",
        "PY" => "PYG",
        "BO" => "BOB",
        "BR" => "BRL",
        "US" | "PR" | "EC" | "SV" => "USD",
        "ES" | "PT" => "EUR",
        _ => return None,
    })
}

const MONTHS: [&str; 3] = [
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "January February March April May June July August September October November December",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
];
