//! Which encoding a file is in, told by all of its bytes.

use crate::import::FileFault;
use encoding_rs::Encoding;
use saldo_domain::import::ImportRefusal;
use sha2::{Digest, Sha256};
use std::io::Read;

/// The encoding of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    /// With or without its mark.
    Utf8,
    /// What spreadsheets in western languages write.
    Windows1252,
    /// With its mark: what spreadsheets call Unicode text.
    Utf16Le,
    /// With its mark.
    Utf16Be,
}

impl TextEncoding {
    /// The name in the Encoding Standard, lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Windows1252 => "windows-1252",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
        }
    }

    pub(super) fn encoding(self) -> &'static Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
        }
    }
}

/// What reading every byte of a file once tells.
pub(super) struct Scan {
    pub(super) encoding: TextEncoding,
    pub(super) hash: [u8; 32],
    pub(super) bytes: u64,
}

/// Reads every byte once.
pub(super) fn scan(mut source: impl Read, bytes_max: u64) -> Result<Scan, FileFault> {
    let mut buffer = vec![0; 64 * 1024];
    let (mut held, mut bytes) = (0, 0);
    let (mut hash, mut utf8) = (Sha256::new(), Utf8::default());
    let mut marked = None;
    loop {
        let read = source.read(&mut buffer[held..])?;
        if read == 0 {
            break;
        }
        if bytes == 0 {
            marked = Encoding::for_bom(&buffer[..read]).map(|(encoding, _)| encoding);
        }
        bytes += u64::try_from(read).unwrap_or(u64::MAX);
        if bytes > bytes_max {
            return Err(ImportRefusal::TooLarge { bytes_max }.into());
        }
        hash.update(&buffer[held..held + read]);
        let filled = held + read;
        let used = utf8.take(&buffer[..filled]);
        buffer.copy_within(used..filled, 0);
        held = filled - used;
    }
    if bytes == 0 {
        return Err(ImportRefusal::Empty.into());
    }
    utf8.finish(held);
    let encoding = match marked {
        Some(encoding) if encoding == encoding_rs::UTF_16LE => TextEncoding::Utf16Le,
        Some(encoding) if encoding == encoding_rs::UTF_16BE => TextEncoding::Utf16Be,
        marked => utf8.decide(marked.is_some())?,
    };
    Ok(Scan { encoding, hash: hash.finalize().into(), bytes })
}

/// Counts what is UTF-8 beyond ASCII, and what cannot be.
#[derive(Default)]
struct Utf8 {
    good: u64,
    bad: u64,
    lines: u64,
    first_bad_line: u64,
}

impl Utf8 {
    /// Looks at bytes and answers how many it is done with: all but the beginning of a character at the end.
    fn take(&mut self, bytes: &[u8]) -> usize {
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            let (valid, bad) = match std::str::from_utf8(rest) {
                Ok(_) => (rest.len(), None),
                Err(error) => (error.valid_up_to(), Some(error.error_len())),
            };
            self.count(&rest[..valid]);
            at += valid;
            match bad {
                None => {}
                Some(None) => return at,
                Some(Some(length)) => {
                    self.mark_bad();
                    at += length;
                }
            }
        }
        at
    }

    fn finish(&mut self, held: usize) {
        if held > 0 {
            self.mark_bad();
        }
    }

    fn count(&mut self, valid: &[u8]) {
        if self.bad == 0 {
            self.lines += valid.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        }
        if !valid.is_ascii() {
            self.good += valid.iter().map(|byte| u64::from(*byte >= 0xC0)).sum::<u64>();
        }
    }

    fn mark_bad(&mut self) {
        if self.bad == 0 {
            self.first_bad_line = self.lines + 1;
        }
        self.bad += 1;
    }

    /// Text of Windows-1252 hardly ever looks like UTF-8, so a file that is mostly UTF-8 is a broken one: read as
    /// Windows-1252 it would turn every accent into two wrong letters.
    fn decide(&self, marked: bool) -> Result<TextEncoding, ImportRefusal> {
        if self.bad == 0 {
            Ok(TextEncoding::Utf8)
        } else if marked || self.good > self.bad {
            Err(ImportRefusal::EncodingMixed { line: self.first_bad_line })
        } else {
            Ok(TextEncoding::Windows1252)
        }
    }
}
