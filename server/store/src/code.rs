//! Fresh codes. Only hashes of their digits are kept, and only for as long as they are counted.

use crate::bulk::insert_one;
use crate::codec::{hash, instant, instant_opt, to_instant};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::fresh_code::FreshCode;
use saldo_domain::ids::{CreditorId, DebtorId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "codes")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) session_hash: Vec<u8>,
        pub(crate) code_hash: Vec<u8>,
        pub(crate) issued_at: DateTimeUtc,
        pub(crate) expires_at: DateTimeUtc,
        pub(crate) tries_left: i32,
        pub(crate) used_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// A code that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRow {
    /// Its id.
    pub id: Uuid,
    /// Whose contact it was sent to.
    pub debtor_id: DebtorId,
    /// The hash of the token of the session that asked for it; no other can enter it.
    pub session_hash: [u8; 32],
    /// The hash of its digits.
    pub code_hash: [u8; 32],
    /// When it was made.
    pub issued_at: Timestamp,
    /// How it stands.
    pub code: FreshCode,
}

impl Model {
    fn read(self) -> Result<CodeRow, StoreFault> {
        Ok(CodeRow {
            id: self.id,
            debtor_id: DebtorId(self.debtor_id),
            session_hash: hash(self.session_hash)?,
            code_hash: hash(self.code_hash)?,
            issued_at: instant(self.issued_at)?,
            code: FreshCode {
                expires_at: instant(self.expires_at)?,
                tries_left: u32::try_from(self.tries_left).map_err(StoreFault::corrupt)?,
                used_at: instant_opt(self.used_at)?,
            },
        })
    }
}

/// Writes a code.
///
/// # Errors
/// `Conflict("code")` when the id is taken.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, row: &CodeRow) -> Result<(), StoreFault> {
    let model = Model {
        creditor_id: creditor_id.0,
        id: row.id,
        debtor_id: row.debtor_id.0,
        session_hash: row.session_hash.to_vec(),
        code_hash: row.code_hash.to_vec(),
        issued_at: to_instant(row.issued_at),
        expires_at: to_instant(row.code.expires_at),
        tries_left: i32::try_from(row.code.tries_left).map_err(StoreFault::corrupt)?,
        used_at: row.code.used_at.map(to_instant),
    };
    if insert_one::<Entity>(tx, model).await? { Ok(()) } else { Err(StoreFault::Conflict("code")) }
}

/// The latest code that a session of a debtor asked for: an earlier one no longer counts.
///
/// # Errors
/// The database's.
pub async fn find_latest(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    session_hash: &[u8; 32],
) -> Result<Option<CodeRow>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::DebtorId.eq(debtor_id.0))
        .filter(Column::SessionHash.eq(session_hash.to_vec()))
        .order_by_desc(Column::Id);
    select.one(tx.connection()).await?.map(Model::read).transpose()
}

/// How many codes a debtor was sent after a moment, whichever session asked.
///
/// # Errors
/// The database's.
pub async fn count_since(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    since: Timestamp,
) -> Result<u64, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::DebtorId.eq(debtor_id.0))
        .filter(Column::IssuedAt.gt(to_instant(since)));
    Ok(select.count(tx.connection()).await?)
}

/// Writes how a code stands after a try.
///
/// # Errors
/// `NotFound`.
pub async fn update(tx: &Tx, creditor_id: CreditorId, id: Uuid, code: &FreshCode) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::TriesLeft, Expr::value(i32::try_from(code.tries_left).map_err(StoreFault::corrupt)?))
        .col_expr(Column::UsedAt, Expr::value(code.used_at.map(to_instant)))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "code")
}

/// Forgets the codes that ended before a moment, and counts them.
///
/// # Errors
/// The database's.
pub async fn delete_before(tx: &Tx, before: Timestamp) -> Result<u64, StoreFault> {
    let delete = Entity::delete_many().filter(Column::ExpiresAt.lt(to_instant(before)));
    Ok(delete.exec(tx.connection()).await?.rows_affected)
}
