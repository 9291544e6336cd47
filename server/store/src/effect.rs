//! What messages were followed by: those that left in a period, and what their debtors paid.

use crate::bulk::KEYS_MAX;
use crate::codec::{instant, money, to_instant, word};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::effect::{Paid, Said};
use saldo_domain::ids::{CreditorId, DebtorId};
use sea_orm::Value as SqlValue;
use sea_orm::prelude::DateTimeUtc;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// The reminders that left from one moment to another, oldest first, at most `limit`.
///
/// # Errors
/// The database's.
pub async fn list_said(
    tx: &Tx,
    creditor_id: CreditorId,
    from: Timestamp,
    until: Timestamp,
    limit: u64,
) -> Result<Vec<Said>, StoreFault> {
    let (sql, values) = said(creditor_id, from, until, limit);
    let rows = tx.query(&sql, values).await?;
    let read = |row: &sea_orm::QueryResult| {
        let at: DateTimeUtc = row.try_get("", "handed_off_at")?;
        let channel: String = row.try_get("", "channel")?;
        Ok(Said {
            debtor_id: DebtorId(row.try_get("", "debtor_id")?),
            at: instant(at)?,
            offset: row.try_get("", "step_offset")?,
            channel: word(&channel)?,
            template: row.try_get("", "template")?,
        })
    };
    rows.iter().map(read).collect()
}

pub(crate) fn said(
    creditor_id: CreditorId,
    from: Timestamp,
    until: Timestamp,
    limit: u64,
) -> (String, Vec<SqlValue>) {
    let sql = format!(
        "SELECT m.debtor_id, m.handed_off_at, r.step_offset, m.channel, COALESCE(m.template, '') AS template \
         FROM messages m JOIN reminders r ON r.creditor_id = m.creditor_id AND r.id = m.reminder_id \
         WHERE m.creditor_id = $1 AND m.purpose = 'reminder' AND m.handed_off_at >= $2 AND m.handed_off_at < $3 \
         AND m.state IN ('sent', 'delivered', 'read', 'unknown') ORDER BY m.handed_off_at, m.id LIMIT {limit}"
    );
    (sql, vec![creditor_id.0.into(), to_instant(from).into(), to_instant(until).into()])
}

/// What some debtors paid from one moment to another, less what was given back, oldest first.
///
/// # Errors
/// The database's.
pub async fn list_paid(
    tx: &Tx,
    creditor_id: CreditorId,
    debtors: &[DebtorId],
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Paid>, StoreFault> {
    use crate::payment::table::{Column, Entity};
    let mut paid = Vec::new();
    for chunk in debtors.chunks(KEYS_MAX) {
        let select = Entity::find()
            .filter(Column::CreditorId.eq(creditor_id.0))
            .filter(Column::DebtorId.is_in(chunk.iter().map(|id| id.0)))
            .filter(Column::RecordedAt.gte(to_instant(from)))
            .filter(Column::RecordedAt.lt(to_instant(until)))
            .order_by_asc(Column::Id);
        for row in select.all(tx.connection()).await? {
            paid.push(Paid {
                debtor_id: DebtorId(row.debtor_id),
                at: instant(row.recorded_at)?,
                amount: money(row.amount_minor - row.refunded_minor, &row.currency)?,
            });
        }
    }
    Ok(paid)
}
