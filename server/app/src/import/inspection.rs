//! A file that was looked at: its columns, and how it writes dates and amounts.

use crate::import::ImportFile;
use saldo_domain::creditor::Creditor;
use saldo_domain::currency::Currency;
use saldo_domain::import::{DateOrder, Detected, Detection, Evidence, ImportRefusal, Mapping};

/// What a person says about a file; what is absent is found out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// What each column holds.
    pub mapping: Option<Mapping>,
    /// What some columns hold: `invoice_number=Folio,due_on=Vence`.
    pub map: Option<String>,
    /// The order of dates.
    pub date_order: Option<DateOrder>,
    /// `.` or `,`.
    pub decimal_mark: Option<char>,
    /// The currency of rows that name none; else the creditor's.
    pub currency: Option<Currency>,
}

/// A file that was looked at.
#[derive(Debug, Clone)]
pub struct Inspected {
    /// The file.
    pub file: ImportFile,
    /// What its columns hold: what a person said, else what was remembered, else what was guessed.
    pub mapping: Mapping,
    /// Whether it was remembered from an earlier file.
    pub remembered: bool,
    /// The currency of rows that name none.
    pub currency: Currency,
    /// How it writes dates and amounts; with a problem there, the customs of the creditor's country.
    pub detection: Detection,
    /// Why it cannot be imported like this: columns that are missing, dates or amounts of two kinds.
    pub problem: Option<ImportRefusal>,
    /// Rows under the header; blank ones are not counted.
    pub row_count: u64,
    /// The first rows as they are written.
    pub samples: Vec<Vec<String>>,
}

/// How a file is read: what a person says; else what the rows prove; else the custom of the creditor's country.
pub(crate) fn detect(
    evidence: &Evidence,
    reading: &Reading,
    creditor: &Creditor,
) -> (Detection, Option<ImportRefusal>) {
    let custom_order = DateOrder::of_country(&creditor.country);
    let custom_mark = creditor.locale().decimal_mark();
    let (date_order, mixed_dates) = choose(reading.date_order, evidence.date_order(custom_order), custom_order);
    let (decimal_mark, mixed_marks) = choose(reading.decimal_mark, evidence.decimal_mark(custom_mark), custom_mark);
    (Detection { date_order, decimal_mark }, mixed_dates.or(mixed_marks))
}

fn choose<T>(
    said: Option<T>,
    found: Result<Detected<T>, ImportRefusal>,
    custom: T,
) -> (Detected<T>, Option<ImportRefusal>) {
    match (said, found) {
        (Some(value), _) => (Detected { value, assumed: false }, None),
        (None, Ok(found)) => (found, None),
        (None, Err(refusal)) => (Detected { value: custom, assumed: true }, Some(refusal)),
    }
}
