//! The log of messages: one row for each hand-over to a channel, from before it leaves until its last word.

use crate::bulk::{KEYS_MAX, insert_all, texts_at, texts_value};
use crate::codec::{instant, instant_opt, json, to_instant, to_json, to_word, word};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId, MessageId, ReminderId};
use saldo_domain::locale::Language;
use saldo_domain::reminder::Channel;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder};
use std::collections::HashMap;

pub use crate::message_change::{
    MessageEnd, mark, mark_by_reference, mark_failed, mark_many, mark_many_delivered, mark_sent, mark_unknown,
};
pub use crate::message_state::{ByHand, MessagePurpose, MessageState};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "messages")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) reminder_id: Option<Uuid>,
        pub(crate) purpose: String,
        pub(crate) channel: String,
        pub(crate) template: Option<String>,
        pub(crate) language: String,
        pub(crate) recipient: String,
        pub(crate) state: String,
        pub(crate) in_trouble: bool,
        pub(crate) provider_reference: Option<String>,
        pub(crate) error: Option<String>,
        pub(crate) by_hand: Option<Json>,
        pub(crate) handed_off_at: DateTimeUtc,
        pub(crate) finished_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageRow {
    /// Its id.
    pub id: MessageId,
    /// To whom.
    pub debtor_id: DebtorId,
    /// Of which reminder, where it is one.
    pub reminder_id: Option<ReminderId>,
    /// What for.
    pub purpose: MessagePurpose,
    /// How.
    pub channel: Channel,
    /// The key of the template that made it.
    pub template: Option<String>,
    /// In which language.
    pub language: Language,
    /// The address, masked.
    pub recipient: String,
    /// Where it stands.
    pub state: MessageState,
    /// The channel's name of it; a mail's is known before it leaves.
    pub provider_reference: Option<String>,
    /// What the channel said when it did not arrive.
    pub error: Option<String>,
    /// Who sent it again, where a person did.
    pub by_hand: Option<ByHand>,
    /// When it was committed to leave.
    pub handed_off_at: Timestamp,
    /// When its last state was written.
    pub finished_at: Option<Timestamp>,
}

impl Model {
    pub(crate) fn read(self) -> Result<MessageRow, StoreFault> {
        Ok(MessageRow {
            id: MessageId(self.id),
            debtor_id: DebtorId(self.debtor_id),
            reminder_id: self.reminder_id.map(ReminderId),
            purpose: word(&self.purpose)?,
            channel: word(&self.channel)?,
            template: self.template,
            language: word(&self.language)?,
            recipient: self.recipient,
            state: word(&self.state)?,
            provider_reference: self.provider_reference,
            error: self.error,
            by_hand: self.by_hand.map(json).transpose()?,
            handed_off_at: instant(self.handed_off_at)?,
            finished_at: instant_opt(self.finished_at)?,
        })
    }
}

/// Writes messages that are about to be handed over, in few statements: all are in [`MessageState::HandingOff`],
/// whatever the rows say.
///
/// # Errors
/// The database's; a taken id is one.
pub async fn insert_handing_off(tx: &Tx, creditor_id: CreditorId, rows: &[MessageRow]) -> Result<(), StoreFault> {
    let state = to_word(&MessageState::HandingOff)?;
    let model = |row: &MessageRow| {
        Ok::<_, StoreFault>(Model {
            creditor_id: creditor_id.0,
            id: row.id.0,
            debtor_id: row.debtor_id.0,
            reminder_id: row.reminder_id.map(|id| id.0),
            purpose: row.purpose.as_str().to_owned(),
            channel: row.channel.as_str().to_owned(),
            template: row.template.clone(),
            language: to_word(&row.language)?,
            recipient: row.recipient.clone(),
            state: state.clone(),
            in_trouble: false,
            provider_reference: row.provider_reference.clone(),
            error: None,
            by_hand: row.by_hand.as_ref().map(to_json).transpose()?,
            handed_off_at: to_instant(row.handed_off_at),
            finished_at: None,
        })
    };
    insert_all::<Entity>(tx, rows.iter().map(model).collect::<Result<_, _>>()?).await
}

/// The message with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: MessageId) -> Result<MessageRow, StoreFault> {
    find(tx, creditor_id, id).await?.ok_or(StoreFault::NotFound("message"))
}

/// The message with an id, if there is one.
///
/// # Errors
/// The database's.
pub async fn find(tx: &Tx, creditor_id: CreditorId, id: MessageId) -> Result<Option<MessageRow>, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?;
    row.map(Model::read).transpose()
}

/// The latest message that a channel has this name for.
///
/// # Errors
/// The database's.
pub async fn find_by_reference(
    tx: &Tx,
    creditor_id: CreditorId,
    channel: Channel,
    provider_reference: &str,
) -> Result<Option<MessageRow>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Channel.eq(channel.as_str()))
        .filter(Column::ProviderReference.eq(provider_reference))
        .order_by_desc(Column::Id);
    select.one(tx.connection()).await?.map(Model::read).transpose()
}

/// [`find_by_reference`] for many, by their names; names that the creditor has no message for are left out.
///
/// # Errors
/// The database's.
pub async fn find_by_references(
    tx: &Tx,
    creditor_id: CreditorId,
    channel: Channel,
    references: &[&str],
) -> Result<HashMap<String, (MessageId, DebtorId)>, StoreFault> {
    let sql = format!(
        "SELECT provider_reference, id, debtor_id FROM messages \
         WHERE creditor_id = $1 AND channel = $2 AND {} ORDER BY id",
        texts_at(tx, "provider_reference", 3)
    );
    let mut found = HashMap::with_capacity(references.len());
    for chunk in references.chunks(KEYS_MAX) {
        let values = vec![creditor_id.0.into(), channel.as_str().into(), texts_value(chunk)?];
        for row in tx.query(&sql, values).await? {
            let (id, debtor_id) = (MessageId(row.try_get_by(1)?), DebtorId(row.try_get_by(2)?));
            found.insert(row.try_get_by(0)?, (id, debtor_id));
        }
    }
    Ok(found)
}

/// The latest message of a debtor's reminder.
///
/// # Errors
/// The database's.
pub async fn find_for_reminder(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    reminder_id: ReminderId,
) -> Result<Option<MessageRow>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::DebtorId.eq(debtor_id.0))
        .filter(Column::ReminderId.eq(reminder_id.0))
        .order_by_desc(Column::Id);
    select.one(tx.connection()).await?.map(Model::read).transpose()
}

/// The latest of a debtor's messages of one purpose whose name begins with a word.
///
/// # Errors
/// The database's.
pub async fn find_latest_named(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    purpose: MessagePurpose,
    word: &str,
) -> Result<Option<MessageId>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::DebtorId.eq(debtor_id.0))
        .filter(Column::Purpose.eq(purpose.as_str()))
        .filter(Column::ProviderReference.starts_with(word))
        .order_by_desc(Column::Id);
    Ok(select.one(tx.connection()).await?.map(|row| MessageId(row.id)))
}

/// What a list of messages is narrowed to.
#[derive(Debug, Clone, Copy, Default)]
pub struct MessageFilter {
    /// One debtor's.
    pub debtor_id: Option<DebtorId>,
    /// Only those that bounced, failed, were complained about or whose fate is unknown.
    pub in_trouble: bool,
}

/// A creditor's messages, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    filter: MessageFilter,
    page: PageRequest,
) -> Result<Page<MessageRow>, StoreFault> {
    let mut select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0));
    if let Some(debtor_id) = filter.debtor_id {
        select = select.filter(Column::DebtorId.eq(debtor_id.0));
    }
    if filter.in_trouble {
        select = select.filter(Expr::col(Column::InTrouble));
    }
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}
