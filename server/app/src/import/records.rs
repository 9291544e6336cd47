//! The records of a file, with the line on which each begins. What is held is one record, of a bounded size.

use crate::import::{FileFault, FileLimits};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use saldo_domain::import::ImportRefusal;
use std::io::{BufRead, ErrorKind};

/// Reads records one after the other (RFC 4180, also with other separators and line ends).
pub(super) struct Records<R> {
    source: R,
    parser: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    /// The line that the next byte stands on.
    line: u64,
    after_return: bool,
}

/// One record.
pub(super) struct Record<'a> {
    /// The line on which it begins, from 1.
    pub(super) line: u64,
    /// Its cells, quotes taken off.
    pub(super) cells: Vec<&'a str>,
}

impl Record<'_> {
    /// Whether nothing stands in it: spreadsheets write such rows at the end.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(source: R, separator: u8, limits: &FileLimits) -> Self {
        Self {
            source,
            parser: ReaderBuilder::new().delimiter(separator).build(),
            text: vec![0; limits.row_bytes_max],
            ends: vec![0; limits.columns_max + 1],
            line: 1,
            after_return: false,
        }
    }

    /// The next record; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Record<'_>>, FileFault> {
        if !self.skip_line_ends()? {
            return Ok(None);
        }
        let start = self.line;
        let (mut text, mut ends, mut quotes) = (0, 0, 0_u64);
        loop {
            let input = fill(&mut self.source)?;
            let at_end = input.is_empty();
            let (result, used, written, ended) =
                self.parser.read_record(input, &mut self.text[text..], &mut self.ends[ends..]);
            quotes += input[..used].iter().map(|byte| u64::from(*byte == b'"')).sum::<u64>();
            (self.line, self.after_return) = count_lines(&input[..used], self.line, self.after_return);
            self.source.consume(used);
            (text, ends) = (text + written, ends + ended);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => return Err(ImportRefusal::RowTooLong { line: start }.into()),
                ReadRecordResult::OutputEndsFull => return Err(ImportRefusal::TooManyColumns { line: start }.into()),
                ReadRecordResult::Record if at_end && quotes % 2 == 1 && self.line > start => {
                    return Err(ImportRefusal::QuoteUnclosed { line: start }.into());
                }
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(None),
            }
        }
        let mut from = 0;
        let cells = self.ends[..ends].iter().map(|end| {
            let cell = self.text.get(from..*end).unwrap_or_default();
            from = *end;
            std::str::from_utf8(cell).unwrap_or("\u{fffd}")
        });
        Ok(Some(Record { line: start, cells: cells.collect() }))
    }

    /// Goes to the first byte of the next record; false at the end.
    fn skip_line_ends(&mut self) -> Result<bool, FileFault> {
        loop {
            let input = fill(&mut self.source)?;
            if input.is_empty() {
                return Ok(false);
            }
            let breaks = input.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let rest = input.len() > breaks;
            (self.line, self.after_return) = count_lines(&input[..breaks], self.line, self.after_return);
            self.source.consume(breaks);
            if rest {
                return Ok(true);
            }
        }
    }
}

fn fill<R: BufRead>(source: &mut R) -> Result<&[u8], FileFault> {
    // A loop around `fill_buf` that returns what it borrowed does not pass the borrow checker, hence twice.
    loop {
        match source.fill_buf() {
            Ok(_) => break,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(source.fill_buf()?)
}

/// Counts `\n`, `\r\n` and a lone `\r` as one line end each.
fn count_lines(bytes: &[u8], mut line: u64, mut after_return: bool) -> (u64, bool) {
    for byte in bytes {
        if *byte == b'\r' || (*byte == b'\n' && !after_return) {
            line += 1;
        }
        after_return = *byte == b'\r';
    }
    (line, after_return)
}
