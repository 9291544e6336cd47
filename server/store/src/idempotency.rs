//! Answers that were given under an `Idempotency-Key`.

use crate::bulk::insert_one;
use crate::codec::{hash, instant, to_instant};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::CreditorId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency_keys")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) idempotency_key: String,
        pub(crate) request_hash: Vec<u8>,
        pub(crate) status: i32,
        pub(crate) body: Vec<u8>,
        pub(crate) created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyRow {
    /// The hash of the request that it answered.
    pub request_hash: [u8; 32],
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
    /// When it was given.
    pub created_at: Timestamp,
}

/// The answer that was given under a key.
///
/// # Errors
/// The database's.
pub async fn find(tx: &Tx, creditor_id: CreditorId, key: &str) -> Result<Option<IdempotencyRow>, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, key.to_owned())).one(tx.connection()).await?;
    let read = |row: Model| {
        Ok(IdempotencyRow {
            request_hash: hash(row.request_hash)?,
            status: u16::try_from(row.status).map_err(StoreFault::corrupt)?,
            body: row.body,
            created_at: instant(row.created_at)?,
        })
    };
    row.map(read).transpose()
}

/// Keeps an answer. Write it in the transaction that did the work: a second one with the same key then undoes its work.
///
/// # Errors
/// `Conflict("idempotency_key")` when another answer was given under that key.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, key: &str, answer: &IdempotencyRow) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        idempotency_key: key.to_owned(),
        request_hash: answer.request_hash.to_vec(),
        status: i32::from(answer.status),
        body: answer.body.clone(),
        created_at: to_instant(answer.created_at),
    };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("idempotency_key")) }
}

/// Forgets the answers that were given before a moment, and counts them.
///
/// # Errors
/// The database's.
pub async fn delete_before(tx: &Tx, before: Timestamp) -> Result<u64, StoreFault> {
    let delete = Entity::delete_many().filter(Column::CreatedAt.lt(to_instant(before)));
    Ok(delete.exec(tx.connection()).await?.rows_affected)
}
