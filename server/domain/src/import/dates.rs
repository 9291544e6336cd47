//! Dates as files write them, and in which order.

use crate::calendar::Date;
use crate::import::ImportRefusal;
use crate::import::fault::code;
use crate::import::text::plain;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The order of day, month and year in dates of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// `2026-01-31`.
    Ymd,
    /// `31/01/2026`.
    Dmy,
    /// `1/31/2026`.
    Mdy,
}

impl DateOrder {
    /// The order that people in a country write: the month first in the United States and Puerto Rico (Unicode CLDR).
    pub fn of_country(country: &str) -> Self {
        if matches!(country, "US" | "PR") { Self::Mdy } else { Self::Dmy }
    }
}

impl FromStr for DateOrder {
    type Err = ImportRefusal;
    fn from_str(text: &str) -> Result<Self, ImportRefusal> {
        match text.trim().to_ascii_lowercase().as_str() {
            "ymd" => Ok(Self::Ymd),
            "dmy" => Ok(Self::Dmy),
            "mdy" => Ok(Self::Mdy),
            _ => Err(ImportRefusal::DateOrderUnknown(text.chars().take(16).collect())),
        }
    }
}

/// What the text of one date says about the order of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateForm {
    /// It reads alike in every order: year first, month in letters, day equal to month.
    Plain,
    /// Only with the day first.
    DayFirst,
    /// Only with the month first.
    MonthFirst,
    /// Both ways.
    Either,
    /// Not a date in any order.
    Unknown,
}

/// What a date's text says about the order of its file.
pub fn form(text: &str) -> DateForm {
    match split(text) {
        Some(Parts::Plain { .. }) => DateForm::Plain,
        Some(Parts::YearLast { first, second, year }) => match (date(year, second, first), date(year, first, second)) {
            (Some(day_first), Some(month_first)) if day_first == month_first => DateForm::Plain,
            (Some(_), Some(_)) => DateForm::Either,
            (Some(_), None) => DateForm::DayFirst,
            (None, Some(_)) => DateForm::MonthFirst,
            (None, None) => DateForm::Unknown,
        },
        None => DateForm::Unknown,
    }
}

/// Reads a date; `order` decides only where the year stands last and the month is a number.
///
/// # Errors
/// `date_unknown`; `date_out_of_range` before 1970 and after 2199 (files write `31/12/9999` for "never").
pub fn parse_date(text: &str, order: DateOrder) -> Result<Date, &'static str> {
    let (year, month, day) = match (split(text).ok_or(code::DATE_UNKNOWN)?, order) {
        (Parts::Plain { year, month, day }, _) => (year, month, day),
        (Parts::YearLast { first, second, year }, DateOrder::Mdy) => (year, first, second),
        (Parts::YearLast { first, second, year }, _) => (year, second, first),
    };
    let date = date(year, month, day).ok_or(code::DATE_UNKNOWN)?;
    if (1970..=2199).contains(&date.year()) { Ok(date) } else { Err(code::DATE_OUT_OF_RANGE) }
}

enum Parts {
    Plain { year: u16, month: u16, day: u16 },
    YearLast { first: u16, second: u16, year: u16 },
}

fn date(year: u16, month: u16, day: u16) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// One piece of a date: digits with their count, or a month.
#[derive(Clone, Copy)]
enum Piece {
    Number { value: u16, digits: usize },
    Month(u16),
}

fn split(text: &str) -> Option<Parts> {
    let text = without_time(text.trim());
    if let Some(compact) = compact(text) {
        return Some(compact);
    }
    let mut pieces = [None; 3];
    let words = text.split(['/', '-', '.', ' ', ',', '\u{a0}']).filter(|word| !word.is_empty() && !is_filler(word));
    for (place, word) in words.enumerate() {
        *pieces.get_mut(place)? = Some(piece(word)?);
    }
    match [pieces[0]?, pieces[1]?, pieces[2]?] {
        [Piece::Number { value: year, digits: 4 }, second, Piece::Number { value: day, digits: 1..=2 }] => match second
        {
            Piece::Number { value: month, digits: 1..=2 } | Piece::Month(month) => {
                Some(Parts::Plain { year, month, day })
            }
            Piece::Number { .. } => None,
        },
        [Piece::Number { value: day, digits: 1..=2 }, Piece::Month(month), Piece::Number { value, digits }]
        | [Piece::Month(month), Piece::Number { value: day, digits: 1..=2 }, Piece::Number { value, digits }] => {
            Some(Parts::Plain { year: whole_year(value, digits)?, month, day })
        }
        [
            Piece::Number { value: first, digits: 1..=2 },
            Piece::Number { value: second, digits: 1..=2 },
            Piece::Number { value, digits },
        ] => Some(Parts::YearLast { first, second, year: whole_year(value, digits)? }),
        _ => None,
    }
}

fn piece(word: &str) -> Option<Piece> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Piece::Number { value: word.parse().ok()?, digits: word.len() });
    }
    month(word).map(Piece::Month)
}

/// Two digits mean 1970 to 2069.
fn whole_year(value: u16, digits: usize) -> Option<u16> {
    match (digits, value) {
        (4, _) => Some(value),
        (2, 70..) => Some(1900 + value),
        (2, _) => Some(2000 + value),
        _ => None,
    }
}

fn is_filler(word: &str) -> bool {
    ["de", "del", "of", "do"].iter().any(|filler| word.eq_ignore_ascii_case(filler))
}

/// `20260131`.
fn compact(text: &str) -> Option<Parts> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(Parts::Plain { year: text[..4].parse().ok()?, month: text[4..6].parse().ok()?, day: text[6..].parse().ok()? })
}

/// Takes a clock time without a zone off the end: spreadsheets write one with every date. A time with a zone stays, and so
/// the value is refused: its day would be a guess.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let Some(start) = text[..colon].rfind(['T', 't', ' ']) else { return text };
    let time = text[start + 1..].trim_end();
    let time = time.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.' || c == ' ');
    let suffix = text[start + 1 + time.len()..].trim();
    let clock = time.bytes().all(|byte| byte.is_ascii_digit() || byte == b':' || byte == b'.');
    let half = ["", "am", "pm", "a.m.", "p.m.", "a. m.", "p. m."].iter().any(|half| suffix.eq_ignore_ascii_case(half));
    if clock && half { text[..start].trim_end_matches([',', ' ']) } else { text }
}

/// The month that a word of at least three letters begins, in Spanish, English or Portuguese.
fn month(word: &str) -> Option<u16> {
    const MONTHS: [&[&str]; 12] = [
        &["enero", "january", "janeiro"],
        &["febrero", "february", "fevereiro"],
        &["marzo", "march", "marco"],
        &["abril", "april"],
        &["mayo", "may", "maio"],
        &["junio", "june", "junho"],
        &["julio", "july", "julho"],
        &["agosto", "august"],
        &["septiembre", "setiembre", "september", "setembro"],
        &["octubre", "october", "outubro"],
        &["noviembre", "november", "novembro"],
        &["diciembre", "december", "dezembro"],
    ];
    let word: String = word.chars().map(plain).collect();
    if word.len() < 3 {
        return None;
    }
    let found = MONTHS.iter().position(|names| names.iter().any(|name| name.starts_with(&word)))?;
    u16::try_from(found + 1).ok()
}
