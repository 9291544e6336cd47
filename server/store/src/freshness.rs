//! How fresh a creditor's books are: when they were last brought up to date from outside.

use crate::codec::{instant, to_instant};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::CreditorId;
use sea_orm::prelude::DateTimeUtc;

/// Between two moments that are worth a write. Whoever issues invoices one by one would wait for its own row otherwise.
const APART: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);

/// When the books were last brought up to date; none where nothing ever came.
///
/// # Errors
/// The database's.
pub async fn find(tx: &Tx, creditor_id: CreditorId) -> Result<Option<Timestamp>, StoreFault> {
    let rows = tx.query("SELECT fresh_at FROM freshness WHERE creditor_id = $1", vec![creditor_id.0.into()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let fresh_at: DateTimeUtc = row.try_get("", "fresh_at")?;
    instant(fresh_at).map(Some)
}

/// Notes that the books were brought up to date: by an import, or by an invoice that a program issued.
///
/// # Errors
/// The database's.
pub async fn mark(tx: &Tx, creditor_id: CreditorId, at: Timestamp) -> Result<(), StoreFault> {
    let before = at.checked_sub(APART).map_err(StoreFault::corrupt)?;
    if find(tx, creditor_id).await?.is_some_and(|known| known > before) {
        return Ok(());
    }
    let sql = "INSERT INTO freshness (creditor_id, fresh_at) VALUES ($1, $2) ON CONFLICT (creditor_id) \
               DO UPDATE SET fresh_at = excluded.fresh_at, told_at = NULL WHERE freshness.fresh_at < excluded.fresh_at";
    tx.execute(sql, vec![creditor_id.0.into(), to_instant(at).into()]).await?;
    Ok(())
}

/// Notes that finance is told that the books are too old. `false` when it was told since they were last fresh.
///
/// # Errors
/// The database's.
pub async fn mark_told(tx: &Tx, creditor_id: CreditorId, at: Timestamp) -> Result<bool, StoreFault> {
    let sql = "UPDATE freshness SET told_at = $2 WHERE creditor_id = $1 AND told_at IS NULL";
    Ok(tx.execute(sql, vec![creditor_id.0.into(), to_instant(at).into()]).await? == 1)
}

/// Since when reminders wait for fresher books; none where they do not.
///
/// # Errors
/// The database's.
pub async fn find_told(tx: &Tx, creditor_id: CreditorId) -> Result<Option<Timestamp>, StoreFault> {
    let sql = "SELECT told_at FROM freshness WHERE creditor_id = $1 AND told_at IS NOT NULL";
    let rows = tx.query(sql, vec![creditor_id.0.into()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let told_at: DateTimeUtc = row.try_get("", "told_at")?;
    instant(told_at).map(Some)
}
