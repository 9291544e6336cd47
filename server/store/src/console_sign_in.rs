//! One-time links to the console. Only hashes of their tokens are kept.

use crate::bulk::insert_one;
use crate::codec::to_instant;
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::CreditorId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "console_sign_ins")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) token_hash: Vec<u8>,
        pub(crate) expires_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// Writes a link that works once, until a moment.
///
/// # Errors
/// `Conflict("console_sign_in")` when the token is taken.
pub async fn insert(
    tx: &Tx,
    creditor_id: CreditorId,
    token_hash: &[u8; 32],
    expires_at: Timestamp,
) -> Result<(), StoreFault> {
    let row = Model { creditor_id: creditor_id.0, token_hash: token_hash.to_vec(), expires_at: to_instant(expires_at) };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("console_sign_in")) }
}

/// The creditor of a link that has not ended. Looking uses nothing up.
///
/// # Errors
/// The database's.
pub async fn find(tx: &Tx, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<CreditorId>, StoreFault> {
    let select =
        Entity::find().filter(Column::TokenHash.eq(token_hash.to_vec())).filter(Column::ExpiresAt.gt(to_instant(now)));
    Ok(select.one(tx.connection()).await?.map(|row| CreditorId(row.creditor_id)))
}

/// Uses a link up and answers its creditor; of two at once, one gets it.
///
/// # Errors
/// The database's.
pub async fn take(tx: &Tx, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<CreditorId>, StoreFault> {
    let Some(creditor_id) = find(tx, token_hash, now).await? else { return Ok(None) };
    let delete = Entity::delete_many()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::TokenHash.eq(token_hash.to_vec()));
    let taken = delete.exec(tx.connection()).await?.rows_affected;
    Ok((taken == 1).then_some(creditor_id))
}

/// Removes the links that have ended, and counts them.
///
/// # Errors
/// The database's.
pub async fn delete_expired(tx: &Tx, now: Timestamp) -> Result<u64, StoreFault> {
    let delete = Entity::delete_many().filter(Column::ExpiresAt.lte(to_instant(now)));
    Ok(delete.exec(tx.connection()).await?.rows_affected)
}
