//! How connections are opened on either database.

use crate::{StoreFault, StoreOptions};
use saldo_domain::planted::{self, Bug};
use sea_orm::ConnectOptions;
use sea_orm::sqlx::Connection;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long SQLite waits for another process that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// Whose rows a connection sees until a transaction names a creditor.
const NOBODY: &str = "00000000-0000-0000-0000-000000000000";
/// How many rows SQLite's own thread reads ahead of whoever reads them: a smaller number has the two wait for each other.
const ROWS_AHEAD: usize = 1_024;
/// How many statements a connection keeps prepared: more than the product has, since one that was dropped to make room is
/// read and planned again each time.
const STATEMENTS_KEPT: usize = 1_000;
/// After how many pages of its log SQLite brings the file up to date: each that was written often is copied once.
const PAGES_LOGGED: &str = "4000";
/// What a SQLite connection keeps of the file, in KiB. More is not better: a commit that has split a page goes through all that
/// is kept.
const CACHE_KIB: u32 = 16_384;

fn pool(url: &str, connections_max: u32, options: &StoreOptions) -> ConnectOptions {
    let mut pool = ConnectOptions::new(url);
    pool.max_connections(connections_max.max(2)).acquire_timeout(options.wait_max).sqlx_logging(false);
    pool
}

/// Every statement is planned for the tables as they are when it runs. PostgreSQL would keep the plan of a statement, also of
/// its own check of a foreign key, that was made while a table was empty, until somebody counts its rows: the first large
/// import then read every debtor for each row that it wrote.
pub(crate) fn postgres(url: &str, options: &StoreOptions) -> ConnectOptions {
    let mut pool = pool(url, options.connections_max, options);
    let settings = [("plan_cache_mode", "force_custom_plan"), ("app.creditor", NOBODY), ("app.across", "")];
    pool.map_sqlx_postgres_opts(move |postgres| postgres.options(settings).statement_cache_capacity(STATEMENTS_KEPT));
    pool
}

/// Those that read. One that is let go and opened again would lose its warm cache for nothing: the file is local, and there is no
/// server that could have gone away.
pub(crate) fn sqlite_readers(url: &str, options: &StoreOptions) -> ConnectOptions {
    sqlite(url, options, options.connections_max, "ON")
}

/// The one that writes; where it is `spent`, another takes its place. SQLite undoes a transaction itself when the disk fails it,
/// and the driver goes on counting it as open: such a connection would never write again, nor one that was opened while the disk
/// could only be read.
pub(crate) fn sqlite_writer(url: &str, options: &StoreOptions, spent: Arc<AtomicBool>) -> ConnectOptions {
    let mut pool = sqlite(url, options, 1, "OFF");
    pool.map_sqlx_sqlite_before_acquire(move |connection, _| {
        let usable = !connection.is_in_transaction() && !spent.swap(false, Ordering::Relaxed);
        Box::pin(async move { Ok(usable) })
    });
    pool
}

fn sqlite(url: &str, options: &StoreOptions, connections_max: u32, query_only: &'static str) -> ConnectOptions {
    let mut pool = pool(url, connections_max, options);
    pool.max_connections(connections_max).idle_timeout(None::<Duration>).max_lifetime(None::<Duration>);
    pool.test_before_acquire(false);
    pool.map_sqlx_sqlite_opts(move |sqlite| {
        let synchronous = match planted::is(Bug::SynchronousNormal) {
            true => SqliteSynchronous::Normal,
            false => SqliteSynchronous::Full,
        };
        sqlite
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(synchronous)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .row_buffer_size(ROWS_AHEAD)
            .statement_cache_capacity(STATEMENTS_KEPT)
            .pragma("wal_autocheckpoint", PAGES_LOGGED)
            .pragma("cache_size", format!("-{CACHE_KIB}"))
            .pragma("query_only", query_only)
    });
    pool
}

/// The folder of the file behind `sqlite://`.
pub(crate) fn make_folder(address: &str) -> Result<(), StoreFault> {
    let path = address.split('?').next().unwrap_or(address);
    match Path::new(path).parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::create_dir_all(folder)
            .map_err(|fault| StoreFault::Corrupt(format!("{}: {fault}", folder.display()))),
        _ => Ok(()),
    }
}
