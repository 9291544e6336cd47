use crate::connections;
use crate::fail_point::Place;
use crate::outbox::{Stamps, Telling};
use crate::pulse::Pulse;
use crate::wall::Reach;
use crate::{Across, Dialect, Outage, StoreFault, Tx};
use saldo_domain::ids::CreditorId;
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
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
            let pool = Database::connect(connections::postgres(url, &options)).await?;
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
        connections::make_folder(path)?;
        let spent = Arc::default();
        let writers = Database::connect(connections::sqlite_writer(url, &options, Arc::clone(&spent))).await?;
        let readers = Database::connect(connections::sqlite_readers(url, &options)).await?;
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
