use sea_orm::{DbErr, RuntimeErr, sqlx};

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// No such row for this creditor; names the kind of row.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// A unique key was hit that callers act on; names the key. Nothing was written and the transaction goes on.
    #[error("{0} exists already")]
    Conflict(&'static str),
    /// A row that this version cannot read, or a value that it cannot write.
    #[error("unreadable: {0}")]
    Corrupt(String),
    /// The database refused or could not be reached.
    #[error(transparent)]
    Db(#[from] DbErr),
}

impl StoreFault {
    pub(crate) fn corrupt(what: impl std::fmt::Display) -> Self {
        Self::Corrupt(what.to_string())
    }

    /// Answers `NotFound` when an update met no row.
    pub(crate) fn found(rows: u64, what: &'static str) -> Result<(), Self> {
        if rows == 0 { Err(Self::NotFound(what)) } else { Ok(()) }
    }

    /// Whether the same transaction may succeed when it is run again: a deadlock, a serialisation failure, a busy or
    /// unreachable database.
    pub fn is_transient(&self) -> bool {
        let Self::Db(fault) = self else { return false };
        match fault {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
            DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => match &**cause {
                // PostgreSQL: serialization_failure, deadlock_detected, lock_not_available; SQLite: BUSY and LOCKED.
                sqlx::Error::Database(inner) => {
                    matches!(inner.code().as_deref(), Some("40001" | "40P01" | "55P03" | "5" | "6" | "261" | "517"))
                }
                sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => true,
                _ => false,
            },
            _ => false,
        }
    }
}
