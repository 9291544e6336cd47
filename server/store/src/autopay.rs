//! Plans whose instalments a saved method pays: when to look at them, and what was announced and charged.

use crate::bulk::insert_one;
use crate::codec::{instant_opt, to_instant};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{AttemptId, CreditorId, DebtorId, PlanId, SavedMethodId};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

pub(crate) mod plan_table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "autopay_plans")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) plan_id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) look_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "autopay_charges")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) plan_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) instalment: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) try_number: i32,
        pub(crate) debtor_id: Uuid,
        pub(crate) announced_at: Option<DateTimeUtc>,
        pub(crate) method_id: Option<Uuid>,
        pub(crate) attempt_id: Option<Uuid>,
        pub(crate) charged_at: Option<DateTimeUtc>,
        pub(crate) told_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// A plan that autopay looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AutopayPlan {
    /// Whose books.
    pub creditor_id: CreditorId,
    /// Who owes.
    pub debtor_id: DebtorId,
    /// The plan.
    pub plan_id: PlanId,
}

/// One try to charge an instalment; the first one may only have been announced yet. How it ended says its attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AutopayCharge {
    /// The plan.
    pub plan_id: PlanId,
    /// The instalment's number.
    pub instalment: u32,
    /// 1 for the first try.
    pub try_number: u32,
    /// Who owes.
    pub debtor_id: DebtorId,
    /// When the debtor was told that it will be charged.
    pub announced_at: Option<Timestamp>,
    /// What was charged.
    pub method_id: Option<SavedMethodId>,
    /// The attempt.
    pub attempt_id: Option<AttemptId>,
    /// When the attempt was written.
    pub charged_at: Option<Timestamp>,
    /// When the debtor was told that it did not go through.
    pub told_at: Option<Timestamp>,
}

fn number(value: u32) -> Result<i32, StoreFault> {
    i32::try_from(value).map_err(StoreFault::corrupt)
}

impl Model {
    fn read(self) -> Result<AutopayCharge, StoreFault> {
        Ok(AutopayCharge {
            plan_id: PlanId(self.plan_id),
            instalment: u32::try_from(self.instalment).map_err(StoreFault::corrupt)?,
            try_number: u32::try_from(self.try_number).map_err(StoreFault::corrupt)?,
            debtor_id: DebtorId(self.debtor_id),
            announced_at: instant_opt(self.announced_at)?,
            method_id: self.method_id.map(SavedMethodId),
            attempt_id: self.attempt_id.map(AttemptId),
            charged_at: instant_opt(self.charged_at)?,
            told_at: instant_opt(self.told_at)?,
        })
    }
}

/// Says when to look at a plan next; never, without a moment. Known plans and new ones alike.
///
/// # Errors
/// The database's.
pub async fn set_look(tx: &Tx, plan: AutopayPlan, look_at: Option<Timestamp>) -> Result<(), StoreFault> {
    use plan_table::{Column as C, Entity as E, Model as M};
    let look_at = look_at.map(to_instant);
    let update = E::update_many()
        .col_expr(C::LookAt, Expr::value(look_at))
        .filter(C::CreditorId.eq(plan.creditor_id.0))
        .filter(C::PlanId.eq(plan.plan_id.0));
    if update.exec(tx.connection()).await?.rows_affected == 0 {
        let (creditor_id, plan_id, debtor_id) = (plan.creditor_id.0, plan.plan_id.0, plan.debtor_id.0);
        insert_one::<E>(tx, M { creditor_id, plan_id, debtor_id, look_at }).await?;
    }
    Ok(())
}

/// Looks at all plans of a debtor that autopay knows at a moment.
///
/// # Errors
/// The database's.
pub async fn wake(tx: &Tx, creditor_id: CreditorId, debtor_id: DebtorId, look_at: Timestamp) -> Result<(), StoreFault> {
    use plan_table::{Column as C, Entity as E};
    let update = E::update_many()
        .col_expr(C::LookAt, Expr::value(to_instant(look_at)))
        .filter(C::CreditorId.eq(creditor_id.0))
        .filter(C::DebtorId.eq(debtor_id.0));
    update.exec(tx.connection()).await?;
    Ok(())
}

/// Plans of every creditor whose moment has come, the longest waiting first. In a transaction that writes on
/// PostgreSQL they are held, and those that another node holds are passed over.
///
/// # Errors
/// The database's.
pub async fn list_due(tx: &Tx, now: Timestamp, limit: u64) -> Result<Vec<AutopayPlan>, StoreFault> {
    use plan_table::{Column as C, Entity as E};
    let mut select = E::find()
        .filter(Expr::cust("look_at IS NOT NULL"))
        .filter(C::LookAt.lte(to_instant(now)))
        .order_by_asc(C::LookAt)
        .order_by_asc(C::CreditorId)
        .order_by_asc(C::PlanId)
        .limit(limit.min(crate::PAGE_MAX));
    if tx.locks_rows() {
        select = select.lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked);
    }
    let rows = select.all(tx.connection()).await?;
    let read = |row: plan_table::Model| AutopayPlan {
        creditor_id: CreditorId(row.creditor_id),
        debtor_id: DebtorId(row.debtor_id),
        plan_id: PlanId(row.plan_id),
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Writes a try, or what of it is known now.
///
/// # Errors
/// The database's.
pub async fn put(tx: &Tx, creditor_id: CreditorId, charge: &AutopayCharge) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        plan_id: charge.plan_id.0,
        instalment: number(charge.instalment)?,
        try_number: number(charge.try_number)?,
        debtor_id: charge.debtor_id.0,
        announced_at: charge.announced_at.map(to_instant),
        method_id: charge.method_id.map(|id| id.0),
        attempt_id: charge.attempt_id.map(|id| id.0),
        charged_at: charge.charged_at.map(to_instant),
        told_at: charge.told_at.map(to_instant),
    };
    if insert_one::<Entity>(tx, row.clone()).await? {
        return Ok(());
    }
    let update = Entity::update_many()
        .col_expr(Column::AnnouncedAt, Expr::value(row.announced_at))
        .col_expr(Column::MethodId, Expr::value(row.method_id))
        .col_expr(Column::AttemptId, Expr::value(row.attempt_id))
        .col_expr(Column::ChargedAt, Expr::value(row.charged_at))
        .col_expr(Column::ToldAt, Expr::value(row.told_at))
        .filter(Column::CreditorId.eq(row.creditor_id))
        .filter(Column::PlanId.eq(row.plan_id))
        .filter(Column::Instalment.eq(row.instalment))
        .filter(Column::TryNumber.eq(row.try_number));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "autopay charge")
}

/// All tries of a plan, by instalment and number.
///
/// # Errors
/// The database's.
pub async fn list(tx: &Tx, creditor_id: CreditorId, plan_id: PlanId) -> Result<Vec<AutopayCharge>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::PlanId.eq(plan_id.0))
        .order_by_asc(Column::Instalment)
        .order_by_asc(Column::TryNumber);
    select.all(tx.connection()).await?.into_iter().map(Model::read).collect()
}
