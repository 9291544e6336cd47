use crate::bulk::{Insert, also_among, among_at, changes_at, changes_value, ids_value, rows_max};
use crate::codec::{to_day, to_instant, to_json, to_word};
use crate::reminder::table::{Column, Entity, Model};
use crate::reminder::{ReminderRow, ReminderState, Tried};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId, ReminderId};
use saldo_domain::planted::{self, Bug};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Value as SqlValue};
use uuid::Uuid;

impl Model {
    fn planned(creditor_id: CreditorId, reminder: &ReminderRow, tried: &[Tried]) -> Result<Self, StoreFault> {
        Ok(Self {
            creditor_id: creditor_id.0,
            id: reminder.id.0,
            debtor_id: reminder.debtor_id.0,
            step_key: reminder.step.key(),
            step_offset: reminder.step.offset,
            step_due_on: to_day(reminder.step.due_on),
            channel: reminder.channel.as_str().to_owned(),
            state: ReminderState::Planned.name().to_owned(),
            items: to_json(&reminder.items)?,
            planned_at: to_instant(reminder.planned_at),
            handed_off_at: None,
            finished_at: None,
            message_reference: None,
            policy_id: reminder.rung.policy_id.0,
            step_place: i32::try_from(reminder.rung.place).map_err(StoreFault::corrupt)?,
            reason: reminder.reason.clone(),
            error: None,
            tried: to_json(&tried)?,
            by_hand: reminder.by_hand.as_ref().map(to_json).transpose()?,
        })
    }
}

/// Plans reminders, each with what was tried for its rung, and names those that are planned now, under the ids by which they
/// are kept. A debtor gets each rung once: one that has left or may have left is passed over. What was suppressed, what no
/// channel took, what came back, and what was planned before `forgotten_before` and never worked on, is planned anew.
///
/// # Errors
/// The database's.
pub async fn plan_many(
    tx: &Tx,
    creditor_id: CreditorId,
    reminders: &[(ReminderRow, Vec<Tried>)],
    forgotten_before: Timestamp,
) -> Result<Vec<(DebtorId, ReminderId)>, StoreFault> {
    let overwritten: Vec<String> = OVERWRITTEN.map(|column| format!("{column} = excluded.{column}")).to_vec();
    let again = format!(
        " ON CONFLICT (creditor_id, debtor_id, step_key) DO UPDATE SET {} \
         WHERE reminders.state IN ('suppressed', 'failed', 'bounced') \
         OR (reminders.state = 'planned' AND reminders.planned_at < ",
        overwritten.join(", ")
    );
    let mut planned = Vec::with_capacity(reminders.len());
    for chunk in reminders.chunks(rows_max::<Entity>()) {
        let rows = chunk.iter().map(|(row, tried)| Model::planned(creditor_id, row, tried));
        let mut insert = Insert::of::<Entity>(tx, &rows.collect::<Result<Vec<_>, _>>()?);
        insert.push_words(&again);
        insert.push_value(to_instant(forgotten_before).into());
        insert.push_words(") RETURNING debtor_id, id");
        for row in insert.query(tx).await? {
            planned.push((DebtorId(row.try_get_by(0)?), ReminderId(row.try_get_by(1)?)));
        }
    }
    Ok(planned)
}

/// What a reminder gets anew that is planned again: everything but its keys.
const OVERWRITTEN: [&str; 13] = [
    "state",
    "channel",
    "items",
    "planned_at",
    "handed_off_at",
    "finished_at",
    "message_reference",
    "policy_id",
    "step_place",
    "reason",
    "error",
    "tried",
    "by_hand",
];

/// The reminders with some ids; those that the creditor does not have are left out.
///
/// # Errors
/// The database's.
pub async fn find_many(tx: &Tx, creditor_id: CreditorId, ids: &[ReminderId]) -> Result<Vec<ReminderRow>, StoreFault> {
    let select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).filter(crate::bulk::among(
        tx,
        Column::Id,
        ids.iter().map(|id| id.0),
    ));
    select.all(tx.connection()).await?.into_iter().map(Model::read).collect()
}

/// Writes what a planned reminder is to say now, where that has changed since it was planned.
///
/// # Errors
/// The database's.
pub async fn set_message(tx: &Tx, creditor_id: CreditorId, row: &ReminderRow) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::Channel, Expr::value(row.channel.as_str()))
        .col_expr(Column::Items, Expr::value(to_json(&row.items)?))
        .col_expr(Column::PolicyId, Expr::value(row.rung.policy_id.0))
        .col_expr(Column::StepPlace, Expr::value(i32::try_from(row.rung.place).map_err(StoreFault::corrupt)?))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(row.id.0))
        .filter(Column::State.eq("planned"));
    update.exec(tx.connection()).await?;
    Ok(())
}

/// Planned to handing off. Names those that were planned: no other may leave.
///
/// # Errors
/// The database's.
pub async fn mark_many_handing_off(
    tx: &Tx,
    creditor_id: CreditorId,
    ids: &[ReminderId],
    at: Timestamp,
) -> Result<Vec<ReminderId>, StoreFault> {
    // Nothing joined to the state: PostgreSQL takes the rows by their ids, and not all that are planned to pick from them.
    let from = if planted::is(Bug::LeaseWithoutFencing) { "('planned', 'handing_off')" } else { "('planned')" };
    let sql = format!(
        "UPDATE reminders SET state = 'handing_off', handed_off_at = $3 \
         WHERE creditor_id = $1 AND state || '' IN {from} AND {} RETURNING id",
        among_at(tx, "id", 2)
    );
    let values = vec![creditor_id.0.into(), ids_value(tx, ids.iter().map(|id| id.0)), to_instant(at).into()];
    let rows = tx.query(&sql, values).await?;
    rows.iter().map(|row| Ok(ReminderId(row.try_get::<Uuid>("", "id")?))).collect()
}

/// Where reminders of a group have come to, each with a text: the channel's name of one that was sent, the error of one that
/// failed, the reason of one that was suppressed. Those that cannot have come there are passed over.
///
/// # Errors
/// The database's; a state that no group comes to.
pub async fn mark_many(
    tx: &Tx,
    creditor_id: CreditorId,
    to: ReminderState,
    reminders: &[(ReminderId, String)],
    at: Timestamp,
) -> Result<(), StoreFault> {
    let (from, set) = match to {
        ReminderState::Sent => ("'handing_off', 'unknown'", ", message_reference = change.said"),
        ReminderState::Unknown => ("'handing_off'", ""),
        ReminderState::Failed => ("'planned', 'handing_off'", ", error = change.said"),
        ReminderState::Suppressed => ("'planned'", ", reason = change.said"),
        _ => return Err(StoreFault::corrupt("no group comes to that state")),
    };
    for chunk in reminders.chunks(500) {
        let said = changes_value(chunk.iter().map(|(id, said)| (id.0.simple(), said)))?;
        let mut values: Vec<SqlValue> = vec![creditor_id.0.into(), to_word(&to)?.into(), to_instant(at).into(), said];
        let also = also_among(tx, "reminders.id", chunk.iter().map(|(id, _)| id.0), &mut values);
        let sql = format!(
            "UPDATE reminders SET state = $2, finished_at = $3{set} FROM {} WHERE reminders.creditor_id = $1 \
             AND reminders.id = change.id AND reminders.state || '' IN ({from}){also}",
            changes_at(tx, &[("said", "text")], 4)
        );
        tx.execute(&sql, values).await?;
    }
    Ok(())
}

/// The channel refused it for good: it never left, and this channel is not tried again for its rung.
///
/// # Errors
/// The database's.
pub async fn mark_refused(
    tx: &Tx,
    creditor_id: CreditorId,
    id: ReminderId,
    (at, error): (Timestamp, &str),
    tried: &[Tried],
) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(ReminderState::Failed.name()))
        .col_expr(Column::FinishedAt, Expr::value(to_instant(at)))
        .col_expr(Column::Error, Expr::value(error))
        .col_expr(Column::Tried, Expr::value(to_json(&tried)?))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.is_in(["planned", "handing_off"]));
    update.exec(tx.connection()).await?;
    Ok(())
}
