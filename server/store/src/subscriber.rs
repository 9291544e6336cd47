//! Subscribers: addresses of a creditor's own programs that are told of events. Their secrets are kept sealed.

use crate::bulk::insert_one;
use crate::codec::{count, instant, instant_opt, to_instant, to_word, word};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, SubscriberId};
use saldo_domain::outbound::EventKind;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

pub use crate::subscriber_claim::{ClaimedSubscriber, Health, claim, hold, release};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "subscribers")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) name: String,
        pub(crate) url: String,
        pub(crate) kinds: String,
        pub(crate) state: String,
        pub(crate) sealed_secret: Vec<u8>,
        pub(crate) sealed_former: Option<Vec<u8>>,
        pub(crate) former_until: Option<DateTimeUtc>,
        pub(crate) created_at: DateTimeUtc,
        pub(crate) failure_count: i32,
        pub(crate) failing_since: Option<DateTimeUtc>,
        pub(crate) paused_until: Option<DateTimeUtc>,
        pub(crate) lease_until: Option<DateTimeUtc>,
        pub(crate) fence: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// The most subscribers that [`list`] names.
pub const LIST_MAX: u64 = 100;

/// Whether a subscriber is told of anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriberState {
    /// It is.
    Enabled,
    /// A person has ended it.
    Disabled,
    /// It said that it is gone (410).
    Gone,
}

/// A sealed secret that signs beside the new one until a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerSecret {
    /// The secret, sealed.
    pub sealed: Vec<u8>,
    /// The last moment.
    pub until: Timestamp,
}

/// A subscriber.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriberRow {
    /// Its id.
    pub id: SubscriberId,
    /// What people call it.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// What it is told of; empty: everything.
    pub kinds: Vec<EventKind>,
    /// Whether it is told.
    pub state: SubscriberState,
    /// What signs, sealed.
    pub sealed_secret: Vec<u8>,
    /// What signed before, while both do.
    pub former: Option<FormerSecret>,
    /// When it was made.
    pub created_at: Timestamp,
    /// How often in a row it has failed.
    pub failure_count: u32,
    /// Since when it fails.
    pub failing_since: Option<Timestamp>,
    /// Until when it is left alone.
    pub paused_until: Option<Timestamp>,
}

pub(crate) fn kinds_of(words: &str) -> Result<Vec<EventKind>, StoreFault> {
    words.split_ascii_whitespace().map(crate::outbound_event::kind).collect()
}

fn words_of(kinds: &[EventKind]) -> String {
    kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(" ")
}

impl Model {
    pub(crate) fn read(self) -> Result<SubscriberRow, StoreFault> {
        let former = match (self.sealed_former, self.former_until) {
            (Some(sealed), Some(until)) => Some(FormerSecret { sealed, until: instant(until)? }),
            _ => None,
        };
        Ok(SubscriberRow {
            id: SubscriberId(self.id),
            name: self.name,
            url: self.url,
            kinds: kinds_of(&self.kinds)?,
            state: word(&self.state)?,
            sealed_secret: self.sealed_secret,
            former,
            created_at: instant(self.created_at)?,
            failure_count: count(self.failure_count.into())?,
            failing_since: instant_opt(self.failing_since)?,
            paused_until: instant_opt(self.paused_until)?,
        })
    }
}

/// Writes a new subscriber.
///
/// # Errors
/// `Conflict("subscriber")` when the id is taken.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, row: &SubscriberRow) -> Result<(), StoreFault> {
    let model = Model {
        creditor_id: creditor_id.0,
        id: row.id.0,
        name: row.name.clone(),
        url: row.url.clone(),
        kinds: words_of(&row.kinds),
        state: to_word(&row.state)?,
        sealed_secret: row.sealed_secret.clone(),
        sealed_former: row.former.as_ref().map(|former| former.sealed.clone()),
        former_until: row.former.as_ref().map(|former| to_instant(former.until)),
        created_at: to_instant(row.created_at),
        failure_count: 0,
        failing_since: None,
        paused_until: None,
        lease_until: None,
        fence: 0,
    };
    if insert_one::<Entity>(tx, model).await? { Ok(()) } else { Err(StoreFault::Conflict("subscriber")) }
}

/// A creditor's subscriber.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: SubscriberId) -> Result<SubscriberRow, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("subscriber"))?.read()
}

/// A creditor's subscribers, the newest first, at most [`LIST_MAX`].
///
/// # Errors
/// The database's.
pub async fn list(tx: &Tx, creditor_id: CreditorId) -> Result<Vec<SubscriberRow>, StoreFault> {
    let select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).order_by_desc(Column::Id).limit(LIST_MAX);
    select.all(tx.connection()).await?.into_iter().map(Model::read).collect()
}

/// Writes what people change of a subscriber: name, kinds, state and secrets. Once it is enabled it is asked at once.
///
/// # Errors
/// `NotFound`.
pub async fn update(tx: &Tx, creditor_id: CreditorId, row: &SubscriberRow) -> Result<(), StoreFault> {
    let former = row.former.as_ref();
    let mut update = Entity::update_many()
        .col_expr(Column::Name, Expr::value(row.name.clone()))
        .col_expr(Column::Kinds, Expr::value(words_of(&row.kinds)))
        .col_expr(Column::State, Expr::value(to_word(&row.state)?))
        .col_expr(Column::SealedSecret, Expr::value(row.sealed_secret.clone()))
        .col_expr(Column::SealedFormer, Expr::value(former.map(|former| former.sealed.clone())))
        .col_expr(Column::FormerUntil, Expr::value(former.map(|former| to_instant(former.until))))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(row.id.0));
    if row.state == SubscriberState::Enabled {
        update = update.col_expr(Column::PausedUntil, Expr::value(row.paused_until.map(to_instant)));
    }
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "subscriber")
}

/// Removes a subscriber with what it was told. Who is telling it something at this moment cannot note it any more.
///
/// # Errors
/// `NotFound`.
pub async fn delete(tx: &Tx, creditor_id: CreditorId, id: SubscriberId) -> Result<(), StoreFault> {
    crate::outbound_delivery::delete_of(tx, creditor_id, id).await?;
    let delete = Entity::delete_many().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::Id.eq(id.0));
    StoreFault::found(delete.exec(tx.connection()).await?.rows_affected, "subscriber")
}

/// Who reads a creditor's events, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reader {
    pub(crate) id: SubscriberId,
    pub(crate) is_enabled: bool,
    kinds: Vec<EventKind>,
}

impl Reader {
    pub(crate) fn wants(&self, kind: EventKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}

/// The subscribers of a creditor, those that are disabled too: what happens meanwhile can be replayed to them.
pub(crate) async fn readers(tx: &Tx, creditor_id: CreditorId) -> Result<Vec<Reader>, StoreFault> {
    let sql = "SELECT id, kinds, state FROM subscribers WHERE creditor_id = $1";
    let rows = tx.query(sql, vec![creditor_id.0.into()]).await?;
    let read = |row: &sea_orm::QueryResult| {
        let (kinds, state): (String, String) = (row.try_get_by("kinds")?, row.try_get_by("state")?);
        let id = SubscriberId(row.try_get_by("id")?);
        Ok(Reader { id, is_enabled: state == "enabled", kinds: kinds_of(&kinds)? })
    };
    rows.iter().map(read).collect()
}
