use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, sqlx};

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

/// Why the database does not do its work for now. Another request meets the same, and each may pass by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outage {
    /// It cannot be reached: it is stopped or starting, or the way to it is cut.
    Unreachable,
    /// It is there, and others kept it busy for longer than anybody waits.
    Busy,
    /// It takes no writes: a replica, a file or a disk that may only be read.
    ReadOnly,
    /// Its disk is full.
    Full,
    /// Its disk fails.
    Disk,
}

impl Outage {
    /// The stable word, in snake case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Busy => "busy",
            Self::ReadOnly => "read_only",
            Self::Full => "full",
            Self::Disk => "disk",
        }
    }
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
        matches!(self.outage(), Some(Outage::Busy | Outage::Unreachable))
    }

    /// What is wrong with the database itself; none where it did its work and the request is at fault.
    pub fn outage(&self) -> Option<Outage> {
        let Self::Db(fault) = self else { return None };
        match fault {
            DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => Some(Outage::Busy),
            DbErr::ConnectionAcquire(_) | DbErr::Conn(RuntimeErr::Internal(_)) => Some(Outage::Unreachable),
            DbErr::Conn(RuntimeErr::SqlxError(cause))
            | DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause)) => match &**cause {
                sqlx::Error::Database(told) => told.code().and_then(|code| of_code(&code)),
                sqlx::Error::PoolTimedOut => Some(Outage::Busy),
                sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => Some(Outage::Unreachable),
                _ => None,
            },
            _ => None,
        }
    }
}

/// PostgreSQL's codes have five characters (SQLSTATE); SQLite's are numbers, whose last byte is the kind of fault.
fn of_code(code: &str) -> Option<Outage> {
    if code.len() == 5 {
        return match code {
            // serialization_failure, deadlock_detected, lock_not_available, too_many_connections
            "40001" | "40P01" | "55P03" | "53300" => Some(Outage::Busy),
            // read_only_sql_transaction
            "25006" => Some(Outage::ReadOnly),
            // disk_full
            "53100" => Some(Outage::Full),
            // io_error
            "58030" => Some(Outage::Disk),
            // admin_shutdown, crash_shutdown, cannot_connect_now
            "57P01" | "57P02" | "57P03" => Some(Outage::Unreachable),
            // connection_exception
            _ => code.starts_with("08").then_some(Outage::Unreachable),
        };
    }
    match code.parse::<u32>().ok()? & 0xff {
        5 | 6 => Some(Outage::Busy),
        8 => Some(Outage::ReadOnly),
        10 => Some(Outage::Disk),
        13 => Some(Outage::Full),
        14 => Some(Outage::Unreachable),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Outage, of_code};

    #[test]
    fn codes_of_both_databases_are_told_apart() {
        for (code, outage) in [
            ("5", Some(Outage::Busy)),
            ("517", Some(Outage::Busy)),
            ("1032", Some(Outage::ReadOnly)),
            ("778", Some(Outage::Disk)),
            ("13", Some(Outage::Full)),
            ("14", Some(Outage::Unreachable)),
            ("2067", None),
            ("40P01", Some(Outage::Busy)),
            ("25006", Some(Outage::ReadOnly)),
            ("53100", Some(Outage::Full)),
            ("57P03", Some(Outage::Unreachable)),
            ("08006", Some(Outage::Unreachable)),
            ("23505", None),
        ] {
            assert_eq!(of_code(code), outage, "{code}");
        }
    }
}
