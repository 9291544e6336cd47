//! How the database would run what must not slow down as the tables grow: the two queries that every node repeats, the
//! lists, the figures of the dashboard.

use crate::codec::to_day;
use crate::list::{self, Listing, Wanted};
use crate::{Dialect, StoreFault, Tx, debtor, figures, job_claim, totals};
use saldo_domain::calendar::{Date, Timestamp};
use saldo_domain::ids::CreditorId;
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

/// How the database would read one page of a list. On PostgreSQL as if reading a whole table or putting rows in order cost
/// more than they do: what needs either shows it.
///
/// # Errors
/// The database's.
pub async fn explain_list(
    tx: &Tx,
    creditor_id: CreditorId,
    listing: &Listing,
    wanted: &Wanted,
) -> Result<Vec<String>, StoreFault> {
    let (sql, values) = list::statement(tx.dialect(), creditor_id, listing, wanted);
    described(tx, &sql, values).await
}

/// How the database would read the figures of the dashboard.
///
/// # Errors
/// The database's.
pub async fn explain_figures(
    tx: &Tx,
    creditor_id: CreditorId,
    on: Date,
) -> Result<Vec<(String, Vec<String>)>, StoreFault> {
    let (creditor, day) = (SqlValue::from(creditor_id.0), SqlValue::from(to_day(on)));
    let figures = [
        (figures::COLLECTED, vec![creditor.clone(), day.clone(), day.clone()]),
        (figures::DISCOUNTS, vec![creditor.clone(), SqlValue::from(uuid::Uuid::nil())]),
        (figures::DISPUTES, vec![creditor.clone()]),
        (figures::PLANS, vec![creditor.clone()]),
        (figures::PLANS_WAITING, vec![creditor.clone()]),
    ];
    let mut found = Vec::new();
    for (sql, values) in figures {
        found.push((sql.to_owned(), described(tx, sql, values).await?));
    }
    let backend = backend(tx.dialect());
    for statement in
        [totals::open_items(creditor_id, on)?.build(backend), totals::with_credit(creditor_id).build(backend)]
    {
        let values = statement.values.map(|values| values.0).unwrap_or_default();
        let lines = described(tx, &statement.sql, values).await?;
        found.push((statement.sql, lines));
    }
    Ok(found)
}

async fn described(tx: &Tx, sql: &str, values: Vec<SqlValue>) -> Result<Vec<String>, StoreFault> {
    let (explain, column) = match tx.dialect() {
        Dialect::Sqlite => ("EXPLAIN QUERY PLAN", "detail"),
        Dialect::Postgres => {
            for way in ["seqscan", "bitmapscan", "sort"] {
                tx.execute(&format!("SET LOCAL enable_{way} = off"), Vec::new()).await?;
            }
            ("EXPLAIN", "QUERY PLAN")
        }
    };
    let rows = tx.query(&format!("{explain} {sql}"), values).await?;
    rows.iter().map(|row| Ok(row.try_get("", column)?)).collect()
}

fn backend(dialect: Dialect) -> DbBackend {
    match dialect {
        Dialect::Sqlite => DbBackend::Sqlite,
        Dialect::Postgres => DbBackend::Postgres,
    }
}

fn statement(dialect: Dialect, query: RepeatedQuery, now: Timestamp) -> (String, Vec<SqlValue>) {
    match query {
        RepeatedQuery::JobClaim => job_claim::claimable(dialect, now, 10, &[]),
        RepeatedQuery::ListDue => {
            let statement = debtor::due(now, 10).build(backend(dialect));
            (statement.sql, statement.values.map(|values| values.0).unwrap_or_default())
        }
    }
}
