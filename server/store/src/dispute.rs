//! Disputes. The invoice's own flag follows the open dispute in the same database transaction.

use crate::bulk::insert_one;
use crate::codec::{instant, json, to_instant, to_json, word};
use crate::outbox::Change;
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx, invoice};
use saldo_domain::dispute::Dispute;
use saldo_domain::ids::{CreditorId, DebtorId, DisputeId, InvoiceId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, Select};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "disputes")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) invoice_id: Uuid,
        pub(crate) reason: String,
        pub(crate) message: String,
        pub(crate) opened_at: DateTimeUtc,
        pub(crate) opened_by: Json,
        pub(crate) state_name: String,
        pub(crate) state: Json,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// A dispute with its debtor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisputeRow {
    /// The dispute.
    pub dispute: Dispute,
    /// Who owes.
    pub debtor_id: DebtorId,
}

/// Which disputes are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct DisputeFilter<'a> {
    /// Of one debtor.
    pub debtor_id: Option<DebtorId>,
    /// In one state, by its word.
    pub state: Option<&'a str>,
}

impl Model {
    fn read(self) -> Result<DisputeRow, StoreFault> {
        let dispute = Dispute {
            id: DisputeId(self.id),
            invoice_id: InvoiceId(self.invoice_id),
            reason: word(&self.reason)?,
            message: self.message,
            opened_at: instant(self.opened_at)?,
            opened_by: json(self.opened_by)?,
            state: json(self.state)?,
        };
        Ok(DisputeRow { dispute, debtor_id: DebtorId(self.debtor_id) })
    }
}

fn of_creditor(creditor_id: CreditorId) -> Select<Entity> {
    Entity::find().filter(Column::CreditorId.eq(creditor_id.0))
}

/// Writes a dispute, and the flag of its invoice.
///
/// # Errors
/// `Conflict("dispute")` when the id is taken or another dispute of the invoice is open; `NotFound` without the invoice.
pub async fn insert(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    dispute: &Dispute,
) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        id: dispute.id.0,
        debtor_id: debtor_id.0,
        invoice_id: dispute.invoice_id.0,
        reason: dispute.reason.name().to_owned(),
        message: dispute.message.clone(),
        opened_at: to_instant(dispute.opened_at),
        opened_by: to_json(&dispute.opened_by)?,
        state_name: dispute.state.name().to_owned(),
        state: to_json(&dispute.state)?,
    };
    invoice::set_disputed(tx, creditor_id, dispute.invoice_id, dispute.is_open()).await?;
    tx.note(creditor_id, Change::Dispute(dispute.id.0));
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("dispute")) }
}

/// Writes where a dispute stands, and the flag of its invoice.
///
/// # Errors
/// `NotFound`.
pub async fn update(tx: &Tx, creditor_id: CreditorId, dispute: &Dispute) -> Result<(), StoreFault> {
    tx.note(creditor_id, Change::Dispute(dispute.id.0));
    let update = Entity::update_many()
        .col_expr(Column::StateName, Expr::value(dispute.state.name()))
        .col_expr(Column::State, Expr::value(to_json(&dispute.state)?))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(dispute.id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "dispute")?;
    invoice::set_disputed(tx, creditor_id, dispute.invoice_id, dispute.is_open()).await
}

/// The disputes with some ids; ids that the creditor does not have are left out.
///
/// # Errors
/// The database's.
pub async fn find_many(tx: &Tx, creditor_id: CreditorId, ids: &[DisputeId]) -> Result<Vec<DisputeRow>, StoreFault> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(crate::bulk::KEYS_MAX) {
        let select = of_creditor(creditor_id).filter(Column::Id.is_in(chunk.iter().map(|id| id.0)));
        for row in select.all(tx.connection()).await? {
            found.push(row.read()?);
        }
    }
    Ok(found)
}

/// The dispute with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: DisputeId) -> Result<DisputeRow, StoreFault> {
    let row = of_creditor(creditor_id).filter(Column::Id.eq(id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("dispute"))?.read()
}

/// The open dispute of an invoice.
///
/// # Errors
/// The database's.
pub async fn find_open(
    tx: &Tx,
    creditor_id: CreditorId,
    invoice_id: InvoiceId,
) -> Result<Option<DisputeRow>, StoreFault> {
    let select = of_creditor(creditor_id).filter(Column::InvoiceId.eq(invoice_id.0));
    let select = select.filter(Expr::cust("state_name = 'open'"));
    select.one(tx.connection()).await?.map(Model::read).transpose()
}

/// A debtor's open disputes, oldest first.
///
/// # Errors
/// The database's.
pub async fn load_for_debtor(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
) -> Result<Vec<Dispute>, StoreFault> {
    let select = of_creditor(creditor_id)
        .filter(Column::DebtorId.eq(debtor_id.0))
        .filter(Expr::cust("state_name = 'open'"))
        .order_by_asc(Column::Id);
    let rows = select.all(tx.connection()).await?;
    rows.into_iter().map(|row| Ok(row.read()?.dispute)).collect()
}

/// A creditor's disputes, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    filter: DisputeFilter<'_>,
    page: PageRequest,
) -> Result<Page<DisputeRow>, StoreFault> {
    let mut select = of_creditor(creditor_id);
    if let Some(debtor_id) = filter.debtor_id {
        select = select.filter(Column::DebtorId.eq(debtor_id.0));
    }
    if let Some(state) = filter.state {
        select = select.filter(Column::StateName.eq(state));
    }
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}
