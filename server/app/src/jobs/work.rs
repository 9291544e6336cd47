use crate::App;
use crate::failure::Failure;
use crate::flows;
use crate::jobs::{Job, Progress};
use saldo_store::job::ClaimedJob;

/// Does a piece of work.
pub(super) async fn work(app: &App, claimed: &ClaimedJob, job: Job) -> Result<Progress, Failure> {
    let creditor = claimed.creditor_id;
    match job {
        Job::WorkEvent { inbound_event_id, event } => {
            flows::work_event::work(app, creditor, inbound_event_id, *event, claimed.attempt_count).await
        }
        Job::WorkMessageEvent { inbound_event_id, events } => {
            flows::work_message_event::work(app, claimed, inbound_event_id, events).await
        }
        Job::SendReminders { reminders } => flows::send_reminder::send(app, claimed, &reminders).await,
        Job::TellCreditor { arrived } => flows::tell_creditor::send(app, creditor, arrived).await,
        Job::SendReceipt { payment_id, by_hand } => flows::send_receipt::send(app, creditor, payment_id, by_hand).await,
        Job::SendLink { debtor_id } => flows::send_fresh_link::send(app, creditor, debtor_id).await,
        Job::SendPlanNotice { plan_id, notice, .. } => flows::payment_plan::send(app, creditor, plan_id, notice).await,
        Job::SendAutopayNotice { debtor_id, plan_id, instalment, notice } => {
            flows::send_autopay_notice::send(app, creditor, debtor_id, plan_id, instalment, notice).await
        }
        Job::FinishSetup { setup_id } => flows::method_setup::work(app, creditor, setup_id).await,
        Job::DetachMethod { method_id } => flows::remove_method::detach(app, creditor, method_id).await,
        Job::SettleRefund { refund_id } => flows::settle_refund::settle(app, creditor, refund_id).await,
        Job::ChargeLate { on, after } => flows::charge_late::charge(app, creditor, on, after).await,
        Job::Rehearse { rehearsal_id, after } => flows::rehearsal::work(app, creditor, rehearsal_id, after).await,
        Job::RunImport { import_id } => flows::upload_import::run(app, creditor, import_id).await,
        Job::SendInvoice { invoice_id, by_hand } => flows::send_invoice::send(app, creditor, invoice_id, by_hand).await,
        Job::SendInvoices { import_id, after, with_overdue } => {
            flows::send_invoice::spread(app, creditor, import_id, after, with_overdue).await
        }
        Job::ReviewPromise { promise_id } => flows::promise::review(app, claimed, promise_id).await,
        Job::SendInvitation { member_id } => flows::manage_members::send_invitation(app, creditor, member_id).await,
    }
}
