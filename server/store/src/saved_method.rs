//! Payment methods that debtors saved at a provider: how they look, never a number.

use crate::bulk::insert_one;
use crate::codec::{instant, instant_opt, to_instant};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId, SavedMethodId};
use saldo_domain::provider::{MethodExpiry, SavedMethodFacts};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "saved_methods")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) provider: String,
        pub(crate) holder_reference: String,
        pub(crate) method_reference: String,
        pub(crate) kind: String,
        pub(crate) brand: String,
        #[sea_orm(column_name = "last4")]
        pub(crate) last4: String,
        pub(crate) expires_year: Option<i32>,
        pub(crate) expires_month: Option<i32>,
        pub(crate) saved_at: DateTimeUtc,
        pub(crate) removed_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// A saved method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedMethodRow {
    /// Its id, which is that of the page on which it was saved.
    pub id: SavedMethodId,
    /// Whose.
    pub debtor_id: DebtorId,
    /// The provider's name.
    pub provider: String,
    /// How it looks, and what the provider calls it.
    pub facts: SavedMethodFacts,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// When it was removed: nothing is charged to it any more.
    pub removed_at: Option<Timestamp>,
}

impl Model {
    fn read(self) -> Result<SavedMethodRow, StoreFault> {
        let expires = match (self.expires_year, self.expires_month) {
            (Some(year), Some(month)) => Some(MethodExpiry {
                year: i16::try_from(year).map_err(StoreFault::corrupt)?,
                month: i8::try_from(month).map_err(StoreFault::corrupt)?,
            }),
            _ => None,
        };
        Ok(SavedMethodRow {
            id: SavedMethodId(self.id),
            debtor_id: DebtorId(self.debtor_id),
            provider: self.provider,
            facts: SavedMethodFacts {
                holder_reference: self.holder_reference,
                method_reference: self.method_reference,
                kind: self.kind,
                brand: self.brand,
                last4: self.last4,
                expires,
            },
            saved_at: instant(self.saved_at)?,
            removed_at: instant_opt(self.removed_at)?,
        })
    }
}

/// Writes a method. `false` when it is known.
///
/// # Errors
/// The database's.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, method: &SavedMethodRow) -> Result<bool, StoreFault> {
    let facts = &method.facts;
    let row = Model {
        creditor_id: creditor_id.0,
        id: method.id.0,
        debtor_id: method.debtor_id.0,
        provider: method.provider.clone(),
        holder_reference: facts.holder_reference.clone(),
        method_reference: facts.method_reference.clone(),
        kind: facts.kind.clone(),
        brand: facts.brand.clone(),
        last4: facts.last4.clone(),
        expires_year: facts.expires.map(|expires| i32::from(expires.year)),
        expires_month: facts.expires.map(|expires| i32::from(expires.month)),
        saved_at: to_instant(method.saved_at),
        removed_at: method.removed_at.map(to_instant),
    };
    insert_one::<Entity>(tx, row).await
}

/// The method with an id, removed or not.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: SavedMethodId) -> Result<SavedMethodRow, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("saved method"))?.read()
}

/// A debtor's methods that are not removed, the newest first.
///
/// # Errors
/// The database's.
pub async fn list_live(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
) -> Result<Vec<SavedMethodRow>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::DebtorId.eq(debtor_id.0))
        .filter(Column::RemovedAt.is_null())
        .order_by_desc(Column::Id)
        .limit(crate::PAGE_MAX);
    select.all(tx.connection()).await?.into_iter().map(Model::read).collect()
}

/// Removes a method. `false` when it was removed before.
///
/// # Errors
/// The database's.
pub async fn mark_removed(
    tx: &Tx,
    creditor_id: CreditorId,
    id: SavedMethodId,
    at: Timestamp,
) -> Result<bool, StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::RemovedAt, Expr::value(to_instant(at)))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::RemovedAt.is_null());
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}
