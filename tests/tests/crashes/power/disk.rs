//! What a disk has after its power was cut: everything that was synced, and any part of what was not.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use crate::installation::Chance;

/// A sector is written whole or not at all.
const SECTOR: usize = 512;

/// Something that the program did, in the order in which it did it.
#[derive(Debug)]
enum Deed {
    Made { file: u64, path: String },
    Written { file: u64, offset: usize, bytes: Vec<u8> },
    Cut { file: u64, length: usize },
    Synced { file: u64 },
    FolderSynced,
    Renamed { from: String, to: String },
    Removed { path: String },
}

impl Deed {
    /// A file that is made anew may have the number of one that is gone: each gets a number of its own.
    fn live(&mut self, lives: &mut HashMap<u64, u64>) {
        match self {
            Self::Made { file, .. } => {
                let life = lives.entry(*file).or_default();
                *life += 1;
                *file |= *life << 48;
            }
            Self::Written { file, .. } | Self::Cut { file, .. } | Self::Synced { file } => {
                *file |= lives.get(file).copied().unwrap_or_default() << 48;
            }
            _ => {}
        }
    }
}

/// The log of `disk.c`.
pub struct Log {
    /// Each deed with the log's length after it.
    deeds: Vec<(u64, Deed)>,
}

/// What the disk keeps of what was not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    /// Nothing.
    Nothing,
    /// Some sectors, chosen by the seed.
    Some,
    /// Everything: as if the process alone had died.
    Everything,
}

/// A folder's files as they are before the program runs.
pub struct Beginning {
    names: BTreeMap<String, u64>,
    files: HashMap<u64, Vec<u8>>,
}

impl Beginning {
    /// Reads a folder.
    pub fn of(folder: &Path) -> Self {
        let mut own = Self { names: BTreeMap::new(), files: HashMap::new() };
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            if path.is_file() {
                let file = fs::metadata(&path).expect("its inode").ino();
                own.names.insert(path.display().to_string(), file);
                own.files.insert(file, fs::read(&path).expect("its bytes"));
            }
        }
        own
    }
}

impl Log {
    /// Reads a log; what the program was writing when it was killed is left out.
    pub fn read(path: &Path) -> Self {
        let bytes = fs::read(path).expect("the log is there");
        let (mut deeds, mut lives) = (Vec::new(), HashMap::new());
        let mut at = 0;
        while let Some((mut deed, end)) = read_deed(&bytes, at) {
            at = end;
            deed.live(&mut lives);
            deeds.push((u64::try_from(at).expect("small"), deed));
        }
        Self { deeds }
    }

    /// How many deeds it names, and how many of them are syncs.
    pub fn counts(&self) -> (usize, usize) {
        let is_sync = |deed: &Deed| matches!(deed, Deed::Synced { .. } | Deed::FolderSynced);
        (self.deeds.len(), self.deeds.iter().filter(|(_, deed)| is_sync(deed)).count())
    }

    /// The log's length after the n-th deed.
    pub fn moment(&self, place: usize) -> u64 {
        self.deeds[place.min(self.deeds.len() - 1)].0
    }

    /// Writes into a folder what the disk has when its power is cut at a length of the log.
    pub fn cut(&self, beginning: &Beginning, at: u64, keeps: Keeps, chance: &mut Chance, into: &Path) {
        let done: Vec<&Deed> = self.deeds.iter().take_while(|(end, _)| *end <= at).map(|(_, deed)| deed).collect();
        let safe = Safe::of(&done);
        let mut disk = Disk { names: beginning.names.clone(), files: beginning.files.clone() };
        let mut folder_is_behind = false;
        for (place, deed) in done.iter().enumerate() {
            let kept = safe.has(place, deed);
            match deed {
                Deed::Written { file, offset, bytes } => disk.write(*file, *offset, bytes, kept, keeps, chance),
                Deed::Cut { file, length } => {
                    if kept || keeps == Keeps::Everything || (keeps == Keeps::Some && chance.below(2) == 0) {
                        disk.files.entry(*file).or_default().resize(*length, 0);
                    }
                }
                Deed::Made { .. } | Deed::Renamed { .. } | Deed::Removed { .. } => {
                    // A journal keeps the order of names: where one change is missing, so are all that came later.
                    folder_is_behind |=
                        !kept && (keeps == Keeps::Nothing || (keeps == Keeps::Some && chance.below(3) == 0));
                    if kept || !folder_is_behind {
                        disk.name(deed);
                    }
                }
                Deed::Synced { .. } | Deed::FolderSynced => {}
            }
        }
        fs::create_dir_all(into).expect("a folder");
        for (path, file) in &disk.names {
            let name = Path::new(path).file_name().expect("a name");
            let path = into.join(name);
            fs::write(&path, disk.files.get(file).map_or(&[][..], Vec::as_slice)).expect("a file");
            // Saldo made it for its owner alone, and says so when others can read the keys.
            fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("our own file");
        }
    }
}

/// Until where each file, and the folder, was synced.
struct Safe {
    files: HashMap<u64, usize>,
    folder: usize,
}

impl Safe {
    fn of(done: &[&Deed]) -> Self {
        let mut own = Self { files: HashMap::new(), folder: 0 };
        for (place, deed) in done.iter().enumerate() {
            match deed {
                Deed::Synced { file } => drop(own.files.insert(*file, place)),
                Deed::FolderSynced => own.folder = place,
                _ => {}
            }
        }
        own
    }

    fn has(&self, place: usize, deed: &Deed) -> bool {
        let file_synced = |file: &u64| self.files.get(file).is_some_and(|synced| place < *synced);
        match deed {
            Deed::Written { file, .. } | Deed::Cut { file, .. } => file_synced(file),
            Deed::Made { file, .. } => file_synced(file) || place < self.folder,
            _ => place < self.folder,
        }
    }
}

struct Disk {
    names: BTreeMap<String, u64>,
    files: HashMap<u64, Vec<u8>>,
}

impl Disk {
    fn write(&mut self, file: u64, offset: usize, bytes: &[u8], kept: bool, keeps: Keeps, chance: &mut Chance) {
        let content = self.files.entry(file).or_default();
        let mut at = 0;
        while at < bytes.len() {
            let end = bytes.len().min((offset + at) / SECTOR * SECTOR + SECTOR - offset);
            if kept || keeps == Keeps::Everything || (keeps == Keeps::Some && chance.below(2) == 0) {
                if content.len() < offset + end {
                    content.resize(offset + end, 0);
                }
                content[offset + at..offset + end].copy_from_slice(&bytes[at..end]);
            }
            at = end;
        }
    }

    fn name(&mut self, deed: &Deed) {
        match deed {
            Deed::Made { file, path } => {
                self.files.entry(*file).or_default();
                self.names.insert(path.clone(), *file);
            }
            Deed::Renamed { from, to } => {
                if let Some(file) = self.names.remove(from) {
                    self.names.insert(to.clone(), file);
                }
            }
            Deed::Removed { path } => drop(self.names.remove(path)),
            _ => {}
        }
    }
}

/// The deed that begins at a place, and where it ends; none where the log ends before it does.
fn read_deed(bytes: &[u8], at: usize) -> Option<(Deed, usize)> {
    let word = |place: usize| Some(u32::from_le_bytes(bytes.get(at + place..at + place + 4)?.try_into().ok()?));
    let long = |place: usize| {
        let found = u64::from_le_bytes(bytes.get(at + place..at + place + 8)?.try_into().ok()?);
        Some((found, usize::try_from(found).ok()?))
    };
    let (kind, name_length) = (word(0)?, usize::try_from(word(4)?).ok()?);
    let ((file, _), (_, offset), (_, length)) = (long(8)?, long(16)?, long(24)?);
    let name = bytes.get(at + 32..at + 32 + name_length)?;
    let end = at + 32 + name_length + if kind == 2 || kind == 5 { length } else { 0 };
    let data = bytes.get(at + 32 + name_length..end)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let deed = match kind {
        1 => Deed::Made { file, path: text(name) },
        2 => Deed::Written { file, offset, bytes: data.to_vec() },
        3 => Deed::Cut { file, length: offset },
        4 if file == 0 => Deed::FolderSynced,
        4 => Deed::Synced { file },
        5 => Deed::Renamed { from: text(name), to: text(data) },
        6 => Deed::Removed { path: text(name) },
        other => panic!("the log of disk.c names no deed {other}"),
    };
    Some((deed, end))
}
