use crate::codec::to_instant;
use crate::page::by_id;
use crate::payment_plan::table::{Column, Entity, Model};
use crate::payment_plan::{LIVE, PlanRow, PlanWaitsFor};
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId, PlanId};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};

/// Which plans are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlanFilter<'a> {
    /// In the state with this word.
    pub state: Option<&'a str>,
    /// On which this one must act.
    pub waits_for: Option<PlanWaitsFor>,
    /// Of this debtor.
    pub debtor_id: Option<DebtorId>,
}

/// The plans with some ids; ids that the creditor does not have are left out.
///
/// # Errors
/// The database's.
pub async fn find_many(tx: &Tx, creditor_id: CreditorId, ids: &[PlanId]) -> Result<Vec<PlanRow>, StoreFault> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(crate::bulk::KEYS_MAX) {
        let select = Entity::find()
            .filter(Column::CreditorId.eq(creditor_id.0))
            .filter(Column::Id.is_in(chunk.iter().map(|id| id.0)));
        for row in select.all(tx.connection()).await? {
            found.push(row.read()?);
        }
    }
    Ok(found)
}

/// A creditor's plans, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    filter: PlanFilter<'_>,
    page: PageRequest,
) -> Result<Page<PlanRow>, StoreFault> {
    let mut select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0));
    if let Some(state) = filter.state {
        select = select.filter(Column::State.eq(state));
    }
    if let Some(who) = filter.waits_for {
        select = select.filter(Column::WaitsFor.eq(who.name()));
    }
    if let Some(debtor_id) = filter.debtor_id {
        select = select.filter(Column::DebtorId.eq(debtor_id.0));
    }
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}

/// Live plans of every creditor whose next look has come, the longest waiting first.
///
/// # Errors
/// The database's.
pub async fn list_due(tx: &Tx, now: Timestamp, limit: u64) -> Result<Vec<(CreditorId, DebtorId, PlanId)>, StoreFault> {
    let mut select = Entity::find()
        .select_only()
        .column(Column::CreditorId)
        .column(Column::DebtorId)
        .column(Column::Id)
        .filter(Column::ReviewAt.lte(to_instant(now)))
        .order_by_asc(Column::ReviewAt)
        .order_by_asc(Column::CreditorId)
        .order_by_asc(Column::Id)
        .limit(Ord::min(limit, crate::PAGE_MAX));
    if tx.locks_rows() {
        select = select.lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked);
    }
    let rows: Vec<(uuid::Uuid, uuid::Uuid, uuid::Uuid)> = select.into_tuple().all(tx.connection()).await?;
    let typed = |(creditor, debtor, plan)| (CreditorId(creditor), DebtorId(debtor), PlanId(plan));
    Ok(rows.into_iter().map(typed).collect())
}

/// A debtor's live plans are looked at soon: something of theirs was paid or came back.
///
/// # Errors
/// The database's.
pub async fn mark_for_review(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    at: Timestamp,
) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::ReviewAt, Expr::value(to_instant(at)))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::DebtorId.eq(debtor_id.0))
        .filter(Column::State.is_in(LIVE));
    update.exec(tx.connection()).await?;
    Ok(())
}
