//! Inserts of many rows, and inserts that may find their key taken.

use crate::{StoreFault, Tx};
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, IntoActiveModel, Iterable};

/// SQLite takes 32,766 variables a statement; PostgreSQL 65,535. Larger statements are not faster than this.
const VARIABLES_MAX: usize = 8_000;

/// How many keys one `IN` names.
pub(crate) const KEYS_MAX: usize = 2_000;

fn rows_max<E: EntityTrait>() -> usize {
    (VARIABLES_MAX / E::Column::iter().count().max(1)).max(1)
}

/// Inserts rows whose keys must be free.
pub(crate) async fn insert_all<E>(tx: &Tx, mut rows: Vec<E::Model>) -> Result<(), StoreFault>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(rows_max::<E>()));
        let chunk = rows.into_iter().map(IntoActiveModel::into_active_model);
        E::insert_many::<E::ActiveModel, _>(chunk).exec_without_returning(tx.connection()).await?;
        rows = rest;
    }
    Ok(())
}

/// Inserts the rows whose keys are free, and counts them.
pub(crate) async fn insert_free<E>(tx: &Tx, mut rows: Vec<E::Model>) -> Result<u64, StoreFault>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let mut inserted = 0;
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(rows_max::<E>()));
        let chunk = rows.into_iter().map(IntoActiveModel::into_active_model);
        let nothing = OnConflict::new().do_nothing().to_owned();
        let insert = E::insert_many::<E::ActiveModel, _>(chunk).on_conflict(nothing);
        inserted += insert.exec_without_returning(tx.connection()).await?;
        rows = rest;
    }
    Ok(inserted)
}

/// Inserts one row; whether its keys were free.
pub(crate) async fn insert_one<E>(tx: &Tx, row: E::Model) -> Result<bool, StoreFault>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    Ok(insert_free::<E>(tx, vec![row]).await? == 1)
}
