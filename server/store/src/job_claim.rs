use crate::codec::to_instant;
use crate::{Across, Dialect, Store, StoreFault};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, JobId};
use sea_orm::{QueryResult, TryGetable, Value as SqlValue};
use serde_json::Value as Json;
use std::time::Duration;

/// A job that the caller has until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedJob {
    /// Its id.
    pub id: JobId,
    /// Whose it is.
    pub creditor_id: CreditorId,
    /// Which work.
    pub kind: String,
    /// On what.
    pub payload: Json,
    /// The fencing token: only with it can the job be finished, and only while nobody has claimed it again.
    pub fence: i64,
    /// Which try this is, from 1.
    pub attempt_count: u32,
    /// The last try.
    pub attempts_max: u32,
}

/// The most jobs of one claim.
const CLAIM_MAX: u64 = 100;

/// Takes the jobs that have waited longest, those of expired leases too, for `lease`; commits before it answers. With
/// `kinds` only jobs of those kinds.
///
/// # Errors
/// The database's.
pub async fn claim(
    store: &Store,
    now: Timestamp,
    lease: Duration,
    limit: u64,
    kinds: &[&str],
) -> Result<Vec<ClaimedJob>, StoreFault> {
    let tx = store.write_across(Across::Queue).await?;
    let (sql, mut values) = claimable(tx.dialect(), now, limit, kinds);
    let until = now.checked_add(lease).map_err(StoreFault::corrupt)?;
    values.push(to_instant(until).into());
    // Materialised: a planner that ran the choice for every row would claim more than were asked for.
    let sql = format!(
        "WITH chosen (owner, job) AS MATERIALIZED ({sql}) \
         UPDATE jobs SET state = 'leased', claimable_at = ${}, fence = fence + 1, attempt_count = attempt_count + 1 \
         FROM chosen WHERE creditor_id = chosen.owner AND id = chosen.job \
         RETURNING id, creditor_id, kind, payload, fence, attempt_count, attempts_max, run_at",
        values.len()
    );
    let rows = tx.query(&sql, values).await?;
    let mut jobs = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    tx.commit().await?;
    jobs.sort_by_key(|(run_at, job)| (*run_at, job.id));
    Ok(jobs.into_iter().map(|(_, job)| job).collect())
}

/// Prolongs the leases of jobs that the caller still works on. A job that somebody else has claimed meanwhile stays theirs.
/// One that a transaction holds at this moment is passed over: nobody can claim it until that ends, and [`crate::job::hold`]
/// has prolonged it.
///
/// # Errors
/// The database's.
pub async fn extend(store: &Store, jobs: &[ClaimedJob], now: Timestamp, lease: Duration) -> Result<(), StoreFault> {
    let until = now.checked_add(lease).map_err(StoreFault::corrupt)?;
    let tx = store.write_across(Across::Queue).await?;
    let lock = skip_locked(tx.dialect());
    let sql = format!(
        "UPDATE jobs SET claimable_at = $4 WHERE (creditor_id, id) IN (SELECT creditor_id, id FROM jobs \
         WHERE creditor_id = $1 AND id = $2 AND fence = $3 AND state = 'leased'{lock})"
    );
    for job in jobs {
        let values = vec![job.creditor_id.0.into(), job.id.0.into(), job.fence.into(), to_instant(until).into()];
        tx.execute(&sql, values).await?;
    }
    tx.commit().await
}

fn skip_locked(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Sqlite => "",
        Dialect::Postgres => " FOR UPDATE SKIP LOCKED",
    }
}

/// The choice of [`claim`]: the index on `claimable_at` gives the order, so only the rows that are taken are read.
pub(crate) fn claimable(dialect: Dialect, now: Timestamp, limit: u64, kinds: &[&str]) -> (String, Vec<SqlValue>) {
    let mut values: Vec<SqlValue> =
        vec![to_instant(now).into(), i64::try_from(limit.min(CLAIM_MAX)).unwrap_or(i64::MAX).into()];
    let mut of_kinds = String::new();
    if !kinds.is_empty() {
        let names: Vec<String> = (0..kinds.len()).map(|place| format!("${}", place + 3)).collect();
        of_kinds = format!(" AND kind IN ({})", names.join(", "));
        values.extend(kinds.iter().map(|kind| SqlValue::from(*kind)));
    }
    let lock = skip_locked(dialect);
    let sql = format!(
        "SELECT creditor_id, id FROM jobs WHERE claimable_at <= $1{of_kinds} \
         ORDER BY claimable_at, creditor_id, id LIMIT $2{lock}"
    );
    (sql, values)
}

fn read(row: &QueryResult) -> Result<(sea_orm::prelude::DateTimeUtc, ClaimedJob), StoreFault> {
    let tries = |name| {
        let count: i32 = column(row, name)?;
        u32::try_from(count).map_err(StoreFault::corrupt)
    };
    let job = ClaimedJob {
        id: JobId(column(row, "id")?),
        creditor_id: CreditorId(column(row, "creditor_id")?),
        kind: column(row, "kind")?,
        payload: column(row, "payload")?,
        fence: column(row, "fence")?,
        attempt_count: tries("attempt_count")?,
        attempts_max: tries("attempts_max")?,
    };
    Ok((column(row, "run_at")?, job))
}

fn column<T: TryGetable>(row: &QueryResult, name: &str) -> Result<T, StoreFault> {
    Ok(row.try_get("", name)?)
}
