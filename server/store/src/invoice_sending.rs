//! Whether invoices are sent to their debtors, and which have been.

use crate::bulk::insert_one;
use crate::codec::{instant, to_instant};
use crate::invoice::{self, InvoiceRow};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, ImportId, InvoiceId, MessageId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "sent_invoices")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) invoice_id: Uuid,
        pub(crate) message_id: Uuid,
        pub(crate) handed_off_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod setting {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "invoice_sending")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        pub(crate) enabled: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// Whether a creditor's invoices are sent when they are issued or imported. No, until it says so.
///
/// # Errors
/// The database's.
pub async fn is_enabled(tx: &Tx, creditor_id: CreditorId) -> Result<bool, StoreFault> {
    let row = setting::Entity::find_by_id(creditor_id.0).one(tx.connection()).await?;
    Ok(row.is_some_and(|row| row.enabled))
}

/// Says whether they are.
///
/// # Errors
/// The database's.
pub async fn set_enabled(tx: &Tx, creditor_id: CreditorId, enabled: bool) -> Result<(), StoreFault> {
    let row = setting::Model { creditor_id: creditor_id.0, enabled };
    if insert_one::<setting::Entity>(tx, row).await? {
        return Ok(());
    }
    let update = setting::Entity::update_many()
        .col_expr(setting::Column::Enabled, Expr::value(enabled))
        .filter(setting::Column::CreditorId.eq(creditor_id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "invoice_sending")
}

/// Takes an invoice to be sent. `false` when it was taken before: an invoice is sent once.
///
/// # Errors
/// The database's.
pub async fn claim(
    tx: &Tx,
    creditor_id: CreditorId,
    invoice_id: InvoiceId,
    message_id: MessageId,
    at: Timestamp,
) -> Result<bool, StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        invoice_id: invoice_id.0,
        message_id: message_id.0,
        handed_off_at: to_instant(at),
    };
    insert_one::<Entity>(tx, row).await
}

/// The message by which an invoice was sent, and when.
///
/// # Errors
/// The database's.
pub async fn find(
    tx: &Tx,
    creditor_id: CreditorId,
    invoice_id: InvoiceId,
) -> Result<Option<(MessageId, Timestamp)>, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, invoice_id.0)).one(tx.connection()).await?;
    row.map(|row| Ok((MessageId(row.message_id), instant(row.handed_off_at)?))).transpose()
}

/// Gives an invoice back whose message surely did not leave: it may be sent again.
///
/// # Errors
/// The database's.
pub async fn release(tx: &Tx, creditor_id: CreditorId, invoice_id: InvoiceId) -> Result<(), StoreFault> {
    let delete =
        Entity::delete_many().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::InvoiceId.eq(invoice_id.0));
    delete.exec(tx.connection()).await?;
    Ok(())
}

/// Invoices that came first with an import, in the order in which they came, behind one of them.
///
/// # Errors
/// The database's.
pub async fn list_of_import(
    tx: &Tx,
    creditor_id: CreditorId,
    import_id: ImportId,
    after: Option<InvoiceId>,
    limit: u64,
) -> Result<Vec<InvoiceRow>, StoreFault> {
    use invoice::table as invoices;
    let mut select = invoices::Entity::find()
        .filter(invoices::Column::CreditorId.eq(creditor_id.0))
        .filter(invoices::Column::ImportId.eq(import_id.0));
    if let Some(after) = after {
        select = select.filter(invoices::Column::Id.gt(after.0));
    }
    let select = select.order_by_asc(invoices::Column::Id).limit(limit);
    select.all(tx.connection()).await?.into_iter().map(invoices::Model::read).collect()
}
