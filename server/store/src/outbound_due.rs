use crate::codec::{count, instant, to_instant};
use crate::outbound_event::OutboundEventRow;
use crate::outbound_event::table::Model;
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, SubscriberId};
use sea_orm::FromQueryResult;
use sea_orm::prelude::DateTimeUtc;

/// An event that a subscriber is to be told of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The event.
    pub event: OutboundEventRow,
    /// How often it was offered before.
    pub attempt_count: u32,
    /// Since when it is offered.
    pub queued_at: Timestamp,
}

/// The first waiting event of each object that is due, the longest waiting first.
///
/// # Errors
/// The database's.
pub async fn list_due(
    tx: &Tx,
    creditor_id: CreditorId,
    subscriber_id: SubscriberId,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Due>, StoreFault> {
    let sql = "SELECT e.*, d.attempt_count, d.queued_at FROM outbound_deliveries d JOIN outbound_events e \
               ON e.creditor_id = d.creditor_id AND e.id = d.event_id WHERE d.creditor_id = $1 AND d.subscriber_id = $2 \
               AND d.due_at <= $3 AND NOT EXISTS (SELECT 1 FROM outbound_deliveries o WHERE o.creditor_id = \
               d.creditor_id AND o.subscriber_id = d.subscriber_id AND o.object_id = d.object_id \
               AND o.due_at IS NOT NULL AND o.sequence < d.sequence) ORDER BY d.due_at, d.event_id LIMIT $4";
    let values = vec![creditor_id.0.into(), subscriber_id.0.into(), to_instant(now).into(), i64::from(limit).into()];
    let read = |row: &sea_orm::QueryResult| {
        let (attempts, queued): (i32, DateTimeUtc) = (row.try_get_by("attempt_count")?, row.try_get_by("queued_at")?);
        Ok(Due {
            event: Model::from_query_result(row, "")?.read()?,
            attempt_count: count(attempts.into())?,
            queued_at: instant(queued)?,
        })
    };
    tx.query(sql, values).await?.iter().map(read).collect()
}

/// What is due behind an event that waits for later waits with it: nobody looks at it in vain. Answers how many there were.
///
/// # Errors
/// The database's.
pub async fn defer_blocked(
    tx: &Tx,
    creditor_id: CreditorId,
    subscriber_id: SubscriberId,
    now: Timestamp,
) -> Result<u64, StoreFault> {
    let before = "FROM outbound_deliveries o WHERE o.creditor_id = outbound_deliveries.creditor_id AND o.subscriber_id = \
                  outbound_deliveries.subscriber_id AND o.object_id = outbound_deliveries.object_id AND o.due_at > $3 \
                  AND o.sequence < outbound_deliveries.sequence";
    let sql = format!(
        "UPDATE outbound_deliveries SET due_at = (SELECT MAX(o.due_at) {before}) WHERE creditor_id = $1 \
         AND subscriber_id = $2 AND due_at <= $3 AND EXISTS (SELECT 1 {before})"
    );
    tx.execute(&sql, vec![creditor_id.0.into(), subscriber_id.0.into(), to_instant(now).into()]).await
}

/// Everything that waits for later is due now: the subscriber is back.
///
/// # Errors
/// The database's.
pub async fn bring_forward(
    tx: &Tx,
    creditor_id: CreditorId,
    subscriber_id: SubscriberId,
    now: Timestamp,
) -> Result<u64, StoreFault> {
    let sql =
        "UPDATE outbound_deliveries SET due_at = $3 WHERE creditor_id = $1 AND subscriber_id = $2 AND due_at > $3";
    tx.execute(sql, vec![creditor_id.0.into(), subscriber_id.0.into(), to_instant(now).into()]).await
}
