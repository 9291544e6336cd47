//! Which subscriber was told of which event, and what waits. Of one object's events a subscriber gets the next one only
//! when the one before has arrived or is given up.

use crate::bulk::insert_all;
use crate::codec::{count, instant, instant_opt, to_instant, to_word, word};
use crate::outbound_event::OutboundEventRow;
use crate::page::by_id;
use crate::subscriber::Reader;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, OutboundEventId, SubscriberId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, Order, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};

pub use crate::outbound_due::{Due, bring_forward, defer_blocked, list_due};
pub use crate::outbound_replay::{replay, replay_since};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "outbound_deliveries")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) subscriber_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) event_id: Uuid,
        pub(crate) object_id: Uuid,
        pub(crate) sequence: i64,
        pub(crate) state: String,
        pub(crate) queued_at: DateTimeUtc,
        pub(crate) due_at: Option<DateTimeUtc>,
        pub(crate) attempt_count: i32,
        pub(crate) attempted_at: Option<DateTimeUtc>,
        pub(crate) status_code: Option<i32>,
        pub(crate) error: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// It has not arrived, and is offered again.
    Waiting,
    /// The subscriber took it.
    Delivered,
    /// It was offered for long enough.
    Dead,
}

impl DeliveryState {
    /// The word under which it is stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Dead => "dead",
        }
    }

    /// The state of a word.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Waiting, Self::Delivered, Self::Dead].into_iter().find(|state| state.as_str() == name)
    }
}

/// That a subscriber is told of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRow {
    /// Of which event.
    pub event_id: OutboundEventId,
    /// Where it stands.
    pub state: DeliveryState,
    /// Since when it is offered.
    pub queued_at: Timestamp,
    /// When it is offered next.
    pub due_at: Option<Timestamp>,
    /// How often it was offered.
    pub attempt_count: u32,
    /// When it was offered last.
    pub attempted_at: Option<Timestamp>,
    /// What the subscriber answered.
    pub status_code: Option<u16>,
    /// Why it did not arrive.
    pub error: Option<String>,
}

/// What came of an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempted {
    /// When.
    pub at: Timestamp,
    /// The answer's status, where there was one.
    pub status_code: Option<u16>,
    /// Why it did not arrive.
    pub error: Option<String>,
    /// Where the delivery stands now.
    pub state: DeliveryState,
    /// When it is offered again, where it waits.
    pub due_at: Option<Timestamp>,
}

impl Model {
    fn read(self) -> Result<DeliveryRow, StoreFault> {
        Ok(DeliveryRow {
            event_id: OutboundEventId(self.event_id),
            state: word(&self.state)?,
            queued_at: instant(self.queued_at)?,
            due_at: instant_opt(self.due_at)?,
            attempt_count: count(self.attempt_count.into())?,
            attempted_at: instant_opt(self.attempted_at)?,
            status_code: self.status_code.map(u16::try_from).transpose().map_err(StoreFault::corrupt)?,
            error: self.error,
        })
    }
}

/// Writes that readers are to be told of new events.
pub(crate) async fn queue_new(
    tx: &Tx,
    creditor_id: CreditorId,
    readers: &[Reader],
    events: &[OutboundEventRow],
) -> Result<(), StoreFault> {
    let mut rows = Vec::new();
    for reader in readers.iter().filter(|reader| reader.is_enabled) {
        for event in events.iter().filter(|event| reader.wants(event.kind)) {
            rows.push(new_row(creditor_id, reader.id, event, event.occurred_at));
        }
    }
    insert_all::<Entity>(tx, rows).await
}

fn new_row(creditor_id: CreditorId, subscriber_id: SubscriberId, event: &OutboundEventRow, at: Timestamp) -> Model {
    Model {
        creditor_id: creditor_id.0,
        subscriber_id: subscriber_id.0,
        event_id: event.id.0,
        object_id: event.object_id,
        sequence: event.sequence,
        state: DeliveryState::Waiting.as_str().to_owned(),
        queued_at: to_instant(at),
        due_at: Some(to_instant(at)),
        attempt_count: 0,
        attempted_at: None,
        status_code: None,
        error: None,
    }
}

/// Writes that one subscriber is to be told of one event.
///
/// # Errors
/// The database's.
pub async fn queue(
    tx: &Tx,
    creditor_id: CreditorId,
    subscriber_id: SubscriberId,
    event: &OutboundEventRow,
) -> Result<(), StoreFault> {
    insert_all::<Entity>(tx, vec![new_row(creditor_id, subscriber_id, event, event.occurred_at)]).await
}

/// Writes what came of an offer. The caller holds the subscriber.
///
/// # Errors
/// `NotFound` when the delivery is gone.
pub async fn mark(
    tx: &Tx,
    creditor_id: CreditorId,
    (subscriber_id, event_id): (SubscriberId, OutboundEventId),
    attempted: &Attempted,
) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to_word(&attempted.state)?))
        .col_expr(Column::DueAt, Expr::value(attempted.due_at.map(to_instant)))
        .col_expr(Column::AttemptCount, Expr::col(Column::AttemptCount).add(1))
        .col_expr(Column::AttemptedAt, Expr::value(to_instant(attempted.at)))
        .col_expr(Column::StatusCode, Expr::value(attempted.status_code.map(i32::from)))
        .col_expr(Column::Error, Expr::value(attempted.error.clone()))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::SubscriberId.eq(subscriber_id.0))
        .filter(Column::EventId.eq(event_id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "outbound_delivery")
}

/// Gives up what was offered to a subscriber since a moment or longer, and counts it.
///
/// # Errors
/// The database's.
pub async fn give_up(
    tx: &Tx,
    creditor_id: CreditorId,
    subscriber_id: SubscriberId,
    queued_until: Timestamp,
) -> Result<u64, StoreFault> {
    let sql = "UPDATE outbound_deliveries SET state = 'dead', due_at = NULL WHERE creditor_id = $1 \
               AND subscriber_id = $2 AND due_at IS NOT NULL AND queued_at <= $3";
    tx.execute(sql, vec![creditor_id.0.into(), subscriber_id.0.into(), to_instant(queued_until).into()]).await
}

/// How many deliveries of a subscriber stand in a state.
///
/// # Errors
/// The database's.
pub async fn count_in(
    tx: &Tx,
    creditor_id: CreditorId,
    subscriber_id: SubscriberId,
    state: DeliveryState,
) -> Result<u64, StoreFault> {
    let select =
        Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::SubscriberId.eq(subscriber_id.0));
    let select = match state {
        DeliveryState::Waiting => select.filter(Column::DueAt.is_not_null()),
        DeliveryState::Dead => select.filter(Expr::cust("state = 'dead'")),
        DeliveryState::Delivered => select.filter(Column::State.eq(state.as_str())),
    };
    Ok(select.count(tx.connection()).await?)
}

/// A subscriber's deliveries, the newest event first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    subscriber_id: SubscriberId,
    state: Option<DeliveryState>,
    page: PageRequest,
) -> Result<Page<DeliveryRow>, StoreFault> {
    let mut select =
        Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::SubscriberId.eq(subscriber_id.0));
    select = match state {
        None => select,
        Some(DeliveryState::Dead) => select.filter(Expr::cust("state = 'dead'")),
        Some(state) => select.filter(Column::State.eq(state.as_str())),
    };
    by_id(tx, select, Column::EventId, Order::Desc, page, |row| row.event_id, Model::read).await
}

pub(crate) async fn delete_of(
    tx: &Tx,
    creditor_id: CreditorId,
    subscriber_id: SubscriberId,
) -> Result<u64, StoreFault> {
    let delete = Entity::delete_many()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::SubscriberId.eq(subscriber_id.0));
    Ok(delete.exec(tx.connection()).await?.rows_affected)
}
