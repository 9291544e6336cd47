//! What stands in a data folder while a restore is under way: nobody may serve what is half there.

use super::Fault;
use super::archive::{new_file, sync_folder};
use saldo_app::config::Config;
use std::fs;
use std::path::{Path, PathBuf};

const FILE: &str = "restore-under-way";

/// The mark of a restore that has begun and not ended.
pub struct Mark(PathBuf);

impl Mark {
    /// Whether one stands in a data folder.
    pub fn stands(data: &Path) -> bool {
        data.join(FILE).exists()
    }

    /// Sets it, where an earlier try has not.
    ///
    /// # Errors
    /// Of the disk.
    pub fn set(data: &Path) -> Result<Self, Fault> {
        let path = data.join(FILE);
        if !path.exists() {
            new_file(&path)?.sync_all()?;
            sync_folder(&path)?;
        }
        Ok(Self(path))
    }

    /// Everything is there.
    ///
    /// # Errors
    /// Of the disk.
    pub fn lift(self) -> Result<(), Fault> {
        fs::remove_file(&self.0)?;
        sync_folder(&self.0)
    }
}

/// Refuses a data folder in which a restore was cut off.
///
/// # Errors
/// One sentence with what to do.
pub fn refuse_half_a_restore(config: &Config) -> Result<(), Fault> {
    let data = &config.server.data_dir;
    if !Mark::stands(data) {
        return Ok(());
    }
    let file = data.join(FILE);
    Err(format!("a restore was cut off: run the same `saldo restore` again, it goes on ({})", file.display()).into())
}
