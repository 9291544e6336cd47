use std::cell::RefCell;
use std::io::{Seek, Write};

use jiff::civil::Date;
use saldo_app::import::{FileFault, FileLimits, ImportFile};
use saldo_domain::currency::Currency;
use saldo_domain::import::row::{DESCRIPTION_MAX, NAME_MAX, NUMBER_MAX, REFERENCE_MAX};
use saldo_domain::import::{DateOrder, ImportRow, RowReader, guess_mapping};
use tempfile::NamedTempFile;

thread_local! {
    /// One file for all runs: making one costs more than reading it.
    static FILE: RefCell<NamedTempFile> = RefCell::new(NamedTempFile::new().expect("a temporary file"));
}

const LIMITS: FileLimits = FileLimits { file_bytes_max: 1 << 20, row_bytes_max: 4096, columns_max: 64 };

/// A file, from its bytes to typed rows.
pub(super) fn run(data: &[u8]) {
    FILE.with_borrow_mut(|file| {
        file.as_file_mut().set_len(0).expect("the disk has room");
        file.rewind().expect("a file");
        file.write_all(data).expect("the disk has room");
        match ImportFile::open(file.path(), LIMITS) {
            Ok(opened) => read(&opened),
            Err(fault) => refused(&fault),
        }
    });
}

fn refused(fault: &FileFault) {
    assert!(matches!(fault, FileFault::Refused(_)), "a file is no fault of the disk: {fault}");
}

fn read(file: &ImportFile) {
    assert!(file.header().len() <= LIMITS.columns_max, "{:?}", file.header());
    let mapping = guess_mapping(&file.header_names());
    let first = match file.read_once(&mapping) {
        Ok(first) => first,
        Err(fault) => return refused(&fault),
    };
    let today = Date::constant(2026, 3, 3);
    let marks = [('.', DateOrder::Dmy), (',', DateOrder::Mdy)];
    for (decimal_mark, date_order) in marks {
        let header = file.header().to_vec();
        let (mapping, currency) = (mapping.clone(), Currency::MXN);
        let reader = RowReader { header, mapping, date_order, decimal_mark, currency, today };
        for cells in &first.samples {
            let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
            match reader.read(2, &cells) {
                Ok(row) => checked(&row),
                Err(faults) => assert!(!faults.is_empty(), "a row is refused without a reason"),
            }
        }
    }
}

/// What a good row holds may be booked, shown and sent.
fn checked(row: &ImportRow) {
    let debtor = &row.debtor;
    let texts = [
        (Some(&row.number), NUMBER_MAX),
        (Some(&debtor.reference), REFERENCE_MAX.max(NAME_MAX)),
        (debtor.name.as_ref(), NAME_MAX),
        (row.description.as_ref(), DESCRIPTION_MAX),
        (debtor.email.as_ref(), 254),
    ];
    for (text, max) in texts.into_iter().filter_map(|(text, max)| Some((text?, max))) {
        let harmless = !text.is_empty() && text.chars().count() <= max && !text.chars().any(char::is_control);
        assert!(harmless, "{text:?}");
    }
    assert!(row.amount.is_positive(), "{:?}", row.amount);
    for day in [Some(row.due_on), row.issued_on, row.settled_on].into_iter().flatten() {
        assert!((1970..=2199).contains(&day.year()), "{day}");
    }
}
