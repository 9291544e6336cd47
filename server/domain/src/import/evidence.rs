//! How a file writes dates and amounts, told by all of its rows together.

use crate::import::amounts::{self, AmountForm};
use crate::import::dates::{self, DateForm, DateOrder};
use crate::import::{ImportRefusal, Mapping};
use serde::{Deserialize, Serialize};

/// What was found out about a file, and whether it had to be assumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detected<T> {
    /// What is used.
    pub value: T,
    /// Whether some value of the file reads differently otherwise, and no value of the file decides.
    pub assumed: bool,
}

/// How a file writes dates and amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detection {
    /// The order of day, month and year.
    pub date_order: Detected<DateOrder>,
    /// The decimal mark: a point or a comma.
    pub decimal_mark: Detected<char>,
}

/// What the rows seen so far say. Its size does not depend on their count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    day_first: Option<u64>,
    month_first: Option<u64>,
    dates_open: bool,
    point: Option<u64>,
    comma: Option<u64>,
    amounts_open: bool,
}

impl Evidence {
    /// Takes one row into account.
    pub fn row<'a>(&mut self, line: u64, mapping: &Mapping, cells: impl Iterator<Item = &'a str>) {
        for (field, cell) in mapping.columns().iter().zip(cells) {
            if field.is_date() {
                self.date(line, cell);
            } else if field.is_amount() {
                self.amount(line, cell);
            }
        }
    }

    /// Takes one date into account.
    pub fn date(&mut self, line: u64, text: &str) {
        match dates::form(text) {
            DateForm::DayFirst => self.day_first = self.day_first.or(Some(line)),
            DateForm::MonthFirst => self.month_first = self.month_first.or(Some(line)),
            DateForm::Either => self.dates_open = true,
            DateForm::Plain | DateForm::Unknown => {}
        }
    }

    /// Takes one amount into account.
    pub fn amount(&mut self, line: u64, text: &str) {
        match amounts::form(text) {
            AmountForm::Point => self.point = self.point.or(Some(line)),
            AmountForm::Comma => self.comma = self.comma.or(Some(line)),
            AmountForm::Either => self.amounts_open = true,
            AmountForm::Plain | AmountForm::Unknown => {}
        }
    }

    /// The order of dates: what the rows prove; else the custom of the country, which is then an assumption.
    ///
    /// # Errors
    /// `dates_mixed`.
    pub fn date_order(&self, custom: DateOrder) -> Result<Detected<DateOrder>, ImportRefusal> {
        match (self.day_first, self.month_first) {
            (Some(day_first), Some(month_first)) => Err(ImportRefusal::DatesMixed { day_first, month_first }),
            (Some(_), None) => Ok(Detected { value: DateOrder::Dmy, assumed: false }),
            (None, Some(_)) => Ok(Detected { value: DateOrder::Mdy, assumed: false }),
            (None, None) if self.dates_open => Ok(Detected { value: custom, assumed: true }),
            (None, None) => Ok(Detected { value: DateOrder::Ymd, assumed: false }),
        }
    }

    /// The decimal mark: what the rows prove; else the custom of the country, an assumption where any value depends on it.
    ///
    /// # Errors
    /// `decimal_marks_mixed`.
    pub fn decimal_mark(&self, custom: char) -> Result<Detected<char>, ImportRefusal> {
        match (self.point, self.comma) {
            (Some(point), Some(comma)) => Err(ImportRefusal::DecimalMarksMixed { point, comma }),
            (Some(_), None) => Ok(Detected { value: '.', assumed: false }),
            (None, Some(_)) => Ok(Detected { value: ',', assumed: false }),
            (None, None) => Ok(Detected { value: custom, assumed: self.amounts_open }),
        }
    }

    /// Both, with the customs of a country.
    ///
    /// # Errors
    /// `dates_mixed`, `decimal_marks_mixed`.
    pub fn detect(&self, country: &str, decimal_mark: char) -> Result<Detection, ImportRefusal> {
        Ok(Detection {
            date_order: self.date_order(DateOrder::of_country(country))?,
            decimal_mark: self.decimal_mark(decimal_mark)?,
        })
    }
}
