//! Promises to pay. Whether one was kept is the ledger's to say.

use crate::bulk::{ByDebtor, among, insert_one};
use crate::codec::{day, instant, json, money, to_day, to_instant, to_json};
use crate::outbox::Change;
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::ids::{AccountId, CreditorId, DebtorId, PromiseId};
use saldo_domain::money::Money;
use saldo_domain::promise::PromiseToPay;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, Select};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "promises")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) account_id: Uuid,
        pub(crate) amount_minor: Option<i64>,
        pub(crate) owed_minor: i64,
        pub(crate) currency: String,
        pub(crate) promised_on: Date,
        pub(crate) made_at: DateTimeUtc,
        pub(crate) made_by: Json,
        pub(crate) withdrawn: Option<Json>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// A promise with its debtor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseRow {
    /// The promise.
    pub promise: PromiseToPay,
    /// Who owes.
    pub debtor_id: DebtorId,
}

impl Model {
    fn read(self) -> Result<PromiseRow, StoreFault> {
        let promise = PromiseToPay {
            id: PromiseId(self.id),
            account_id: AccountId(self.account_id),
            amount: self.amount_minor.map(|minor| money(minor, &self.currency)).transpose()?,
            owed: money(self.owed_minor, &self.currency)?,
            promised_on: day(self.promised_on)?,
            made_at: instant(self.made_at)?,
            made_by: json(self.made_by)?,
            withdrawn: self.withdrawn.map(json).transpose()?,
        };
        Ok(PromiseRow { promise, debtor_id: DebtorId(self.debtor_id) })
    }
}

fn of_creditor(creditor_id: CreditorId) -> Select<Entity> {
    Entity::find().filter(Column::CreditorId.eq(creditor_id.0))
}

/// Writes a promise.
///
/// # Errors
/// `Conflict("promise")` when the id is taken.
pub async fn insert(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    promise: &PromiseToPay,
) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        id: promise.id.0,
        debtor_id: debtor_id.0,
        account_id: promise.account_id.0,
        amount_minor: promise.amount.map(Money::minor),
        owed_minor: promise.owed.minor(),
        currency: promise.owed.currency().code().to_owned(),
        promised_on: to_day(promise.promised_on),
        made_at: to_instant(promise.made_at),
        made_by: to_json(&promise.made_by)?,
        withdrawn: promise.withdrawn.as_ref().map(to_json).transpose()?,
    };
    tx.note(creditor_id, Change::Promise(promise.id.0));
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("promise")) }
}

/// Writes that a promise was taken back.
///
/// # Errors
/// `NotFound`.
pub async fn update(tx: &Tx, creditor_id: CreditorId, promise: &PromiseToPay) -> Result<(), StoreFault> {
    tx.note(creditor_id, Change::Promise(promise.id.0));
    let withdrawn = promise.withdrawn.as_ref().map(to_json).transpose()?;
    let update = Entity::update_many()
        .col_expr(Column::Withdrawn, Expr::value(withdrawn))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(promise.id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "promise")
}

/// Tells subscribers that a promise was not kept. Nothing of the promise is written: its standing follows from the books.
pub fn tell_broken(tx: &Tx, creditor_id: CreditorId, id: PromiseId) {
    tx.note(creditor_id, Change::BrokenPromise(id.0));
}

/// The promises with some ids; ids that the creditor does not have are left out.
///
/// # Errors
/// The database's.
pub async fn find_many(tx: &Tx, creditor_id: CreditorId, ids: &[PromiseId]) -> Result<Vec<PromiseRow>, StoreFault> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(crate::bulk::KEYS_MAX) {
        let select = of_creditor(creditor_id).filter(Column::Id.is_in(chunk.iter().map(|id| id.0)));
        for row in select.all(tx.connection()).await? {
            found.push(row.read()?);
        }
    }
    Ok(found)
}

/// The promise with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: PromiseId) -> Result<PromiseRow, StoreFault> {
    let row = of_creditor(creditor_id).filter(Column::Id.eq(id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("promise"))?.read()
}

/// The latest promise of each of a debtor's accounts that was not taken back, oldest first: whether one is waited for, was
/// kept or broken is a question to [`PromiseToPay::standing`].
///
/// # Errors
/// The database's.
pub async fn load_for_debtor(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
) -> Result<Vec<PromiseToPay>, StoreFault> {
    Ok(load_for_debtors(tx, creditor_id, &[debtor_id]).await?.remove(&debtor_id).unwrap_or_default())
}

/// [`load_for_debtor`] for many.
pub(crate) async fn load_for_debtors(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<ByDebtor<PromiseToPay>, StoreFault> {
    let select = of_creditor(creditor_id)
        .filter(among(tx, Column::DebtorId, debtor_ids.iter().map(|id| id.0)))
        .filter(Column::Withdrawn.is_null())
        .order_by_desc(Column::Id);
    let mut found: ByDebtor<PromiseToPay> = ByDebtor::new();
    for row in select.all(tx.connection()).await? {
        let latest = found.entry(DebtorId(row.debtor_id)).or_default();
        if latest.iter().all(|known| known.account_id.0 != row.account_id) {
            latest.push(row.read()?.promise);
        }
    }
    found.values_mut().for_each(|latest| latest.reverse());
    Ok(found)
}

/// A creditor's promises, or one debtor's, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: Option<DebtorId>,
    page: PageRequest,
) -> Result<Page<PromiseRow>, StoreFault> {
    let mut select = of_creditor(creditor_id);
    if let Some(debtor_id) = debtor_id {
        select = select.filter(Column::DebtorId.eq(debtor_id.0));
    }
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}
