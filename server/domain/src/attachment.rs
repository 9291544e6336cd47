//! Files that people send: known by what they hold, never by what they are called.

use crate::Refusal;
use serde::{Deserialize, Serialize};

/// The most bytes of one file: 5 MiB.
pub const BYTES_MAX: usize = 5 * 1024 * 1024;
/// The most files of one dispute or one transfer.
pub const FILES_MAX: usize = 3;
const NAME_MAX: usize = 80;

/// A kind of file that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A document.
    Pdf,
    /// A picture.
    Png,
    /// A photograph.
    Jpeg,
    /// A picture.
    Webp,
    /// A phone's photograph.
    Heic,
}

impl FileKind {
    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Heic => "image/heic",
        }
    }

    /// The ending of its name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Webp => "webp",
            Self::Heic => "heic",
        }
    }

    fn of(bytes: &[u8]) -> Option<Self> {
        let at = |from: usize, mark: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(mark));
        const HEIC_BRANDS: [&[u8]; 6] = [b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"];
        if at(0, b"%PDF-") {
            Some(Self::Pdf)
        } else if at(0, b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if at(0, b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if at(0, b"RIFF") && at(8, b"WEBP") {
            Some(Self::Webp)
        } else if at(4, b"ftyp") && HEIC_BRANDS.iter().any(|brand| at(8, brand)) {
            Some(Self::Heic)
        } else {
            None
        }
    }
}

/// A file that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedFile {
    /// What it holds, by its first bytes.
    pub kind: FileKind,
    /// A name that is safe in a header and on any disk, with the ending of its kind.
    pub name: String,
}

/// Looks at a file.
///
/// # Errors
/// `file_too_large`, `file_type_refused`.
pub fn check(name: &str, bytes: &[u8]) -> Result<CheckedFile, Refusal> {
    if bytes.len() > BYTES_MAX {
        return Err(Refusal::FileTooLarge);
    }
    let kind = FileKind::of(bytes).ok_or(Refusal::FileTypeRefused)?;
    Ok(CheckedFile { kind, name: safe_name(name, kind) })
}

/// Letters, digits, `-` and `_` of the name without its folder and ending, then the ending of the kind.
fn safe_name(name: &str, kind: FileKind) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
    let mut safe = String::new();
    for c in stem.chars().take(NAME_MAX) {
        let fits = c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        match (fits, safe.ends_with('_')) {
            (true, _) => safe.push(c),
            (false, true) => {}
            (false, false) => safe.push('_'),
        }
    }
    let safe = safe.trim_matches('_');
    format!("{}.{}", if safe.is_empty() { "file" } else { safe }, kind.extension())
}
