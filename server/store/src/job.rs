//! Jobs: what must happen next, written with what happened. A claim is a lease with a fencing token: whoever lost the
//! lease cannot finish the job.

use crate::bulk::insert_one;
use crate::codec::{instant, instant_opt, to_instant};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, JobId};
use saldo_domain::planted::{self, Bug};
use sea_orm::prelude::DateTimeUtc;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, Order, PaginatorTrait, QueryFilter, QuerySelect, UpdateMany};
use serde_json::Value as Json;

pub use crate::job_claim::{ClaimedJob, claim, extend};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "jobs")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) kind: String,
        pub(crate) payload: Json,
        pub(crate) dedupe_key: Option<String>,
        pub(crate) state: String,
        pub(crate) run_at: DateTimeUtc,
        pub(crate) claimable_at: Option<DateTimeUtc>,
        pub(crate) fence: i64,
        pub(crate) attempt_count: i32,
        pub(crate) attempts_max: i32,
        pub(crate) last_error: Option<String>,
        pub(crate) finished_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// A job to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Its id.
    pub id: JobId,
    /// Whose it is.
    pub creditor_id: CreditorId,
    /// Which work.
    pub kind: String,
    /// On what.
    pub payload: Json,
    /// Not before.
    pub run_at: Timestamp,
    /// While a job of the creditor with this key waits or is worked on, another one is ignored.
    pub dedupe_key: Option<String>,
    /// How often it is tried before it is dead.
    pub attempts_max: u32,
}

/// A job that was tried often enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadJob {
    /// Its id.
    pub id: JobId,
    /// Which work.
    pub kind: String,
    /// On what.
    pub payload: Json,
    /// How often it was tried.
    pub attempt_count: u32,
    /// What the last try said.
    pub last_error: Option<String>,
    /// When it was given up.
    pub died_at: Option<Timestamp>,
}

/// How the work stands, over every creditor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct JobCounts {
    /// Waiting, those with a later `run_at` too.
    pub ready: u64,
    /// Claimed.
    pub leased: u64,
    /// Given up.
    pub dead: u64,
    /// The earliest `run_at` of those that wait.
    pub oldest_ready_at: Option<Timestamp>,
}

/// Writes a job. `false` when the same work is waiting already.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &Tx, job: &NewJob) -> Result<bool, StoreFault> {
    let row = Model {
        creditor_id: job.creditor_id.0,
        id: job.id.0,
        kind: job.kind.clone(),
        payload: job.payload.clone(),
        dedupe_key: job.dedupe_key.clone(),
        state: "ready".to_owned(),
        run_at: to_instant(job.run_at),
        claimable_at: Some(to_instant(job.run_at)),
        fence: 0,
        attempt_count: 0,
        attempts_max: i32::try_from(job.attempts_max).unwrap_or(i32::MAX),
        last_error: None,
        finished_at: None,
    };
    insert_one::<Entity>(tx, row).await
}

/// The job, if the caller still has it.
fn held(creditor_id: CreditorId, id: JobId, fence: i64) -> UpdateMany<Entity> {
    let leased = Entity::update_many()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq("leased"));
    if planted::is(Bug::LeaseWithoutFencing) { leased } else { leased.filter(Column::Fence.eq(fence)) }
}

async fn changed(tx: &Tx, update: UpdateMany<Entity>) -> Result<bool, StoreFault> {
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// Whether the caller still has a job, which it then has until `until` at least: asked in the transaction that the work's
/// effects are written in. Until that ends, nobody else can claim the job.
///
/// # Errors
/// The database's.
pub async fn hold(tx: &Tx, job: &ClaimedJob, until: Timestamp) -> Result<bool, StoreFault> {
    let update = held(job.creditor_id, job.id, job.fence);
    changed(tx, update.col_expr(Column::ClaimableAt, Expr::value(to_instant(until)))).await
}

/// How many of a creditor's jobs were given up.
///
/// # Errors
/// The database's.
pub async fn count_dead(tx: &Tx, creditor_id: CreditorId) -> Result<u64, StoreFault> {
    let select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).filter(Expr::cust("state = 'dead'"));
    Ok(select.count(tx.connection()).await?)
}

/// The work is done. `false` when another worker has the job meanwhile: the caller must roll back.
///
/// # Errors
/// The database's.
pub async fn mark_done(
    tx: &Tx,
    creditor_id: CreditorId,
    id: JobId,
    fence: i64,
    at: Timestamp,
) -> Result<bool, StoreFault> {
    let update = held(creditor_id, id, fence)
        .col_expr(Column::State, Expr::value("done"))
        .col_expr(Column::ClaimableAt, Expr::value(None::<DateTimeUtc>))
        .col_expr(Column::FinishedAt, Expr::value(to_instant(at)));
    changed(tx, update).await
}

/// The work is to be tried again at a moment. `false` when another worker has the job meanwhile.
///
/// # Errors
/// The database's.
pub async fn mark_retry(
    tx: &Tx,
    creditor_id: CreditorId,
    id: JobId,
    fence: i64,
    run_at: Timestamp,
    error: &str,
) -> Result<bool, StoreFault> {
    let update = held(creditor_id, id, fence)
        .col_expr(Column::State, Expr::value("ready"))
        .col_expr(Column::RunAt, Expr::value(to_instant(run_at)))
        .col_expr(Column::ClaimableAt, Expr::value(to_instant(run_at)))
        .col_expr(Column::LastError, Expr::value(error));
    changed(tx, update).await
}

/// The work is given up and shown. `false` when another worker has the job meanwhile.
///
/// # Errors
/// The database's.
pub async fn mark_dead(
    tx: &Tx,
    creditor_id: CreditorId,
    id: JobId,
    fence: i64,
    error: &str,
    at: Timestamp,
) -> Result<bool, StoreFault> {
    let update = held(creditor_id, id, fence)
        .col_expr(Column::State, Expr::value("dead"))
        .col_expr(Column::ClaimableAt, Expr::value(None::<DateTimeUtc>))
        .col_expr(Column::LastError, Expr::value(error))
        .col_expr(Column::FinishedAt, Expr::value(to_instant(at)));
    changed(tx, update).await
}

/// A creditor's dead jobs, newest first.
///
/// # Errors
/// The database's.
pub async fn list_dead(tx: &Tx, creditor_id: CreditorId, page: PageRequest) -> Result<Page<DeadJob>, StoreFault> {
    let select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).filter(Expr::cust("state = 'dead'"));
    let read = |row: Model| {
        Ok(DeadJob {
            id: JobId(row.id),
            kind: row.kind,
            payload: row.payload,
            attempt_count: u32::try_from(row.attempt_count).map_err(StoreFault::corrupt)?,
            last_error: row.last_error,
            died_at: instant_opt(row.finished_at)?,
        })
    };
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, read).await
}

/// Brings a dead job back, to be tried from the beginning. Where the same work waits already, the dead one is done.
///
/// # Errors
/// `NotFound` when the creditor has no such dead job.
pub async fn revive(tx: &Tx, creditor_id: CreditorId, id: JobId, run_at: Timestamp) -> Result<(), StoreFault> {
    let values = vec![creditor_id.0.into(), id.0.into()];
    if tx.execute(REPLACED, values).await? == 1 {
        return Ok(());
    }
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value("ready"))
        .col_expr(Column::RunAt, Expr::value(to_instant(run_at)))
        .col_expr(Column::ClaimableAt, Expr::value(to_instant(run_at)))
        .col_expr(Column::AttemptCount, Expr::value(0))
        .col_expr(Column::FinishedAt, Expr::value(None::<DateTimeUtc>))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq("dead"));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "job")
}

const REPLACED: &str = "UPDATE jobs SET state = 'done' WHERE creditor_id = $1 AND id = $2 AND state = 'dead' \
     AND EXISTS (SELECT 1 FROM jobs AS other WHERE other.creditor_id = $1 AND other.dedupe_key = jobs.dedupe_key \
     AND other.state IN ('ready', 'leased'))";

#[derive(FromQueryResult)]
struct CountRow {
    state: String,
    count: i64,
    oldest: Option<DateTimeUtc>,
}

/// How the work stands.
///
/// # Errors
/// The database's.
pub async fn counts(tx: &Tx) -> Result<JobCounts, StoreFault> {
    let select = Entity::find()
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "count")
        .column_as(Column::RunAt.min(), "oldest")
        .filter(Expr::cust("claimable_at IS NOT NULL OR state = 'dead'"))
        .group_by(Column::State);
    let mut counts = JobCounts::default();
    for row in select.into_model::<CountRow>().all(tx.connection()).await? {
        let count = u64::try_from(row.count).map_err(StoreFault::corrupt)?;
        match row.state.as_str() {
            "ready" => {
                counts.ready = count;
                counts.oldest_ready_at = row.oldest.map(instant).transpose()?;
            }
            "leased" => counts.leased = count,
            _ => counts.dead = count,
        }
    }
    Ok(counts)
}

/// Forgets the jobs that were done before a moment, and counts them.
///
/// # Errors
/// The database's.
pub async fn delete_done_before(tx: &Tx, before: Timestamp) -> Result<u64, StoreFault> {
    let delete =
        Entity::delete_many().filter(Expr::cust("state = 'done'")).filter(Column::FinishedAt.lt(to_instant(before)));
    Ok(delete.exec(tx.connection()).await?.rows_affected)
}
