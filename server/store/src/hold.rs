//! Manual holds.

use crate::bulk::{ByDebtor, among, insert_one};
use crate::codec::{day, instant, json, to_day, to_instant, to_json};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::hold::ManualHold;
use saldo_domain::ids::{CreditorId, DebtorId, HoldId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, Select};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "holds")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) reason: String,
        pub(crate) from_at: DateTimeUtc,
        pub(crate) until_on: Date,
        pub(crate) placed_by: Json,
        pub(crate) ended: Option<Json>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// How many holds [`load_for_debtor`] names: only one is live at a time.
const LIVE_MAX: usize = 5;

/// A hold with its debtor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldRow {
    /// The hold.
    pub hold: ManualHold,
    /// Towards whom.
    pub debtor_id: DebtorId,
}

impl Model {
    fn read(self) -> Result<HoldRow, StoreFault> {
        let hold = ManualHold {
            id: HoldId(self.id),
            reason: self.reason,
            from_at: instant(self.from_at)?,
            until_on: day(self.until_on)?,
            by: json(self.placed_by)?,
            ended: self.ended.map(json).transpose()?,
        };
        Ok(HoldRow { hold, debtor_id: DebtorId(self.debtor_id) })
    }
}

fn of_creditor(creditor_id: CreditorId) -> Select<Entity> {
    Entity::find().filter(Column::CreditorId.eq(creditor_id.0))
}

/// Writes a hold.
///
/// # Errors
/// `Conflict("hold")` when the id is taken.
pub async fn insert(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    hold: &ManualHold,
) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        id: hold.id.0,
        debtor_id: debtor_id.0,
        reason: hold.reason.clone(),
        from_at: to_instant(hold.from_at),
        until_on: to_day(hold.until_on),
        placed_by: to_json(&hold.by)?,
        ended: hold.ended.as_ref().map(to_json).transpose()?,
    };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("hold")) }
}

/// Writes that a hold was ended.
///
/// # Errors
/// `NotFound`.
pub async fn update(tx: &Tx, creditor_id: CreditorId, hold: &ManualHold) -> Result<(), StoreFault> {
    let ended = hold.ended.as_ref().map(to_json).transpose()?;
    let update = Entity::update_many()
        .col_expr(Column::Ended, Expr::value(ended))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(hold.id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "hold")
}

/// The hold with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: HoldId) -> Result<HoldRow, StoreFault> {
    let row = of_creditor(creditor_id).filter(Column::Id.eq(id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("hold"))?.read()
}

/// A debtor's holds that were not ended, those that end last first; whether one is in force today is a question to
/// [`ManualHold::is_live`].
///
/// # Errors
/// The database's.
pub async fn load_for_debtor(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
) -> Result<Vec<ManualHold>, StoreFault> {
    Ok(load_for_debtors(tx, creditor_id, &[debtor_id]).await?.remove(&debtor_id).unwrap_or_default())
}

/// [`load_for_debtor`] for many.
pub(crate) async fn load_for_debtors(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<ByDebtor<ManualHold>, StoreFault> {
    let select = of_creditor(creditor_id)
        .filter(among(tx, Column::DebtorId, debtor_ids.iter().map(|id| id.0)))
        .filter(Column::Ended.is_null())
        .order_by_desc(Column::UntilOn)
        .order_by_desc(Column::Id);
    let mut found: ByDebtor<ManualHold> = ByDebtor::new();
    for row in select.all(tx.connection()).await? {
        let live = found.entry(DebtorId(row.debtor_id)).or_default();
        if live.len() < LIVE_MAX {
            live.push(row.read()?.hold);
        }
    }
    Ok(found)
}

/// A creditor's holds, or one debtor's, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: Option<DebtorId>,
    page: PageRequest,
) -> Result<Page<HoldRow>, StoreFault> {
    let mut select = of_creditor(creditor_id);
    if let Some(debtor_id) = debtor_id {
        select = select.filter(Column::DebtorId.eq(debtor_id.0));
    }
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}
