use crate::bulk::{also_among, among_at, changes_at, changes_value, ids_value};
use crate::codec::to_instant;
use crate::message::table::{Column, Entity};
use crate::message::{MessageRow, MessageState, find_by_reference};
use crate::outbox::Change;
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, MessageId, ReminderId};
use saldo_domain::reminder::Channel;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, UpdateMany, Value as SqlValue};

/// How many rows one statement of [`mark_many`] names.
const ROWS_MAX: usize = 1_000;

/// What a channel answered to one message, or told of it later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageEnd {
    /// Which.
    pub id: MessageId,
    /// Where it stands now.
    pub state: MessageState,
    /// The channel's name of it; none keeps what is there.
    pub provider_reference: Option<String>,
    /// Why it did not arrive.
    pub error: Option<String>,
}

impl MessageEnd {
    /// The channel took it.
    pub fn sent(id: MessageId, provider_reference: impl Into<String>) -> Self {
        Self { id, state: MessageState::Sent, provider_reference: Some(provider_reference.into()), error: None }
    }

    /// It did not arrive, or nobody knows.
    pub fn ended(id: MessageId, state: MessageState, error: impl Into<String>) -> Self {
        Self { id, state, provider_reference: None, error: Some(error.into()) }
    }
}

fn before(state: MessageState) -> Vec<&'static str> {
    state.may_follow().iter().map(|state| state.as_str()).collect()
}

fn to(state: MessageState, at: Timestamp) -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(state.as_str()))
        .col_expr(Column::InTrouble, Expr::value(state.is_trouble()))
        .col_expr(Column::FinishedAt, Expr::value(to_instant(at)))
        .filter(Column::State.is_in(before(state)))
}

/// Writes where a message stands. `false` when it had come as far or farther.
///
/// # Errors
/// The database's.
pub async fn mark(tx: &Tx, creditor_id: CreditorId, end: &MessageEnd, at: Timestamp) -> Result<bool, StoreFault> {
    let mut update = to(end.state, at).filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::Id.eq(end.id.0));
    if let Some(reference) = &end.provider_reference {
        update = update.col_expr(Column::ProviderReference, Expr::value(reference.clone()));
    }
    if let Some(error) = &end.error {
        update = update.col_expr(Column::Error, Expr::value(error.clone()));
    }
    tx.note(creditor_id, Change::Message(end.id.0));
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// [`mark`] for one that the channel took.
///
/// # Errors
/// The database's.
pub async fn mark_sent(
    tx: &Tx,
    creditor_id: CreditorId,
    id: MessageId,
    provider_reference: &str,
    at: Timestamp,
) -> Result<bool, StoreFault> {
    mark(tx, creditor_id, &MessageEnd::sent(id, provider_reference), at).await
}

/// [`mark`] for one that certainly did not leave, or that the channel could not bring.
///
/// # Errors
/// The database's.
pub async fn mark_failed(
    tx: &Tx,
    creditor_id: CreditorId,
    id: MessageId,
    error: &str,
    at: Timestamp,
) -> Result<bool, StoreFault> {
    mark(tx, creditor_id, &MessageEnd::ended(id, MessageState::Failed, error), at).await
}

/// [`mark`] for one of which nobody knows whether it left.
///
/// # Errors
/// The database's.
pub async fn mark_unknown(
    tx: &Tx,
    creditor_id: CreditorId,
    id: MessageId,
    error: &str,
    at: Timestamp,
) -> Result<bool, StoreFault> {
    mark(tx, creditor_id, &MessageEnd::ended(id, MessageState::Unknown, error), at).await
}

/// [`mark`] for many of one creditor: those that were sent or have no error to keep in few statements, the others one by
/// one. Answers how many had not come as far before.
///
/// # Errors
/// The database's.
pub async fn mark_many(
    tx: &Tx,
    creditor_id: CreditorId,
    ends: &[MessageEnd],
    at: Timestamp,
) -> Result<u64, StoreFault> {
    let (sent, others): (Vec<_>, Vec<_>) =
        ends.iter().partition(|end| end.state == MessageState::Sent && end.error.is_none());
    let mut changed = 0;
    for chunk in sent.chunks(ROWS_MAX) {
        changed += mark_sent_chunk(tx, creditor_id, chunk, at).await?;
    }
    for end in others {
        changed += u64::from(mark(tx, creditor_id, end, at).await?);
    }
    Ok(changed)
}

async fn mark_sent_chunk(
    tx: &Tx,
    creditor_id: CreditorId,
    ends: &[&MessageEnd],
    at: Timestamp,
) -> Result<u64, StoreFault> {
    ends.iter().for_each(|end| tx.note(creditor_id, Change::Message(end.id.0)));
    let changes = changes_value(ends.iter().map(|end| (end.id.0.simple(), &end.provider_reference)))?;
    let mut values = vec![SqlValue::from(creditor_id.0), SqlValue::from(to_instant(at)), changes];
    let also = also_among(tx, "messages.id", ends.iter().map(|end| end.id.0), &mut values);
    let sql = format!(
        "UPDATE messages SET state = 'sent', in_trouble = (1 = 0), finished_at = $2, \
         provider_reference = coalesce(change.reference, messages.provider_reference) FROM {} \
         WHERE messages.creditor_id = $1 AND messages.id = change.id \
         AND messages.state || '' IN ('handing_off', 'unknown'){also}",
        changes_at(tx, &[("reference", "text")], 3)
    );
    tx.execute(&sql, values).await
}

/// [`mark`] for many that arrived. Names the reminders of those that had not come as far before.
///
/// # Errors
/// The database's.
pub async fn mark_many_delivered(
    tx: &Tx,
    creditor_id: CreditorId,
    ids: &[MessageId],
    at: Timestamp,
) -> Result<Vec<ReminderId>, StoreFault> {
    let before: Vec<String> = before(MessageState::Delivered).iter().map(|state| format!("'{state}'")).collect();
    let sql = format!(
        "UPDATE messages SET state = 'delivered', in_trouble = (1 = 0), finished_at = $3 \
         WHERE creditor_id = $1 AND state IN ({}) AND {} RETURNING reminder_id",
        before.join(", "),
        among_at(tx, "id", 2)
    );
    ids.iter().for_each(|id| tx.note(creditor_id, Change::Message(id.0)));
    let values = vec![creditor_id.0.into(), ids_value(tx, ids.iter().map(|id| id.0)), to_instant(at).into()];
    let mut reminders = Vec::with_capacity(ids.len());
    for row in tx.query(&sql, values).await? {
        reminders.extend(row.try_get::<Option<uuid::Uuid>>("", "reminder_id")?.map(ReminderId));
    }
    Ok(reminders)
}

/// Writes what a channel tells later of the message that it has a name for. Answers the message as it was before, when
/// it moved on; `None` when it had come as far, or nobody knows it: [`find_by_reference`] tells which.
///
/// # Errors
/// The database's.
pub async fn mark_by_reference(
    tx: &Tx,
    creditor_id: CreditorId,
    (channel, provider_reference): (Channel, &str),
    state: MessageState,
    error: Option<&str>,
    at: Timestamp,
) -> Result<Option<MessageRow>, StoreFault> {
    let Some(row) = find_by_reference(tx, creditor_id, channel, provider_reference).await? else { return Ok(None) };
    let end = MessageEnd { id: row.id, state, provider_reference: None, error: error.map(str::to_owned) };
    Ok(mark(tx, creditor_id, &end, at).await?.then_some(row))
}
