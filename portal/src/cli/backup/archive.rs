//! One file: a line that says what it is, a line that says what is in it, the parts, and a hash over all of it.

use super::Fault;
use saldo_store::TableDigest;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The first line; the number counts the forms that this file ever had.
const TITLE: &str = "saldo-backup 1\n";
/// The last line: this and 64 hexadecimal digits.
const SEAL: &str = "sha256 ";
const SEAL_BYTES: u64 = 7 + 64 + 1;
const PIECE: usize = 1 << 16;

/// What a backup says of itself.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of Saldo that made it.
    pub version: String,
    /// When.
    pub made_at: String,
    /// `sqlite` or `postgres`.
    pub database: String,
    /// The steps that its schema has been through.
    pub migrations: Vec<String>,
    /// What each table held.
    pub tables: Vec<TableDigest>,
}

impl Manifest {
    /// The digest of the journal: two books with the same one have the same entries and lines.
    pub fn ledger(&self) -> String {
        ledger(&self.tables)
    }
}

/// The digest of the journal among those of all tables.
pub fn ledger(tables: &[TableDigest]) -> String {
    let sum = |name: &str| tables.iter().find(|table| table.table == name).map_or("", |table| &table.sum);
    let both = format!("{}{}", sum("journal_entries"), sum("journal_lines"));
    hex(&Sha256::digest(both.as_bytes()))
}

/// What goes into an archive.
pub enum Part {
    /// A file's content.
    File(PathBuf),
    /// These bytes.
    Bytes(Vec<u8>),
}

#[derive(Serialize, Deserialize)]
struct Head {
    manifest: Manifest,
    /// Name and length of each part, in their order.
    parts: Vec<(String, u64)>,
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes an archive into a new file that only its owner may read, and waits for the disk.
///
/// # Errors
/// Of the disk.
pub fn seal(manifest: &Manifest, parts: &[(String, Part)], into: &Path) -> Result<(), Fault> {
    let length = |part: &Part| match part {
        Part::File(path) => std::fs::metadata(path).map(|found| found.len()),
        Part::Bytes(bytes) => Ok(bytes.len() as u64),
    };
    let listed = parts.iter().map(|(name, part)| Ok((name.clone(), length(part)?)));
    let listed = listed.collect::<Result<Vec<_>, std::io::Error>>()?;
    let mut head = TITLE.as_bytes().to_vec();
    serde_json::to_writer(&mut head, &serde_json::json!({ "manifest": manifest, "parts": listed }))?;
    head.push(b'\n');

    let mut out = Hashing { inner: BufWriter::new(new_file(into)?), hash: Sha256::new() };
    out.write_all(&head)?;
    for (_, part) in parts {
        match part {
            Part::File(path) => drop(std::io::copy(&mut File::open(path)?, &mut out)?),
            Part::Bytes(bytes) => out.write_all(bytes)?,
        }
    }
    let Hashing { mut inner, hash } = out;
    inner.write_all(format!("{SEAL}{}\n", hex(&hash.finalize())).as_bytes())?;
    let file = inner.into_inner().map_err(|error| error.to_string())?;
    file.sync_all()?;
    Ok(())
}

/// A new file that only its owner may read.
///
/// # Errors
/// Of the disk; a file that is there already.
pub fn new_file(path: &Path) -> Result<File, Fault> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Waits until the disk knows the name of a file.
///
/// # Errors
/// Of the disk.
pub fn sync_folder(file: &Path) -> Result<(), Fault> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(File::open(folder)?.sync_all()?)
}

struct Hashing<W> {
    inner: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

/// An archive whose seal is whole.
pub struct Archive {
    /// What it says of itself.
    pub manifest: Manifest,
    file: File,
    parts: Vec<(String, u64, u64)>,
}

impl Archive {
    /// Opens one. Nothing of a file that was cut off or changed is believed.
    ///
    /// # Errors
    /// One sentence for a file that is none, or no longer what was written.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let refused = |why: &str| Fault::from(format!("{} {why}", path.display()));
        let mut file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut title = vec![0; TITLE.len()];
        if file.read_exact(&mut title).is_err() || title != TITLE.as_bytes() {
            return Err(refused("is no backup of Saldo"));
        }
        let length = file.metadata()?.len();
        let body = length.checked_sub(SEAL_BYTES).ok_or_else(|| refused("is cut off"))?;
        file.rewind()?;
        let (mut hash, mut left, mut piece) = (Sha256::new(), body, vec![0; PIECE]);
        while left > 0 {
            let wanted = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
            file.read_exact(&mut piece[..wanted])?;
            hash.update(&piece[..wanted]);
            left -= wanted as u64;
        }
        let mut seal = String::new();
        let read = file.read_to_string(&mut seal);
        if read.is_err() || seal != format!("{SEAL}{}\n", hex(&hash.finalize())) {
            return Err(refused("was cut off or changed after it was written: it is not used"));
        }
        Self::read_head(file, body).map_err(|error| refused(&format!("cannot be read: {error}")))
    }

    fn read_head(mut file: File, body: u64) -> Result<Self, Fault> {
        file.seek(SeekFrom::Start(TITLE.len() as u64))?;
        let mut line = String::new();
        BufReader::new(&file).read_line(&mut line)?;
        let head: Head = serde_json::from_str(&line)?;
        let mut at = (TITLE.len() + line.len()) as u64;
        let mut parts = Vec::new();
        for (name, length) in head.parts {
            parts.push((name, at, length));
            at += length;
        }
        if at != body {
            return Err("its parts are not as long as it says".into());
        }
        Ok(Self { manifest: head.manifest, file, parts })
    }

    /// Whether it has a part.
    pub fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|(own, ..)| own == name)
    }

    /// A part's bytes; for small ones.
    ///
    /// # Errors
    /// Of the disk; a part that it has not.
    pub fn bytes(&mut self, name: &str) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        self.part(name)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes a part into a new file that only its owner may read, and waits for the disk.
    ///
    /// # Errors
    /// Of the disk; a part that it has not.
    pub fn unpack(&mut self, name: &str, into: &Path) -> Result<(), Fault> {
        let mut out = new_file(into)?;
        std::io::copy(&mut self.part(name)?, &mut out)?;
        Ok(out.sync_all()?)
    }

    fn part(&mut self, name: &str) -> Result<impl Read, Fault> {
        let part = self.parts.iter().find(|(own, ..)| own == name);
        let (_, at, length) = part.ok_or_else(|| format!("the backup has no {name}"))?;
        self.file.seek(SeekFrom::Start(*at))?;
        Ok((&self.file).take(*length))
    }
}
