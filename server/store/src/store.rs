use crate::fail_point::Place;
use crate::outbox::{Stamps, Telling};
use crate::pulse::Pulse;
use crate::wall::Reach;
use crate::{Across, Dialect, Outage, StoreFault, Tx};
use saldo_domain::ids::CreditorId;
use saldo_domain::planted::{self, Bug};
use sea_orm::sqlx::Connection;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How a database is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreOptions {
    /// The most connections of this process: PostgreSQL in all, SQLite for reading.
    pub connections_max: u32,
    /// How long a transaction waits for its turn before it fails.
    pub wait_max: Duration,
}

impl Default for StoreOptions {
    /// 16 connections, 60 seconds.
    fn default() -> Self {
        Self { connections_max: 16, wait_max: Duration::from_secs(60) }
    }
}

/// How long SQLite waits for another process that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// Whose rows a connection sees until a transaction names a creditor.
const NOBODY: &str = "00000000-0000-0000-0000-000000000000";
/// How many rows SQLite's own thread reads ahead of whoever reads them: a smaller number has the two wait for each other.
const ROWS_AHEAD: usize = 1_024;

/// A pool of connections. Clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    dialect: Dialect,
    readers: DatabaseConnection,
    /// On SQLite one connection, whose fair queue keeps this process's writers apart; on PostgreSQL the same pool.
    writers: DatabaseConnection,
    telling: Telling,
    pulse: Arc<Pulse>,
    /// Whether the connection that writes on SQLite met a disk that failed: it is not used again.
    spent: Arc<AtomicBool>,
}

impl Store {
    /// Opens `sqlite://PATH` (file and folder are made where they are missing) or `postgres://…`.
    ///
    /// # Errors
    /// An address that cannot be read, a database that cannot be reached.
    pub async fn connect(url: &str, options: StoreOptions) -> Result<Self, StoreFault> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let pool = Database::connect(postgres(url, &options)).await?;
            let (telling, pulse, spent) = (Telling::default(), Arc::default(), Arc::default());
            return Ok(Self {
                dialect: Dialect::Postgres,
                readers: pool.clone(),
                writers: pool,
                telling,
                pulse,
                spent,
            });
        }
        let Some(path) = url.strip_prefix("sqlite://") else {
            return Err(StoreFault::corrupt("a database address begins with sqlite:// or postgres://"));
        };
        let path = path.split('?').next().unwrap_or(path);
        make_folder(Path::new(path))?;
        let spent = Arc::default();
        let mut write = sqlite(url, 1, "OFF", &options);
        replace_spent(&mut write, Arc::clone(&spent));
        let writers = Database::connect(write).await?;
        let readers = Database::connect(sqlite(url, options.connections_max, "ON", &options)).await?;
        let (telling, pulse) = (Telling::default(), Arc::default());
        Ok(Self { dialect: Dialect::Sqlite, readers, writers, telling, pulse, spent })
    }

    /// From now on every transaction of this store and its clones that commits writes the events of what it changed.
    pub fn tell(&self, stamps: Arc<dyn Stamps>) {
        self.telling.begin(stamps);
    }

    /// Which database stands behind.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub(crate) fn reading(&self) -> &DatabaseConnection {
        &self.readers
    }

    pub(crate) fn connection(&self) -> DatabaseConnection {
        self.writers.clone()
    }

    /// A transaction that sees one state of a creditor's rows and writes nothing.
    ///
    /// # Errors
    /// The database's.
    pub async fn read_of(&self, creditor_id: CreditorId) -> Result<Tx, StoreFault> {
        self.begin_reading(Reach::Of(creditor_id)).await
    }

    /// A transaction that writes a creditor's rows. On SQLite it is the only one until it ends; on PostgreSQL callers lock
    /// the rows that they decide on ([`crate::debtor::lock`]).
    ///
    /// # Errors
    /// The database's; waiting longer than [`StoreOptions::wait_max`].
    #[track_caller]
    pub fn write_of(&self, creditor_id: CreditorId) -> impl Future<Output = Result<Tx, StoreFault>> + Send {
        self.begin_writing(Reach::Of(creditor_id), Place::of_caller())
    }

    /// [`Store::read_of`] across creditors, until [`Tx::enter`].
    ///
    /// # Errors
    /// The database's.
    pub async fn read_across(&self, why: Across) -> Result<Tx, StoreFault> {
        self.begin_reading(Reach::Across(why)).await
    }

    /// [`Store::write_of`] across creditors, until [`Tx::enter`].
    ///
    /// # Errors
    /// Those of [`Store::write_of`].
    #[track_caller]
    pub fn write_across(&self, why: Across) -> impl Future<Output = Result<Tx, StoreFault>> + Send {
        self.begin_writing(Reach::Across(why), Place::of_caller())
    }

    /// [`Store::read_of`] for tests and tools: on PostgreSQL it sees creditors' rows only with a role that goes past the
    /// wall ([`crate::Wall::Bypassed`]), or after [`Tx::enter`].
    ///
    /// # Errors
    /// The database's.
    pub async fn read(&self) -> Result<Tx, StoreFault> {
        self.begin_reading(Reach::Unsaid).await
    }

    /// [`Store::write_of`] for tests and tools, as [`Store::read`].
    ///
    /// # Errors
    /// Those of [`Store::write_of`].
    #[track_caller]
    pub fn write(&self) -> impl Future<Output = Result<Tx, StoreFault>> + Send {
        self.begin_writing(Reach::Unsaid, Place::of_caller())
    }

    async fn begin_reading(&self, reach: Reach) -> Result<Tx, StoreFault> {
        let mode = (self.dialect == Dialect::Sqlite).then_some(SqliteTransactionMode::Deferred);
        let options = TransactionOptions { sqlite_transaction_mode: mode, ..TransactionOptions::default() };
        let begun = self.begin(&self.readers, options).await?;
        if self.dialect == Dialect::Postgres {
            // With the settings in one message, the wall costs no round trip.
            let settings = reach.settings();
            let all = format!("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; {settings}");
            begun.execute_unprepared(&all).await?;
        }
        Ok(Tx::new(begun, false, None))
    }

    async fn begin_writing(&self, reach: Reach, place: Place) -> Result<Tx, StoreFault> {
        place.pass("begin", "before").await;
        let mode = (self.dialect == Dialect::Sqlite).then_some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode: mode, ..TransactionOptions::default() };
        let begun = self.begin(&self.writers, options).await;
        let failed = begun.as_ref().err().and_then(StoreFault::outage);
        if failed.is_some_and(|outage| outage != Outage::Busy) {
            self.spent.store(true, Ordering::Relaxed);
        }
        let begun = begun?;
        let settings = reach.settings();
        if self.dialect == Dialect::Postgres && !settings.is_empty() {
            begun.execute_unprepared(&settings).await?;
        }
        Ok(Tx::new(begun, true, self.telling.outbox()))
    }

    /// Begins a transaction, for as long as there is a server to begin it.
    async fn begin(
        &self,
        pool: &DatabaseConnection,
        options: TransactionOptions,
    ) -> Result<DatabaseTransaction, StoreFault> {
        let begun = pool.begin_with_options(options);
        if self.dialect == Dialect::Sqlite {
            return Ok(begun.await?);
        }
        tokio::select! {
            biased;
            begun = begun => Ok(begun?),
            fault = self.pulse.lost(pool.get_postgres_connection_pool()) => Err(fault.into()),
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// The database's.
    pub async fn ping(&self) -> Result<(), StoreFault> {
        self.readers.execute_unprepared("SELECT 1").await?;
        Ok(())
    }

    /// Closes every connection, once the transactions that are open have ended.
    ///
    /// # Errors
    /// The database's.
    pub async fn close(&self) -> Result<(), StoreFault> {
        self.readers.close_by_ref().await?;
        Ok(self.writers.close_by_ref().await?)
    }
}

fn pool(url: &str, connections_max: u32, options: &StoreOptions) -> ConnectOptions {
    let mut pool = ConnectOptions::new(url);
    pool.max_connections(connections_max.max(2)).acquire_timeout(options.wait_max).sqlx_logging(false);
    pool
}

/// Every statement is planned for the tables as they are when it runs. PostgreSQL would keep the plan of a statement, also of
/// its own check of a foreign key, that was made while a table was empty, until somebody counts its rows: the first large
/// import then read every debtor for each row that it wrote.
fn postgres(url: &str, options: &StoreOptions) -> ConnectOptions {
    let mut pool = pool(url, options.connections_max, options);
    let settings = [("plan_cache_mode", "force_custom_plan"), ("app.creditor", NOBODY), ("app.across", "")];
    pool.map_sqlx_postgres_opts(move |postgres| postgres.options(settings));
    pool
}

fn sqlite(url: &str, connections_max: u32, query_only: &'static str, options: &StoreOptions) -> ConnectOptions {
    let mut pool = pool(url, connections_max, options);
    // A connection that is let go and opened again would lose its warm cache for nothing: the file is local.
    pool.max_connections(connections_max).idle_timeout(None::<Duration>).max_lifetime(None::<Duration>);
    pool.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(if planted::is(Bug::SynchronousNormal) {
                SqliteSynchronous::Normal
            } else {
                SqliteSynchronous::Full
            })
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .row_buffer_size(ROWS_AHEAD)
            .pragma("query_only", query_only)
    });
    pool
}

/// SQLite undoes a transaction itself when the disk fails it, and the driver goes on counting it as open: such a connection
/// would never write again, nor one that was opened while the disk could only be read.
fn replace_spent(pool: &mut ConnectOptions, spent: Arc<AtomicBool>) {
    pool.map_sqlx_sqlite_before_acquire(move |connection, _| {
        let usable = !connection.is_in_transaction() && !spent.swap(false, Ordering::Relaxed);
        Box::pin(async move { Ok(usable) })
    });
}

fn make_folder(file: &Path) -> Result<(), StoreFault> {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::create_dir_all(folder)
            .map_err(|fault| StoreFault::Corrupt(format!("{}: {fault}", folder.display()))),
        _ => Ok(()),
    }
}
