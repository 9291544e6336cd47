//! Figures of the dashboard, each from an index that holds what it needs.

use crate::codec::{day, money, to_day};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::{Date, Timestamp};
use saldo_domain::ids::CreditorId;
use saldo_domain::money::Money;
use uuid::Uuid;

/// What came in on each day from one to another, less what was given back, by day and currency; days without are left out.
///
/// # Errors
/// The database's.
pub async fn collected(
    tx: &Tx,
    creditor_id: CreditorId,
    from: Date,
    until: Date,
) -> Result<Vec<(Date, Money)>, StoreFault> {
    let values = vec![creditor_id.0.into(), to_day(from).into(), to_day(until).into()];
    let rows = tx.query(COLLECTED, values).await?;
    let read = |row: &sea_orm::QueryResult| {
        let currency: String = row.try_get("", "currency")?;
        Ok((day(row.try_get("", "effective_on")?)?, money(row.try_get("", "sum")?, &currency)?))
    };
    rows.iter().map(read).collect()
}

pub(crate) const COLLECTED: &str = "SELECT effective_on, currency, CAST(SUM(amount_minor - refunded_minor) AS BIGINT) AS sum \
     FROM payments WHERE creditor_id = $1 AND effective_on >= $2 AND effective_on <= $3 \
     GROUP BY effective_on, currency ORDER BY effective_on, currency";

/// The discounts that were booked since a moment, by currency. Entries have ids of version 7, which begin with their moment.
///
/// # Errors
/// The database's.
pub async fn discounts_since(tx: &Tx, creditor_id: CreditorId, since: Timestamp) -> Result<Vec<Money>, StoreFault> {
    let milliseconds = u128::try_from(since.as_millisecond()).unwrap_or(0);
    let first = Uuid::from_u128(milliseconds << 80);
    let rows = tx.query(DISCOUNTS, vec![creditor_id.0.into(), first.into()]).await?;
    let read = |row: &sea_orm::QueryResult| {
        let currency: String = row.try_get("", "currency")?;
        money(row.try_get("", "sum")?, &currency)
    };
    rows.iter().map(read).collect()
}

pub(crate) const DISCOUNTS: &str = "SELECT currency, \
     CAST(SUM(CASE WHEN side = 'debit' THEN amount_minor ELSE -amount_minor END) AS BIGINT) AS sum FROM journal_lines \
     WHERE creditor_id = $1 AND ledger_account = 'discount_allowed' AND entry_id >= $2 GROUP BY currency ORDER BY currency";

/// How many disputes are open.
///
/// # Errors
/// The database's.
pub async fn count_open_disputes(tx: &Tx, creditor_id: CreditorId) -> Result<u64, StoreFault> {
    count(&tx.query(DISPUTES, vec![creditor_id.0.into()]).await?)
}

pub(crate) const DISPUTES: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) AS count FROM disputes WHERE creditor_id = $1 AND state_name = 'open'";

/// What the dashboard says about plans.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlanCounts {
    /// Proposed; finance has the word.
    pub waiting: u64,
    /// Agreed and kept.
    pub active: u64,
    /// Ended by what was not paid.
    pub broken: u64,
}

/// How many plans stand how.
///
/// # Errors
/// The database's.
pub async fn count_plans(tx: &Tx, creditor_id: CreditorId) -> Result<PlanCounts, StoreFault> {
    let mut counts = PlanCounts::default();
    let values = || vec![creditor_id.0.into()];
    counts.waiting = count(&tx.query(PLANS_WAITING, values()).await?)?;
    for row in tx.query(PLANS, values()).await? {
        let state: String = row.try_get("", "state")?;
        let found = count(std::slice::from_ref(&row))?;
        match state.as_str() {
            "active" => counts.active = found,
            _ => counts.broken = found,
        }
    }
    Ok(counts)
}

pub(crate) const PLANS: &str = "SELECT state, CAST(COUNT(*) AS BIGINT) AS count FROM payment_plans \
     WHERE creditor_id = $1 AND state IN ('active', 'broken') GROUP BY state";

pub(crate) const PLANS_WAITING: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS count FROM payment_plans \
     WHERE creditor_id = $1 AND waits_for = 'finance' AND waits_for IS NOT NULL";

fn count(rows: &[sea_orm::QueryResult]) -> Result<u64, StoreFault> {
    let count: i64 = rows.first().map_or(Ok(0), |row| row.try_get("", "count"))?;
    u64::try_from(count).map_err(StoreFault::corrupt)
}
