//! What an import did, or would do.

use crate::import::{Inspected, TextEncoding};
use saldo_domain::Refusal;
use saldo_domain::currency::Currency;
use saldo_domain::ids::ImportId;
use saldo_domain::import::row::Note;
use saldo_domain::import::{Detection, ImportRow, Mapping, RowFault};
use saldo_domain::money::Money;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many faults are told one by one; all are counted.
pub const FAULTS_TOLD: usize = 1_000;

/// How many rows are shown.
pub const ROWS_SHOWN: usize = 20;

/// How an import ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Everything is booked.
    Booked,
    /// Nothing in the file was new: nothing was written.
    Unchanged,
    /// It was a preview: nothing was written.
    Previewed,
    /// Rows are bad: nothing was written.
    Refused,
}

/// What became of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Invoices that were not there.
    pub new: u64,
    /// Invoices that were there and differed.
    pub amended: u64,
    /// Invoices that the file repeats as they are.
    pub unchanged: u64,
    /// Of the new and amended ones, those that are paid by the file's settled date.
    pub settled: u64,
    /// Debtors that were not there.
    pub debtors_new: u64,
    /// Debtors about whom the file says something else.
    pub debtors_changed: u64,
    /// Debtors about whose channels the file says something new.
    pub consents_changed: u64,
}

impl Counts {
    /// Whether anything is different now.
    pub fn any_change(&self) -> bool {
        self.new + self.amended + self.debtors_new + self.debtors_changed + self.consents_changed > 0
    }
}

/// The good rows of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// How many there are.
    pub invoices: u64,
    /// What they claim.
    pub amount: Money,
    /// What of it the file does not call settled.
    pub outstanding: Money,
    /// What those claim that were not there.
    pub new_amount: Money,
}

/// What became of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    /// A new open invoice.
    New,
    /// A new invoice, paid already.
    NewSettled,
    /// An invoice was amended.
    Amended,
    /// Nothing.
    Unchanged,
}

/// One of the first rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PreviewRow {
    /// As it was read.
    pub row: ImportRow,
    /// What became of it.
    pub outcome: RowOutcome,
}

/// What an import did, or would do.
#[derive(Debug, Clone)]
pub struct ImportReport {
    /// The import; none unless something was booked.
    pub import_id: Option<ImportId>,
    /// How it ended.
    pub ending: Ending,
    /// The encoding.
    pub encoding: TextEncoding,
    /// The character between the cells.
    pub separator: char,
    /// The names of the columns.
    pub header: Vec<String>,
    /// What they hold.
    pub mapping: Mapping,
    /// Whether that was remembered from an earlier file.
    pub remembered: bool,
    /// How dates and amounts are written.
    pub detection: Detection,
    /// The currency of rows that name none.
    pub currency: Currency,
    /// Rows in the file.
    pub row_count: u64,
    /// What became of them.
    pub counts: Counts,
    /// The good rows, by currency code.
    pub totals: Vec<Total>,
    /// What was left out without harm, with the count of rows.
    pub notes: BTreeMap<Note, u64>,
    /// What is wrong, by line; the first [`FAULTS_TOLD`].
    pub faults: Vec<RowFault>,
    /// How many faults there are.
    pub fault_count: u64,
    /// Consents that a debtor's own withdrawal overrides, by line; the first [`FAULTS_TOLD`]. Their rows are booked.
    pub overridden: Vec<RowFault>,
    /// How many there are.
    pub overridden_count: u64,
    /// The first [`ROWS_SHOWN`] good rows.
    pub preview: Vec<PreviewRow>,
}

impl ImportReport {
    /// The mapping in the form of `--map`; a column whose name has a comma, an equals sign or a twin goes by its number.
    pub fn map_text(&self) -> String {
        map_text(&self.header, &self.mapping)
    }
}

pub(crate) fn map_text(header: &[String], mapping: &Mapping) -> String {
    use saldo_domain::import::Field;
    let held = mapping.columns().iter().zip(header).enumerate().filter(|(_, (field, _))| **field != Field::Ignore);
    let pairs = held.map(|(place, (field, name))| {
        let plain = !name.is_empty() && !name.contains([',', '=']) && !name.starts_with('#');
        if plain && header.iter().filter(|other| *other == name).count() == 1 {
            format!("{field}={name}")
        } else {
            format!("{field}=#{}", place + 1)
        }
    });
    pairs.collect::<Vec<_>>().join(",")
}

/// Counts while rows are booked. Its size does not depend on how many there are.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) counts: Counts,
    pub(crate) totals: BTreeMap<Currency, Total>,
    pub(crate) notes: BTreeMap<Note, u64>,
    pub(crate) faults: Vec<RowFault>,
    pub(crate) fault_count: u64,
    pub(crate) overridden: Vec<RowFault>,
    pub(crate) overridden_count: u64,
    pub(crate) preview: Vec<PreviewRow>,
    pub(crate) row_count: u64,
}

impl Tally {
    pub(crate) fn fault(&mut self, fault: RowFault) {
        self.fault_count += 1;
        if self.faults.len() < FAULTS_TOLD {
            self.faults.push(fault);
        }
    }

    pub(crate) fn overridden(&mut self, told: RowFault) {
        self.overridden_count += 1;
        if self.overridden.len() < FAULTS_TOLD {
            self.overridden.push(told);
        }
    }

    pub(crate) fn row(&mut self, row: &ImportRow, outcome: RowOutcome) -> Result<(), Refusal> {
        let zero = Money::zero(row.amount.currency());
        let empty = Total { invoices: 0, amount: zero, outstanding: zero, new_amount: zero };
        let total = self.totals.entry(row.amount.currency()).or_insert(empty);
        total.invoices += 1;
        total.amount = total.amount.plus(row.amount)?;
        if row.settled_on.is_none() {
            total.outstanding = total.outstanding.plus(row.amount)?;
        }
        match outcome {
            RowOutcome::New | RowOutcome::NewSettled => {
                self.counts.new += 1;
                total.new_amount = total.new_amount.plus(row.amount)?;
            }
            RowOutcome::Amended => self.counts.amended += 1,
            RowOutcome::Unchanged => self.counts.unchanged += 1,
        }
        self.counts.settled += u64::from(outcome == RowOutcome::NewSettled);
        for note in &row.notes {
            *self.notes.entry(*note).or_default() += 1;
        }
        if self.preview.len() < ROWS_SHOWN {
            self.preview.push(PreviewRow { row: row.clone(), outcome });
        }
        Ok(())
    }

    pub(crate) fn report(mut self, look: &Inspected) -> ImportReport {
        self.faults.sort_by_key(|fault| fault.line);
        ImportReport {
            import_id: None,
            ending: Ending::Refused,
            encoding: look.file.encoding(),
            separator: look.file.separator(),
            header: look.file.header().to_vec(),
            mapping: look.mapping.clone(),
            remembered: look.remembered,
            detection: look.detection,
            currency: look.currency,
            row_count: self.row_count,
            counts: self.counts,
            totals: self.totals.into_values().collect(),
            notes: self.notes,
            faults: self.faults,
            fault_count: self.fault_count,
            overridden: self.overridden,
            overridden_count: self.overridden_count,
            preview: self.preview,
        }
    }
}
