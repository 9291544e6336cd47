//! The log of decisions: why a reminder was sent, why it was held. Kept for two years.

use crate::bulk::{among_at, ids_value, insert_all};
use crate::codec::{day, instant, instant_opt, to_day, to_instant, word};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId, DecisionId, PolicyId};
use saldo_domain::reminder::{Channel, DunningStep};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, Order, QueryFilter};
use std::collections::HashMap;

pub use crate::decision_list::{DecisionSearch, search};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "decisions")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) decided_at: DateTimeUtc,
        pub(crate) outcome: String,
        pub(crate) why: String,
        pub(crate) until_at: Option<DateTimeUtc>,
        pub(crate) step_offset: Option<i32>,
        pub(crate) step_due_on: Option<Date>,
        pub(crate) channel: Option<String>,
        pub(crate) policy_id: Option<Uuid>,
        pub(crate) rules: String,
        pub(crate) rules_version: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecisionOutcome {
    /// A message.
    Send,
    /// Nothing before a moment.
    Wait,
    /// Nothing until something changes.
    Stop,
}

impl DecisionOutcome {
    /// Every outcome.
    pub const ALL: [Self; 3] = [Self::Send, Self::Wait, Self::Stop];

    /// The word under which it is stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Wait => "wait",
            Self::Stop => "stop",
        }
    }
}

/// One decision over one debtor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    /// Its id.
    pub id: DecisionId,
    /// Over whom.
    pub debtor_id: DebtorId,
    /// When.
    pub decided_at: Timestamp,
    /// What.
    pub outcome: DecisionOutcome,
    /// The word of the hold or of the reason to stop; `due` for a message.
    pub why: String,
    /// When it is looked at again, for a wait.
    pub until_at: Option<Timestamp>,
    /// The rung, for a message.
    pub step: Option<DunningStep>,
    /// The channel, for a message.
    pub channel: Option<Channel>,
    /// The version of the dunning policy that decided; none where there was none.
    pub policy_id: Option<PolicyId>,
    /// The contact rules.
    pub rules: String,
    /// Their version.
    pub rules_version: u32,
}

/// Which decisions are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct DecisionFilter {
    /// Over one debtor.
    pub debtor_id: Option<DebtorId>,
    /// Of one outcome.
    pub outcome: Option<DecisionOutcome>,
}

impl Model {
    fn of(creditor_id: CreditorId, row: &DecisionRow) -> Result<Self, StoreFault> {
        Ok(Self {
            creditor_id: creditor_id.0,
            id: row.id.0,
            debtor_id: row.debtor_id.0,
            decided_at: to_instant(row.decided_at),
            outcome: row.outcome.as_str().to_owned(),
            why: row.why.clone(),
            until_at: row.until_at.map(to_instant),
            step_offset: row.step.map(|step| step.offset),
            step_due_on: row.step.map(|step| to_day(step.due_on)),
            channel: row.channel.map(|channel| channel.as_str().to_owned()),
            policy_id: row.policy_id.map(|id| id.0),
            rules: row.rules.clone(),
            rules_version: i32::try_from(row.rules_version).map_err(StoreFault::corrupt)?,
        })
    }

    pub(crate) fn read(self) -> Result<DecisionRow, StoreFault> {
        let outcome = DecisionOutcome::ALL.into_iter().find(|outcome| outcome.as_str() == self.outcome);
        let step = match (self.step_offset, self.step_due_on) {
            (Some(offset), Some(due_on)) => Some(DunningStep { offset, due_on: day(due_on)? }),
            _ => None,
        };
        Ok(DecisionRow {
            id: DecisionId(self.id),
            debtor_id: DebtorId(self.debtor_id),
            decided_at: instant(self.decided_at)?,
            outcome: outcome.ok_or_else(|| StoreFault::corrupt("a decision's outcome"))?,
            why: self.why,
            until_at: instant_opt(self.until_at)?,
            step,
            channel: self.channel.as_deref().map(word).transpose()?,
            policy_id: self.policy_id.map(PolicyId),
            rules: self.rules,
            rules_version: u32::try_from(self.rules_version).map_err(StoreFault::corrupt)?,
        })
    }
}

/// Writes decisions.
///
/// # Errors
/// The database's.
pub async fn insert_many(tx: &Tx, creditor_id: CreditorId, rows: &[DecisionRow]) -> Result<(), StoreFault> {
    let rows = rows.iter().map(|row| Model::of(creditor_id, row)).collect::<Result<Vec<_>, _>>()?;
    insert_all::<Entity>(tx, rows).await
}

/// The latest decision over each of some debtors; over whom nothing was decided yet is left out.
///
/// # Errors
/// The database's.
pub async fn find_latest(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<HashMap<DebtorId, DecisionRow>, StoreFault> {
    if debtor_ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "SELECT latest.* FROM debtors JOIN decisions AS latest ON latest.creditor_id = debtors.creditor_id AND latest.id = (\
         SELECT known.id FROM decisions AS known WHERE known.creditor_id = debtors.creditor_id \
         AND known.debtor_id = debtors.id ORDER BY known.id DESC LIMIT 1) \
         WHERE debtors.creditor_id = $1 AND {}",
        among_at(tx, "debtors.id", 2)
    );
    let values = vec![creditor_id.0.into(), ids_value(tx, debtor_ids.iter().map(|id| id.0))];
    let mut found = HashMap::new();
    for row in tx.query(&sql, values).await? {
        let row = Model::from_query_result(&row, "")?.read()?;
        found.insert(row.debtor_id, row);
    }
    Ok(found)
}

/// A creditor's decisions, or those over one debtor, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    filter: DecisionFilter,
    page: PageRequest,
) -> Result<Page<DecisionRow>, StoreFault> {
    let mut select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0));
    if let Some(debtor_id) = filter.debtor_id {
        select = select.filter(Column::DebtorId.eq(debtor_id.0));
    }
    if let Some(outcome) = filter.outcome {
        select = select.filter(Column::Outcome.eq(outcome.as_str()));
    }
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}

/// Forgets decisions of every creditor from before a moment, the oldest `limit` of them, and counts them.
///
/// # Errors
/// The database's.
pub async fn delete_before(tx: &Tx, before: Timestamp, limit: u32) -> Result<u64, StoreFault> {
    tx.execute(DELETE, vec![to_instant(before).into(), i64::from(limit).into()]).await
}

const DELETE: &str = "DELETE FROM decisions WHERE (creditor_id, id) IN (SELECT creditor_id, id FROM decisions \
     WHERE decided_at < $1 ORDER BY decided_at, creditor_id, id LIMIT $2)";
