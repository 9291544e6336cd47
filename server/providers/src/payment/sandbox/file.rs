//! The sandbox's memory as one JSON file. A reader sees the old file or the new one, never a part.

use super::SandboxFault;
use super::state::State;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

pub(super) fn read(path: &Path) -> Result<State, SandboxFault> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| SandboxFault::Unreadable(error.to_string())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(State::default()),
        Err(error) => Err(error.into()),
    }
}

pub(super) fn write(path: &Path, state: &State) -> Result<(), SandboxFault> {
    let bytes = serde_json::to_vec(state).map_err(|error| SandboxFault::Unreadable(error.to_string()))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let draft = path.with_extension("new");
    let mut file = File::create(&draft)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    File::open(folder)?.sync_all()?;
    Ok(())
}
