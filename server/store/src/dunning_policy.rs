//! Dunning policies: versions, of which the last is in force.

use crate::bulk::insert_one;
use crate::codec::{json, to_instant, to_json};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DunningPolicyId};
use saldo_domain::reminder::DunningPolicy;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "dunning_policies")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) step_offsets: Json,
        pub(crate) send_from: String,
        pub(crate) send_until: String,
        pub(crate) sundays: bool,
        pub(crate) created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// Puts a version in force.
///
/// # Errors
/// `Conflict("dunning_policy")` when the id is taken.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, policy: &DunningPolicy, at: Timestamp) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        id: policy.id.0,
        step_offsets: to_json(&policy.step_offsets)?,
        send_from: policy.send_from.to_string(),
        send_until: policy.send_until.to_string(),
        sundays: policy.sundays,
        created_at: to_instant(at),
    };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("dunning_policy")) }
}

/// The version in force: the last one, or the standard one (under the creditor's own id) where none was ever written.
///
/// # Errors
/// The database's.
pub async fn load_current(tx: &Tx, creditor_id: CreditorId) -> Result<DunningPolicy, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id);
    let Some(row) = select.one(tx.connection()).await? else {
        return Ok(DunningPolicy::standard(DunningPolicyId(creditor_id.0)));
    };
    Ok(DunningPolicy {
        id: DunningPolicyId(row.id),
        step_offsets: json(row.step_offsets)?,
        send_from: row.send_from.parse().map_err(StoreFault::corrupt)?,
        send_until: row.send_until.parse().map_err(StoreFault::corrupt)?,
        sundays: row.sundays,
    })
}
