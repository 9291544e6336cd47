//! What happens beside a rung's message, in the database transaction in which it is committed to leave.

use crate::App;
use crate::failure::Failure;
use crate::flows::book;
use crate::flows::render_message::Speech;
use saldo_domain::ids::{CallTaskId, InvoiceId};
use saldo_domain::invoice::{Invoice, ItemKind};
use saldo_domain::late_charge::{ChargeLine, ChargeReason};
use saldo_domain::money::Money;
use saldo_domain::reminder::Escalation;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_providers::channel::Outgoing;
use saldo_store::call_task::{self, CallTaskRow};
use saldo_store::late_charge::{self, LateChargeRow};
use saldo_store::reminder::ReminderRow;
use saldo_store::{Tx, invoice};

/// Does what the rung of a reminder says beside its message. Notes of suspension and last notices are the text's alone.
///
/// # Errors
/// Faults of the store.
pub(crate) async fn rung(app: &App, tx: &Tx, speech: &Speech<'_>, message: &Outgoing) -> Result<(), Failure> {
    let Speech { snapshot, row, .. } = *speech;
    let ladder = snapshot.dunning.iter().find(|active| active.id == row.rung.policy_id);
    match ladder.and_then(|active| active.policy.steps.get(row.rung.place)).and_then(|step| step.escalation) {
        Some(Escalation::Fee { amount }) => charge(app, tx, snapshot, row, amount).await,
        Some(Escalation::HandOver) => hand_to_agent(app, tx, speech, message).await,
        Some(Escalation::SuspendNote | Escalation::FinalNotice) | None => Ok(()),
    }
}

/// An agent is to call: one task for each debtor and step, with the message's words at hand. What opens the debtor's own
/// pages is the debtor's alone.
async fn hand_to_agent(app: &App, tx: &Tx, speech: &Speech<'_>, message: &Outgoing) -> Result<(), Failure> {
    let Speech { snapshot, row, link, opt_out } = *speech;
    let task = CallTaskRow {
        id: CallTaskId(row.id.0),
        debtor_id: row.debtor_id,
        phone: snapshot.debtor.phone.clone(),
        script: message.words().replace(link, "[…]").replace(opt_out, "[…]"),
        written_at: app.now(),
        agent_id: None,
        call_at: None,
        ended: None,
    };
    call_task::insert(tx, snapshot.creditor.id, &task).await?;
    Ok(())
}

/// A fee for paying late, on the oldest item that the message names. Its number names the debtor and the step, so that it is
/// charged once, however often the message is tried.
async fn charge(
    app: &App,
    tx: &Tx,
    snapshot: &DebtorSnapshot,
    row: &ReminderRow,
    amount: Money,
) -> Result<(), Failure> {
    let creditor = snapshot.creditor.id;
    let account = snapshot.accounts.iter().find(|account| account.currency == amount.currency());
    let named = |account: &&saldo_domain::snapshot::AccountSnapshot| {
        let mut late = account.items.iter().filter(|item| item.kind.is_invoice() && !item.disputed);
        late.find(|item| row.items.contains(&item.invoice_id)).cloned()
    };
    let Some((account, item)) = account.and_then(|account| Some((account, named(&account)?))) else { return Ok(()) };
    let number = format!("{}/{}", snapshot.debtor.reference, row.step.key());
    if !invoice::find_by_numbers(tx, creditor, std::slice::from_ref(&number)).await?.is_empty() {
        return Ok(());
    }
    let today = snapshot.today(app.now());
    let item_id = InvoiceId(app.ambient().uuid_v7());
    let mut claim = Invoice::try_new(item_id, account.id, number, today, today, amount)?;
    claim.kind = ItemKind::LateFee { of: item.invoice_id };
    book::item(app, tx, creditor, snapshot.debtor.id, claim).await?;
    let (why, base) = (ChargeReason::FlatFee, item.outstanding);
    let line = ChargeLine { from: today, to: today, days: 0, base, rate: None, amount, why, uncapped: None };
    let (of_id, policy_id) = (item.invoice_id, row.rung.policy_id);
    Ok(late_charge::insert(tx, creditor, &LateChargeRow { item_id, of_id, policy_id, line }).await?)
}
