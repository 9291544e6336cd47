//! What debtors answer by text message and on WhatsApp.

use crate::bulk::insert_all;
use crate::codec::{instant, to_instant, to_word, word};
use crate::debtor;
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::reminder::Channel;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The most debtors that share one number.
const SAME_PHONE_MAX: u64 = 100;

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "replies")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Option<Uuid>,
        pub(crate) channel: String,
        pub(crate) sender: String,
        pub(crate) body: String,
        pub(crate) effect: String,
        pub(crate) received_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// What a reply did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyEffect {
    /// It is shown to finance.
    None,
    /// It withdrew the channel.
    OptedOut,
    /// It gave the channel back.
    OptedIn,
}

/// A reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyRow {
    /// Its id.
    pub id: Uuid,
    /// Whose number it came from; none where nobody has it.
    pub debtor_id: Option<DebtorId>,
    /// By which channel.
    pub channel: Channel,
    /// The number, as E.164.
    pub sender: String,
    /// What it says.
    pub body: String,
    /// What it did.
    pub effect: ReplyEffect,
    /// When it came.
    pub received_at: Timestamp,
}

impl Model {
    fn read(self) -> Result<ReplyRow, StoreFault> {
        Ok(ReplyRow {
            id: self.id,
            debtor_id: self.debtor_id.map(DebtorId),
            channel: word(&self.channel)?,
            sender: self.sender,
            body: self.body,
            effect: word(&self.effect)?,
            received_at: instant(self.received_at)?,
        })
    }
}

/// Writes replies.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, replies: &[ReplyRow]) -> Result<(), StoreFault> {
    let model = |row: &ReplyRow| {
        Ok::<_, StoreFault>(Model {
            creditor_id: creditor_id.0,
            id: row.id,
            debtor_id: row.debtor_id.map(|id| id.0),
            channel: row.channel.as_str().to_owned(),
            sender: row.sender.clone(),
            body: row.body.clone(),
            effect: to_word(&row.effect)?,
            received_at: to_instant(row.received_at),
        })
    };
    insert_all::<Entity>(tx, replies.iter().map(model).collect::<Result<_, _>>()?).await
}

/// A creditor's replies, or one debtor's, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: Option<DebtorId>,
    page: PageRequest,
) -> Result<Page<ReplyRow>, StoreFault> {
    let mut select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0));
    if let Some(debtor_id) = debtor_id {
        select = select.filter(Column::DebtorId.eq(debtor_id.0));
    }
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}

/// When a number last wrote to a creditor by a channel.
///
/// # Errors
/// The database's.
pub async fn last_at(
    tx: &Tx,
    creditor_id: CreditorId,
    channel: Channel,
    sender: &str,
) -> Result<Option<Timestamp>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Channel.eq(channel.as_str()))
        .filter(Column::Sender.eq(sender))
        .order_by_desc(Column::Id);
    let row = select.one(tx.connection()).await?;
    row.map(|row| instant(row.received_at)).transpose()
}

/// The debtors that have a number, oldest first.
///
/// # Errors
/// The database's.
pub async fn list_by_phone(tx: &Tx, creditor_id: CreditorId, phone: &str) -> Result<Vec<Debtor>, StoreFault> {
    use debtor::table;
    let select = table::Entity::find()
        .filter(table::Column::CreditorId.eq(creditor_id.0))
        .filter(table::Column::Phone.eq(phone))
        .order_by_asc(table::Column::Id)
        .limit(SAME_PHONE_MAX);
    select.all(tx.connection()).await?.into_iter().map(table::Model::read).collect()
}
