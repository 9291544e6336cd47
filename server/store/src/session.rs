//! Sessions of debtors and of the console. Only hashes of their tokens are kept.

use crate::bulk::insert_one;
use crate::codec::{hash, instant, to_instant, to_word, word};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{AccessLinkId, CreditorId, DebtorId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "sessions")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) token_hash: Vec<u8>,
        pub(crate) kind: String,
        pub(crate) debtor_id: Option<Uuid>,
        pub(crate) link_id: Option<Uuid>,
        pub(crate) created_at: DateTimeUtc,
        pub(crate) expires_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// Who a session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// One debtor.
    Debtor,
    /// The creditor's finance people.
    Console,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The hash of its token.
    pub token_hash: [u8; 32],
    /// Whose rows it may see.
    pub creditor_id: CreditorId,
    /// Who it is for.
    pub kind: SessionKind,
    /// The debtor; there for a debtor's session and only there.
    pub debtor_id: Option<DebtorId>,
    /// The link that it began with.
    pub link_id: Option<AccessLinkId>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Model {
    fn read(self) -> Result<SessionRow, StoreFault> {
        Ok(SessionRow {
            token_hash: hash(self.token_hash)?,
            creditor_id: CreditorId(self.creditor_id),
            kind: word(&self.kind)?,
            debtor_id: self.debtor_id.map(DebtorId),
            link_id: self.link_id.map(AccessLinkId),
            created_at: instant(self.created_at)?,
            expires_at: instant(self.expires_at)?,
        })
    }
}

/// Writes a session.
///
/// # Errors
/// `Conflict("session")` when the token is taken.
pub async fn insert(tx: &Tx, session: &SessionRow) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: session.creditor_id.0,
        token_hash: session.token_hash.to_vec(),
        kind: to_word(&session.kind)?,
        debtor_id: session.debtor_id.map(|id| id.0),
        link_id: session.link_id.map(|id| id.0),
        created_at: to_instant(session.created_at),
        expires_at: to_instant(session.expires_at),
    };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("session")) }
}

/// The session with a token's hash that has not ended: this is how a visitor's creditor becomes known.
///
/// # Errors
/// The database's.
pub async fn find(tx: &Tx, token_hash: &[u8; 32], now: Timestamp) -> Result<Option<SessionRow>, StoreFault> {
    let select =
        Entity::find().filter(Column::TokenHash.eq(token_hash.to_vec())).filter(Column::ExpiresAt.gt(to_instant(now)));
    select.one(tx.connection()).await?.map(Model::read).transpose()
}

/// Ends a session, if it is there.
///
/// # Errors
/// The database's.
pub async fn delete(tx: &Tx, token_hash: &[u8; 32]) -> Result<(), StoreFault> {
    Entity::delete_many().filter(Column::TokenHash.eq(token_hash.to_vec())).exec(tx.connection()).await?;
    Ok(())
}

/// Ends the sessions that began with a link, and counts them.
///
/// # Errors
/// The database's.
pub async fn delete_for_link(tx: &Tx, creditor_id: CreditorId, link_id: AccessLinkId) -> Result<u64, StoreFault> {
    let delete =
        Entity::delete_many().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::LinkId.eq(link_id.0));
    Ok(delete.exec(tx.connection()).await?.rows_affected)
}

/// Removes the sessions that have ended, and counts them.
///
/// # Errors
/// The database's.
pub async fn delete_expired(tx: &Tx, now: Timestamp) -> Result<u64, StoreFault> {
    let delete = Entity::delete_many().filter(Column::ExpiresAt.lte(to_instant(now)));
    Ok(delete.exec(tx.connection()).await?.rows_affected)
}
