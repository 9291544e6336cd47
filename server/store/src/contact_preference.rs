//! How debtors want to be reached.

use crate::bulk::among;
use crate::codec::{json, to_instant, to_json};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::contact::ContactPreference;
use saldo_domain::ids::{CreditorId, DebtorId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use std::collections::HashMap;

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "contact_preferences")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) debtor_id: Uuid,
        pub(crate) wish: Json,
        pub(crate) changed_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// Keeps a debtor's wish in place of the one before.
///
/// # Errors
/// The database's, also for a debtor of another creditor.
pub async fn set(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    wish: &ContactPreference,
    at: Timestamp,
) -> Result<(), StoreFault> {
    let (creditor_id, debtor_id) = (creditor_id.0, debtor_id.0);
    let row = Model { creditor_id, debtor_id, wish: to_json(wish)?, changed_at: to_instant(at) };
    let known = OnConflict::columns([Column::CreditorId, Column::DebtorId])
        .update_columns([Column::Wish, Column::ChangedAt])
        .to_owned();
    Entity::insert(row.into_active_model()).on_conflict(known).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// A debtor's wish, where it said one.
///
/// # Errors
/// The database's.
pub async fn find(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
) -> Result<Option<ContactPreference>, StoreFault> {
    Ok(load_for_debtors(tx, creditor_id, &[debtor_id]).await?.remove(&debtor_id))
}

/// The wishes of many debtors; those who said none are left out.
///
/// # Errors
/// The database's.
pub async fn load_for_debtors(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<HashMap<DebtorId, ContactPreference>, StoreFault> {
    let select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).filter(among(
        tx,
        Column::DebtorId,
        debtor_ids.iter().map(|id| id.0),
    ));
    let rows = select.all(tx.connection()).await?.into_iter();
    rows.map(|row| Ok((DebtorId(row.debtor_id), json(row.wish)?))).collect()
}
