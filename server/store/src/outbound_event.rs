//! Outbound events: what happened, in the order of each object. The body never changes once it is written.

use crate::bulk::{among, among_at, ids_value, insert_all};
use crate::codec::{instant, to_instant};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, OutboundEventId};
use saldo_domain::outbound::EventKind;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter};
use serde_json::Value as Json;
use std::collections::HashMap;
use uuid::Uuid;

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "outbound_events")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) kind: String,
        pub(crate) object_id: Uuid,
        pub(crate) sequence: i64,
        pub(crate) data: String,
        pub(crate) occurred_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// An event to be written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NewEvent {
    pub(crate) kind: EventKind,
    pub(crate) object_id: Uuid,
    pub(crate) data: Json,
}

impl NewEvent {
    pub(crate) fn new(kind: EventKind, object_id: Uuid, data: Json) -> Self {
        Self { kind, object_id, data }
    }
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboundEventRow {
    /// Its id, the same in every delivery.
    pub id: OutboundEventId,
    /// What happened.
    pub kind: EventKind,
    /// To what: the invoice, the payment, the account …
    pub object_id: Uuid,
    /// The place among the events of its object, from 1.
    pub sequence: i64,
    /// What is said of it, as JSON.
    pub data: String,
    /// When.
    pub occurred_at: Timestamp,
}

impl Model {
    pub(crate) fn read(self) -> Result<OutboundEventRow, StoreFault> {
        Ok(OutboundEventRow {
            id: OutboundEventId(self.id),
            kind: kind(&self.kind)?,
            object_id: self.object_id,
            sequence: self.sequence,
            data: self.data,
            occurred_at: instant(self.occurred_at)?,
        })
    }
}

pub(crate) fn kind(word: &str) -> Result<EventKind, StoreFault> {
    EventKind::from_name(word).ok_or_else(|| StoreFault::corrupt(format!("an event {word}")))
}

/// Writes events behind those of their objects. One that says what its object's last one said is left out: nothing that is
/// told has changed. The objects' rows are held by who changed them, so that places are taken one after the other.
pub(crate) async fn insert_new(
    tx: &Tx,
    creditor_id: CreditorId,
    told: Vec<NewEvent>,
    at: Timestamp,
    id: impl Fn() -> Uuid,
) -> Result<Vec<OutboundEventRow>, StoreFault> {
    if told.is_empty() {
        return Ok(Vec::new());
    }
    let mut last = last_of(tx, creditor_id, told.iter().map(|event| event.object_id)).await?;
    let mut rows = Vec::with_capacity(told.len());
    for event in told {
        let (sequence, known) = last.remove(&event.object_id).unwrap_or_default();
        let said = (event.kind.name().to_owned(), event.data.to_string());
        if known.as_ref() == Some(&said) {
            last.insert(event.object_id, (sequence, known));
            continue;
        }
        last.insert(event.object_id, (sequence + 1, Some(said.clone())));
        rows.push(Model {
            creditor_id: creditor_id.0,
            id: id(),
            kind: said.0,
            object_id: event.object_id,
            sequence: sequence + 1,
            data: said.1,
            occurred_at: to_instant(at),
        });
    }
    insert_all::<Entity>(tx, rows.clone()).await?;
    rows.into_iter().map(Model::read).collect()
}

type Last = (i64, Option<(String, String)>);

async fn last_of(
    tx: &Tx,
    creditor_id: CreditorId,
    objects: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Last>, StoreFault> {
    let sql = format!(
        "SELECT e.object_id, e.sequence, e.kind, e.data FROM outbound_events e WHERE e.creditor_id = $1 AND {} \
         AND e.sequence = (SELECT MAX(o.sequence) FROM outbound_events o \
         WHERE o.creditor_id = e.creditor_id AND o.object_id = e.object_id)",
        among_at(tx, "e.object_id", 2)
    );
    let rows = tx.query(&sql, vec![creditor_id.0.into(), ids_value(tx, objects)]).await?;
    let mut found = HashMap::with_capacity(rows.len());
    for row in rows {
        let said = (row.try_get_by("kind")?, row.try_get_by("data")?);
        found.insert(row.try_get_by("object_id")?, (row.try_get_by("sequence")?, Some(said)));
    }
    Ok(found)
}

/// Writes one event behind those of its object.
///
/// # Errors
/// The database's.
pub async fn insert(
    tx: &Tx,
    creditor_id: CreditorId,
    id: OutboundEventId,
    (kind, object_id): (EventKind, Uuid),
    data: Json,
    at: Timestamp,
) -> Result<Option<OutboundEventRow>, StoreFault> {
    let told = vec![NewEvent::new(kind, object_id, data)];
    Ok(insert_new(tx, creditor_id, told, at, || id.0).await?.pop())
}

/// Which events are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct OutboundEventFilter {
    /// Of this kind.
    pub kind: Option<EventKind>,
    /// Of this object.
    pub object_id: Option<Uuid>,
}

/// A creditor's events, the newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    filter: OutboundEventFilter,
    page: PageRequest,
) -> Result<Page<OutboundEventRow>, StoreFault> {
    let mut select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0));
    if let Some(kind) = filter.kind {
        select = select.filter(Column::Kind.eq(kind.name()));
    }
    if let Some(object_id) = filter.object_id {
        select = select.filter(Column::ObjectId.eq(object_id));
    }
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}

/// An event of a creditor.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: OutboundEventId) -> Result<OutboundEventRow, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("outbound_event"))?.read()
}

/// What some events are; ids that the creditor does not have are left out.
///
/// # Errors
/// The database's.
pub async fn kinds_of(
    tx: &Tx,
    creditor_id: CreditorId,
    ids: impl Iterator<Item = OutboundEventId>,
) -> Result<HashMap<OutboundEventId, EventKind>, StoreFault> {
    let select =
        Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).filter(among(tx, Column::Id, ids.map(|id| id.0)));
    let rows = select.all(tx.connection()).await?;
    rows.into_iter().map(|row| Ok((OutboundEventId(row.id), kind(&row.kind)?))).collect()
}

/// Forgets what happened before a moment and waits for nobody, at most `limit` events, and counts them.
///
/// # Errors
/// The database's.
pub async fn delete_before(tx: &Tx, before: Timestamp, limit: u32) -> Result<u64, StoreFault> {
    let old = "SELECT e.creditor_id, e.id FROM outbound_events e WHERE e.occurred_at < $1 AND NOT EXISTS (SELECT 1 \
               FROM outbound_deliveries d WHERE d.creditor_id = e.creditor_id AND d.event_id = e.id AND d.due_at IS NOT \
               NULL) ORDER BY e.occurred_at, e.creditor_id, e.id LIMIT $2";
    let values = || vec![to_instant(before).into(), i64::from(limit).into()];
    let deliveries = format!("DELETE FROM outbound_deliveries WHERE (creditor_id, event_id) IN ({old})");
    tx.execute(&deliveries, values()).await?;
    tx.execute(&format!("DELETE FROM outbound_events WHERE (creditor_id, id) IN ({old})"), values()).await
}
