//! The log of messages, what is in trouble first of all.

use crate::App;
use crate::failure::Failure;
use crate::flows::send_again_mail;
use saldo_domain::Refusal;
use saldo_domain::ids::{CreditorId, DebtorId, MessageId, ReminderId};
use saldo_store::debtor::{self, DebtorName};
use saldo_store::message;
use saldo_store::reminder::{self, ReminderState};
use saldo_store::{Page, PageRequest, Tx};
use std::collections::HashSet;

pub use saldo_store::message::{ByHand, MessageFilter, MessagePurpose, MessageRow, MessageState};

/// A message with its debtor's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The message.
    pub row: MessageRow,
    /// To whom.
    pub debtor: DebtorName,
    /// Whether a person may ask for it once more: it is the latest of a reminder, a receipt or an
    /// invoice, and failed or is unknown.
    pub may_again: bool,
}

/// A creditor's messages, newest first.
///
/// # Errors
/// Faults of the store.
pub async fn list(
    app: &App,
    creditor: CreditorId,
    filter: MessageFilter,
    page: PageRequest,
) -> Result<Page<Sent>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let found = message::list(&tx, creditor, filter, page).await?;
    Ok(Page { items: named(&tx, creditor, found.items).await?, next: found.next })
}

/// One message.
///
/// # Errors
/// `not_found`.
pub async fn load(app: &App, creditor: CreditorId, id: MessageId) -> Result<Sent, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let row = message::load(&tx, creditor, id).await?;
    let sent = named(&tx, creditor, vec![row]).await?.pop();
    Ok(sent.ok_or(Refusal::NotFound)?)
}

async fn named(tx: &Tx, creditor: CreditorId, rows: Vec<MessageRow>) -> Result<Vec<Sent>, Failure> {
    let ids: Vec<DebtorId> = rows.iter().map(|row| row.debtor_id).collect();
    let names = debtor::list_names(tx, creditor, &ids).await?;
    let stuck = |row: &MessageRow| matches!(row.state, MessageState::Failed | MessageState::Unknown);
    let ids: Vec<ReminderId> = rows.iter().filter(|row| stuck(row)).filter_map(|row| row.reminder_id).collect();
    let mut open = HashSet::new();
    for reminder in if ids.is_empty() { Vec::new() } else { reminder::find_many(tx, creditor, &ids).await? } {
        if !matches!(reminder.state, ReminderState::Failed | ReminderState::Unknown) {
            continue;
        }
        let latest = message::find_for_reminder(tx, creditor, reminder.debtor_id, reminder.id).await?;
        open.extend(latest.map(|latest| latest.id));
    }
    for row in rows.iter().filter(|row| row.reminder_id.is_none()) {
        if send_again_mail::is_open(tx, creditor, row).await? {
            open.insert(row.id);
        }
    }
    let one = |row: MessageRow| {
        let debtor = names.get(&row.debtor_id)?.clone();
        let may_again = open.contains(&row.id);
        Some(Sent { row, debtor, may_again })
    };
    Ok(rows.into_iter().filter_map(one).collect())
}
