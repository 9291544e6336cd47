//! A file on disk: opened, looked at, read.

use crate::import::FileFault;
use crate::import::encoding::{self, TextEncoding};
use crate::import::records::Records;
use crate::import::separator::{self, SAMPLE_BYTES};
use encoding_rs_io::DecodeReaderBytesBuilder;
use saldo_domain::import::{Evidence, ImportRefusal, Mapping, header_fingerprint};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How much of a file is accepted. What is held in memory follows from these, not from the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileLimits {
    /// The most bytes of a file.
    pub file_bytes_max: u64,
    /// The most bytes of a row.
    pub row_bytes_max: usize,
    /// The most columns.
    pub columns_max: usize,
}

impl Default for FileLimits {
    fn default() -> Self {
        Self { file_bytes_max: 200_000_000, row_bytes_max: 256 * 1024, columns_max: 512 }
    }
}

/// A file whose encoding, separator and header are known.
#[derive(Debug, Clone)]
pub struct ImportFile {
    path: PathBuf,
    limits: FileLimits,
    encoding: TextEncoding,
    separator: u8,
    declared: bool,
    hash: [u8; 32],
    bytes: u64,
    header: Vec<String>,
}

/// What the first reading of the rows tells.
#[derive(Debug, Clone)]
pub struct FirstReading {
    /// How dates and amounts are written.
    pub evidence: Evidence,
    /// Rows under the header; blank ones are not counted.
    pub row_count: u64,
    /// The first rows as they are written.
    pub samples: Vec<Vec<String>>,
}

/// How many rows an inspection shows.
const SAMPLES: usize = 5;

type Decoded = BufReader<Box<dyn Read + Send>>;

impl ImportFile {
    /// Opens a file and reads it once.
    ///
    /// # Errors
    /// `import_empty`, `import_too_large`, `encoding_mixed`, `separator_unknown`, `row_too_long`, `too_many_columns`,
    /// `quote_unclosed`; faults of the disk.
    pub fn open(path: &Path, limits: FileLimits) -> Result<Self, FileFault> {
        let scan = encoding::scan(File::open(path)?, limits.file_bytes_max)?;
        let mut file = Self {
            path: path.to_owned(),
            limits,
            encoding: scan.encoding,
            separator: b',',
            declared: false,
            hash: scan.hash,
            bytes: scan.bytes,
            header: Vec::new(),
        };
        let mut sample = Vec::with_capacity(SAMPLE_BYTES);
        let sampled = u64::try_from(SAMPLE_BYTES).unwrap_or(u64::MAX);
        file.decoded(Arc::default())?.take(sampled).read_to_end(&mut sample)?;
        let found = separator::detect(&sample, sample.len() == SAMPLE_BYTES, &limits)?;
        (file.separator, file.declared) = (found.byte, found.declared);
        let mut records = Records::new(file.decoded(Arc::default())?, file.separator, &limits);
        if file.declared {
            records.next()?;
        }
        let header = records.next()?.ok_or(ImportRefusal::Empty)?;
        file.header = header.cells.iter().map(|cell| cell.trim().to_owned()).collect();
        Ok(file)
    }

    /// The names of the columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The names as the rules take them.
    pub fn header_names(&self) -> Vec<&str> {
        self.header.iter().map(String::as_str).collect()
    }

    /// The key under which a mapping of this header is remembered.
    pub fn fingerprint(&self) -> String {
        header_fingerprint(&self.header_names())
    }

    /// The encoding.
    pub fn encoding(&self) -> TextEncoding {
        self.encoding
    }

    /// The character between the cells.
    pub fn separator(&self) -> char {
        char::from(self.separator)
    }

    /// The hash of the bytes (SHA-256).
    pub fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// How many bytes there are.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Reads every row once, to tell how dates and amounts are written.
    ///
    /// # Errors
    /// Those of [`Self::open`], for the rows.
    pub fn read_once(&self, mapping: &Mapping) -> Result<FirstReading, FileFault> {
        let mut first = FirstReading { evidence: Evidence::default(), row_count: 0, samples: Vec::new() };
        let mut records = self.rows(Arc::default())?;
        while let Some(record) = records.next()? {
            if record.is_blank() {
                continue;
            }
            first.row_count += 1;
            first.evidence.row(record.line, mapping, record.cells.iter().copied());
            if first.samples.len() < SAMPLES {
                first.samples.push(record.cells.iter().map(|cell| (*cell).to_owned()).collect());
            }
        }
        if first.row_count == 0 { Err(ImportRefusal::Empty.into()) } else { Ok(first) }
    }

    /// The records under the header; `read` follows how many bytes of the file were read.
    pub(super) fn rows(&self, read: Arc<AtomicU64>) -> Result<Records<Decoded>, FileFault> {
        let mut records = Records::new(self.decoded(read)?, self.separator, &self.limits);
        if self.declared {
            records.next()?;
        }
        records.next()?;
        Ok(records)
    }

    fn decoded(&self, read: Arc<AtomicU64>) -> Result<Decoded, FileFault> {
        let counted = Counted { file: File::open(&self.path)?, read };
        let mut decoder = DecodeReaderBytesBuilder::new();
        let decoder = decoder.encoding(Some(self.encoding.encoding())).strip_bom(true).build(counted);
        Ok(BufReader::with_capacity(64 * 1024, Box::new(decoder)))
    }
}

struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.read.fetch_add(u64::try_from(count).unwrap_or(0), Ordering::Relaxed);
        Ok(count)
    }
}
