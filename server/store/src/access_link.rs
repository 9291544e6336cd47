//! Access links: the rows behind the tokens and the short codes. Only hashes are kept: of a token's `jti`, of a code.

use crate::bulk::{insert_all, insert_one};
use crate::codec::{hash, instant, instant_opt, to_instant};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{AccessLinkId, CreditorId, DebtorId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, Order, QueryFilter};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "access_links")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) jti_hash: Vec<u8>,
        pub(crate) code_hash: Option<Vec<u8>>,
        pub(crate) key_id: String,
        pub(crate) scope: String,
        pub(crate) issued_at: DateTimeUtc,
        pub(crate) not_before: DateTimeUtc,
        pub(crate) expires_at: DateTimeUtc,
        pub(crate) revoked_at: Option<DateTimeUtc>,
        pub(crate) last_opened_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// An access link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessLinkRow {
    /// Its id.
    pub id: AccessLinkId,
    /// Whose statement it opens.
    pub debtor_id: DebtorId,
    /// The hash of the token's `jti`.
    pub jti_hash: [u8; 32],
    /// The hash of the short form's code, where there is one.
    pub code_hash: Option<[u8; 32]>,
    /// The key that signed it.
    pub key_id: String,
    /// What it opens: `pay`, `statement`, `full`.
    pub scope: String,
    /// When it was made.
    pub issued_at: Timestamp,
    /// From when on it works.
    pub not_before: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// From when on it opens nothing.
    pub revoked_at: Option<Timestamp>,
    /// When a session last began with it.
    pub last_opened_at: Option<Timestamp>,
}

impl Model {
    fn of(creditor_id: CreditorId, link: &AccessLinkRow) -> Self {
        Self {
            creditor_id: creditor_id.0,
            id: link.id.0,
            debtor_id: link.debtor_id.0,
            jti_hash: link.jti_hash.to_vec(),
            code_hash: link.code_hash.map(|hash| hash.to_vec()),
            key_id: link.key_id.clone(),
            scope: link.scope.clone(),
            issued_at: to_instant(link.issued_at),
            not_before: to_instant(link.not_before),
            expires_at: to_instant(link.expires_at),
            revoked_at: link.revoked_at.map(to_instant),
            last_opened_at: link.last_opened_at.map(to_instant),
        }
    }

    fn read(self) -> Result<AccessLinkRow, StoreFault> {
        Ok(AccessLinkRow {
            id: AccessLinkId(self.id),
            debtor_id: DebtorId(self.debtor_id),
            jti_hash: hash(self.jti_hash)?,
            code_hash: self.code_hash.map(hash).transpose()?,
            key_id: self.key_id,
            scope: self.scope,
            issued_at: instant(self.issued_at)?,
            not_before: instant(self.not_before)?,
            expires_at: instant(self.expires_at)?,
            revoked_at: instant_opt(self.revoked_at)?,
            last_opened_at: instant_opt(self.last_opened_at)?,
        })
    }
}

/// Writes a link.
///
/// # Errors
/// `Conflict("access_link")` when the id or the `jti` is taken.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, link: &AccessLinkRow) -> Result<(), StoreFault> {
    let row = Model::of(creditor_id, link);
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("access_link")) }
}

/// Writes links whose ids are free.
///
/// # Errors
/// The database's.
pub async fn insert_many(tx: &Tx, creditor_id: CreditorId, links: &[AccessLinkRow]) -> Result<(), StoreFault> {
    insert_all::<Entity>(tx, links.iter().map(|link| Model::of(creditor_id, link)).collect()).await
}

/// The link with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: AccessLinkId) -> Result<AccessLinkRow, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("access_link"))?.read()
}

/// The link whose token has a `jti` with this hash, revoked and expired ones too.
///
/// # Errors
/// The database's.
pub async fn find_by_jti_hash(
    tx: &Tx,
    creditor_id: CreditorId,
    jti_hash: &[u8; 32],
) -> Result<Option<AccessLinkRow>, StoreFault> {
    let select =
        Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::JtiHash.eq(jti_hash.to_vec()));
    select.one(tx.connection()).await?.map(Model::read).transpose()
}

/// The link with the hash of a short code, revoked and expired ones too, of whichever creditor: this is how a reader's
/// creditor becomes known.
///
/// # Errors
/// The database's.
pub async fn find_by_code_hash(
    tx: &Tx,
    code_hash: &[u8; 32],
) -> Result<Option<(CreditorId, AccessLinkRow)>, StoreFault> {
    let row = Entity::find().filter(Column::CodeHash.eq(code_hash.to_vec())).one(tx.connection()).await?;
    row.map(|row| Ok((CreditorId(row.creditor_id), row.read()?))).transpose()
}

/// A debtor's links, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    page: PageRequest,
) -> Result<Page<AccessLinkRow>, StoreFault> {
    let select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::DebtorId.eq(debtor_id.0));
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}

/// Ends a link. One that was ended before keeps its first moment.
///
/// # Errors
/// `NotFound`.
pub async fn mark_revoked(tx: &Tx, creditor_id: CreditorId, id: AccessLinkId, at: Timestamp) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::col(Column::RevokedAt).if_null(to_instant(at)))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "access_link")
}

/// Notes that a session began with a link.
///
/// # Errors
/// `NotFound`.
pub async fn mark_opened(tx: &Tx, creditor_id: CreditorId, id: AccessLinkId, at: Timestamp) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::LastOpenedAt, Expr::value(to_instant(at)))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "access_link")
}
