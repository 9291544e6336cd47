//! What is asked of the database as a whole: its schema, its clock, whether it takes writes.

use crate::codec::instant;
use crate::migration::Migrator;
use crate::{Dialect, Store, StoreFault};
use saldo_domain::calendar::Timestamp;
use sea_orm::{ConnectionTrait, TransactionTrait};
use sea_orm_migration::MigratorTrait;

impl Store {
    /// Brings the schema up to this version and names what was applied. Nodes that start together take turns.
    ///
    /// # Errors
    /// The database's; a database that a newer version has migrated.
    pub async fn migrate(&self) -> Result<Vec<String>, StoreFault> {
        let turn = match self.dialect() {
            Dialect::Sqlite => None,
            Dialect::Postgres => {
                let turn = self.connection().begin().await?;
                turn.execute_unprepared("SELECT pg_advisory_xact_lock(7257120316)").await?;
                Some(turn)
            }
        };
        let pending = self.pending_migrations().await?;
        if !pending.is_empty() {
            Migrator::up(&self.connection(), None).await?;
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
        let pending = Migrator::get_pending_migrations_read_only(&self.connection()).await?;
        Ok(pending.iter().map(|migration| migration.name().to_owned()).collect())
    }

    /// Writes something that changes nothing, so that whoever asks knows whether writing works.
    ///
    /// # Errors
    /// The database's.
    pub async fn try_write(&self) -> Result<(), StoreFault> {
        let tx = self.write().await?;
        match self.dialect() {
            // The first page is written whatever it says.
            Dialect::Sqlite => {
                let rows = tx.query("PRAGMA user_version", Vec::new()).await?;
                let version: i64 = rows.first().map_or(Ok(0), |row| row.try_get_by_index(0))?;
                tx.execute(&format!("PRAGMA user_version = {version}"), Vec::new()).await?;
            }
            Dialect::Postgres => {
                tx.execute("CREATE TEMPORARY TABLE written (line TEXT) ON COMMIT DROP", Vec::new()).await?;
                let lines = "INSERT INTO written SELECT repeat('-', 100) FROM generate_series(1, 1000)";
                tx.execute(lines, Vec::new()).await?;
            }
        }
        tx.commit().await
    }

    /// What time the database has; none for the embedded one, whose clock is ours.
    ///
    /// # Errors
    /// The database's.
    pub async fn clock(&self) -> Result<Option<Timestamp>, StoreFault> {
        if self.dialect() == Dialect::Sqlite {
            return Ok(None);
        }
        let rows = self.read().await?.query("VALUES (clock_timestamp())", Vec::new()).await?;
        let row = rows.first().ok_or_else(|| StoreFault::corrupt("a clock without a time"))?;
        instant(row.try_get_by_index(0)?).map(Some)
    }
}
