use crate::bulk::{among_at, ids_value};
use crate::codec::{to_instant, to_json, to_word};
use crate::reminder::plan_many;
use crate::reminder::table::{Column, Entity};
use crate::reminder::{ReminderRow, ReminderState};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, InvoiceId, ReminderId};
use saldo_domain::outcome::Outcome;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, UpdateMany};

/// Plans a reminder: `Executed` with the id under which it is kept. A debtor gets each rung once, so a second plan is
/// `AlreadyApplied`; only one that was suppressed or that no channel took is planned anew, under its first id.
///
/// # Errors
/// The database's.
pub async fn insert_planned(
    tx: &Tx,
    creditor_id: CreditorId,
    reminder: &ReminderRow,
) -> Result<Outcome<ReminderId>, StoreFault> {
    let planned = plan_many(tx, creditor_id, &[(reminder.clone(), Vec::new())], reminder.planned_at).await?;
    Ok(planned.first().map_or(Outcome::AlreadyApplied, |(_, id)| Outcome::Executed(*id)))
}

fn one(creditor_id: CreditorId, id: ReminderId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::Id.eq(id.0))
}

async fn changed(tx: &Tx, update: UpdateMany<Entity>) -> Result<bool, StoreFault> {
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// Planned to handing off, with the items that it names now. `false` when it is not planned any more: nothing may leave.
///
/// # Errors
/// The database's.
pub async fn mark_handing_off(
    tx: &Tx,
    creditor_id: CreditorId,
    id: ReminderId,
    items: &[InvoiceId],
    at: Timestamp,
) -> Result<bool, StoreFault> {
    let update = one(creditor_id, id)
        .col_expr(Column::State, Expr::value(to_word(&ReminderState::HandingOff)?))
        .col_expr(Column::HandedOffAt, Expr::value(to_instant(at)))
        .col_expr(Column::Items, Expr::value(to_json(&items)?))
        .filter(Column::State.eq(to_word(&ReminderState::Planned)?));
    changed(tx, update).await
}

async fn finish(
    tx: &Tx,
    (creditor_id, id): (CreditorId, ReminderId),
    (from, to): (&[ReminderState], ReminderState),
    at: Timestamp,
    set: impl FnOnce(UpdateMany<Entity>) -> UpdateMany<Entity>,
) -> Result<bool, StoreFault> {
    let from = from.iter().map(to_word).collect::<Result<Vec<_>, _>>()?;
    let update = one(creditor_id, id)
        .col_expr(Column::State, Expr::value(to_word(&to)?))
        .col_expr(Column::FinishedAt, Expr::value(to_instant(at)))
        .filter(Column::State.is_in(from));
    changed(tx, set(update)).await
}

/// The channel took it. `false` when it was not being handed off (or its fate was unknown).
///
/// # Errors
/// The database's.
pub async fn mark_sent(
    tx: &Tx,
    creditor_id: CreditorId,
    id: ReminderId,
    at: Timestamp,
    message_reference: Option<&str>,
) -> Result<bool, StoreFault> {
    let states = (&[ReminderState::HandingOff, ReminderState::Unknown][..], ReminderState::Sent);
    let reference = message_reference.map(str::to_owned);
    let set = |update: UpdateMany<Entity>| update.col_expr(Column::MessageReference, Expr::value(reference));
    finish(tx, (creditor_id, id), states, at, set).await
}

/// The channel certainly did not take it: it is no contact, and may be planned anew. `false` when it was neither planned
/// nor being handed off.
///
/// # Errors
/// The database's.
pub async fn mark_failed(
    tx: &Tx,
    creditor_id: CreditorId,
    id: ReminderId,
    at: Timestamp,
    error: &str,
) -> Result<bool, StoreFault> {
    let states = (&[ReminderState::Planned, ReminderState::HandingOff][..], ReminderState::Failed);
    let error = error.to_owned();
    finish(tx, (creditor_id, id), states, at, |update| update.col_expr(Column::Error, Expr::value(error))).await
}

/// The second decision was not to send. `false` when it was not planned any more.
///
/// # Errors
/// The database's.
pub async fn mark_suppressed(
    tx: &Tx,
    creditor_id: CreditorId,
    id: ReminderId,
    at: Timestamp,
    reason: &str,
) -> Result<bool, StoreFault> {
    let states = (&[ReminderState::Planned][..], ReminderState::Suppressed);
    let reason = reason.to_owned();
    finish(tx, (creditor_id, id), states, at, |update| update.col_expr(Column::Reason, Expr::value(reason))).await
}

/// Nobody knows whether it left. `false` when it was not being handed off.
///
/// # Errors
/// The database's.
pub async fn mark_unknown(tx: &Tx, creditor_id: CreditorId, id: ReminderId, at: Timestamp) -> Result<bool, StoreFault> {
    let states = (&[ReminderState::HandingOff][..], ReminderState::Unknown);
    finish(tx, (creditor_id, id), states, at, |update| update).await
}

/// The channel tells later what became of it: delivered, or come back. What it tells late or twice changes nothing. `false`
/// then.
///
/// # Errors
/// The database's.
pub async fn mark_told(
    tx: &Tx,
    creditor_id: CreditorId,
    id: ReminderId,
    told: ReminderState,
    at: Timestamp,
) -> Result<bool, StoreFault> {
    use ReminderState::{Bounced, Delivered, HandingOff, Sent, Unknown};
    let before: &[ReminderState] = match told {
        Sent => &[HandingOff, Unknown],
        Delivered => &[HandingOff, Unknown, Sent],
        Bounced => &[HandingOff, Unknown, Sent, Delivered],
        _ => return Ok(false),
    };
    finish(tx, (creditor_id, id), (before, told), at, |update| update).await
}

/// [`mark_told`] for many that arrived.
///
/// # Errors
/// The database's.
pub async fn mark_many_delivered(
    tx: &Tx,
    creditor_id: CreditorId,
    ids: &[ReminderId],
    at: Timestamp,
) -> Result<(), StoreFault> {
    // Nothing joined to the state: PostgreSQL takes the rows by their ids.
    let sql = format!(
        "UPDATE reminders SET state = 'delivered', finished_at = $3 WHERE creditor_id = $1 \
         AND state || '' IN ('handing_off', 'unknown', 'sent') AND {}",
        among_at(tx, "id", 2)
    );
    let values = vec![creditor_id.0.into(), ids_value(tx, ids.iter().map(|id| id.0)), to_instant(at).into()];
    tx.execute(&sql, values).await?;
    Ok(())
}
