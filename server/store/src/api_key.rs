//! API keys: only their hashes are kept.

use crate::bulk::insert_one;
use crate::codec::{hash, instant, instant_opt, json, to_instant, to_json};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{ApiKeyId, CreditorId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_keys")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) label: String,
        pub(crate) hash: Vec<u8>,
        pub(crate) scopes: Json,
        pub(crate) created_at: DateTimeUtc,
        pub(crate) revoked_at: Option<DateTimeUtc>,
        pub(crate) last_used_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// The most keys that [`list`] names.
pub const LIST_MAX: u64 = 500;

/// A key of one creditor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKeyRow {
    /// Its id.
    pub id: ApiKeyId,
    /// Whose rows it opens.
    pub creditor_id: CreditorId,
    /// What its owner calls it.
    pub label: String,
    /// The hash of the secret.
    pub hash: [u8; 32],
    /// What it may do.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it opens nothing.
    pub revoked_at: Option<Timestamp>,
    /// When it was last used, as [`mark_used`] was told.
    pub last_used_at: Option<Timestamp>,
}

impl Model {
    fn read(self) -> Result<ApiKeyRow, StoreFault> {
        Ok(ApiKeyRow {
            id: ApiKeyId(self.id),
            creditor_id: CreditorId(self.creditor_id),
            label: self.label,
            hash: hash(self.hash)?,
            scopes: json(self.scopes)?,
            created_at: instant(self.created_at)?,
            revoked_at: instant_opt(self.revoked_at)?,
            last_used_at: instant_opt(self.last_used_at)?,
        })
    }
}

/// Writes a new key.
///
/// # Errors
/// `Conflict("api_key")` when the id or the hash is taken.
pub async fn insert(tx: &Tx, key: &ApiKeyRow) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: key.creditor_id.0,
        id: key.id.0,
        label: key.label.clone(),
        hash: key.hash.to_vec(),
        scopes: to_json(&key.scopes)?,
        created_at: to_instant(key.created_at),
        revoked_at: key.revoked_at.map(to_instant),
        last_used_at: key.last_used_at.map(to_instant),
    };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("api_key")) }
}

/// The key with a hash, revoked or not, of whichever creditor: this is how a caller's creditor becomes known.
///
/// # Errors
/// The database's.
pub async fn find_by_hash(tx: &Tx, hash: &[u8; 32]) -> Result<Option<ApiKeyRow>, StoreFault> {
    let select = Entity::find().filter(Column::Hash.eq(hash.to_vec()));
    select.one(tx.connection()).await?.map(Model::read).transpose()
}

/// A creditor's keys, oldest first, at most [`LIST_MAX`].
///
/// # Errors
/// The database's.
pub async fn list(tx: &Tx, creditor_id: CreditorId) -> Result<Vec<ApiKeyRow>, StoreFault> {
    let select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).order_by_asc(Column::Id).limit(LIST_MAX);
    select.all(tx.connection()).await?.into_iter().map(Model::read).collect()
}

/// Ends a key. A key that was ended before keeps its first moment.
///
/// # Errors
/// `NotFound`.
pub async fn mark_revoked(tx: &Tx, creditor_id: CreditorId, id: ApiKeyId, at: Timestamp) -> Result<(), StoreFault> {
    let first = Expr::col(Column::RevokedAt).if_null(to_instant(at));
    let update = Entity::update_many()
        .col_expr(Column::RevokedAt, first)
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "api_key")
}

/// Notes that a key was used.
///
/// # Errors
/// `NotFound`.
pub async fn mark_used(tx: &Tx, creditor_id: CreditorId, id: ApiKeyId, at: Timestamp) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::LastUsedAt, Expr::value(to_instant(at)))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "api_key")
}
