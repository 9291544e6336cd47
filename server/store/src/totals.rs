//! What a creditor is owed, added up by the database.

use crate::StoreFault;
use crate::Tx;
use crate::codec::{money, to_day};
use saldo_domain::ageing::AgingBucket;
use saldo_domain::calendar::{Date, plus_days};
use saldo_domain::currency::Currency;
use saldo_domain::ids::CreditorId;
use saldo_domain::money::Money;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

/// What is owed in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrencyTotals {
    /// All that is open.
    pub outstanding: Money,
    /// What of it is past due.
    pub overdue: Money,
    /// Received and not applied.
    pub credit: Money,
    /// Debtors who owe.
    pub debtor_count: u64,
    /// Open items.
    pub item_count: u64,
    /// All that is open by time past due.
    pub ageing: [(AgingBucket, Money); 5],
}

/// The currency, how many debtors and items, and the buckets from the youngest on.
type Row = (String, i64, i64, i64, i64, i64, i64, i64);

/// What a creditor is owed as of a date, by currency.
///
/// # Errors
/// The database's; `Corrupt` for sums out of range.
pub async fn load(tx: &Tx, creditor_id: CreditorId, as_of: Date) -> Result<Vec<CurrencyTotals>, StoreFault> {
    let rows: Vec<Row> = open_items(creditor_id, as_of)?.into_tuple().all(tx.connection()).await?;
    let credits = credits(tx, creditor_id).await?;
    let mut totals = Vec::with_capacity(rows.len());
    for (currency, debtors, items, current, d30, d60, d90, over) in rows {
        let amounts = [current, d30, d60, d90, over];
        let mut ageing = AgingBucket::ALL.map(|bucket| (bucket, current));
        for (slot, minor) in ageing.iter_mut().zip(amounts) {
            slot.1 = minor;
        }
        let zero = money(0, &currency)?;
        let sum = |parts: &[i64]| {
            let parts = parts.iter().map(|minor| Money::new(*minor, zero.currency()));
            Money::sum(zero.currency(), parts).map_err(StoreFault::corrupt)
        };
        totals.push(CurrencyTotals {
            outstanding: sum(&amounts)?,
            overdue: sum(&amounts[1..])?,
            credit: credits.iter().find(|credit| credit.currency() == zero.currency()).copied().unwrap_or(zero),
            debtor_count: u64::try_from(debtors).unwrap_or(0),
            item_count: u64::try_from(items).unwrap_or(0),
            ageing: ageing.map(|(bucket, minor)| (bucket, Money::new(minor, zero.currency()))),
        });
    }
    let owed: Vec<Currency> = totals.iter().map(|total| total.outstanding.currency()).collect();
    for credit in credits.into_iter().filter(|credit| !owed.contains(&credit.currency())) {
        totals.push(only_credit(credit));
    }
    Ok(totals)
}

pub(crate) fn open_items(
    creditor_id: CreditorId,
    as_of: Date,
) -> Result<Select<crate::invoice::table::Entity>, StoreFault> {
    use crate::invoice::table::{Column, Entity};
    let since = |days: i32| plus_days(as_of, -days).map(to_day).map_err(StoreFault::corrupt);
    let between = |older: Option<i32>, younger: Option<i32>| -> Result<_, StoreFault> {
        let mut within = sea_orm::Condition::all();
        if let Some(days) = older {
            within = within.add(Column::DueOn.gte(since(days)?));
        }
        if let Some(days) = younger {
            within = within.add(Column::DueOn.lt(since(days)?));
        }
        Ok(Expr::expr(Expr::case(within, Expr::col(Column::OutstandingMinor)).finally(0_i64)).sum().cast_as("BIGINT"))
    };
    Ok(Entity::find()
        .select_only()
        .column(Column::Currency)
        .expr(Expr::col(Column::DebtorId).count_distinct())
        .expr(Expr::col(Column::DebtorId).count())
        .expr(between(Some(0), None)?)
        .expr(between(Some(30), Some(0))?)
        .expr(between(Some(60), Some(30))?)
        .expr(between(Some(90), Some(60))?)
        .expr(between(None, Some(90))?)
        .filter(Column::CreditorId.eq(creditor_id.0))
        // Written out: a bound value would hide the index of open items, which holds every column of this query.
        .filter(Expr::cust("status = 'open'"))
        .group_by(Column::Currency)
        .order_by_asc(Column::Currency))
}

fn only_credit(credit: Money) -> CurrencyTotals {
    let zero = Money::zero(credit.currency());
    CurrencyTotals {
        outstanding: zero,
        overdue: zero,
        credit,
        debtor_count: 0,
        item_count: 0,
        ageing: AgingBucket::ALL.map(|bucket| (bucket, zero)),
    }
}

async fn credits(tx: &Tx, creditor_id: CreditorId) -> Result<Vec<Money>, StoreFault> {
    let rows: Vec<(String, i64)> = with_credit(creditor_id).into_tuple().all(tx.connection()).await?;
    rows.into_iter().map(|(currency, minor)| money(minor, &currency)).collect()
}

pub(crate) fn with_credit(creditor_id: CreditorId) -> Select<crate::account::table::Entity> {
    use crate::account::table::{Column, Entity};
    Entity::find()
        .select_only()
        .column(Column::Currency)
        .expr(Expr::col(Column::UnappliedMinor).sum().cast_as("BIGINT"))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Expr::cust("unapplied_minor > 0"))
        .group_by(Column::Currency)
}
