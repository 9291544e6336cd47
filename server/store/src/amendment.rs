//! What was changed about an invoice after it was written.

use crate::bulk::insert_all;
use crate::codec::{instant, to_instant};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, ImportId, InvoiceId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value as Json;
use uuid::Uuid;

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "amendments")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) invoice_id: Uuid,
        pub(crate) kind: String,
        pub(crate) before: Json,
        pub(crate) after: Json,
        pub(crate) import_id: Option<Uuid>,
        pub(crate) recorded_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmendmentRow {
    /// Its id.
    pub id: Uuid,
    /// What was changed.
    pub invoice_id: InvoiceId,
    /// What of it, in the caller's word: `amount`, `due_on`.
    pub kind: String,
    /// The value before.
    pub before: Json,
    /// The value after.
    pub after: Json,
    /// The import that changed it.
    pub import_id: Option<ImportId>,
    /// When.
    pub recorded_at: Timestamp,
}

/// The most changes that [`list_for_invoice`] names.
pub const LIST_MAX: u64 = 500;

/// Notes a change.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, amendment: &AmendmentRow) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        id: amendment.id,
        invoice_id: amendment.invoice_id.0,
        kind: amendment.kind.clone(),
        before: amendment.before.clone(),
        after: amendment.after.clone(),
        import_id: amendment.import_id.map(|id| id.0),
        recorded_at: to_instant(amendment.recorded_at),
    };
    insert_all::<Entity>(tx, vec![row]).await
}

/// The changes of an invoice, oldest first, at most [`LIST_MAX`].
///
/// # Errors
/// The database's.
pub async fn list_for_invoice(
    tx: &Tx,
    creditor_id: CreditorId,
    invoice_id: InvoiceId,
) -> Result<Vec<AmendmentRow>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::InvoiceId.eq(invoice_id.0))
        .order_by_asc(Column::Id)
        .limit(LIST_MAX);
    let read = |row: Model| {
        Ok(AmendmentRow {
            id: row.id,
            invoice_id: InvoiceId(row.invoice_id),
            kind: row.kind,
            before: row.before,
            after: row.after,
            import_id: row.import_id.map(ImportId),
            recorded_at: instant(row.recorded_at)?,
        })
    };
    select.all(tx.connection()).await?.into_iter().map(read).collect()
}
