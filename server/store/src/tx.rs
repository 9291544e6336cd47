use crate::StoreFault;
use crate::fail_point::Place;
use crate::outbox::{self, Change, Outbox};
use saldo_domain::ids::CreditorId;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, QueryResult, Statement, TransactionTrait, Value as SqlValue,
};
use std::sync::Arc;

/// Which database stands behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// The embedded one.
    Sqlite,
    /// The server.
    Postgres,
}

/// One database transaction. Dropped without [`Tx::commit`] it is rolled back.
#[derive(Debug)]
pub struct Tx {
    inner: DatabaseTransaction,
    writes: bool,
    outbox: Option<Arc<Outbox>>,
    /// A savepoint: its commit makes nothing durable.
    is_part: bool,
}

impl Tx {
    pub(crate) fn new(inner: DatabaseTransaction, writes: bool, outbox: Option<Arc<Outbox>>) -> Self {
        Self { inner, writes, outbox, is_part: false }
    }

    /// Makes everything that was written durable, with the events of it.
    ///
    /// # Errors
    /// The database's; nothing was written then, unless the connection broke while it answered.
    #[track_caller]
    pub fn commit(self) -> impl Future<Output = Result<(), StoreFault>> + Send {
        // Asked here: a closure or a function's name would be called from the library's source.
        let place = Place::of_caller();
        let place = (!self.is_part).then_some(place);
        async move {
            if let Some(outbox) = self.outbox.as_ref().filter(|_| !self.is_part) {
                outbox::flush(&self, outbox).await?;
            }
            if let Some(place) = place {
                place.pass("commit", "before").await;
            }
            self.inner.commit().await?;
            if let Some(place) = place {
                place.pass("commit", "after").await;
            }
            Ok(())
        }
    }

    /// Undoes everything that was written.
    ///
    /// # Errors
    /// The database's; everything is undone all the same.
    pub async fn rollback(self) -> Result<(), StoreFault> {
        Ok(self.inner.rollback().await?)
    }

    /// Which database stands behind.
    pub fn dialect(&self) -> Dialect {
        match self.inner.get_database_backend() {
            DbBackend::Postgres => Dialect::Postgres,
            _ => Dialect::Sqlite,
        }
    }

    /// Whether rows are to be locked as they are read: PostgreSQL, in a transaction that writes. On SQLite a transaction
    /// that writes is alone.
    pub(crate) fn locks_rows(&self) -> bool {
        self.writes && self.dialect() == Dialect::Postgres
    }

    pub(crate) fn connection(&self) -> &DatabaseTransaction {
        &self.inner
    }

    /// Notes what subscribers are told of once this commits; what the rows say then is what they are told.
    pub(crate) fn note(&self, creditor_id: CreditorId, change: Change) {
        if let Some(outbox) = &self.outbox {
            outbox.note(creditor_id, change);
        }
    }

    /// A part that can be undone alone.
    pub(crate) async fn savepoint(&self) -> Result<Self, StoreFault> {
        let (inner, outbox) = (self.inner.begin().await?, self.outbox.clone());
        Ok(Self { inner, writes: self.writes, outbox, is_part: true })
    }

    fn statement(&self, sql: &str, values: Vec<SqlValue>) -> Statement {
        Statement::from_sql_and_values(self.inner.get_database_backend(), sql, values)
    }

    /// Rows of a statement with `$1`, `$2`, … (SQLite reads them too).
    pub(crate) async fn query(&self, sql: &str, values: Vec<SqlValue>) -> Result<Vec<QueryResult>, StoreFault> {
        Ok(self.inner.query_all_raw(self.statement(sql, values)).await?)
    }

    /// How many rows a statement changed.
    pub(crate) async fn execute(&self, sql: &str, values: Vec<SqlValue>) -> Result<u64, StoreFault> {
        Ok(self.inner.execute_raw(self.statement(sql, values)).await?.rows_affected())
    }
}
