use crate::fail_point::Place;
use crate::migration::Migrator;
use crate::outbox::{Stamps, Telling};
use crate::wall::Reach;
use crate::{Across, Dialect, StoreFault, Tx};
use saldo_domain::ids::CreditorId;
use saldo_domain::planted::{self, Bug};
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use sea_orm_migration::MigratorTrait;
use std::path::Path;
use std::sync::Arc;
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

/// A pool of connections. Clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    dialect: Dialect,
    readers: DatabaseConnection,
    /// On SQLite one connection, whose fair queue keeps this process's writers apart; on PostgreSQL the same pool.
    writers: DatabaseConnection,
    telling: Telling,
}

impl Store {
    /// Opens `sqlite://PATH` (file and folder are made where they are missing) or `postgres://…`.
    ///
    /// # Errors
    /// An address that cannot be read, a database that cannot be reached.
    pub async fn connect(url: &str, options: StoreOptions) -> Result<Self, StoreFault> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let pool = Database::connect(postgres(url, &options)).await?;
            let telling = Telling::default();
            return Ok(Self { dialect: Dialect::Postgres, readers: pool.clone(), writers: pool, telling });
        }
        let Some(path) = url.strip_prefix("sqlite://") else {
            return Err(StoreFault::corrupt("a database address begins with sqlite:// or postgres://"));
        };
        let path = path.split('?').next().unwrap_or(path);
        make_folder(Path::new(path))?;
        let writers = Database::connect(sqlite(url, 1, "OFF", &options)).await?;
        let readers = Database::connect(sqlite(url, options.connections_max, "ON", &options)).await?;
        Ok(Self { dialect: Dialect::Sqlite, readers, writers, telling: Telling::default() })
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
        let begun = self.readers.begin_with_options(options).await?;
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
        let begun = self.writers.begin_with_options(options).await?;
        let settings = reach.settings();
        if self.dialect == Dialect::Postgres && !settings.is_empty() {
            begun.execute_unprepared(&settings).await?;
        }
        Ok(Tx::new(begun, true, self.telling.outbox()))
    }

    /// Brings the schema up to this version and names what was applied. Nodes that start together take turns.
    ///
    /// # Errors
    /// The database's; a database that a newer version has migrated.
    pub async fn migrate(&self) -> Result<Vec<String>, StoreFault> {
        let turn = match self.dialect {
            Dialect::Sqlite => None,
            Dialect::Postgres => {
                let turn = self.writers.begin().await?;
                turn.execute_unprepared("SELECT pg_advisory_xact_lock(7257120316)").await?;
                Some(turn)
            }
        };
        let pending = self.pending_migrations().await?;
        if !pending.is_empty() {
            Migrator::up(&self.writers, None).await?;
        }
        if let Some(turn) = turn {
            turn.commit().await?;
        }
        Ok(pending)
    }

    /// What [`Store::migrate`] would apply.
    ///
    /// # Errors
    /// The database's; a database that a newer version has migrated.
    pub async fn pending_migrations(&self) -> Result<Vec<String>, StoreFault> {
        let pending = Migrator::get_pending_migrations_read_only(&self.writers).await?;
        Ok(pending.iter().map(|migration| migration.name().to_owned()).collect())
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
            .pragma("query_only", query_only)
    });
    pool
}

fn make_folder(file: &Path) -> Result<(), StoreFault> {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::create_dir_all(folder)
            .map_err(|fault| StoreFault::Corrupt(format!("{}: {fault}", folder.display()))),
        _ => Ok(()),
    }
}
