//! Files that came with disputes and declared transfers.

use crate::bulk::insert_one;
use crate::codec::{instant, json, to_instant, to_json, word};
use crate::{StoreFault, Tx};
use saldo_domain::actor::Actor;
use saldo_domain::attachment::{FILES_MAX, FileKind};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{AttachmentId, CreditorId, DebtorId, DisputeId, TransferId};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "attachments")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) dispute_id: Option<Uuid>,
        pub(crate) transfer_id: Option<Uuid>,
        pub(crate) kind: String,
        pub(crate) name: String,
        pub(crate) byte_count: i64,
        pub(crate) bytes: Vec<u8>,
        pub(crate) sent_at: DateTimeUtc,
        pub(crate) sent_by: Json,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// What a file belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachedTo {
    /// A dispute.
    Dispute(DisputeId),
    /// A declared transfer.
    Transfer(TransferId),
}

/// A file without what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRow {
    /// Its id.
    pub id: AttachmentId,
    /// Whose claim it belongs to.
    pub debtor_id: DebtorId,
    /// What it belongs to.
    pub to: AttachedTo,
    /// What it holds, by its first bytes.
    pub kind: FileKind,
    /// A name that is safe in a header.
    pub name: String,
    /// How many bytes it has.
    pub byte_count: u64,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// By whom.
    pub sent_by: Actor,
}

#[derive(FromQueryResult)]
struct Told {
    id: uuid::Uuid,
    debtor_id: uuid::Uuid,
    dispute_id: Option<uuid::Uuid>,
    transfer_id: Option<uuid::Uuid>,
    kind: String,
    name: String,
    byte_count: i64,
    sent_at: sea_orm::prelude::DateTimeUtc,
    sent_by: serde_json::Value,
}

impl Told {
    fn read(self) -> Result<AttachmentRow, StoreFault> {
        let to = match (self.dispute_id, self.transfer_id) {
            (Some(id), None) => AttachedTo::Dispute(DisputeId(id)),
            (None, Some(id)) => AttachedTo::Transfer(TransferId(id)),
            _ => return Err(StoreFault::corrupt("an attachment belongs to one claim")),
        };
        Ok(AttachmentRow {
            id: AttachmentId(self.id),
            debtor_id: DebtorId(self.debtor_id),
            to,
            kind: word(&self.kind)?,
            name: self.name,
            byte_count: u64::try_from(self.byte_count).map_err(StoreFault::corrupt)?,
            sent_at: instant(self.sent_at)?,
            sent_by: json(self.sent_by)?,
        })
    }
}

/// Writes a file.
///
/// # Errors
/// `Conflict("attachment")` when the id is taken.
pub async fn insert(
    tx: &Tx,
    creditor_id: CreditorId,
    attachment: &AttachmentRow,
    bytes: Vec<u8>,
) -> Result<(), StoreFault> {
    let (dispute_id, transfer_id) = columns(attachment.to);
    let row = Model {
        creditor_id: creditor_id.0,
        id: attachment.id.0,
        debtor_id: attachment.debtor_id.0,
        dispute_id,
        transfer_id,
        kind: crate::codec::to_word(&attachment.kind)?,
        name: attachment.name.clone(),
        byte_count: i64::try_from(bytes.len()).map_err(StoreFault::corrupt)?,
        bytes,
        sent_at: to_instant(attachment.sent_at),
        sent_by: to_json(&attachment.sent_by)?,
    };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("attachment")) }
}

fn columns(to: AttachedTo) -> (Option<uuid::Uuid>, Option<uuid::Uuid>) {
    match to {
        AttachedTo::Dispute(id) => (Some(id.0), None),
        AttachedTo::Transfer(id) => (None, Some(id.0)),
    }
}

fn told(creditor_id: CreditorId) -> sea_orm::Select<Entity> {
    let columns = [
        Column::Id,
        Column::DebtorId,
        Column::DisputeId,
        Column::TransferId,
        Column::Kind,
        Column::Name,
        Column::ByteCount,
        Column::SentAt,
        Column::SentBy,
    ];
    Entity::find().select_only().columns(columns).filter(Column::CreditorId.eq(creditor_id.0))
}

/// The file with an id, and what it holds.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: AttachmentId) -> Result<(AttachmentRow, Vec<u8>), StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?;
    let Model { id, debtor_id, dispute_id, transfer_id, kind, name, byte_count, bytes, sent_at, sent_by, .. } =
        row.ok_or(StoreFault::NotFound("attachment"))?;
    let row = Told { id, debtor_id, dispute_id, transfer_id, kind, name, byte_count, sent_at, sent_by }.read()?;
    Ok((row, bytes))
}

/// The files of a claim, oldest first.
///
/// # Errors
/// The database's.
pub async fn list(tx: &Tx, creditor_id: CreditorId, to: AttachedTo) -> Result<Vec<AttachmentRow>, StoreFault> {
    let select = match to {
        AttachedTo::Dispute(id) => told(creditor_id).filter(Column::DisputeId.eq(id.0)),
        AttachedTo::Transfer(id) => told(creditor_id).filter(Column::TransferId.eq(id.0)),
    };
    let select = select.order_by_asc(Column::Id).limit(FILES_MAX as u64);
    let rows = select.into_model::<Told>().all(tx.connection()).await?;
    rows.into_iter().map(Told::read).collect()
}

/// A debtor's latest files, oldest first.
///
/// # Errors
/// The database's.
pub async fn list_for_debtor(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    limit: u64,
) -> Result<Vec<AttachmentRow>, StoreFault> {
    let select = told(creditor_id).filter(Column::DebtorId.eq(debtor_id.0)).order_by_desc(Column::Id).limit(limit);
    let mut rows = select.into_model::<Told>().all(tx.connection()).await?;
    rows.reverse();
    rows.into_iter().map(Told::read).collect()
}
