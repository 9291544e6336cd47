//! Bank transfers that debtors say they have made.

use crate::bulk::{ByDebtor, among, by_debtor, insert_one};
use crate::codec::{day, instant, json, money, to_day, to_instant, to_json};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::ids::{AccountId, CreditorId, DebtorId, TransferId};
use saldo_domain::transfer::DeclaredTransfer;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, Select};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "transfers")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) account_id: Uuid,
        pub(crate) amount_minor: i64,
        pub(crate) currency: String,
        pub(crate) made_on: Date,
        pub(crate) reference: Option<String>,
        pub(crate) declared_at: DateTimeUtc,
        pub(crate) declared_by: Json,
        pub(crate) state_name: String,
        pub(crate) state: Json,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// A declared transfer with its debtor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferRow {
    /// The transfer.
    pub transfer: DeclaredTransfer,
    /// Who owes.
    pub debtor_id: DebtorId,
}

/// Which transfers are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct TransferFilter<'a> {
    /// Of one debtor.
    pub debtor_id: Option<DebtorId>,
    /// In one state, by its word.
    pub state: Option<&'a str>,
}

impl Model {
    fn read(self) -> Result<TransferRow, StoreFault> {
        let transfer = DeclaredTransfer {
            id: TransferId(self.id),
            account_id: AccountId(self.account_id),
            amount: money(self.amount_minor, &self.currency)?,
            made_on: day(self.made_on)?,
            reference: self.reference,
            declared_at: instant(self.declared_at)?,
            declared_by: json(self.declared_by)?,
            state: json(self.state)?,
        };
        Ok(TransferRow { transfer, debtor_id: DebtorId(self.debtor_id) })
    }
}

fn of_creditor(creditor_id: CreditorId) -> Select<Entity> {
    Entity::find().filter(Column::CreditorId.eq(creditor_id.0))
}

/// Writes a transfer.
///
/// # Errors
/// `Conflict("transfer")` when the id is taken.
pub async fn insert(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    transfer: &DeclaredTransfer,
) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        id: transfer.id.0,
        debtor_id: debtor_id.0,
        account_id: transfer.account_id.0,
        amount_minor: transfer.amount.minor(),
        currency: transfer.amount.currency().code().to_owned(),
        made_on: to_day(transfer.made_on),
        reference: transfer.reference.clone(),
        declared_at: to_instant(transfer.declared_at),
        declared_by: to_json(&transfer.declared_by)?,
        state_name: transfer.state.name().to_owned(),
        state: to_json(&transfer.state)?,
    };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("transfer")) }
}

/// Writes where a transfer stands.
///
/// # Errors
/// `NotFound`.
pub async fn update(tx: &Tx, creditor_id: CreditorId, transfer: &DeclaredTransfer) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::StateName, Expr::value(transfer.state.name()))
        .col_expr(Column::State, Expr::value(to_json(&transfer.state)?))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(transfer.id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "transfer")
}

/// The transfer with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: TransferId) -> Result<TransferRow, StoreFault> {
    let row = of_creditor(creditor_id).filter(Column::Id.eq(id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("transfer"))?.read()
}

/// A debtor's transfers that wait, oldest first.
///
/// # Errors
/// The database's.
pub async fn load_for_debtor(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
) -> Result<Vec<DeclaredTransfer>, StoreFault> {
    Ok(load_for_debtors(tx, creditor_id, &[debtor_id]).await?.remove(&debtor_id).unwrap_or_default())
}

/// [`load_for_debtor`] for many.
pub(crate) async fn load_for_debtors(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<ByDebtor<DeclaredTransfer>, StoreFault> {
    let select = of_creditor(creditor_id)
        .filter(among(tx, Column::DebtorId, debtor_ids.iter().map(|id| id.0)))
        .filter(Column::StateName.eq("waiting"))
        .order_by_asc(Column::Id);
    let rows = select.all(tx.connection()).await?.into_iter();
    by_debtor(rows.map(|row| row.read().map(|row| (row.debtor_id, row.transfer))))
}

/// A creditor's transfers, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    filter: TransferFilter<'_>,
    page: PageRequest,
) -> Result<Page<TransferRow>, StoreFault> {
    let mut select = of_creditor(creditor_id);
    if let Some(debtor_id) = filter.debtor_id {
        select = select.filter(Column::DebtorId.eq(debtor_id.0));
    }
    if let Some(state) = filter.state {
        select = select.filter(Column::StateName.eq(state));
    }
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}
