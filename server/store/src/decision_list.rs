use crate::codec::to_instant;
use crate::decision::table::{Column, Entity, Model};
use crate::decision::{DecisionOutcome, DecisionRow};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, Select};
use uuid::Uuid;

/// Which decisions are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecisionSearch {
    /// Over one debtor.
    pub debtor_id: Option<DebtorId>,
    /// Of one outcome.
    pub outcome: Option<DecisionOutcome>,
    /// Of one reason: the word of a hold, of a reason to stop, or `due`.
    pub why: Option<String>,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Before this one.
    pub until: Option<Timestamp>,
}

/// Finds a creditor's decisions, newest first. Ids are of version 7 and begin with their moment, so that a period is a range
/// of them.
///
/// # Errors
/// The database's.
pub async fn search(
    tx: &Tx,
    creditor_id: CreditorId,
    wanted: &DecisionSearch,
    page: PageRequest,
) -> Result<Page<DecisionRow>, StoreFault> {
    by_id(tx, select(creditor_id, wanted), Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}

pub(crate) fn select(creditor_id: CreditorId, wanted: &DecisionSearch) -> Select<Entity> {
    let mut select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0));
    if let Some(debtor_id) = wanted.debtor_id {
        select = select.filter(Column::DebtorId.eq(debtor_id.0));
    }
    if let Some(outcome) = wanted.outcome {
        select = select.filter(Column::Outcome.eq(outcome.as_str()));
    }
    if let Some(why) = &wanted.why {
        select = select.filter(Column::Why.eq(why.as_str()));
    }
    if let Some(from) = wanted.from {
        select = select.filter(Column::Id.gte(first_id(from))).filter(Column::DecidedAt.gte(to_instant(from)));
    }
    if let Some(until) = wanted.until {
        select = select.filter(Column::DecidedAt.lt(to_instant(until)));
    }
    select
}

/// The least id of a millisecond.
fn first_id(at: Timestamp) -> Uuid {
    Uuid::from_u128(u128::try_from(at.as_millisecond()).unwrap_or(0) << 80)
}
