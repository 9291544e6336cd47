//! What the import pages show.

use saldo_domain::calendar::{Date, Timestamp};
use saldo_domain::ids::ImportId;
use saldo_domain::import::{Field, ImportRefusal};
use saldo_domain::money::Money;
use saldo_domain::reminder::Channel;

/// An import in a list.
#[derive(Debug, Clone)]
pub struct ImportRow {
    /// The import.
    pub id: ImportId,
    /// The file.
    pub file_name: String,
    /// When it was uploaded.
    pub created_at: Timestamp,
    /// Where it stands.
    pub state: ImportState,
    /// Its rows.
    pub rows: u64,
}

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// Columns are being named.
    Mapping,
    /// To be confirmed.
    Preview,
    /// Being booked.
    Running,
    /// Booked.
    Booked,
    /// Has faults: nothing was booked.
    Refused,
}

/// A column of the file.
#[derive(Debug, Clone)]
pub struct ColumnView {
    /// Its header.
    pub header: String,
    /// Its first values.
    pub samples: Vec<String>,
    /// What it is taken for.
    pub field: Field,
}

/// What keeps a mapping from being used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappingProblem {
    /// The columns, or the file read with them.
    File(ImportRefusal),
    /// Not a currency.
    Currency,
}

/// Invoices of one currency in a file.
#[derive(Debug, Clone, Copy)]
pub struct ImportTotal {
    /// How many.
    pub invoices: u64,
    /// What they claim.
    pub amount: Money,
    /// What of it is open.
    pub outstanding: Money,
}

/// A row as it was understood.
#[derive(Debug, Clone)]
pub struct PreviewLine {
    /// The line in the file.
    pub line: u64,
    /// The invoice's number.
    pub number: String,
    /// The debtor.
    pub debtor: String,
    /// Its telephone number as it was understood.
    pub phone: Option<String>,
    /// What it says of channels: whether each is allowed.
    pub consents: Vec<(Channel, bool)>,
    /// When it was issued.
    pub issued_on: Date,
    /// When it is due.
    pub due_on: Date,
    /// What it claims.
    pub amount: Money,
    /// Whether it arrives as paid.
    pub settled: bool,
}
