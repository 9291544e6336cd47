use crate::codec::to_instant;
use crate::subscriber::SubscriberRow;
use crate::subscriber::table::{Column, Entity, Model};
use crate::{Dialect, Store, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, SubscriberId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter};

/// A subscriber that the caller alone tells of events until its lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedSubscriber {
    /// Whose.
    pub creditor_id: CreditorId,
    /// Which.
    pub row: SubscriberRow,
    /// The fencing token.
    pub fence: i64,
}

/// How a subscriber does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Health {
    /// How often in a row it has failed.
    pub failure_count: u32,
    /// Since when.
    pub failing_since: Option<Timestamp>,
    /// Until when it is left alone.
    pub paused_until: Option<Timestamp>,
}

/// Takes enabled subscribers of every creditor for which something is due, for a while; commits before it answers. One
/// subscriber has one teller at a time, so that its events keep their order and it is not overrun.
///
/// # Errors
/// The database's.
pub async fn claim(
    store: &Store,
    now: Timestamp,
    until: Timestamp,
    limit: u64,
) -> Result<Vec<ClaimedSubscriber>, StoreFault> {
    let tx = store.write_across(crate::Across::Queue).await?;
    let lock = match tx.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => " FOR UPDATE SKIP LOCKED",
    };
    let sql = format!(
        "WITH chosen (owner, subscriber) AS MATERIALIZED (SELECT s.creditor_id, s.id FROM subscribers s \
         WHERE s.state = 'enabled' AND (s.lease_until IS NULL OR s.lease_until <= $1) \
         AND (s.paused_until IS NULL OR s.paused_until <= $1) AND EXISTS (SELECT 1 FROM outbound_deliveries d \
         WHERE d.creditor_id = s.creditor_id AND d.subscriber_id = s.id AND d.due_at <= $1) \
         ORDER BY s.lease_until, s.creditor_id, s.id LIMIT $2{lock}) \
         UPDATE subscribers SET lease_until = $3, fence = fence + 1 FROM chosen \
         WHERE creditor_id = chosen.owner AND id = chosen.subscriber RETURNING *"
    );
    let values =
        vec![to_instant(now).into(), i64::try_from(limit).unwrap_or(i64::MAX).into(), to_instant(until).into()];
    let rows = tx.query(&sql, values).await?;
    let read = |row: &sea_orm::QueryResult| {
        let model = Model::from_query_result(row, "")?;
        Ok(ClaimedSubscriber { creditor_id: CreditorId(model.creditor_id), fence: model.fence, row: model.read()? })
    };
    let claimed = rows.iter().map(read).collect::<Result<Vec<_>, StoreFault>>()?;
    tx.commit().await?;
    Ok(claimed)
}

/// Notes how a subscriber does, and keeps it until a moment. `false` when another has it meanwhile, or it is no longer
/// enabled: the caller must roll back and go on no longer.
///
/// # Errors
/// The database's.
pub async fn hold(tx: &Tx, claimed: &ClaimedSubscriber, health: &Health, until: Timestamp) -> Result<bool, StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::FailureCount, Expr::value(i32::try_from(health.failure_count).unwrap_or(i32::MAX)))
        .col_expr(Column::FailingSince, Expr::value(health.failing_since.map(to_instant)))
        .col_expr(Column::PausedUntil, Expr::value(health.paused_until.map(to_instant)))
        .col_expr(Column::LeaseUntil, Expr::value(to_instant(until)))
        .filter(Column::CreditorId.eq(claimed.creditor_id.0))
        .filter(Column::Id.eq(claimed.row.id.0))
        .filter(Column::Fence.eq(claimed.fence))
        .filter(Column::State.eq("enabled"));
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// Lets a subscriber go before its lease ends.
///
/// # Errors
/// The database's.
pub async fn release(tx: &Tx, creditor_id: CreditorId, id: SubscriberId, fence: i64) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::LeaseUntil, Expr::value(None::<sea_orm::prelude::DateTimeUtc>))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::Fence.eq(fence));
    update.exec(tx.connection()).await?;
    Ok(())
}
