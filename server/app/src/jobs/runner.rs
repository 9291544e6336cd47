use crate::App;
use crate::failure::{Failure, Fault};
use crate::flows;
use crate::flows::access_link::later;
use crate::jobs::{Job, Progress};
use crate::metrics::JobLabels;
use jiff::SignedDuration;
use saldo_store::job::{self, ClaimedJob};
use std::time::Duration;
use tokio::sync::watch;

/// How long a worker has for a job before another may take it.
const LEASE: Duration = Duration::from_secs(300);
/// How many jobs one claim takes.
const BATCH: u64 = 16;
/// Between two looks at an empty table.
const PAUSE: Duration = Duration::from_millis(250);

/// Works until it is told to stop.
pub async fn serve(app: App, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let worked = match run_due(&app).await {
            Ok(count) => count,
            Err(failure) => {
                tracing::error!(%failure, "jobs could not be claimed");
                0
            }
        };
        if worked == 0 {
            tokio::select! {
                _ = stop.changed() => {}
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    }
}

/// Claims what is due and works on it. Returns how many jobs it took.
///
/// # Errors
/// Faults of the store while claiming; those of a job are kept with the job.
pub async fn run_due(app: &App) -> Result<usize, Failure> {
    let claimed = job::claim(app.store(), app.now(), LEASE, BATCH, &[]).await?;
    let count = claimed.len();
    for job in claimed {
        let (id, kind) = (job.id, job.kind.clone());
        match run(app, &job).await {
            Ok(outcome) => {
                app.metrics().jobs.get_or_create(&JobLabels { kind, outcome }).inc();
            }
            Err(failure) => tracing::error!(job = %id, kind, %failure, "a job's end could not be written"),
        }
    }
    Ok(count)
}

async fn run(app: &App, claimed: &ClaimedJob) -> Result<&'static str, Failure> {
    let progress = match serde_json::from_value::<Job>(claimed.payload.clone()) {
        Ok(job) => work(app, claimed, job).await,
        Err(error) => Err(Fault::Other(format!("unreadable job: {error}")).into()),
    };
    let tx = app.store().write().await?;
    let (held, outcome) = match progress {
        Ok(Progress::Done) => {
            (job::mark_done(&tx, claimed.creditor_id, claimed.id, claimed.fence, app.now()).await?, "done")
        }
        Ok(Progress::Later) => {
            let again = later(app.now(), SignedDuration::from_mins(30))?;
            (job::mark_retry(&tx, claimed.creditor_id, claimed.id, claimed.fence, again, "pending").await?, "later")
        }
        Ok(Progress::Retry(why)) => give_back(app, &tx, claimed, &why).await?,
        Err(failure) => {
            tracing::warn!(job = %claimed.id, kind = claimed.kind, %failure, "a job failed");
            give_back(app, &tx, claimed, &failure.to_string()).await?
        }
    };
    if held {
        tx.commit().await?;
        Ok(outcome)
    } else {
        tx.rollback().await?;
        Ok("lost")
    }
}

async fn give_back(
    app: &App,
    tx: &saldo_store::Tx,
    claimed: &ClaimedJob,
    why: &str,
) -> Result<(bool, &'static str), Failure> {
    if claimed.attempt_count >= claimed.attempts_max {
        tracing::error!(job = %claimed.id, kind = claimed.kind, why, "a job is given up");
        return Ok((job::mark_dead(tx, claimed.creditor_id, claimed.id, claimed.fence, why, app.now()).await?, "dead"));
    }
    let again = later(app.now(), pause_before(claimed.attempt_count + 1))?;
    Ok((job::mark_retry(tx, claimed.creditor_id, claimed.id, claimed.fence, again, why).await?, "retry"))
}

/// 2 s, 4 s, 8 s … up to three hours.
fn pause_before(attempt: u32) -> SignedDuration {
    SignedDuration::from_secs(1_i64 << attempt.min(13)).min(SignedDuration::from_hours(3))
}

async fn work(app: &App, claimed: &ClaimedJob, job: Job) -> Result<Progress, Failure> {
    let creditor = claimed.creditor_id;
    match job {
        Job::WorkEvent { inbound_event_id, event } => {
            flows::work_event::work(app, creditor, inbound_event_id, *event, claimed.attempt_count).await
        }
        Job::WorkMessageEvent { inbound_event_id, events } => {
            flows::work_message_event::work(app, creditor, inbound_event_id, events, claimed.attempt_count).await
        }
        Job::SendReminder { debtor_id, reminder_id } => {
            flows::send_reminder::send(app, claimed, debtor_id, reminder_id).await
        }
        Job::TellCreditor { arrived } => flows::tell_creditor::send(app, creditor, arrived).await,
        Job::SendReceipt { payment_id } => flows::send_receipt::send(app, creditor, payment_id).await,
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
        Job::SendInvitation { member_id } => flows::manage_members::send_invitation(app, creditor, member_id).await,
    }
}
