//! What a payment paid before its money went back: kept so that the money can count again as it did.

use crate::bulk::insert_one;
use crate::codec::{instant_opt, json, money, to_instant, to_json};
use crate::outbox::Change;
use crate::{StoreFault, Tx};
use saldo_domain::allocation::Allocation;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, PaymentId};
use saldo_domain::money::Money;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "given_back")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) movement_key: String,
        pub(crate) payment_id: Uuid,
        pub(crate) amount_minor: i64,
        pub(crate) currency: String,
        pub(crate) taken: Json,
        pub(crate) restored_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// Money of a payment that went back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenBackRow {
    /// The journal's key of the movement.
    pub movement_key: String,
    /// Which payment.
    pub payment_id: PaymentId,
    /// How much.
    pub amount: Money,
    /// What was taken from which item; the rest was credit.
    pub taken: Vec<Allocation>,
    /// When it counted again.
    pub restored_at: Option<Timestamp>,
}

/// Writes what went back. `false` when that movement is known.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, given: &GivenBackRow) -> Result<bool, StoreFault> {
    tx.note(creditor_id, Change::GivenBack(given.movement_key.clone()));
    let row = Model {
        creditor_id: creditor_id.0,
        movement_key: given.movement_key.clone(),
        payment_id: given.payment_id.0,
        amount_minor: given.amount.minor(),
        currency: given.amount.currency().code().to_owned(),
        taken: to_json(&given.taken)?,
        restored_at: given.restored_at.map(to_instant),
    };
    insert_one::<Entity>(tx, row).await
}

/// What went back with a movement.
///
/// # Errors
/// The database's.
pub async fn find(tx: &Tx, creditor_id: CreditorId, movement_key: &str) -> Result<Option<GivenBackRow>, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, movement_key.to_owned())).one(tx.connection()).await?;
    let read = |row: Model| {
        Ok(GivenBackRow {
            movement_key: row.movement_key,
            payment_id: PaymentId(row.payment_id),
            amount: money(row.amount_minor, &row.currency)?,
            taken: json(row.taken)?,
            restored_at: instant_opt(row.restored_at)?,
        })
    };
    row.map(read).transpose()
}

/// It counts again. `false` when it did before.
///
/// # Errors
/// The database's.
pub async fn mark_restored(
    tx: &Tx,
    creditor_id: CreditorId,
    movement_key: &str,
    at: Timestamp,
) -> Result<bool, StoreFault> {
    tx.note(creditor_id, Change::Restored(movement_key.to_owned()));
    let update = Entity::update_many()
        .col_expr(Column::RestoredAt, Expr::value(to_instant(at)))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::MovementKey.eq(movement_key))
        .filter(Column::RestoredAt.is_null());
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}
