use crate::codec::{money, to_day};
use crate::debtor::table::{Column, Entity};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Date;
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::CreditorId;
use saldo_domain::money::Money;
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

/// Which debtors are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DebtorFilter<'a> {
    /// A part of the name, the reference or the address, in any case.
    pub search: Option<&'a str>,
    /// The date as of which something is overdue.
    pub as_of: Date,
}

/// One line of the list of debtors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DebtorRow {
    /// The debtor.
    pub debtor: Debtor,
    /// What it owes, one amount for each currency that it owes in.
    pub outstanding: Vec<Money>,
    /// What of it is past due, in the same order; zero amounts are there.
    pub overdue: Vec<Money>,
}

/// A creditor's debtors, oldest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    filter: DebtorFilter<'_>,
    page: PageRequest,
) -> Result<Page<DebtorRow>, StoreFault> {
    let mut select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0));
    if let Some(search) = filter.search.map(str::trim).filter(|search| !search.is_empty()) {
        let escaped = search.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let pattern = LikeExpr::new(format!("%{escaped}%")).escape('\\');
        select = select.filter(Expr::col(Column::SearchText).like(pattern));
    }
    let read = |row: crate::debtor::table::Model| row.read();
    let debtors = by_id(tx, select, Column::Id, Order::Asc, page, |row| row.id, read).await?;
    let ids = debtors.items.iter().map(|debtor| debtor.id.0).collect();
    let mut owed = owed(tx, creditor_id, ids, filter.as_of).await?;
    Ok(debtors.map(|debtor| {
        let (outstanding, overdue) = owed.remove(&debtor.id.0).unwrap_or_default().into_iter().unzip();
        DebtorRow { debtor, outstanding, overdue }
    }))
}

type Owed = HashMap<Uuid, Vec<(Money, Money)>>;

async fn owed(tx: &Tx, creditor_id: CreditorId, ids: Vec<Uuid>, as_of: Date) -> Result<Owed, StoreFault> {
    use crate::invoice::table::{Column as Item, Entity as Items};
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let late = Expr::case(Item::DueOn.lt(to_day(as_of)), Expr::col(Item::OutstandingMinor)).finally(0_i64);
    let select = Items::find()
        .select_only()
        .column(Item::DebtorId)
        .column(Item::Currency)
        .expr(Expr::col(Item::OutstandingMinor).sum().cast_as("BIGINT"))
        .expr(Expr::expr(late).sum().cast_as("BIGINT"))
        .filter(Item::CreditorId.eq(creditor_id.0))
        .filter(Item::DebtorId.is_in(ids))
        .filter(Item::Status.eq("open"))
        .group_by(Item::DebtorId)
        .group_by(Item::Currency);
    let mut rows: Vec<(Uuid, String, i64, i64)> = select.into_tuple().all(tx.connection()).await?;
    rows.sort();
    let mut owed: Owed = HashMap::new();
    for (debtor, currency, outstanding, overdue) in rows {
        owed.entry(debtor).or_default().push((money(outstanding, &currency)?, money(overdue, &currency)?));
    }
    Ok(owed)
}
