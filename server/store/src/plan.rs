//! How the database would run the two queries that every node repeats: they must not slow down as the tables grow.

use crate::{Dialect, StoreFault, Tx, debtor, job_claim};
use saldo_domain::calendar::Timestamp;
use sea_orm::{DbBackend, QueryTrait, Value as SqlValue};

/// A query that every node repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RepeatedQuery {
    /// The choice of [`crate::debtor::list_due`].
    ListDue,
    /// The choice of [`crate::job::claim`].
    JobClaim,
}

/// The database's own description, line by line. On PostgreSQL as if reading a whole table cost more than it does, so that
/// a small table shows what a large one would do.
///
/// # Errors
/// The database's.
pub async fn explain(tx: &Tx, query: RepeatedQuery, now: Timestamp) -> Result<Vec<String>, StoreFault> {
    let (sql, values) = statement(tx.dialect(), query, now);
    let (explain, column) = match tx.dialect() {
        Dialect::Sqlite => ("EXPLAIN QUERY PLAN", "detail"),
        Dialect::Postgres => {
            tx.execute("SET LOCAL enable_seqscan = off", Vec::new()).await?;
            ("EXPLAIN", "QUERY PLAN")
        }
    };
    let rows = tx.query(&format!("{explain} {sql}"), values).await?;
    rows.iter().map(|row| Ok(row.try_get("", column)?)).collect()
}

fn statement(dialect: Dialect, query: RepeatedQuery, now: Timestamp) -> (String, Vec<SqlValue>) {
    match query {
        RepeatedQuery::JobClaim => job_claim::claimable(dialect, now, 10, &[]),
        RepeatedQuery::ListDue => {
            let backend = match dialect {
                Dialect::Sqlite => DbBackend::Sqlite,
                Dialect::Postgres => DbBackend::Postgres,
            };
            let statement = debtor::due(now, 10).build(backend);
            (statement.sql, statement.values.map(|values| values.0).unwrap_or_default())
        }
    }
}
