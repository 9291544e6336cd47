//! Keys with which creditors sign tokens for widgets. A secret is kept sealed; a public key as it is.

use crate::bulk::insert_one;
use crate::codec::{hash, instant, instant_opt, to_instant};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, WidgetKeyId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "widget_keys")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) name: String,
        pub(crate) algorithm: String,
        pub(crate) sealed_secret: Option<Vec<u8>>,
        pub(crate) public_key: Option<Vec<u8>>,
        pub(crate) created_at: DateTimeUtc,
        pub(crate) revoked_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// The most keys that [`list`] names.
pub const LIST_MAX: u64 = 100;

/// What checks the signatures of a key's tokens: it fixes their algorithm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WidgetKeyMaterial {
    /// HMAC with SHA-256: the secret, sealed.
    Hs256(Vec<u8>),
    /// Ed25519: the public key.
    EdDsa([u8; 32]),
}

/// A key of one creditor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WidgetKeyRow {
    /// Its id: the `kid` of its tokens.
    pub id: WidgetKeyId,
    /// What people call it.
    pub name: String,
    /// What checks its tokens.
    pub material: WidgetKeyMaterial,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on its tokens open nothing.
    pub revoked_at: Option<Timestamp>,
}

impl Model {
    fn read(self) -> Result<WidgetKeyRow, StoreFault> {
        let material = match (self.sealed_secret, self.public_key) {
            (Some(sealed), None) => WidgetKeyMaterial::Hs256(sealed),
            (None, Some(key)) => WidgetKeyMaterial::EdDsa(hash(key)?),
            _ => return Err(StoreFault::corrupt("a widget key has one kind of material")),
        };
        Ok(WidgetKeyRow {
            id: WidgetKeyId(self.id),
            name: self.name,
            material,
            created_at: instant(self.created_at)?,
            revoked_at: instant_opt(self.revoked_at)?,
        })
    }
}

/// Writes a new key.
///
/// # Errors
/// `Conflict("widget_key")` when the id is taken.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, key: &WidgetKeyRow) -> Result<(), StoreFault> {
    let (algorithm, sealed_secret, public_key) = match &key.material {
        WidgetKeyMaterial::Hs256(sealed) => ("HS256", Some(sealed.clone()), None),
        WidgetKeyMaterial::EdDsa(key) => ("EdDSA", None, Some(key.to_vec())),
    };
    let row = Model {
        creditor_id: creditor_id.0,
        id: key.id.0,
        name: key.name.clone(),
        algorithm: algorithm.to_owned(),
        sealed_secret,
        public_key,
        created_at: to_instant(key.created_at),
        revoked_at: key.revoked_at.map(to_instant),
    };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("widget_key")) }
}

/// A creditor's key, revoked or not.
///
/// # Errors
/// The database's.
pub async fn find(tx: &Tx, creditor_id: CreditorId, id: WidgetKeyId) -> Result<Option<WidgetKeyRow>, StoreFault> {
    Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?.map(Model::read).transpose()
}

/// A creditor's keys, the newest first, at most [`LIST_MAX`].
///
/// # Errors
/// The database's.
pub async fn list(tx: &Tx, creditor_id: CreditorId) -> Result<Vec<WidgetKeyRow>, StoreFault> {
    let select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).order_by_desc(Column::Id).limit(LIST_MAX);
    select.all(tx.connection()).await?.into_iter().map(Model::read).collect()
}

/// Ends a key. A key that was ended before keeps its first moment.
///
/// # Errors
/// `NotFound`.
pub async fn mark_revoked(tx: &Tx, creditor_id: CreditorId, id: WidgetKeyId, at: Timestamp) -> Result<(), StoreFault> {
    let first = Expr::col(Column::RevokedAt).if_null(to_instant(at));
    let update = Entity::update_many()
        .col_expr(Column::RevokedAt, first)
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "widget_key")
}
