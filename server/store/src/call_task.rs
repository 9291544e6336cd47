//! Calls that an agent is to make.

use crate::bulk::insert_one;
use crate::codec::{instant, instant_opt, json, to_instant, to_json};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CallTaskId, CreditorId, DebtorId, MemberId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select, UpdateMany};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "call_tasks")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) phone: Option<String>,
        pub(crate) script: String,
        pub(crate) written_at: DateTimeUtc,
        pub(crate) agent_id: Option<Uuid>,
        pub(crate) call_at: Option<DateTimeUtc>,
        pub(crate) ended: Option<Json>,
        pub(crate) is_open: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallTaskRow {
    /// Its id: that of its message.
    pub id: CallTaskId,
    /// Whom to call.
    pub debtor_id: DebtorId,
    /// The number, where one is known.
    pub phone: Option<String>,
    /// What the agent says.
    pub script: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// Whose it is.
    pub agent_id: Option<MemberId>,
    /// Before when nobody is to call again.
    pub call_at: Option<Timestamp>,
    /// How it ended.
    pub ended: Option<CallTaskEnd>,
}

/// How a task ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallTaskEnd {
    /// When.
    pub at: Timestamp,
    /// By whom; the system's, where it ended by itself.
    pub by: Actor,
    /// The word of what came of it.
    pub outcome: String,
}

impl Model {
    fn read(self) -> Result<CallTaskRow, StoreFault> {
        Ok(CallTaskRow {
            id: CallTaskId(self.id),
            debtor_id: DebtorId(self.debtor_id),
            phone: self.phone,
            script: self.script,
            written_at: instant(self.written_at)?,
            agent_id: self.agent_id.map(MemberId),
            call_at: instant_opt(self.call_at)?,
            ended: self.ended.map(json).transpose()?,
        })
    }
}

/// Whose tasks are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallTaskOwner {
    /// Everybody's.
    Anybody,
    /// One agent's.
    Agent(MemberId),
    /// Those that nobody has taken.
    Nobody,
}

fn of(creditor_id: CreditorId) -> Select<Entity> {
    Entity::find().filter(Column::CreditorId.eq(creditor_id.0))
}

fn open(creditor_id: CreditorId, id: CallTaskId) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0))
        .filter(Expr::col(Column::IsOpen))
}

/// Writes a task. `false` when it is there.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, task: &CallTaskRow) -> Result<bool, StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        id: task.id.0,
        debtor_id: task.debtor_id.0,
        phone: task.phone.clone(),
        script: task.script.clone(),
        written_at: to_instant(task.written_at),
        agent_id: task.agent_id.map(|id| id.0),
        call_at: task.call_at.map(to_instant),
        ended: task.ended.as_ref().map(to_json).transpose()?,
        is_open: task.ended.is_none(),
    };
    insert_one::<Entity>(tx, row).await
}

/// The task with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: CallTaskId) -> Result<CallTaskRow, StoreFault> {
    let row = of(creditor_id).filter(Column::Id.eq(id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("call_task"))?.read()
}

/// A creditor's open tasks, oldest first.
///
/// # Errors
/// The database's.
pub async fn list_open(
    tx: &Tx,
    creditor_id: CreditorId,
    owner: CallTaskOwner,
    page: PageRequest,
) -> Result<Page<CallTaskRow>, StoreFault> {
    let select = of(creditor_id).filter(Expr::col(Column::IsOpen));
    let select = match owner {
        CallTaskOwner::Anybody => select,
        CallTaskOwner::Agent(id) => select.filter(Column::AgentId.eq(id.0)),
        CallTaskOwner::Nobody => select.filter(Column::AgentId.is_null()),
    };
    by_id(tx, select, Column::Id, Order::Asc, page, |row| row.id, Model::read).await
}

/// A debtor's tasks, newest first.
///
/// # Errors
/// The database's.
pub async fn list_for_debtor(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    page: PageRequest,
) -> Result<Page<CallTaskRow>, StoreFault> {
    let select = of(creditor_id).filter(Column::DebtorId.eq(debtor_id.0));
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}

/// Gives an open task to an agent, or to nobody. `false` when it is not open any more.
///
/// # Errors
/// The database's.
pub async fn assign(
    tx: &Tx,
    creditor_id: CreditorId,
    id: CallTaskId,
    agent: Option<MemberId>,
) -> Result<bool, StoreFault> {
    let update = open(creditor_id, id).col_expr(Column::AgentId, Expr::value(agent.map(|id| id.0)));
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// Nobody is to call before a moment. `false` when the task is not open any more.
///
/// # Errors
/// The database's.
pub async fn put_off(
    tx: &Tx,
    creditor_id: CreditorId,
    id: CallTaskId,
    call_at: Option<Timestamp>,
) -> Result<bool, StoreFault> {
    let update = open(creditor_id, id).col_expr(Column::CallAt, Expr::value(call_at.map(to_instant)));
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// Ends a task. `false` when it had ended.
///
/// # Errors
/// The database's.
pub async fn mark_ended(
    tx: &Tx,
    creditor_id: CreditorId,
    id: CallTaskId,
    end: &CallTaskEnd,
) -> Result<bool, StoreFault> {
    let update = open(creditor_id, id)
        .col_expr(Column::Ended, Expr::value(to_json(end)?))
        .col_expr(Column::IsOpen, Expr::value(false));
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// How many open tasks each agent has, and how many nobody has taken.
///
/// # Errors
/// The database's.
pub async fn count_open(tx: &Tx, creditor_id: CreditorId) -> Result<Vec<(Option<MemberId>, u64)>, StoreFault> {
    let select = of(creditor_id)
        .filter(Expr::col(Column::IsOpen))
        .select_only()
        .column(Column::AgentId)
        .column_as(Expr::col(Column::Id).count(), "open_count")
        .group_by(Column::AgentId)
        .order_by(Column::AgentId, Order::Asc);
    let rows: Vec<(Option<Uuid>, i64)> = select.into_tuple().all(tx.connection()).await?;
    Ok(rows.into_iter().map(|(agent, count)| (agent.map(MemberId), u64::try_from(count).unwrap_or(0))).collect())
}
