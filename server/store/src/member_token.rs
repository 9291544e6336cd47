//! One-time links and half-finished sign-ins of members. Only hashes of their tokens are kept.

use crate::bulk::insert_one;
use crate::codec::{to_instant, to_word, word};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, MemberId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "member_tokens")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) token_hash: Vec<u8>,
        pub(crate) member_id: Uuid,
        pub(crate) purpose: String,
        pub(crate) expires_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// What a token opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenPurpose {
    /// The console itself: a link that the server printed.
    SignIn,
    /// The choice of a password and of one-time codes.
    SetUp,
    /// The second form of a sign-in: the password was right.
    SecondFactor,
}

/// A token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberToken {
    /// Whose member.
    pub creditor_id: CreditorId,
    /// Who.
    pub member_id: MemberId,
    /// What it opens.
    pub purpose: TokenPurpose,
}

impl Model {
    fn read(self) -> Result<MemberToken, StoreFault> {
        Ok(MemberToken {
            creditor_id: CreditorId(self.creditor_id),
            member_id: MemberId(self.member_id),
            purpose: word(&self.purpose)?,
        })
    }
}

/// Writes a token that works once, until a moment.
///
/// # Errors
/// `Conflict("member_token")` when the token is taken.
pub async fn insert(
    tx: &Tx,
    token: &MemberToken,
    token_hash: &[u8; 32],
    expires_at: Timestamp,
) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: token.creditor_id.0,
        token_hash: token_hash.to_vec(),
        member_id: token.member_id.0,
        purpose: to_word(&token.purpose)?,
        expires_at: to_instant(expires_at),
    };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("member_token")) }
}

/// The token of a hash that has not ended: this is how a visitor's creditor becomes known. Looking uses nothing up.
///
/// # Errors
/// The database's.
pub async fn find(
    tx: &Tx,
    token_hash: &[u8; 32],
    purpose: TokenPurpose,
    now: Timestamp,
) -> Result<Option<MemberToken>, StoreFault> {
    let select = Entity::find()
        .filter(Column::TokenHash.eq(token_hash.to_vec()))
        .filter(Column::Purpose.eq(to_word(&purpose)?))
        .filter(Column::ExpiresAt.gt(to_instant(now)));
    select.one(tx.connection()).await?.map(Model::read).transpose()
}

/// Uses a token up; of two at once, one gets it.
///
/// # Errors
/// The database's.
pub async fn take(
    tx: &Tx,
    token_hash: &[u8; 32],
    purpose: TokenPurpose,
    now: Timestamp,
) -> Result<Option<MemberToken>, StoreFault> {
    let Some(token) = find(tx, token_hash, purpose, now).await? else { return Ok(None) };
    let delete = Entity::delete_many()
        .filter(Column::CreditorId.eq(token.creditor_id.0))
        .filter(Column::TokenHash.eq(token_hash.to_vec()));
    let taken = delete.exec(tx.connection()).await?.rows_affected;
    Ok((taken == 1).then_some(token))
}

/// Ends all tokens of a member.
///
/// # Errors
/// The database's.
pub async fn delete_for_member(tx: &Tx, creditor_id: CreditorId, member_id: MemberId) -> Result<(), StoreFault> {
    let delete =
        Entity::delete_many().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::MemberId.eq(member_id.0));
    delete.exec(tx.connection()).await?;
    Ok(())
}

/// Removes the tokens that have ended, and counts them.
///
/// # Errors
/// The database's.
pub async fn delete_expired(tx: &Tx, now: Timestamp) -> Result<u64, StoreFault> {
    let delete = Entity::delete_many().filter(Column::ExpiresAt.lte(to_instant(now)));
    Ok(delete.exec(tx.connection()).await?.rows_affected)
}
