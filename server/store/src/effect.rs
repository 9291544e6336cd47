//! What messages were followed by: those that left in a period, and what their debtors paid.

use crate::bulk::KEYS_MAX;
use crate::codec::{instant, money, to_instant, word};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::effect::{Paid, Said};
use saldo_domain::ids::{CreditorId, DebtorId, PolicyId};
use saldo_domain::reminder::RungRef;
use sea_orm::Value as SqlValue;
use sea_orm::prelude::DateTimeUtc;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult};

/// A reminder that left, and the rung that said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidRow {
    /// The message; of one from before texts were noted the key is empty, and the policy's to tell.
    pub said: Said,
    /// The rung.
    pub rung: RungRef,
}

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
) -> Result<Vec<SaidRow>, StoreFault> {
    let (sql, values) = said(creditor_id, from, until, limit);
    let rows = tx.query(&sql, values).await?;
    rows.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<SaidRow, StoreFault> {
    let at: DateTimeUtc = row.try_get("", "handed_off_at")?;
    let channel: String = row.try_get("", "channel")?;
    let place: i32 = row.try_get("", "step_place")?;
    let said = Said {
        debtor_id: DebtorId(row.try_get("", "debtor_id")?),
        at: instant(at)?,
        offset: row.try_get("", "step_offset")?,
        channel: word(&channel)?,
        template: row.try_get::<Option<String>>("", "template")?.unwrap_or_default(),
    };
    let policy_id = PolicyId(row.try_get("", "policy_id")?);
    Ok(SaidRow { said, rung: RungRef { policy_id, place: usize::try_from(place).map_err(StoreFault::corrupt)? } })
}

pub(crate) fn said(creditor_id: CreditorId, from: Timestamp, until: Timestamp, limit: u64) -> (String, Vec<SqlValue>) {
    let sql = format!(
        "SELECT debtor_id, handed_off_at, step_offset, step_place, channel, policy_id, \
         (SELECT template FROM messages WHERE messages.creditor_id = $1 AND messages.debtor_id = reminders.debtor_id \
         AND messages.reminder_id = reminders.id ORDER BY messages.id DESC LIMIT 1) AS template FROM reminders \
         WHERE creditor_id = $1 AND handed_off_at IS NOT NULL AND handed_off_at >= $2 AND handed_off_at < $3 \
         AND state IN ('sent', 'delivered', 'unknown') ORDER BY handed_off_at, id LIMIT {limit}"
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
