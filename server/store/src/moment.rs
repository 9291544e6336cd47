//! The whole book at one moment: held still, copied, and told apart from another by a few lines.

use crate::migration::Migrator;
use crate::{Dialect, Store, StoreFault};
use futures::TryStreamExt;
use sea_orm::DbErr;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::sqlx::{self, AssertSqlSafe, ConnectOptions, PgConnection, SqliteConnection};
use sea_orm_migration::{MigrationName, MigratorTrait};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::Path;

/// What one table holds: two tables with the same rows have the same digest, in whatever order the rows lie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableDigest {
    /// Its name.
    pub table: String,
    /// How many rows it has.
    pub row_count: u64,
    /// The sum of the rows' SHA-256, in hexadecimal digits.
    pub sum: String,
}

/// One state of the database, which stays as it is for whoever reads it here. Dropped, it is let go.
#[derive(Debug)]
pub struct Moment(Held);

#[derive(Debug)]
enum Held {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

fn fault(error: sqlx::Error) -> StoreFault {
    DbErr::Query(sea_orm::RuntimeErr::SqlxError(error.into())).into()
}

impl Store {
    /// Holds the state of now still; who writes goes on meanwhile. On PostgreSQL a role that row-level security holds for
    /// cannot read creditors' rows here: it is refused, and never shown a part.
    ///
    /// # Errors
    /// The database's.
    pub async fn moment(&self) -> Result<Moment, StoreFault> {
        match self.dialect() {
            Dialect::Sqlite => {
                let pool = self.reading().get_sqlite_connection_pool();
                let mut held = pool.acquire().await.map_err(fault)?.detach();
                sqlx::raw_sql("BEGIN").execute(&mut held).await.map_err(fault)?;
                Ok(Moment(Held::Sqlite(held)))
            }
            Dialect::Postgres => {
                let pool = self.reading().get_postgres_connection_pool();
                let mut held = pool.acquire().await.map_err(fault)?.detach();
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL timezone TO 'UTC'; \
                             SET LOCAL datestyle TO 'ISO'; SET LOCAL bytea_output TO 'hex'; \
                             SET LOCAL row_security TO off";
                sqlx::raw_sql(begin).execute(&mut held).await.map_err(fault)?;
                Ok(Moment(Held::Postgres(held)))
            }
        }
    }

    /// Writes a copy of the whole SQLite database into a file that is not there yet; who writes goes on meanwhile. The
    /// caller syncs the file.
    ///
    /// # Errors
    /// The database's; `Corrupt` on PostgreSQL, which has programs of its own for it.
    pub async fn copy_into(&self, file: &Path) -> Result<(), StoreFault> {
        if self.dialect() != Dialect::Sqlite {
            return Err(StoreFault::corrupt("only SQLite is copied as a file"));
        }
        let name = file.to_str().ok_or_else(|| StoreFault::corrupt("a path that is not text"))?.replace('\'', "''");
        let sql = AssertSqlSafe(format!("VACUUM INTO '{name}'"));
        let connection = self.connection();
        sqlx::raw_sql(sql).execute(connection.get_sqlite_connection_pool()).await.map_err(fault)?;
        Ok(())
    }

    /// The steps that this database has been through, in their order; none where it has no schema.
    ///
    /// # Errors
    /// The database's.
    pub async fn applied_migrations(&self) -> Result<Vec<String>, StoreFault> {
        let mut moment = self.moment().await?;
        if !moment.tables().await?.iter().any(|table| table == "seaql_migrations") {
            return Ok(Vec::new());
        }
        moment.texts("SELECT version FROM seaql_migrations ORDER BY version".to_owned()).await
    }

    /// Whether the database has no table at all.
    ///
    /// # Errors
    /// The database's.
    pub async fn is_empty(&self) -> Result<bool, StoreFault> {
        Ok(self.moment().await?.tables().await?.is_empty())
    }
}

/// The steps that this version knows, in their order.
pub fn known_migrations() -> Vec<String> {
    Migrator::migrations().iter().map(|step| MigrationName::name(step.as_ref()).to_owned()).collect()
}

impl Moment {
    /// A copy that [`Store::copy_into`] has written. Nothing is written into it.
    ///
    /// # Errors
    /// A file that is no database.
    pub async fn of_copy(file: &Path) -> Result<Self, StoreFault> {
        let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
        Ok(Self(Held::Sqlite(options.connect().await.map_err(fault)?)))
    }

    /// The name by which another connection to the same PostgreSQL sees this state, for as long as this one is held.
    ///
    /// # Errors
    /// The database's; `Corrupt` on SQLite.
    pub async fn share(&mut self) -> Result<String, StoreFault> {
        match &self.0 {
            Held::Sqlite(_) => Err(StoreFault::corrupt("only PostgreSQL shares a moment")),
            Held::Postgres(_) => {
                let names = self.texts("SELECT pg_export_snapshot()".to_owned()).await?;
                names.into_iter().next().ok_or_else(|| StoreFault::corrupt("a moment without a name"))
            }
        }
    }

    /// What every table holds. Reads every row.
    ///
    /// # Errors
    /// The database's.
    pub async fn digest(&mut self) -> Result<Vec<TableDigest>, StoreFault> {
        let mut digests = Vec::new();
        for table in self.tables().await? {
            let rows = match &self.0 {
                Held::Postgres(_) => format!("SELECT CAST(t AS TEXT) FROM \"{table}\" AS t"),
                Held::Sqlite(_) => {
                    let columns = format!("SELECT name FROM pragma_table_info('{table}') ORDER BY cid");
                    let columns = self.texts(columns).await?;
                    let quoted: Vec<String> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
                    format!("SELECT {} FROM \"{table}\"", quoted.join(" || ',' || "))
                }
            };
            let mut sum = Sum::default();
            self.each(rows, |row| sum.add(row)).await?;
            digests.push(TableDigest { table, row_count: sum.row_count, sum: sum.text() });
        }
        Ok(digests)
    }

    async fn tables(&mut self) -> Result<Vec<String>, StoreFault> {
        let sql = match &self.0 {
            Held::Sqlite(_) => "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name",
            Held::Postgres(_) => {
                "SELECT CAST(relname AS TEXT) FROM pg_class WHERE relkind IN ('r', 'p') \
                 AND relnamespace = CAST(current_schema() AS regnamespace) ORDER BY relname COLLATE \"C\""
            }
        };
        self.texts(sql.to_owned()).await
    }

    async fn texts(&mut self, sql: String) -> Result<Vec<String>, StoreFault> {
        let mut texts = Vec::new();
        self.each(sql, |text| texts.push(text.to_owned())).await?;
        Ok(texts)
    }

    /// Hands the first column of each row over, one row at a time.
    async fn each(&mut self, sql: String, mut take: impl FnMut(&str)) -> Result<(), StoreFault> {
        let sql = AssertSqlSafe(sql);
        match &mut self.0 {
            Held::Sqlite(held) => {
                let mut rows = sqlx::query_scalar::<_, String>(sql).fetch(held);
                while let Some(row) = rows.try_next().await.map_err(fault)? {
                    take(&row);
                }
            }
            Held::Postgres(held) => {
                let mut rows = sqlx::query_scalar::<_, String>(sql).fetch(held);
                while let Some(row) = rows.try_next().await.map_err(fault)? {
                    take(&row);
                }
            }
        }
        Ok(())
    }
}

/// Hashes added up, each eighth by itself: the order of the rows does not matter.
#[derive(Default)]
struct Sum {
    row_count: u64,
    eighths: [u32; 8],
}

impl Sum {
    fn add(&mut self, row: &str) {
        self.row_count += 1;
        let hash = Sha256::digest(row.as_bytes());
        for (eighth, bytes) in self.eighths.iter_mut().zip(hash.chunks_exact(4)) {
            let part = bytes.iter().fold(0_u32, |part, byte| (part << 8) | u32::from(*byte));
            *eighth = eighth.wrapping_add(part);
        }
    }

    fn text(&self) -> String {
        self.eighths.iter().map(|eighth| format!("{eighth:08x}")).collect()
    }
}
