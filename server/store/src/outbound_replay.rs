use crate::codec::to_instant;
use crate::outbound_event::{OutboundEventRow, load};
use crate::subscriber::SubscriberRow;
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, OutboundEventId, SubscriberId};

const AGAIN: &str = "ON CONFLICT (creditor_id, subscriber_id, event_id) DO UPDATE SET state = 'waiting', \
                     queued_at = $3, due_at = $3, attempt_count = 0, attempted_at = NULL, status_code = NULL, error = NULL";

/// One event is told a subscriber again, or for the first time, from the beginning of its patience.
///
/// # Errors
/// `NotFound` without the event.
pub async fn replay(
    tx: &Tx,
    creditor_id: CreditorId,
    subscriber_id: SubscriberId,
    event_id: OutboundEventId,
    now: Timestamp,
) -> Result<OutboundEventRow, StoreFault> {
    let event = load(tx, creditor_id, event_id).await?;
    let sql = format!(
        "INSERT INTO outbound_deliveries (creditor_id, subscriber_id, event_id, object_id, sequence, state, queued_at, \
         due_at, attempt_count) SELECT e.creditor_id, $2, e.id, e.object_id, e.sequence, 'waiting', $3, $3, 0 \
         FROM outbound_events e WHERE e.creditor_id = $1 AND e.id = $4 {AGAIN}"
    );
    let values = vec![creditor_id.0.into(), subscriber_id.0.into(), to_instant(now).into(), event_id.0.into()];
    tx.execute(&sql, values).await?;
    Ok(event)
}

/// Every event since a moment that a subscriber wants is told again; answers how many there are.
///
/// # Errors
/// The database's.
pub async fn replay_since(
    tx: &Tx,
    creditor_id: CreditorId,
    subscriber: &SubscriberRow,
    since: Timestamp,
    now: Timestamp,
) -> Result<u64, StoreFault> {
    let mut values =
        vec![creditor_id.0.into(), subscriber.id.0.into(), to_instant(now).into(), to_instant(since).into()];
    let mut wanted = " AND e.kind <> 'subscriber.test'".to_owned();
    if !subscriber.kinds.is_empty() {
        let places: Vec<String> = (0..subscriber.kinds.len()).map(|place| format!("${}", place + 5)).collect();
        wanted = format!(" AND e.kind IN ({})", places.join(", "));
        values.extend(subscriber.kinds.iter().map(|kind| kind.name().into()));
    }
    let sql = format!(
        "INSERT INTO outbound_deliveries (creditor_id, subscriber_id, event_id, object_id, sequence, state, queued_at, \
         due_at, attempt_count) SELECT e.creditor_id, $2, e.id, e.object_id, e.sequence, 'waiting', $3, $3, 0 \
         FROM outbound_events e WHERE e.creditor_id = $1 AND e.occurred_at >= $4{wanted} {AGAIN}"
    );
    tx.execute(&sql, values).await
}
