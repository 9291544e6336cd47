//! Late charges: for each item that is a fee or interest, what it is on and how it was computed.

use crate::bulk::insert_one;
use crate::codec::{day, json, to_day, to_instant, to_json};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::{Date, Timestamp};
use saldo_domain::ids::{CreditorId, DebtorId, InvoiceId, PolicyId};
use saldo_domain::late_charge::ChargeLine;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "late_charges")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) item_id: Uuid,
        pub(crate) of_id: Uuid,
        pub(crate) policy_id: Uuid,
        pub(crate) to_on: ChronoDate,
        pub(crate) amount_minor: i64,
        pub(crate) line: Json,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod round_table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "late_charge_rounds")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        pub(crate) begun_on: ChronoDate,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// One charge with its explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateChargeRow {
    /// The item that claims it.
    pub item_id: InvoiceId,
    /// The item that was paid late.
    pub of_id: InvoiceId,
    /// The policy that asked for it.
    pub policy_id: PolicyId,
    /// How it came to its amount.
    pub line: ChargeLine,
}

impl Model {
    fn read(self) -> Result<LateChargeRow, StoreFault> {
        Ok(LateChargeRow {
            item_id: InvoiceId(self.item_id),
            of_id: InvoiceId(self.of_id),
            policy_id: PolicyId(self.policy_id),
            line: json(self.line)?,
        })
    }
}

/// Writes a charge whose item is there.
///
/// # Errors
/// `Conflict("late_charge")` when the item has one.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, row: &LateChargeRow) -> Result<(), StoreFault> {
    let model = Model {
        creditor_id: creditor_id.0,
        item_id: row.item_id.0,
        of_id: row.of_id.0,
        policy_id: row.policy_id.0,
        to_on: to_day(row.line.to),
        amount_minor: row.line.amount.minor(),
        line: to_json(&row.line)?,
    };
    if insert_one::<Entity>(tx, model).await? { Ok(()) } else { Err(StoreFault::Conflict("late_charge")) }
}

/// What was charged on some items, oldest first.
///
/// # Errors
/// The database's.
pub async fn list_of(tx: &Tx, creditor_id: CreditorId, of_ids: &[InvoiceId]) -> Result<Vec<LateChargeRow>, StoreFault> {
    let mut rows = Vec::new();
    for chunk in of_ids.chunks(crate::bulk::KEYS_MAX) {
        let select = Entity::find()
            .filter(Column::CreditorId.eq(creditor_id.0))
            .filter(Column::OfId.is_in(chunk.iter().map(|id| id.0)))
            .order_by_asc(Column::ItemId);
        rows.extend(select.all(tx.connection()).await?);
    }
    rows.into_iter().map(Model::read).collect()
}

/// The explanation of one item, where it is a late charge.
///
/// # Errors
/// The database's.
pub async fn find(tx: &Tx, creditor_id: CreditorId, item_id: InvoiceId) -> Result<Option<LateChargeRow>, StoreFault> {
    Entity::find_by_id((creditor_id.0, item_id.0)).one(tx.connection()).await?.map(Model::read).transpose()
}

/// The creditors whose late-fee policy is in force, with the day on which their last round began.
///
/// # Errors
/// The database's.
pub async fn list_rounds(tx: &Tx, at: Timestamp) -> Result<Vec<(CreditorId, Option<Date>)>, StoreFault> {
    use crate::policy::table::{Column as Part, Entity as Policies};
    let at = to_instant(at);
    let select = Policies::find()
        .select_only()
        .column(Part::CreditorId)
        .filter(Part::Kind.eq("late_fee"))
        .filter(Part::FromAt.lte(at))
        .filter(Part::UntilAt.is_null().or(Part::UntilAt.gt(at)))
        .distinct();
    let creditors: Vec<Uuid> = select.into_tuple().all(tx.connection()).await?;
    let rounds = round_table::Entity::find().all(tx.connection()).await?;
    let begun: HashMap<Uuid, sea_orm::prelude::ChronoDate> =
        rounds.into_iter().map(|row| (row.creditor_id, row.begun_on)).collect();
    let row = |id: Uuid| Ok((CreditorId(id), begun.get(&id).copied().map(day).transpose()?));
    creditors.into_iter().map(row).collect()
}

/// Notes that a creditor's round of a day has begun.
///
/// # Errors
/// The database's.
pub async fn mark_round(tx: &Tx, creditor_id: CreditorId, on: Date) -> Result<(), StoreFault> {
    use round_table::Column as Part;
    let row = round_table::ActiveModel {
        creditor_id: ActiveValue::Set(creditor_id.0),
        begun_on: ActiveValue::Set(to_day(on)),
    };
    let mut latest = OnConflict::column(Part::CreditorId);
    latest.update_column(Part::BegunOn);
    round_table::Entity::insert(row).on_conflict(latest).exec_without_returning(tx.connection()).await?;
    Ok(())
}

/// Debtors with something open that fell due before a date, in the order of their ids, behind the one named.
///
/// # Errors
/// The database's.
pub async fn list_overdue(
    tx: &Tx,
    creditor_id: CreditorId,
    before: Date,
    after: Option<DebtorId>,
    limit: u64,
) -> Result<Vec<DebtorId>, StoreFault> {
    use crate::invoice::table::{Column as Item, Entity as Items};
    let mut select = Items::find()
        .select_only()
        .column(Item::DebtorId)
        .filter(Item::CreditorId.eq(creditor_id.0))
        .filter(Expr::cust("status = 'open'"))
        .filter(Item::DueOn.lt(to_day(before)))
        .distinct()
        .order_by_asc(Item::DebtorId)
        .limit(limit);
    if let Some(DebtorId(after)) = after {
        select = select.filter(Item::DebtorId.gt(after));
    }
    let ids: Vec<Uuid> = select.into_tuple().all(tx.connection()).await?;
    Ok(ids.into_iter().map(DebtorId).collect())
}
