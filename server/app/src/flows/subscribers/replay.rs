//! What happened, who was told, and once more.

use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::audit::{self, Subject};
use saldo_contract::subscriber::{OutboundDelivery, OutboundEvent, ReplayEvents};
use saldo_domain::actor::Actor;
use saldo_domain::ids::{CreditorId, OutboundEventId, SubscriberId};
use saldo_domain::outbound::{BODY_VERSION, EventKind};
use saldo_store::outbound_delivery::{self, DeliveryRow, DeliveryState};
use saldo_store::outbound_event::{self, OutboundEventFilter, OutboundEventRow};
use saldo_store::{Page, PageRequest, subscriber};
use serde_json::json;
use uuid::Uuid;

/// A creditor's events, the newest first.
///
/// # Errors
/// `malformed` for an unknown type.
pub async fn events(
    app: &App,
    creditor: CreditorId,
    (kind, object_id): (Option<&str>, Option<Uuid>),
    page: PageRequest,
) -> Result<Page<OutboundEvent>, Failure> {
    let known = |name: &str| {
        EventKind::from_name(name).ok_or_else(|| AppRefusal::Malformed(format!("there are no events {name}")))
    };
    let filter = OutboundEventFilter { kind: kind.map(known).transpose()?, object_id };
    let tx = app.store().read_of(creditor).await?;
    Ok(outbound_event::list(&tx, creditor, filter, page).await?.map(|row| wire(&row)))
}

/// An event as it is told and listed.
pub(super) fn wire(row: &OutboundEventRow) -> OutboundEvent {
    OutboundEvent {
        id: row.id.0,
        kind: row.kind.name().to_owned(),
        version: BODY_VERSION,
        timestamp: row.occurred_at,
        data: serde_json::from_str(&row.data).unwrap_or_default(),
    }
}

/// What a subscriber was told, the newest event first.
///
/// # Errors
/// `not_found`, `malformed` for an unknown state.
pub async fn deliveries(
    app: &App,
    creditor: CreditorId,
    id: SubscriberId,
    state: Option<&str>,
    page: PageRequest,
) -> Result<Page<OutboundDelivery>, Failure> {
    let known = |name: &str| {
        DeliveryState::from_name(name).ok_or_else(|| AppRefusal::Malformed(format!("there is no state {name}")))
    };
    let state = state.map(known).transpose()?;
    let tx = app.store().read_of(creditor).await?;
    subscriber::load(&tx, creditor, id).await?;
    let listed = outbound_delivery::list(&tx, creditor, id, state, page).await?;
    let kinds = outbound_event::kinds_of(&tx, creditor, listed.items.iter().map(|row| row.event_id)).await?;
    Ok(listed.map(|row| {
        let kind = kinds.get(&row.event_id).map_or("", |kind| kind.name());
        delivery(row, kind)
    }))
}

fn delivery(row: DeliveryRow, kind: &str) -> OutboundDelivery {
    OutboundDelivery {
        event_id: row.event_id.0,
        kind: kind.to_owned(),
        state: row.state.as_str().to_owned(),
        attempts: row.attempt_count,
        status: row.status_code,
        error: row.error,
        attempted_at: row.attempted_at,
        next_attempt_at: row.due_at,
    }
}

/// Tells a subscriber one event again, or everything since a moment that it wants; answers how many there are.
///
/// # Errors
/// `not_found`, `malformed` where neither or both are named.
pub async fn replay(
    app: &App,
    creditor: CreditorId,
    actor: &Actor,
    id: SubscriberId,
    wish: &ReplayEvents,
) -> Result<u64, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let row = subscriber::load(&tx, creditor, id).await?;
    let now = app.now();
    let count = match (wish.event_id, wish.since) {
        (Some(event_id), None) => {
            outbound_delivery::replay(&tx, creditor, id, OutboundEventId(event_id), now).await?;
            1
        }
        (None, Some(since)) => outbound_delivery::replay_since(&tx, creditor, &row, since, now).await?,
        _ => return Err(AppRefusal::Malformed("either event_id or since is needed".to_owned()).into()),
    };
    let subject = Subject::new("subscriber", id.0);
    let after = json!({ "event_id": wish.event_id, "since": wish.since, "count": count });
    audit::record(app, &tx, creditor, actor, "events_replayed", subject, None, Some(after)).await?;
    tx.commit().await?;
    Ok(count)
}
