//! Verified webhooks, kept as they came.

use crate::bulk::insert_one;
use crate::codec::{instant, instant_opt, to_instant, to_word, word};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, InboundEventId};
use saldo_domain::outcome::Outcome;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, Order, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "inbound_events")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) provider: String,
        pub(crate) event_reference: String,
        pub(crate) received_at: DateTimeUtc,
        pub(crate) body: Vec<u8>,
        pub(crate) state: String,
        pub(crate) note: Option<String>,
        pub(crate) worked_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InboundEventState {
    /// Kept, not yet worked on.
    Received,
    /// It did what it had to do, or found it done.
    Worked,
    /// About an object that we do not know.
    Unmatched,
    /// About an object of ours, and it does not fit it.
    Refused,
    /// Of a kind that moves nothing.
    Ignored,
}

/// A verified event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboundEventRow {
    /// Its id.
    pub id: InboundEventId,
    /// Whose it is. Events are kept before anything is known about them, so nothing has to exist under this id.
    pub creditor_id: CreditorId,
    /// Who sent it.
    pub provider: String,
    /// The provider's name of it: repeated deliveries share it.
    pub event_reference: String,
    /// When it came.
    pub received_at: Timestamp,
    /// The bytes that were verified.
    pub body: Vec<u8>,
    /// What became of it.
    pub state: InboundEventState,
    /// Why, for finance.
    pub note: Option<String>,
    /// When its state was last written.
    pub worked_at: Option<Timestamp>,
}

impl Model {
    fn read(self) -> Result<InboundEventRow, StoreFault> {
        Ok(InboundEventRow {
            id: InboundEventId(self.id),
            creditor_id: CreditorId(self.creditor_id),
            provider: self.provider,
            event_reference: self.event_reference,
            received_at: instant(self.received_at)?,
            body: self.body,
            state: word(&self.state)?,
            note: self.note,
            worked_at: instant_opt(self.worked_at)?,
        })
    }
}

/// Keeps an event. `AlreadyApplied` for another delivery of one that is kept.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &Tx, event: &InboundEventRow) -> Result<Outcome<()>, StoreFault> {
    let row = Model {
        creditor_id: event.creditor_id.0,
        id: event.id.0,
        provider: event.provider.clone(),
        event_reference: event.event_reference.clone(),
        received_at: to_instant(event.received_at),
        body: event.body.clone(),
        state: to_word(&event.state)?,
        note: event.note.clone(),
        worked_at: event.worked_at.map(to_instant),
    };
    Ok(if insert_one::<Entity>(tx, row).await? { Outcome::Executed(()) } else { Outcome::AlreadyApplied })
}

/// The event with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: InboundEventId) -> Result<InboundEventRow, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("inbound_event"))?.read()
}

/// Writes what became of an event.
///
/// # Errors
/// `NotFound`.
pub async fn mark(
    tx: &Tx,
    creditor_id: CreditorId,
    id: InboundEventId,
    state: InboundEventState,
    note: Option<&str>,
    at: Timestamp,
) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to_word(&state)?))
        .col_expr(Column::Note, Expr::value(note.map(str::to_owned)))
        .col_expr(Column::WorkedAt, Expr::value(to_instant(at)))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "inbound_event")
}

/// A creditor's events, or those in one state, newest first, with their bodies.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    state: Option<InboundEventState>,
    page: PageRequest,
) -> Result<Page<InboundEventRow>, StoreFault> {
    let mut select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0));
    if let Some(state) = state {
        select = select.filter(Column::State.eq(to_word(&state)?));
    }
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}

/// How many of a creditor's events are in a state.
///
/// # Errors
/// The database's.
pub async fn count(tx: &Tx, creditor_id: CreditorId, state: InboundEventState) -> Result<u64, StoreFault> {
    let select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::State.eq(to_word(&state)?));
    Ok(select.count(tx.connection()).await?)
}

impl InboundEventState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Received, Self::Worked, Self::Unmatched, Self::Refused, Self::Ignored];

    /// The word under which it is stored and shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Worked => "worked",
            Self::Unmatched => "unmatched",
            Self::Refused => "refused",
            Self::Ignored => "ignored",
        }
    }

    /// The state of a word.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}
