//! Hand-off: the decision is taken again under the debtor's lock, and only then the message leaves.

use crate::App;
use crate::failure::Failure;
use crate::flows::access_link::{self, later};
use crate::flows::opt_out;
use crate::flows::render_message::{self, Speech};
use crate::jobs::Progress;
use jiff::SignedDuration;
use saldo_domain::ids::{CreditorId, DebtorId, ReminderId};
use saldo_domain::reminder::{Channel, Decision, decide};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_providers::channel::{ChannelFault, Mail, Outgoing, Receipt};
use saldo_store::job::{self, ClaimedJob};
use saldo_store::reminder::{self, ReminderRow, ReminderState};
use saldo_store::{Tx, debtor, snapshot};

/// When a channel that did not take a message is tried again.
const RETRY_AFTER: SignedDuration = SignedDuration::from_mins(5);
/// When a channel that refused a message for good is tried again: the address may have been mended.
const REFUSED_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Sends a planned reminder, or writes why it stays.
///
/// # Errors
/// Faults of the store.
pub async fn send(app: &App, claimed: &ClaimedJob, debtor_id: DebtorId, id: ReminderId) -> Result<Progress, Failure> {
    let creditor = claimed.creditor_id;
    let tx = app.store().write().await?;
    let snapshot = snapshot::lock_and_load(&tx, creditor, debtor_id).await?;
    if !job::holds(&tx, claimed).await? {
        return Ok(Progress::Done);
    }
    let row = reminder::load(&tx, creditor, id).await?;
    match row.state {
        ReminderState::Planned => {}
        // A node died between hand-off and answer: the message may have left, so it is shown and not sent again.
        ReminderState::HandingOff => {
            reminder::mark_unknown(&tx, creditor, id, app.now()).await?;
            app.metrics().message("reminder", "unknown");
            return finish(app, tx, creditor, debtor_id).await;
        }
        _ => return finish(app, tx, creditor, debtor_id).await,
    }
    match decide(&snapshot, &[Channel::Email], app.now())? {
        Decision::Send { step, items, .. } if step == row.step => {
            hand_off(app, tx, &snapshot, ReminderRow { items, ..row }).await
        }
        other => {
            reminder::mark_suppressed(&tx, creditor, id, app.now(), why(&other)).await?;
            app.metrics().message("reminder", "suppressed");
            finish(app, tx, creditor, debtor_id).await
        }
    }
}

async fn hand_off(app: &App, tx: Tx, snapshot: &DebtorSnapshot, row: ReminderRow) -> Result<Progress, Failure> {
    let (creditor, debtor_id) = (snapshot.creditor.id, snapshot.debtor.id);
    let link = access_link::mint(app, &tx, creditor, debtor_id, "full").await?;
    let wording = render_message::wording(app, &tx, creditor).await?;
    let opt_out = opt_out::address(app, creditor, debtor_id)?;
    let speech = Speech { snapshot, row: &row, link: &link.url, opt_out: &opt_out };
    let message = render_message::render(app, &wording, &speech)?;
    if !reminder::mark_handing_off(&tx, creditor, row.id, &row.items, app.now()).await? {
        return Ok(Progress::Done);
    }
    tx.commit().await?;
    let answer = app.channels().hand_over(creditor, &Outgoing::Mail(message.clone())).await;
    let tx = app.store().write().await?;
    debtor::lock(&tx, creditor, debtor_id).await?;
    record_answer(app, tx, snapshot, &row, &message, answer).await
}

async fn record_answer(
    app: &App,
    tx: Tx,
    snapshot: &DebtorSnapshot,
    row: &ReminderRow,
    message: &Mail,
    answer: Result<Receipt, ChannelFault>,
) -> Result<Progress, Failure> {
    let (creditor, debtor_id) = (snapshot.creditor.id, snapshot.debtor.id);
    match answer {
        Ok(_) => {
            reminder::mark_sent(&tx, creditor, row.id, app.now(), Some(&message.message_id)).await?;
            app.metrics().message("reminder", "sent");
            finish(app, tx, creditor, debtor_id).await
        }
        Err(fault) if fault.may_have_left() => {
            reminder::mark_unknown(&tx, creditor, row.id, app.now()).await?;
            app.metrics().message("reminder", "unknown");
            finish(app, tx, creditor, debtor_id).await
        }
        Err(fault) if fault.may_retry() => {
            reminder::mark_failed(&tx, creditor, row.id, app.now(), &fault.to_string()).await?;
            app.metrics().message("reminder", "failed");
            debtor::set_next_contact(&tx, creditor, debtor_id, Some(later(app.now(), RETRY_AFTER)?)).await?;
            tx.commit().await?;
            Ok(Progress::Done)
        }
        Err(fault) => {
            reminder::mark_failed(&tx, creditor, row.id, app.now(), &fault.to_string()).await?;
            app.metrics().message("reminder", "failed");
            debtor::set_next_contact(&tx, creditor, debtor_id, Some(later(app.now(), REFUSED_AGAIN_AFTER)?)).await?;
            tx.commit().await?;
            Ok(Progress::Done)
        }
    }
}

/// The next look at this debtor is due now: the decision says when the next message is.
async fn finish(app: &App, tx: Tx, creditor: CreditorId, debtor_id: DebtorId) -> Result<Progress, Failure> {
    debtor::set_next_contact(&tx, creditor, debtor_id, Some(app.now())).await?;
    tx.commit().await?;
    Ok(Progress::Done)
}

fn why(decision: &Decision) -> &'static str {
    match decision {
        Decision::Send { .. } => "another_step",
        Decision::Wait { why, .. } => why.as_str(),
        Decision::Stop { why } => why.as_str(),
    }
}
