use crate::bulk::among;
use crate::codec::{to_instant, to_json};
use crate::message::ByHand;
use crate::reminder::table::{Column, Entity};
use crate::reminder::{ReminderState, SENT_AGAIN, Tried};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, ReminderId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Plans once more, by hand, what failed or of which nobody knows. The moment of a message that may have left stays: it is a
/// contact until the next one. `false` when the reminder stands in another state.
///
/// # Errors
/// The database's.
pub async fn plan_again(
    tx: &Tx,
    creditor_id: CreditorId,
    id: ReminderId,
    by_hand: &ByHand,
    at: Timestamp,
) -> Result<bool, StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(ReminderState::Planned.name()))
        .col_expr(Column::Reason, Expr::value(SENT_AGAIN))
        .col_expr(Column::ByHand, Expr::value(to_json(by_hand)?))
        .col_expr(Column::PlannedAt, Expr::value(to_instant(at)))
        .col_expr(Column::HandedOffAt, Expr::cust("CASE WHEN state = 'unknown' THEN handed_off_at END"))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.is_in([ReminderState::Unknown.name(), ReminderState::Failed.name()]));
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// What was to be sent again and is not: it is unknown or failed, as it was before.
///
/// # Errors
/// The database's.
pub async fn stay_as_before(
    tx: &Tx,
    creditor_id: CreditorId,
    ids: &[ReminderId],
    at: Timestamp,
) -> Result<(), StoreFault> {
    let before = Expr::cust("CASE WHEN handed_off_at IS NULL THEN 'failed' ELSE 'unknown' END");
    let update = Entity::update_many()
        .col_expr(Column::State, before)
        .col_expr(Column::FinishedAt, Expr::value(to_instant(at)))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(among(tx, Column::Id, ids.iter().map(|id| id.0)))
        .filter(Column::State.eq(ReminderState::Planned.name()))
        .filter(Column::Reason.eq(SENT_AGAIN));
    update.exec(tx.connection()).await?;
    Ok(())
}

/// Writes what was tried for a reminder's rung before the message that is about to leave.
///
/// # Errors
/// The database's.
pub async fn keep_tried(tx: &Tx, creditor_id: CreditorId, id: ReminderId, tried: &[Tried]) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::Tried, Expr::value(to_json(&tried)?))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0));
    update.exec(tx.connection()).await?;
    Ok(())
}
