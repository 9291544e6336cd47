//! Files of what a creditor is owed: their encoding, their separator, their rows, and how rows are booked.
//!
//! A file is read three times and never held: once for encoding and hash, once for how it writes dates and amounts, once
//! for its rows. The rules are [`saldo_domain::import`]'s; the verb is [`crate::flows::import_invoices`].

mod amendment;
mod booking;
mod consents;
mod credit;
mod debtors;
mod encoding;
mod failure;
mod file;
mod fresh;
mod inspection;
mod phones;
mod records;
mod report;
mod rows;
mod separator;
mod terms;
#[cfg(test)]
mod tests;

pub(crate) use booking::Booker;
pub use encoding::TextEncoding;
pub use failure::ImportFailure;
pub use file::{FileLimits, FirstReading, ImportFile};
pub(crate) use fresh::mark_fresh;
pub(crate) use inspection::detect;
pub use inspection::{Inspected, Reading};
pub(crate) use report::Tally;
pub use report::{Counts, Ending, ImportReport, PreviewRow, RowOutcome, Total};
pub(crate) use rows::{Batch, send_batches};
pub(crate) use terms::Terms;

use saldo_domain::import::ImportRefusal;

/// Why a file is not read.
#[derive(Debug, thiserror::Error)]
pub enum FileFault {
    /// Something about the file itself: said to whoever gave it.
    #[error(transparent)]
    Refused(#[from] ImportRefusal),
    /// The disk's.
    #[error("reading the file: {0}")]
    Io(#[from] std::io::Error),
}
