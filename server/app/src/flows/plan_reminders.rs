//! Who is to hear from us: derived from the books at each look, bounded, longest waiting first.

use crate::App;
use crate::failure::Failure;
use crate::jobs::{self, Job};
use saldo_domain::ids::{CreditorId, DebtorId, ReminderId};
use saldo_domain::outcome::Outcome;
use saldo_domain::reminder::{Channel, Decision, decide};
use saldo_store::reminder::{self, ReminderRow, ReminderState};
use saldo_store::{debtor, snapshot};

/// Looks at the debtors whose time has come. Returns how many it looked at.
///
/// # Errors
/// Faults of the store.
pub async fn plan(app: &App) -> Result<usize, Failure> {
    let tx = app.store().read().await?;
    let due = debtor::list_due(&tx, app.now(), u64::from(app.config().reminders.batch)).await?;
    drop(tx);
    let count = due.len();
    for (creditor, debtor) in due {
        plan_one(app, creditor, debtor).await?;
    }
    Ok(count)
}

/// Decides over one debtor under its lock.
///
/// # Errors
/// Faults of the store.
pub async fn plan_one(app: &App, creditor: CreditorId, debtor_id: DebtorId) -> Result<(), Failure> {
    let tx = app.store().write().await?;
    let snapshot = snapshot::lock_and_load(&tx, creditor, debtor_id).await?;
    let now = app.now();
    let next = match decide(&snapshot, &[Channel::Email], now)? {
        Decision::Send { step, rung, channel, items } => {
            let row = ReminderRow {
                id: ReminderId(app.ambient().uuid_v7()),
                debtor_id,
                step,
                channel,
                state: ReminderState::Planned,
                items,
                rung,
                reason: "due".to_owned(),
                error: None,
                finished_at: None,
                planned_at: now,
                handed_off_at: None,
                message_reference: None,
            };
            if let Outcome::Executed(reminder_id) = reminder::insert_planned(&tx, creditor, &row).await? {
                jobs::insert(app, &tx, creditor, Job::SendReminder { debtor_id, reminder_id }).await?;
            }
            None
        }
        Decision::Wait { until, .. } => Some(until),
        Decision::Stop { .. } => None,
    };
    debtor::set_next_contact(&tx, creditor, debtor_id, next).await?;
    Ok(tx.commit().await?)
}
