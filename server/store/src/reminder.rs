//! Reminders: one row for each debtor and rung, from plan to delivery.

use crate::bulk::{ByDebtor, among_at, ids_value};
use crate::codec::{day, instant, instant_opt, json, word};
use crate::message::ByHand;
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId, InvoiceId, PolicyId, ReminderId};
use saldo_domain::reminder::{Channel, Contact, ContactOutcome, DunningStep, RungRef};
use sea_orm::prelude::{DateTimeUtc, Json};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, Order, QueryFilter};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use crate::reminder_again::{keep_tried, plan_again, stay_as_before};
pub use crate::reminder_change::{
    insert_planned, mark_failed, mark_handing_off, mark_many_delivered, mark_sent, mark_suppressed, mark_told,
    mark_unknown,
};
pub use crate::reminder_group::{find_many, mark_many, mark_many_handing_off, mark_refused, plan_many, set_message};

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
        pub(crate) step_place: i32,
        pub(crate) reason: String,
        pub(crate) error: Option<String>,
        pub(crate) tried: Json,
        pub(crate) by_hand: Option<Json>,
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

/// The states in which a message has left or may have left. A planned one has a moment of hand-off only where it is to be
/// sent again.
const CONTACTS: [&str; 6] = ["handing_off", "sent", "delivered", "bounced", "unknown", "planned"];

/// A channel that did not bring a rung's message: another one of the rung may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// Which.
    pub channel: Channel,
    /// When.
    pub at: Timestamp,
    /// What became of it.
    pub outcome: ContactOutcome,
}

impl Tried {
    /// What was tried for a rung, of all contacts of a debtor.
    pub fn of_step(contacts: &[Contact], step: DunningStep) -> Vec<Self> {
        let tried = contacts.iter().filter(|contact| contact.step == step && contact.outcome != ContactOutcome::Left);
        let one =
            |contact: &Contact| Self { channel: contact.channel, at: contact.handed_off_at, outcome: contact.outcome };
        tried.map(one).collect()
    }

    /// [`Tried::of_step`] with what was said of it before, of which nobody knows whether it arrived: it counts for every cap,
    /// beside the message that follows it.
    pub fn of_step_again(contacts: &[Contact], step: DunningStep) -> Vec<Self> {
        let said = contacts.iter().filter(|contact| contact.step == step && contact.outcome == ContactOutcome::Left);
        let before = said.map(|contact| Self {
            channel: contact.channel,
            at: contact.handed_off_at,
            outcome: ContactOutcome::CameBack,
        });
        Self::of_step(contacts, step).into_iter().chain(before).collect()
    }
}

/// The reason of a reminder that a person brought forward: its step may come before its day.
pub const BROUGHT_FORWARD: &str = "brought_forward";

/// The reason of a reminder that a person sends again.
pub const SENT_AGAIN: &str = "sent_again";

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
    /// The rung of the policy's version that decided.
    pub rung: RungRef,
    /// Why it is where it is.
    pub reason: String,
    /// What the channel said when it failed.
    pub error: Option<String>,
    /// Who sends it again, where a person does.
    pub by_hand: Option<ByHand>,
}

impl Model {
    pub(crate) fn read(self) -> Result<ReminderRow, StoreFault> {
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
            rung: RungRef {
                policy_id: PolicyId(self.policy_id),
                place: usize::try_from(self.step_place).map_err(StoreFault::corrupt)?,
            },
            reason: self.reason,
            error: self.error,
            by_hand: self.by_hand.map(json).transpose()?,
        })
    }
}

/// The reminder with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: ReminderId) -> Result<ReminderRow, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("reminder"))?.read()
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

#[derive(FromQueryResult)]
struct ContactRow {
    debtor_id: Uuid,
    step_offset: i32,
    step_due_on: chrono::NaiveDate,
    channel: String,
    state: String,
    items: Json,
    handed_off_at: Option<DateTimeUtc>,
    tried: Option<Json>,
}

impl ContactRow {
    fn read(self, contacts: &mut Vec<Contact>) -> Result<(), StoreFault> {
        let step = DunningStep { offset: self.step_offset, due_on: day(self.step_due_on)? };
        let items: Vec<InvoiceId> = json(self.items)?;
        let tried: Vec<Tried> = self.tried.map(json).transpose()?.unwrap_or_default();
        contacts.extend(tried.into_iter().map(|tried| Contact {
            handed_off_at: tried.at,
            channel: tried.channel,
            step,
            invoice_ids: items.clone(),
            outcome: tried.outcome,
        }));
        if let Some(at) = self.handed_off_at.filter(|_| CONTACTS.contains(&self.state.as_str())) {
            let (handed_off_at, channel): (_, Channel) = (instant(at)?, word(&self.channel)?);
            let outcome = match (self.state.as_str(), channel) {
                ("bounced", _) => ContactOutcome::CameBack,
                (_, Channel::Call) => ContactOutcome::Handed,
                _ => ContactOutcome::Left,
            };
            contacts.push(Contact { handed_off_at, channel, step, invoice_ids: items, outcome });
        }
        Ok(())
    }
}

/// What has left to debtors, may have left, or was tried in vain, oldest first; calls of those who are known to have had any.
pub(crate) async fn load_contacts(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
    called: &[DebtorId],
) -> Result<ByDebtor<Contact>, StoreFault> {
    let sql = format!(
        "SELECT debtor_id, step_offset, step_due_on, channel, state, items, handed_off_at, \
         NULLIF(tried, '[]') AS tried FROM reminders WHERE creditor_id = $1 AND {} \
         AND (handed_off_at IS NOT NULL OR tried <> '[]')",
        among_at(tx, "debtor_id", 2)
    );
    let values = vec![creditor_id.0.into(), ids_value(tx, debtor_ids.iter().map(|id| id.0))];
    let mut contacts: ByDebtor<Contact> = ByDebtor::new();
    for row in tx.query(&sql, values).await? {
        let row = ContactRow::from_query_result(&row, "")?;
        let of_debtor = contacts.entry(DebtorId(row.debtor_id)).or_default();
        row.read(of_debtor)?;
    }
    for (debtor_id, contact) in crate::call::load_contacts(tx, creditor_id, called).await? {
        contacts.entry(debtor_id).or_default().push(contact);
    }
    contacts.values_mut().for_each(|contacts| contacts.sort_by_key(|contact| contact.handed_off_at));
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
