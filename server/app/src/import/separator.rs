//! Which character stands between the cells, told by the beginning of a file.

use crate::import::FileLimits;
use crate::import::records::Records;
use saldo_domain::import::ImportRefusal;

/// How much of a file is looked at.
pub(super) const SAMPLE_BYTES: usize = 64 * 1024;

const CANDIDATES: [u8; 3] = [b',', b';', b'\t'];

/// What the beginning of a file says.
pub(super) struct Separator {
    pub(super) byte: u8,
    /// Whether the first line is a spreadsheet's `sep=;` and the header the second one.
    pub(super) declared: bool,
}

/// The separator that divides the most rows of the sample as it divides the header, and into the most columns.
pub(super) fn detect(sample: &[u8], truncated: bool, limits: &FileLimits) -> Result<Separator, ImportRefusal> {
    if let Some(byte) = declared(sample) {
        return Ok(Separator { byte, declared: true });
    }
    let scored = CANDIDATES.into_iter().filter_map(|byte| Some((score(sample, truncated, byte, limits)?, byte)));
    let best = scored.max_by_key(|(score, _)| *score);
    best.map(|(_, byte)| Separator { byte, declared: false }).ok_or(ImportRefusal::SeparatorUnknown)
}

fn declared(sample: &[u8]) -> Option<u8> {
    let sample = sample.strip_prefix("\u{feff}".as_bytes()).unwrap_or(sample);
    let rest = sample.get(..6).filter(|start| start[..4].eq_ignore_ascii_case(b"sep=")).map(|start| &start[4..])?;
    (CANDIDATES.contains(&rest[0]) && matches!(rest[1], b'\r' | b'\n')).then_some(rest[0])
}

/// The share of rows (per thousand) with as many columns as the header, and that count; nothing for a single column.
fn score(sample: &[u8], truncated: bool, byte: u8, limits: &FileLimits) -> Option<(usize, usize)> {
    let mut records = Records::new(sample, byte, limits);
    let mut widths = Vec::new();
    while let Ok(Some(record)) = records.next() {
        if !record.is_blank() {
            widths.push(record.cells.len());
        }
    }
    if truncated && widths.len() > 1 {
        widths.pop();
    }
    let header = *widths.first()?;
    let alike = widths.iter().filter(|width| **width == header).count();
    (header > 1).then(|| (alike * 1_000 / widths.len(), header))
}
