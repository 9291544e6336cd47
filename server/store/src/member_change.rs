//! What changes on a member.

use crate::bulk::insert_all;
use crate::codec::{to_instant, to_word};
use crate::member::table::{Column, Entity};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, MemberId};
use saldo_domain::member::{MemberState, Role};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, UpdateMany};

mod code {
    pub(super) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "member_recovery_codes")]
    pub(super) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(super) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(super) member_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(super) code_hash: Vec<u8>,
        pub(super) used_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

fn of(creditor_id: CreditorId, id: MemberId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::Id.eq(id.0))
}

async fn run(tx: &Tx, update: UpdateMany<Entity>) -> Result<(), StoreFault> {
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "member")
}

/// What a member may do, and whether it can come in.
///
/// # Errors
/// `NotFound`.
pub async fn change_standing(
    tx: &Tx,
    creditor_id: CreditorId,
    id: MemberId,
    role: Role,
    state: MemberState,
) -> Result<(), StoreFault> {
    let update = of(creditor_id, id)
        .col_expr(Column::Role, Expr::value(to_word(&role)?))
        .col_expr(Column::State, Expr::value(to_word(&state)?));
    run(tx, update).await
}

/// A new password, which also ends a wait.
///
/// # Errors
/// `NotFound`.
pub async fn change_password(
    tx: &Tx,
    creditor_id: CreditorId,
    id: MemberId,
    password_hash: &str,
) -> Result<(), StoreFault> {
    let update = of(creditor_id, id)
        .col_expr(Column::PasswordHash, Expr::value(password_hash))
        .col_expr(Column::FailedCount, Expr::value(0))
        .col_expr(Column::LockedUntil, Expr::value(None::<sea_orm::prelude::DateTimeUtc>));
    run(tx, update).await
}

/// Keeps a sealed secret that waits for its first code.
///
/// # Errors
/// `NotFound`.
pub async fn propose_totp(tx: &Tx, creditor_id: CreditorId, id: MemberId, sealed: &[u8]) -> Result<(), StoreFault> {
    run(tx, of(creditor_id, id).col_expr(Column::TotpPending, Expr::value(sealed.to_vec()))).await
}

/// The waiting secret becomes the one in force; the code of `step` is used.
///
/// # Errors
/// `NotFound`.
pub async fn confirm_totp(tx: &Tx, creditor_id: CreditorId, id: MemberId, step: i64) -> Result<(), StoreFault> {
    let update = of(creditor_id, id)
        .col_expr(Column::Totp, Expr::col(Column::TotpPending))
        .col_expr(Column::TotpPending, Expr::value(None::<Vec<u8>>))
        .col_expr(Column::TotpStep, Expr::value(step))
        .filter(Column::TotpPending.is_not_null());
    run(tx, update).await
}

/// Takes password, one-time codes and recovery codes off: the member is invited anew.
///
/// # Errors
/// `NotFound`.
pub async fn forget_credentials(tx: &Tx, creditor_id: CreditorId, id: MemberId) -> Result<(), StoreFault> {
    replace_recovery_codes(tx, creditor_id, id, &[]).await?;
    let update = of(creditor_id, id)
        .col_expr(Column::State, Expr::value(to_word(&MemberState::Invited)?))
        .col_expr(Column::PasswordHash, Expr::value(None::<String>))
        .col_expr(Column::Totp, Expr::value(None::<Vec<u8>>))
        .col_expr(Column::TotpPending, Expr::value(None::<Vec<u8>>))
        .col_expr(Column::TotpStep, Expr::value(None::<i64>));
    run(tx, update).await
}

/// Uses the code of a time step up: of two at once one gets it, and no earlier step is taken afterwards.
///
/// # Errors
/// The database's.
pub async fn claim_totp_step(tx: &Tx, creditor_id: CreditorId, id: MemberId, step: i64) -> Result<bool, StoreFault> {
    let fresh = Condition::any().add(Column::TotpStep.is_null()).add(Column::TotpStep.lt(step));
    let update = of(creditor_id, id).col_expr(Column::TotpStep, Expr::value(step)).filter(fresh);
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// Notes one more wrong answer, and until when none is taken.
///
/// # Errors
/// `NotFound`.
pub async fn mark_failed(
    tx: &Tx,
    creditor_id: CreditorId,
    id: MemberId,
    locked_until: Option<Timestamp>,
) -> Result<(), StoreFault> {
    let update = of(creditor_id, id)
        .col_expr(Column::FailedCount, Expr::col(Column::FailedCount).add(1))
        .col_expr(Column::LockedUntil, Expr::value(locked_until.map(to_instant)));
    run(tx, update).await
}

/// Notes that a member came in: wrong answers are forgotten.
///
/// # Errors
/// `NotFound`.
pub async fn mark_signed_in(tx: &Tx, creditor_id: CreditorId, id: MemberId, at: Timestamp) -> Result<(), StoreFault> {
    let update = of(creditor_id, id)
        .col_expr(Column::FailedCount, Expr::value(0))
        .col_expr(Column::LockedUntil, Expr::value(None::<sea_orm::prelude::DateTimeUtc>))
        .col_expr(Column::SignedInAt, Expr::value(to_instant(at)));
    run(tx, update).await
}

/// Puts these recovery codes in the place of all earlier ones.
///
/// # Errors
/// The database's.
pub async fn replace_recovery_codes(
    tx: &Tx,
    creditor_id: CreditorId,
    id: MemberId,
    hashes: &[[u8; 32]],
) -> Result<(), StoreFault> {
    let delete = code::Entity::delete_many()
        .filter(code::Column::CreditorId.eq(creditor_id.0))
        .filter(code::Column::MemberId.eq(id.0));
    delete.exec(tx.connection()).await?;
    let rows = hashes.iter().map(|hash| code::Model {
        creditor_id: creditor_id.0,
        member_id: id.0,
        code_hash: hash.to_vec(),
        used_at: None,
    });
    insert_all::<code::Entity>(tx, rows.collect()).await
}

/// Uses a recovery code up; of two at once, one gets it.
///
/// # Errors
/// The database's.
pub async fn take_recovery_code(
    tx: &Tx,
    creditor_id: CreditorId,
    id: MemberId,
    hash: &[u8; 32],
    at: Timestamp,
) -> Result<bool, StoreFault> {
    let update = code::Entity::update_many()
        .col_expr(code::Column::UsedAt, Expr::value(to_instant(at)))
        .filter(code::Column::CreditorId.eq(creditor_id.0))
        .filter(code::Column::MemberId.eq(id.0))
        .filter(code::Column::CodeHash.eq(hash.to_vec()))
        .filter(code::Column::UsedAt.is_null());
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// How many recovery codes are left.
///
/// # Errors
/// The database's.
pub async fn count_recovery_codes(tx: &Tx, creditor_id: CreditorId, id: MemberId) -> Result<u64, StoreFault> {
    let left = code::Entity::find()
        .filter(code::Column::CreditorId.eq(creditor_id.0))
        .filter(code::Column::MemberId.eq(id.0))
        .filter(code::Column::UsedAt.is_null());
    Ok(left.count(tx.connection()).await?)
}
