//! The creditor's people, with what they sign in by.

use crate::bulk::insert_one;
use crate::codec::{count, instant, instant_opt, to_instant, to_word, word};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, MemberId};
use saldo_domain::member::{Member, MemberState, Role};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::fmt;

pub use crate::member_change::{
    change_password, change_standing, claim_totp_step, confirm_totp, count_recovery_codes, forget_credentials,
    mark_failed, mark_signed_in, propose_totp, replace_recovery_codes, take_recovery_code,
};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "members")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) email: String,
        pub(crate) email_key: String,
        pub(crate) name: String,
        pub(crate) role: String,
        pub(crate) state: String,
        pub(crate) password_hash: Option<String>,
        pub(crate) totp: Option<Vec<u8>>,
        pub(crate) totp_pending: Option<Vec<u8>>,
        pub(crate) totp_step: Option<i64>,
        pub(crate) failed_count: i32,
        pub(crate) locked_until: Option<DateTimeUtc>,
        pub(crate) created_at: DateTimeUtc,
        pub(crate) signed_in_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// The most members that a creditor has.
pub const LIST_MAX: u64 = 500;

/// The most members of one e-mail address, over all creditors.
const HOMES_MAX: u64 = 5;

/// What a member signs in by.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    /// In the form of PHC strings; none until one was chosen.
    pub password_hash: Option<String>,
    /// The sealed secret of its one-time codes.
    pub totp: Option<Vec<u8>>,
    /// A sealed secret that waits for its first code.
    pub totp_pending: Option<Vec<u8>>,
    /// The time step of the last code that was taken.
    pub totp_step: Option<i64>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(credentials)")
    }
}

/// A member as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    /// Whose books it sees.
    pub creditor_id: CreditorId,
    /// Who it is.
    pub member: Member,
    /// What it signs in by.
    pub credentials: Credentials,
    /// Wrong answers in a row.
    pub failed_count: u32,
    /// Until when no answer is taken.
    pub locked_until: Option<Timestamp>,
    /// Since when it is one.
    pub created_at: Timestamp,
    /// When it last came in.
    pub signed_in_at: Option<Timestamp>,
}

impl Model {
    fn read(self) -> Result<MemberRow, StoreFault> {
        Ok(MemberRow {
            creditor_id: CreditorId(self.creditor_id),
            member: Member {
                id: MemberId(self.id),
                email: self.email,
                name: self.name,
                role: word(&self.role)?,
                state: word(&self.state)?,
            },
            credentials: Credentials {
                password_hash: self.password_hash,
                totp: self.totp,
                totp_pending: self.totp_pending,
                totp_step: self.totp_step,
            },
            failed_count: count(i64::from(self.failed_count))?,
            locked_until: instant_opt(self.locked_until)?,
            created_at: instant(self.created_at)?,
            signed_in_at: instant_opt(self.signed_in_at)?,
        })
    }
}

fn key(email: &str) -> String {
    email.to_lowercase()
}

/// Writes a new member.
///
/// # Errors
/// `Conflict("member")` when the id or the e-mail address is taken.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, member: &Member, at: Timestamp) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        id: member.id.0,
        email: member.email.clone(),
        email_key: key(&member.email),
        name: member.name.clone(),
        role: to_word(&member.role)?,
        state: to_word(&member.state)?,
        password_hash: None,
        totp: None,
        totp_pending: None,
        totp_step: None,
        failed_count: 0,
        locked_until: None,
        created_at: to_instant(at),
        signed_in_at: None,
    };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("member")) }
}

/// A member; locked until the transaction ends where the transaction writes.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: MemberId) -> Result<MemberRow, StoreFault> {
    let mut select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::Id.eq(id.0));
    if tx.locks_rows() {
        select = select.lock_exclusive();
    }
    let row = select.one(tx.connection()).await?.ok_or(StoreFault::NotFound("member"))?;
    row.read()
}

/// A creditor's members, the eldest first, at most [`LIST_MAX`].
///
/// # Errors
/// The database's.
pub async fn list(tx: &Tx, creditor_id: CreditorId) -> Result<Vec<MemberRow>, StoreFault> {
    let mut select =
        Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).order_by_asc(Column::Id).limit(LIST_MAX);
    if tx.locks_rows() {
        select = select.lock_exclusive();
    }
    select.all(tx.connection()).await?.into_iter().map(Model::read).collect()
}

/// The eldest owner of a creditor who is not disabled.
///
/// # Errors
/// The database's.
pub async fn find_first_owner(tx: &Tx, creditor_id: CreditorId) -> Result<Option<MemberRow>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Role.eq(to_word(&Role::Owner)?))
        .filter(Column::State.ne(to_word(&MemberState::Disabled)?))
        .order_by_asc(Column::Id);
    select.one(tx.connection()).await?.map(Model::read).transpose()
}

/// A creditor's member with an e-mail address.
///
/// # Errors
/// The database's.
pub async fn find_by_email(tx: &Tx, creditor_id: CreditorId, email: &str) -> Result<Option<MemberRow>, StoreFault> {
    let select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::EmailKey.eq(key(email)));
    select.one(tx.connection()).await?.map(Model::read).transpose()
}

/// The members with an e-mail address, of whichever creditors: this is how who signs in becomes known.
///
/// # Errors
/// The database's.
pub async fn list_by_email(tx: &Tx, email: &str) -> Result<Vec<MemberRow>, StoreFault> {
    let select = Entity::find().filter(Column::EmailKey.eq(key(email))).order_by_asc(Column::Id).limit(HOMES_MAX);
    select.all(tx.connection()).await?.into_iter().map(Model::read).collect()
}
