//! Rehearsals of dunning policies: how far each is, its figures, and the first of its lines.

use crate::bulk::{insert_all, insert_one};
use crate::codec::{instant, instant_opt, json, to_instant, to_json, to_word, word};
use crate::{StoreFault, Tx};
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId, PolicyId, RehearsalId};
use saldo_domain::rehearsal::Summary;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

mod line;

pub use line::{LineFilter, LineRow, insert_lines, list_lines, load_line};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "rehearsals")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) policy_id: Uuid,
        pub(crate) revision: i64,
        pub(crate) policy: Json,
        pub(crate) state: String,
        pub(crate) started_at: DateTimeUtc,
        pub(crate) started_by: Json,
        pub(crate) finished_at: Option<DateTimeUtc>,
        pub(crate) from_at: DateTimeUtc,
        pub(crate) until_at: DateTimeUtc,
        pub(crate) debtor_count: i64,
        pub(crate) done_count: i64,
        pub(crate) after_debtor_id: Option<Uuid>,
        pub(crate) line_count: i64,
        pub(crate) summary: Json,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// Where a rehearsal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RehearsalState {
    /// Debtors are being looked at.
    Running,
    /// All were.
    Done,
    /// It ended at its limit of debtors or of time: the rest was not looked at.
    BrokenOff,
}

impl RehearsalState {
    /// The word under which it is stored and shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::BrokenOff => "broken_off",
        }
    }
}

/// A rehearsal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RehearsalRow {
    /// Its id.
    pub id: RehearsalId,
    /// The version that is rehearsed.
    pub policy_id: PolicyId,
    /// The revision of it.
    pub revision: i64,
    /// What it said then.
    pub policy: Json,
    /// Where it stands.
    pub state: RehearsalState,
    /// When it was asked for.
    pub started_at: Timestamp,
    /// By whom.
    pub started_by: Actor,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// The first moment that it looks at.
    pub from_at: Timestamp,
    /// The moment at which it ends.
    pub until_at: Timestamp,
    /// How many debtors owed when it began.
    pub debtor_count: u64,
    /// How many of them were looked at.
    pub done_count: u64,
    /// The last of them.
    pub after: Option<DebtorId>,
    /// How many lines were kept.
    pub line_count: u64,
    /// The figures so far.
    pub summary: Summary,
}

impl Model {
    fn read(self) -> Result<RehearsalRow, StoreFault> {
        let count = |count: i64| u64::try_from(count).map_err(StoreFault::corrupt);
        Ok(RehearsalRow {
            id: RehearsalId(self.id),
            policy_id: PolicyId(self.policy_id),
            revision: self.revision,
            policy: self.policy,
            state: word(&self.state)?,
            started_at: instant(self.started_at)?,
            started_by: json(self.started_by)?,
            finished_at: instant_opt(self.finished_at)?,
            from_at: instant(self.from_at)?,
            until_at: instant(self.until_at)?,
            debtor_count: count(self.debtor_count)?,
            done_count: count(self.done_count)?,
            after: self.after_debtor_id.map(DebtorId),
            line_count: count(self.line_count)?,
            summary: json(self.summary)?,
        })
    }
}

fn number(count: u64) -> Result<i64, StoreFault> {
    i64::try_from(count).map_err(StoreFault::corrupt)
}

/// Writes a rehearsal, and forgets the earlier ones of the same policy.
///
/// # Errors
/// `Conflict("rehearsal")` when the id is taken.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, row: &RehearsalRow) -> Result<(), StoreFault> {
    let model = Model {
        creditor_id: creditor_id.0,
        id: row.id.0,
        policy_id: row.policy_id.0,
        revision: row.revision,
        policy: row.policy.clone(),
        state: to_word(&row.state)?,
        started_at: to_instant(row.started_at),
        started_by: to_json(&row.started_by)?,
        finished_at: row.finished_at.map(to_instant),
        from_at: to_instant(row.from_at),
        until_at: to_instant(row.until_at),
        debtor_count: number(row.debtor_count)?,
        done_count: number(row.done_count)?,
        after_debtor_id: row.after.map(|id| id.0),
        line_count: number(row.line_count)?,
        summary: to_json(&row.summary)?,
    };
    if !insert_one::<Entity>(tx, model).await? {
        return Err(StoreFault::Conflict("rehearsal"));
    }
    Entity::delete_many()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::PolicyId.eq(row.policy_id.0))
        .filter(Column::Id.ne(row.id.0))
        .exec(tx.connection())
        .await?;
    Ok(())
}

/// Writes how far a rehearsal is. `false` when it has gone further than `seen` meanwhile, or is there no more: then nothing
/// was written.
///
/// # Errors
/// The database's.
pub async fn advance(
    tx: &Tx,
    creditor_id: CreditorId,
    row: &RehearsalRow,
    seen: Option<DebtorId>,
) -> Result<bool, StoreFault> {
    let place = match seen {
        Some(seen) => Column::AfterDebtorId.eq(seen.0),
        None => Column::AfterDebtorId.is_null(),
    };
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to_word(&row.state)?))
        .col_expr(Column::FinishedAt, Expr::value(row.finished_at.map(to_instant)))
        .col_expr(Column::DoneCount, Expr::value(number(row.done_count)?))
        .col_expr(Column::AfterDebtorId, Expr::value(row.after.map(|id| id.0)))
        .col_expr(Column::LineCount, Expr::value(number(row.line_count)?))
        .col_expr(Column::Summary, Expr::value(to_json(&row.summary)?))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(row.id.0))
        .filter(Column::State.eq(RehearsalState::Running.name()))
        .filter(place);
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// The rehearsal with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: RehearsalId) -> Result<RehearsalRow, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("rehearsal"))?.read()
}

/// The latest rehearsal of a policy.
///
/// # Errors
/// The database's.
pub async fn find_latest(
    tx: &Tx,
    creditor_id: CreditorId,
    policy_id: PolicyId,
) -> Result<Option<RehearsalRow>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::PolicyId.eq(policy_id.0))
        .order_by_desc(Column::Id)
        .limit(1);
    select.one(tx.connection()).await?.map(Model::read).transpose()
}

/// Debtors with something open, in the order of their ids, behind the one named.
///
/// # Errors
/// The database's.
pub async fn list_owing(
    tx: &Tx,
    creditor_id: CreditorId,
    after: Option<DebtorId>,
    limit: u64,
) -> Result<Vec<DebtorId>, StoreFault> {
    let after = after.map_or(uuid::Uuid::nil(), |id| id.0);
    let sql = format!("{OWING} LIMIT {limit}");
    let rows = tx.query(&sql, vec![creditor_id.0.into(), after.into()]).await?;
    rows.iter().map(|row| Ok(DebtorId(row.try_get("", "debtor_id")?))).collect()
}

pub(crate) const OWING: &str = "SELECT debtor_id FROM invoices WHERE creditor_id = $1 AND status = 'open' \
     AND debtor_id > $2 GROUP BY debtor_id ORDER BY debtor_id";

/// How many debtors have something open.
///
/// # Errors
/// The database's.
pub async fn count_owing(tx: &Tx, creditor_id: CreditorId) -> Result<u64, StoreFault> {
    const SQL: &str = "SELECT CAST(COUNT(DISTINCT debtor_id) AS BIGINT) AS count FROM invoices \
         WHERE creditor_id = $1 AND status = 'open'";
    let rows = tx.query(SQL, vec![creditor_id.0.into()]).await?;
    let count: i64 = rows.first().map_or(Ok(0), |row| row.try_get("", "count"))?;
    u64::try_from(count).map_err(StoreFault::corrupt)
}
