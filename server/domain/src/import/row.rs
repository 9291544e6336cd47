//! One row, typed and checked.

use crate::calendar::{Date, Zone};
use crate::currency::Currency;
use crate::import::amounts::{parse_claim, parse_open};
use crate::import::cells::Cells;
use crate::import::consents::{ConsentCell, yes_or_no};
use crate::import::dates::DateOrder;
use crate::import::fault::{RowFault, code};
use crate::import::text::phrase;
use crate::import::{Field, Mapping};
use crate::locale::Language;
use crate::money::Money;
use serde::Serialize;

/// One invoice of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportRow {
    /// The line on which the row begins.
    pub line: u64,
    /// The creditor's number.
    pub number: String,
    /// Who owes.
    pub debtor: DebtorCells,
    /// The day of issue, where the file has one.
    pub issued_on: Option<Date>,
    /// The last day to pay on time.
    pub due_on: Date,
    /// What is claimed.
    pub amount: Money,
    /// The day on which it was paid.
    pub settled_on: Option<Date>,
    /// Whether the debtor contests it, where the file says.
    pub disputed: Option<bool>,
    /// What it is for.
    pub description: Option<String>,
    /// What was left out of the row without harm.
    pub notes: Vec<Note>,
}

impl ImportRow {
    /// The day of issue; where the file has none, the earlier of due and settled date, so that a second import agrees.
    pub fn issue_date(&self) -> Date {
        self.issued_on.unwrap_or_else(|| self.settled_on.map_or(self.due_on, |settled| settled.min(self.due_on)))
    }
}

/// What a row says about the debtor. What it leaves blank stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DebtorCells {
    /// The creditor's own key; the name, where the file has no key.
    pub reference: String,
    /// The name.
    pub name: Option<String>,
    /// Where reminders go.
    pub email: Option<String>,
    /// As written; the door that books it brings it into the form of E.164.
    pub phone: Option<String>,
    /// What it reads.
    pub language: Option<Language>,
    /// Two letters of ISO 3166.
    pub country: Option<String>,
    /// Where it lives.
    pub zone: Option<Zone>,
    /// Where letters go, in lines.
    pub postal_address: Option<String>,
    /// What it says of channels.
    pub consents: Vec<ConsentCell>,
}

/// Something that a row says and Saldo does not keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// The country is a number of the creditor's own; the creditor's country counts.
    CountryNumberIgnored,
    /// A language that Saldo does not speak; the creditor's language counts.
    LanguageNotSpoken,
}

/// The most characters of an invoice's number.
pub const NUMBER_MAX: usize = 64;
/// The most characters of a debtor's key.
pub const REFERENCE_MAX: usize = 64;
/// The most characters of a name.
pub const NAME_MAX: usize = 200;
/// The most characters of a phone.
pub const PHONE_MAX: usize = 32;
/// The most characters of a description.
pub const DESCRIPTION_MAX: usize = 500;

/// Reads rows in the way that was found out about their file.
#[derive(Debug, Clone)]
pub struct RowReader {
    /// The header.
    pub header: Vec<String>,
    /// What its columns hold.
    pub mapping: Mapping,
    /// The order of its dates.
    pub date_order: DateOrder,
    /// The decimal mark of its amounts.
    pub decimal_mark: char,
    /// The currency where the row names none.
    pub currency: Currency,
    /// The creditor's date: nothing was settled after it.
    pub today: Date,
}

impl RowReader {
    /// The name of a field's column in the file; of one that is in no column, the field's own.
    pub fn column(&self, field: Field) -> &str {
        let place = self.mapping.column(field);
        place.and_then(|place| self.header.get(place)).map_or(field.name(), String::as_str)
    }

    /// Reads one row.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self, line: u64, cells: &[&str]) -> Result<ImportRow, Vec<RowFault>> {
        let mut row = Cells { reader: self, line, cells, faults: Vec::new(), notes: Vec::new() };
        let read = row.read();
        match (read, row.faults.is_empty()) {
            (Some(read), true) => Ok(read),
            (_, _) => Err(row.faults),
        }
    }
}

impl Cells<'_> {
    fn read(&mut self) -> Option<ImportRow> {
        let width = self.reader.header.len();
        if let Some(extra) = self.cells.iter().skip(width).find(|cell| !cell.trim().is_empty()) {
            self.faults.push(RowFault::new(self.line, &format!("#{}", width + 1), code::CELLS_BEYOND_HEADER, extra));
        }
        let number =
            self.required(Field::InvoiceNumber).and_then(|text| self.text(Field::InvoiceNumber, text, NUMBER_MAX));
        let debtor = self.debtor();
        let due_on = self.required(Field::DueOn).and_then(|text| self.date(Field::DueOn, text));
        let issued_on = match self.reader.mapping.column(Field::IssuedOn) {
            Some(_) => self.required(Field::IssuedOn).and_then(|text| self.date(Field::IssuedOn, text)),
            None => None,
        };
        let settled_on = self.value(Field::SettledOn).and_then(|text| self.date(Field::SettledOn, text));
        let amount = self.amount();
        self.outstanding(amount, settled_on);
        self.status(settled_on);
        self.dates_in_order(issued_on, due_on, settled_on);
        let disputed = self.disputed();
        let description =
            self.value(Field::Description).and_then(|text| self.text(Field::Description, text, DESCRIPTION_MAX));
        Some(ImportRow {
            line: self.line,
            number: number?,
            debtor: debtor?,
            issued_on,
            due_on: due_on?,
            amount: amount?,
            settled_on,
            disputed,
            description,
            notes: std::mem::take(&mut self.notes),
        })
    }

    fn currency(&mut self) -> Option<Currency> {
        let Some(text) = self.value(Field::Currency) else { return Some(self.reader.currency) };
        Currency::try_new(text).map_err(|_| self.fault(Field::Currency, code::CURRENCY_UNKNOWN, text)).ok()
    }

    fn amount(&mut self) -> Option<Money> {
        let text = self.required(Field::Amount);
        let (currency, text) = (self.currency()?, text?);
        let amount = parse_claim(text, currency, self.reader.decimal_mark);
        amount.map_err(|code| self.fault(Field::Amount, code, text)).ok()
    }

    /// What is open must be all of the claim, or nothing of one that was settled: a part payment without its date and its
    /// trace would make a balance that nothing explains.
    fn outstanding(&mut self, amount: Option<Money>, settled_on: Option<Date>) {
        let (Some(text), Some(amount)) = (self.value(Field::Outstanding), amount) else { return };
        match parse_open(text, amount.currency(), self.reader.decimal_mark) {
            Ok(open) if open.is_zero() && settled_on.is_some() => {}
            Ok(open) if open == amount && settled_on.is_none() => {}
            Ok(_) => self.fault(Field::Outstanding, code::PARTLY_PAID, text),
            Err(code) => self.fault(Field::Outstanding, code, text),
        }
    }

    /// An invoice that the file calls paid must not be chased because its date is missing.
    fn status(&mut self, settled_on: Option<Date>) {
        let Some(text) = self.value(Field::Status) else { return };
        match phrase(text).as_str() {
            "paid" | "pagada" | "pagado" | "paga" | "pago" | "settled" | "closed" | "cobrada" | "cobrado"
            | "liquidada" | "liquidado" | "cerrada" | "saldada" | "quitada" | "quitado" | "cancelada por pago"
            | "baixado"
                if settled_on.is_none() =>
            {
                self.fault(Field::Status, code::SETTLED_DATE_MISSING, text);
            }
            "void" | "voided" | "anulada" | "anulado" | "cancelada" | "cancelado" | "canceled" | "cancelled" => {
                self.fault(Field::Status, code::VOID_IN_FILE, text);
            }
            _ => {}
        }
    }

    fn disputed(&mut self) -> Option<bool> {
        let text = self.value(Field::Disputed)?;
        let disputed = yes_or_no(text);
        if disputed.is_none() {
            self.fault(Field::Disputed, code::YES_OR_NO_UNKNOWN, text);
        }
        disputed
    }

    fn dates_in_order(&mut self, issued_on: Option<Date>, due_on: Option<Date>, settled_on: Option<Date>) {
        let shown = |cells: &Self, field| cells.value(field).unwrap_or_default();
        if let (Some(issued_on), Some(due_on)) = (issued_on, due_on)
            && due_on < issued_on
        {
            self.fault(Field::DueOn, code::DUE_BEFORE_ISSUE, shown(self, Field::DueOn));
        }
        let Some(settled_on) = settled_on else { return };
        if issued_on.is_some_and(|issued_on| settled_on < issued_on) {
            self.fault(Field::SettledOn, code::SETTLED_BEFORE_ISSUE, shown(self, Field::SettledOn));
        }
        if settled_on > self.reader.today {
            self.fault(Field::SettledOn, code::SETTLED_IN_FUTURE, shown(self, Field::SettledOn));
        }
    }
}
