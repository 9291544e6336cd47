//! Reminders: one row for each debtor and rung, from plan to delivery.

use crate::bulk::insert_one;
use crate::codec::{day, instant, instant_opt, json, to_day, to_instant, to_json, to_word, word};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId, DunningPolicyId, InvoiceId, ReminderId};
use saldo_domain::outcome::Outcome;
use saldo_domain::reminder::{Channel, Contact, DunningStep};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, UpdateMany};
use serde::{Deserialize, Serialize};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "reminders")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) step_key: String,
        pub(crate) step_offset: i32,
        pub(crate) step_due_on: Date,
        pub(crate) channel: String,
        pub(crate) state: String,
        pub(crate) items: Json,
        pub(crate) planned_at: DateTimeUtc,
        pub(crate) handed_off_at: Option<DateTimeUtc>,
        pub(crate) finished_at: Option<DateTimeUtc>,
        pub(crate) message_reference: Option<String>,
        pub(crate) policy_id: Uuid,
        pub(crate) reason: String,
        pub(crate) error: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// Where a reminder stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReminderState {
    /// Decided, not yet decided again at hand-off.
    Planned,
    /// Committed to leave: counts as contact from here on.
    HandingOff,
    /// The channel took it.
    Sent,
    /// The channel says that it arrived.
    Delivered,
    /// The channel says that it came back.
    Bounced,
    /// A node ended between hand-off and answer: shown, never sent again by itself.
    Unknown,
    /// The channel did not take it.
    Failed,
    /// The second decision was not to send.
    Suppressed,
}

/// The states in which a message has left or may have left.
const CONTACTS: [&str; 5] = ["handing_off", "sent", "delivered", "bounced", "unknown"];

/// A reminder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReminderRow {
    /// Its id.
    pub id: ReminderId,
    /// To whom.
    pub debtor_id: DebtorId,
    /// For which rung.
    pub step: DunningStep,
    /// How.
    pub channel: Channel,
    /// Where it stands.
    pub state: ReminderState,
    /// The items that it names.
    pub items: Vec<InvoiceId>,
    /// When it was decided.
    pub planned_at: Timestamp,
    /// When it was committed to leave.
    pub handed_off_at: Option<Timestamp>,
    /// When its last state was written.
    pub finished_at: Option<Timestamp>,
    /// The channel's name of the message.
    pub message_reference: Option<String>,
    /// The policy's version that decided.
    pub policy_id: DunningPolicyId,
    /// Why it is where it is.
    pub reason: String,
    /// What the channel said when it failed.
    pub error: Option<String>,
}

impl Model {
    fn read(self) -> Result<ReminderRow, StoreFault> {
        Ok(ReminderRow {
            id: ReminderId(self.id),
            debtor_id: DebtorId(self.debtor_id),
            step: DunningStep { offset: self.step_offset, due_on: day(self.step_due_on)? },
            channel: word(&self.channel)?,
            state: word(&self.state)?,
            items: json(self.items)?,
            planned_at: instant(self.planned_at)?,
            handed_off_at: instant_opt(self.handed_off_at)?,
            finished_at: instant_opt(self.finished_at)?,
            message_reference: self.message_reference,
            policy_id: DunningPolicyId(self.policy_id),
            reason: self.reason,
            error: self.error,
        })
    }
}

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
    let row = Model {
        creditor_id: creditor_id.0,
        id: reminder.id.0,
        debtor_id: reminder.debtor_id.0,
        step_key: reminder.step.key(),
        step_offset: reminder.step.offset,
        step_due_on: to_day(reminder.step.due_on),
        channel: to_word(&reminder.channel)?,
        state: to_word(&ReminderState::Planned)?,
        items: to_json(&reminder.items)?,
        planned_at: to_instant(reminder.planned_at),
        handed_off_at: None,
        finished_at: None,
        message_reference: None,
        policy_id: reminder.policy_id.0,
        reason: reminder.reason.clone(),
        error: None,
    };
    if insert_one::<Entity>(tx, row.clone()).await? {
        return Ok(Outcome::Executed(reminder.id));
    }
    plan_anew(tx, row).await
}

async fn plan_anew(tx: &Tx, row: Model) -> Result<Outcome<ReminderId>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(row.creditor_id))
        .filter(Column::DebtorId.eq(row.debtor_id))
        .filter(Column::StepKey.eq(row.step_key));
    let Some(before) = select.one(tx.connection()).await? else { return Ok(Outcome::AlreadyApplied) };
    let update = one(CreditorId(row.creditor_id), ReminderId(before.id))
        .col_expr(Column::State, Expr::value(row.state))
        .col_expr(Column::Channel, Expr::value(row.channel))
        .col_expr(Column::Items, Expr::value(row.items))
        .col_expr(Column::PlannedAt, Expr::value(row.planned_at))
        .col_expr(Column::HandedOffAt, Expr::value(row.handed_off_at))
        .col_expr(Column::FinishedAt, Expr::value(row.finished_at))
        .col_expr(Column::PolicyId, Expr::value(row.policy_id))
        .col_expr(Column::Reason, Expr::value(row.reason))
        .col_expr(Column::Error, Expr::value(row.error))
        .filter(Column::State.is_in(["suppressed", "failed"]));
    let changed = update.exec(tx.connection()).await?.rows_affected;
    Ok(if changed == 0 { Outcome::AlreadyApplied } else { Outcome::Executed(ReminderId(before.id)) })
}

fn one(creditor_id: CreditorId, id: ReminderId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::Id.eq(id.0))
}

/// The reminder with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: ReminderId) -> Result<ReminderRow, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("reminder"))?.read()
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

/// A creditor's reminders, or one debtor's, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: Option<DebtorId>,
    page: PageRequest,
) -> Result<Page<ReminderRow>, StoreFault> {
    let mut select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0));
    if let Some(debtor_id) = debtor_id {
        select = select.filter(Column::DebtorId.eq(debtor_id.0));
    }
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}

/// What has left to a debtor or may have left, oldest first.
pub(crate) async fn load_contacts(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
) -> Result<Vec<Contact>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::DebtorId.eq(debtor_id.0))
        .filter(Column::State.is_in(CONTACTS))
        .filter(Column::HandedOffAt.is_not_null())
        .order_by_asc(Column::HandedOffAt)
        .order_by_asc(Column::Id);
    let mut contacts = Vec::new();
    for row in select.all(tx.connection()).await? {
        let row = row.read()?;
        let Some(handed_off_at) = row.handed_off_at else { continue };
        contacts.push(Contact { handed_off_at, step: row.step, invoice_ids: row.items });
    }
    Ok(contacts)
}

impl ReminderState {
    /// The word under which it is stored and shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::HandingOff => "handing_off",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Bounced => "bounced",
            Self::Unknown => "unknown",
            Self::Failed => "failed",
            Self::Suppressed => "suppressed",
        }
    }
}
