//! Calls that agents made. Each one reached out to a person: contact rules count it.

use crate::bulk::insert_one;
use crate::codec::{day, instant, instant_opt, json, to_day, to_instant, to_json, word};
use crate::{StoreFault, Tx};
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Timestamp;
use saldo_domain::call::CallOutcome;
use saldo_domain::ids::{CallId, CallTaskId, CreditorId, DebtorId, MemberId};
use saldo_domain::reminder::{Channel, Contact, ContactOutcome, DunningStep};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "calls")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) task_id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) called_at: DateTimeUtc,
        pub(crate) called_by: Json,
        pub(crate) agent_id: Option<Uuid>,
        pub(crate) outcome: Option<String>,
        pub(crate) note: String,
        pub(crate) call_back_at: Option<DateTimeUtc>,
        pub(crate) ended_at: Option<DateTimeUtc>,
        pub(crate) step_offset: i32,
        pub(crate) step_due_on: Date,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// A call that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRow {
    /// Its id.
    pub id: CallId,
    /// For which task.
    pub task_id: CallTaskId,
    /// To whom.
    pub debtor_id: DebtorId,
    /// When.
    pub called_at: Timestamp,
    /// By whom.
    pub called_by: Actor,
    /// What came of it; none while it is under way.
    pub end: Option<CallEnd>,
    /// The step of the ladder that it spoke of.
    pub step: DunningStep,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallEnd {
    /// When it was noted.
    pub at: Timestamp,
    /// What.
    pub outcome: CallOutcome,
    /// What the agent wrote.
    pub note: String,
    /// When the debtor wants to be called again.
    pub call_back_at: Option<Timestamp>,
}

impl Model {
    fn read(self) -> Result<CallRow, StoreFault> {
        let end = match (self.ended_at, &self.outcome) {
            (Some(at), Some(outcome)) => Some(CallEnd {
                at: instant(at)?,
                outcome: word(outcome)?,
                note: self.note,
                call_back_at: instant_opt(self.call_back_at)?,
            }),
            _ => None,
        };
        Ok(CallRow {
            id: CallId(self.id),
            task_id: CallTaskId(self.task_id),
            debtor_id: DebtorId(self.debtor_id),
            called_at: instant(self.called_at)?,
            called_by: json(self.called_by)?,
            end,
            step: DunningStep { offset: self.step_offset, due_on: day(self.step_due_on)? },
        })
    }

    /// The call as contact rules count it.
    pub(crate) fn contact(self) -> Result<Contact, StoreFault> {
        let row = self.read()?;
        let outcome = match row.end.map(|end| end.outcome) {
            Some(CallOutcome::NoAnswer | CallOutcome::WrongNumber) => ContactOutcome::CameBack,
            _ => ContactOutcome::Left,
        };
        let (channel, step, invoice_ids) = (Channel::Call, row.step, Vec::new());
        Ok(Contact { handed_off_at: row.called_at, channel, step, invoice_ids, outcome })
    }
}

/// Writes a call that begins.
///
/// # Errors
/// `Conflict("call")` when the id is taken, or another call of the task is under way.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, row: &CallRow) -> Result<(), StoreFault> {
    let agent_id = match row.called_by {
        Actor::Member { id } => Some(id.0),
        _ => None,
    };
    let model = Model {
        creditor_id: creditor_id.0,
        id: row.id.0,
        task_id: row.task_id.0,
        debtor_id: row.debtor_id.0,
        called_at: to_instant(row.called_at),
        called_by: to_json(&row.called_by)?,
        agent_id,
        outcome: None,
        note: String::new(),
        call_back_at: None,
        ended_at: None,
        step_offset: row.step.offset,
        step_due_on: to_day(row.step.due_on),
    };
    if insert_one::<Entity>(tx, model).await? { Ok(()) } else { Err(StoreFault::Conflict("call")) }
}

/// Writes what came of a call that is under way. `false` when it has ended already.
///
/// # Errors
/// The database's.
pub async fn mark_ended(tx: &Tx, creditor_id: CreditorId, id: CallId, end: &CallEnd) -> Result<bool, StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::Outcome, Expr::value(end.outcome.as_str()))
        .col_expr(Column::Note, Expr::value(end.note.as_str()))
        .col_expr(Column::CallBackAt, Expr::value(end.call_back_at.map(to_instant)))
        .col_expr(Column::EndedAt, Expr::value(to_instant(end.at)))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::EndedAt.is_null());
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// The call with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: CallId) -> Result<CallRow, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("call"))?.read()
}

/// The calls of some tasks, oldest first.
///
/// # Errors
/// The database's.
pub async fn list_of(tx: &Tx, creditor_id: CreditorId, tasks: &[CallTaskId]) -> Result<Vec<CallRow>, StoreFault> {
    let mut found = Vec::new();
    for chunk in tasks.chunks(crate::bulk::KEYS_MAX) {
        let select = Entity::find()
            .filter(Column::CreditorId.eq(creditor_id.0))
            .filter(Column::TaskId.is_in(chunk.iter().map(|id| id.0)))
            .order_by_asc(Column::Id);
        for row in select.all(tx.connection()).await? {
            found.push(row.read()?);
        }
    }
    Ok(found)
}

/// The calls to some debtors, as contact rules count them, oldest first.
///
/// # Errors
/// The database's.
pub(crate) async fn load_contacts(
    tx: &Tx,
    creditor_id: CreditorId,
    debtors: &[DebtorId],
) -> Result<Vec<(DebtorId, Contact)>, StoreFault> {
    let mut found = Vec::new();
    for chunk in debtors.chunks(crate::bulk::KEYS_MAX) {
        let select = Entity::find()
            .filter(Column::CreditorId.eq(creditor_id.0))
            .filter(crate::bulk::among(tx, Column::DebtorId, chunk.iter().map(|id| id.0)))
            .order_by_asc(Column::CalledAt);
        for row in select.all(tx.connection()).await? {
            found.push((DebtorId(row.debtor_id), row.contact()?));
        }
    }
    Ok(found)
}

/// How many calls of each outcome an agent made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgentCount {
    /// Who; none where another program noted the calls.
    pub agent_id: Option<MemberId>,
    /// What came of them.
    pub outcome: CallOutcome,
    /// How many.
    pub count: u64,
}

/// The calls from one moment to another, by agent and outcome.
///
/// # Errors
/// The database's.
pub async fn count_by_agent(
    tx: &Tx,
    creditor_id: CreditorId,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<AgentCount>, StoreFault> {
    let values = vec![creditor_id.0.into(), to_instant(from).into(), to_instant(until).into()];
    let rows = tx.query(BY_AGENT, values).await?;
    let read = |row: &sea_orm::QueryResult| {
        let (agent, outcome): (Option<uuid::Uuid>, String) =
            (row.try_get("", "agent_id")?, row.try_get("", "outcome")?);
        let count: i64 = row.try_get("", "count")?;
        let count = u64::try_from(count).map_err(StoreFault::corrupt)?;
        Ok(AgentCount { agent_id: agent.map(MemberId), outcome: word(&outcome)?, count })
    };
    rows.iter().map(read).collect()
}

pub(crate) const BY_AGENT: &str = "SELECT agent_id, outcome, CAST(COUNT(*) AS BIGINT) AS count FROM calls \
     WHERE creditor_id = $1 AND called_at >= $2 AND called_at < $3 AND outcome IS NOT NULL GROUP BY agent_id, outcome ORDER BY agent_id, outcome";
