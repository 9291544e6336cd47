//! The bytes of uploads that wait to be booked, in pieces: every node can read what another one took.

use crate::bulk::insert_one;
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, ImportId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// The most bytes of a piece.
pub const PIECE_BYTES_MAX: usize = 256 * 1024;

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_pieces")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) import_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) place: i32,
        pub(crate) bytes: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// Writes a piece, counted from 0.
///
/// # Errors
/// `Conflict("piece")` when it is there.
pub async fn insert(
    tx: &Tx,
    creditor_id: CreditorId,
    import_id: ImportId,
    place: u32,
    bytes: &[u8],
) -> Result<(), StoreFault> {
    let place = i32::try_from(place).map_err(StoreFault::corrupt)?;
    let row = Model { creditor_id: creditor_id.0, import_id: import_id.0, place, bytes: bytes.to_vec() };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("piece")) }
}

/// A piece; none behind the last one.
///
/// # Errors
/// The database's.
pub async fn find(
    tx: &Tx,
    creditor_id: CreditorId,
    import_id: ImportId,
    place: u32,
) -> Result<Option<Vec<u8>>, StoreFault> {
    let place = i32::try_from(place).map_err(StoreFault::corrupt)?;
    let row = Entity::find_by_id((creditor_id.0, import_id.0, place)).one(tx.connection()).await?;
    Ok(row.map(|row| row.bytes))
}

/// Forgets an upload's bytes.
///
/// # Errors
/// The database's.
pub async fn delete(tx: &Tx, creditor_id: CreditorId, import_id: ImportId) -> Result<(), StoreFault> {
    let delete =
        Entity::delete_many().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::ImportId.eq(import_id.0));
    delete.exec(tx.connection()).await?;
    Ok(())
}

/// Forgets the bytes of a creditor's uploads that were made before a moment, also of those that broke off. Their ids are of
/// version 7 and begin with their moment.
///
/// # Errors
/// The database's.
pub async fn delete_before(tx: &Tx, creditor_id: CreditorId, before: Timestamp) -> Result<u64, StoreFault> {
    let milliseconds = u128::try_from(before.as_millisecond()).unwrap_or(0);
    let delete = Entity::delete_many()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::ImportId.lt(Uuid::from_u128(milliseconds << 80)));
    Ok(delete.exec(tx.connection()).await?.rows_affected)
}
