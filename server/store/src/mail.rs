//! The demo's mailbox: what would have been sent.

use crate::bulk::insert_all;
use crate::codec::{instant, json, to_instant, to_json};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::CreditorId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "demo_mail")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) recipient: String,
        pub(crate) subject: String,
        pub(crate) text: String,
        pub(crate) html: String,
        pub(crate) headers: Json,
        pub(crate) sent_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// A mail of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoMail {
    /// Its id.
    pub id: Uuid,
    /// Who sent it.
    pub creditor_id: CreditorId,
    /// To whom.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As HTML.
    pub html: String,
    /// Its other headers, in order.
    pub headers: Vec<(String, String)>,
    /// When it was sent.
    pub sent_at: Timestamp,
}

impl Model {
    fn read(self) -> Result<DemoMail, StoreFault> {
        Ok(DemoMail {
            id: self.id,
            creditor_id: CreditorId(self.creditor_id),
            recipient: self.recipient,
            subject: self.subject,
            text: self.text,
            html: self.html,
            headers: json(self.headers)?,
            sent_at: instant(self.sent_at)?,
        })
    }
}

/// Puts a mail into the mailbox.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &Tx, mail: &DemoMail) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: mail.creditor_id.0,
        id: mail.id,
        recipient: mail.recipient.clone(),
        subject: mail.subject.clone(),
        text: mail.text.clone(),
        html: mail.html.clone(),
        headers: to_json(&mail.headers)?,
        sent_at: to_instant(mail.sent_at),
    };
    insert_all::<Entity>(tx, vec![row]).await
}

/// The latest mails of every creditor of the demo, newest first.
///
/// # Errors
/// The database's.
pub async fn list(tx: &Tx, limit: u64) -> Result<Vec<DemoMail>, StoreFault> {
    let select = Entity::find().order_by_desc(Column::Id).limit(limit.min(crate::PAGE_MAX));
    select.all(tx.connection()).await?.into_iter().map(Model::read).collect()
}

/// The mail with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, id: Uuid) -> Result<DemoMail, StoreFault> {
    let row = Entity::find().filter(Column::Id.eq(id)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("mail"))?.read()
}
