//! The typed rows of a file, in batches, from a thread of their own: the reader is never more than two batches ahead.

use crate::import::{FileFault, ImportFile};
use saldo_domain::import::{ImportRow, RowFault, RowReader};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::mpsc::Sender;

/// How many rows are booked at once.
const BATCH_ROWS: usize = 500;

/// Some rows, in the order of the file.
#[derive(Default)]
pub(crate) struct Batch {
    /// Rows that read well.
    pub(crate) rows: Vec<ImportRow>,
    /// What is wrong with the others.
    pub(crate) faults: Vec<RowFault>,
    /// How many rows there are, good and bad.
    pub(crate) count: u64,
    /// How far in the file this is.
    pub(crate) bytes_read: u64,
}

/// Reads every row and sends it on; ends early when nobody listens any more.
pub(crate) fn send_batches(file: &ImportFile, reader: &RowReader, sender: &Sender<Result<Batch, FileFault>>) {
    if let Err(fault) = read_batches(file, reader, |batch| sender.blocking_send(Ok(batch)).is_ok()) {
        // Nobody listens: whoever did has ended with a fault of its own.
        let _ = sender.blocking_send(Err(fault));
    }
}

fn read_batches(file: &ImportFile, reader: &RowReader, mut send: impl FnMut(Batch) -> bool) -> Result<(), FileFault> {
    let read = Arc::new(AtomicU64::new(0));
    let mut records = file.rows(Arc::clone(&read))?;
    let mut batch = Batch::default();
    while let Some(record) = records.next()? {
        if record.is_blank() {
            continue;
        }
        batch.count += 1;
        match reader.read(record.line, &record.cells) {
            Ok(row) => batch.rows.push(row),
            Err(faults) => batch.faults.extend(faults),
        }
        if batch.count == BATCH_ROWS as u64 {
            batch.bytes_read = read.load(Ordering::Relaxed);
            if !send(std::mem::take(&mut batch)) {
                return Ok(());
            }
        }
    }
    batch.bytes_read = file.bytes();
    send(batch);
    Ok(())
}
