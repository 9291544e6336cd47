//! One row while it is read: its cells, and what is wrong with them.

use crate::calendar::{Date, Zone};
use crate::debtor::parse_email;
use crate::free_text::is_shown;
use crate::import::Field;
use crate::import::country::{CountryCell, read_country};
use crate::import::dates::parse_date;
use crate::import::fault::{RowFault, code, holds_card_number};
use crate::import::row::{DebtorCells, NAME_MAX, Note, PHONE_MAX, REFERENCE_MAX, RowReader};
use crate::import::text::phrase;
use crate::locale::Language;

/// One row while it is read.
pub(super) struct Cells<'a> {
    pub(super) reader: &'a RowReader,
    pub(super) line: u64,
    pub(super) cells: &'a [&'a str],
    pub(super) faults: Vec<RowFault>,
    pub(super) notes: Vec<Note>,
}

impl<'a> Cells<'a> {
    /// The cell of a field, if it is mapped and not blank.
    pub(super) fn value(&self, field: Field) -> Option<&'a str> {
        let column = self.reader.mapping.column(field)?;
        self.cells.get(column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    pub(super) fn required(&mut self, field: Field) -> Option<&'a str> {
        let value = self.value(field);
        if value.is_none() {
            self.fault(field, code::VALUE_MISSING, "");
        }
        value
    }

    pub(super) fn fault(&mut self, field: Field, code: &'static str, value: &str) {
        let column = self.reader.mapping.column(field).and_then(|column| self.reader.header.get(column));
        let column = column.map_or(field.name(), |name| name.as_str());
        self.faults.push(RowFault::new(self.line, column, code, value));
    }

    /// A text on one line, with no card number in it.
    pub(super) fn text(&mut self, field: Field, value: &str, max: usize) -> Option<String> {
        let line = value.split(['\r', '\n', '\t']).map(str::trim).filter(|part| !part.is_empty());
        let text = line.collect::<Vec<_>>().join(" ");
        let wrong = if field != Field::Phone && holds_card_number(&text) {
            Some(code::CARD_NUMBER_IN_TEXT)
        } else if text.chars().any(|c| !is_shown(c) || c == '\u{fffd}') {
            Some(code::TEXT_UNPRINTABLE)
        } else if text.chars().count() > max {
            Some(code::TEXT_TOO_LONG)
        } else {
            None
        };
        match wrong {
            Some(code) => {
                self.fault(field, code, value);
                None
            }
            None => Some(text),
        }
    }

    pub(super) fn date(&mut self, field: Field, text: &str) -> Option<Date> {
        let date = parse_date(text, self.reader.date_order);
        date.map_err(|code| self.fault(field, code, text)).ok()
    }

    pub(super) fn debtor(&mut self) -> Option<DebtorCells> {
        let name = self.value(Field::DebtorName).and_then(|text| self.text(Field::DebtorName, text, NAME_MAX));
        let key = match self.reader.mapping.column(Field::DebtorReference) {
            Some(_) => Field::DebtorReference,
            None => Field::DebtorName,
        };
        let reference = self.required(key).and_then(|text| self.text(key, text, REFERENCE_MAX));
        let email = self.email();
        let phone = self.value(Field::Phone).and_then(|text| self.text(Field::Phone, text, PHONE_MAX));
        let (language, country, zone) = (self.language(), self.country(), self.zone());
        let (postal_address, consents) = (self.postal_address(), self.consents());
        let reference = reference?;
        Some(DebtorCells { reference, name, email, phone, language, country, zone, postal_address, consents })
    }

    fn email(&mut self) -> Option<String> {
        let text = self.value(Field::Email)?;
        match parse_email(text) {
            Ok(email) if holds_card_number(&email) => self.fault(Field::Email, code::CARD_NUMBER_IN_TEXT, text),
            Ok(email) => return Some(email),
            Err(_) => self.fault(Field::Email, code::EMAIL_UNREADABLE, text),
        }
        None
    }

    fn language(&mut self) -> Option<Language> {
        let text = self.value(Field::Language)?;
        let language = Language::try_new(text).ok().or_else(|| match phrase(text).as_str() {
            "espanol" | "spanish" | "espanhol" | "castellano" | "spa" => Some(Language::Es),
            "ingles" | "english" | "eng" => Some(Language::En),
            "portugues" | "portuguese" | "por" => Some(Language::Pt),
            _ => None,
        });
        if language.is_none() {
            self.notes.push(Note::LanguageNotSpoken);
        }
        language
    }

    fn country(&mut self) -> Option<String> {
        let text = self.value(Field::Country)?;
        match read_country(text) {
            CountryCell::Known(code) => return Some(code),
            CountryCell::OwnNumber => self.notes.push(Note::CountryNumberIgnored),
            CountryCell::Unknown => self.fault(Field::Country, code::COUNTRY_UNKNOWN, text),
        }
        None
    }

    fn zone(&mut self) -> Option<Zone> {
        let text = self.value(Field::Zone)?;
        Zone::try_new(text).map_err(|_| self.fault(Field::Zone, code::ZONE_UNKNOWN, text)).ok()
    }
}
