//! Whether the database keeps what it says it has kept, when the power fails.

use crate::{Dialect, Store, StoreFault};
use sea_orm::{ConnectionTrait, Statement};

/// A setting of the database that lets a commit be lost, or worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loose {
    /// PostgreSQL's `fsync` is off: nothing is waited for, a power cut can leave no usable database.
    Fsync,
    /// PostgreSQL's `synchronous_commit` is off: the last commits before a power cut are gone.
    SynchronousCommit,
    /// PostgreSQL's `full_page_writes` is off: a page that was being written when the power failed is neither old nor new.
    FullPageWrites,
    /// SQLite's `synchronous` is less than FULL: the last commits before a power cut are gone.
    Synchronous,
}

const POSTGRES: [(&str, Loose); 3] = [
    ("fsync", Loose::Fsync),
    ("synchronous_commit", Loose::SynchronousCommit),
    ("full_page_writes", Loose::FullPageWrites),
];

/// SQLite's number for FULL; EXTRA is one more.
const FULL: i64 = 2;

impl Store {
    /// The settings that are looser than a payment allows, as they hold for this process.
    ///
    /// # Errors
    /// The database's.
    pub async fn loose_settings(&self) -> Result<Vec<Loose>, StoreFault> {
        let connection = self.connection();
        let backend = connection.get_database_backend();
        let ask = async |sql: String| {
            let row = connection.query_one_raw(Statement::from_string(backend, sql)).await?;
            row.ok_or_else(|| StoreFault::corrupt("the database does not tell its settings"))
        };
        if self.dialect() == Dialect::Sqlite {
            let level: i64 = ask("PRAGMA synchronous".to_owned()).await?.try_get_by_index(0)?;
            return Ok(if level < FULL { vec![Loose::Synchronous] } else { Vec::new() });
        }
        let mut loose = Vec::new();
        for (name, setting) in POSTGRES {
            let value: String = ask(format!("SELECT current_setting('{name}')")).await?.try_get_by_index(0)?;
            if value == "off" {
                loose.push(setting);
            }
        }
        Ok(loose)
    }
}
