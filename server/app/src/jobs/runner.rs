use crate::App;
use crate::failure::{Failure, Fault};
use crate::flows::access_link::later;
use crate::jobs::{Job, Progress, work};
use crate::metrics::JobLabels;
use jiff::SignedDuration;
use saldo_domain::Refusal;
use saldo_domain::calendar::Timestamp;
use saldo_store::StoreFault;
use saldo_store::job::{self, ClaimedJob};
use serde::Deserialize;
use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{Id, JoinSet};
use tokio::time::MissedTickBehavior;

/// How many jobs one claim takes where one after the other is worked on.
const BATCH: u64 = 16;
/// Between two looks at an empty table.
const PAUSE: Duration = Duration::from_millis(250);
/// Between two tries at a database that does not do its work.
const TROUBLED_PAUSE: Duration = Duration::from_secs(2);
/// What must not wait behind messages that a slow mail server holds up: the money.
const MONEY: [&str; 4] = ["work_event", "settle_refund", "finish_setup", "charge_late"];

/// How long a worker has for a job before another may take it, unless it prolongs its lease.
fn lease(app: &App) -> Duration {
    Duration::from_secs(u64::from(app.config().jobs.lease_seconds.max(3)))
}

/// Until when a job that is held at this moment stays with its worker.
pub(crate) fn lease_end(app: &App) -> Result<Timestamp, Failure> {
    Ok(app.now().checked_add(lease(app)).map_err(|_| Refusal::DateOutOfRange)?)
}

/// Works until it is told to stop, on several jobs at once; then it finishes what it has begun. A job that takes long keeps
/// its lease; those of a node that died run out.
pub async fn serve(app: App, mut stop: watch::Receiver<bool>) {
    let bell = app.store().bell();
    let places = app.config().jobs.concurrency.max(1);
    let mut renewal = tokio::time::interval(lease(&app) / 3);
    renewal.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut tasks: JoinSet<()> = JoinSet::new();
    let mut held: HashMap<Id, ClaimedJob> = HashMap::new();
    let mut pause = PAUSE;
    while !*stop.borrow() || !tasks.is_empty() {
        let stopping = *stop.borrow();
        if !stopping && tasks.len() < places {
            let claimed = claim(&app, places, tasks.len()).await;
            pause = if claimed.is_ok() { PAUSE } else { TROUBLED_PAUSE };
            for job in claimed.unwrap_or_default() {
                let (app, own) = (app.clone(), job.clone());
                let task = tasks.spawn(async move { run_one(&app, &own).await });
                held.insert(task.id(), job);
            }
        }
        let idle = !stopping && tasks.len() < places;
        tokio::select! {
            _ = stop.changed(), if !stopping => {}
            Some(ended) = tasks.join_next_with_id(), if !tasks.is_empty() => {
                held.remove(&ended.map_or_else(|error| error.id(), |(id, ())| id));
            }
            () = bell.wait(pause), if idle => {}
            _ = renewal.tick(), if !held.is_empty() => {
                let jobs: Vec<ClaimedJob> = held.values().cloned().collect();
                if let Err(fault) = job::extend(app.store(), &jobs, app.now(), lease(&app)).await {
                    tracing::warn!(%fault, "leases could not be prolonged");
                }
            }
        }
    }
}

/// Fills the free places. The last quarter of them is for money alone: a mail server that never answers holds up the rest.
async fn claim(app: &App, places: usize, taken: usize) -> Result<Vec<ClaimedJob>, StoreFault> {
    let for_all = places - places / 4;
    let (free, kinds) = match for_all.checked_sub(taken) {
        Some(free @ 1..) => (free, &[][..]),
        _ => (places - taken, &MONEY[..]),
    };
    let limit = u64::try_from(free).unwrap_or(1);
    let claimed = job::claim(app.store(), app.now(), lease(app), limit, kinds).await;
    claimed.inspect_err(|fault| tracing::error!(%fault, "jobs could not be claimed"))
}

/// Claims what is due and works on it, one after the other. Returns how many jobs it took.
///
/// # Errors
/// Faults of the store while claiming; those of a job are kept with the job.
pub async fn run_due(app: &App) -> Result<usize, Failure> {
    run_due_of(app, &[]).await
}

/// [`run_due`] for jobs of some kinds; of any without a name.
///
/// # Errors
/// Those of [`run_due`].
pub async fn run_due_of(app: &App, kinds: &[&str]) -> Result<usize, Failure> {
    let claimed = job::claim(app.store(), app.now(), lease(app), BATCH, kinds).await?;
    for job in &claimed {
        run_one(app, job).await;
    }
    Ok(claimed.len())
}

async fn run_one(app: &App, job: &ClaimedJob) {
    let kind = job.kind.clone();
    match run(app, job).await {
        Ok(outcome) => {
            app.metrics().jobs.get_or_create(&JobLabels { kind, outcome }).inc();
        }
        Err(failure) => tracing::error!(job = %job.id, kind, %failure, "a job's end could not be written"),
    }
}

async fn run(app: &App, claimed: &ClaimedJob) -> Result<&'static str, Failure> {
    let progress = match Job::deserialize(&claimed.payload) {
        Ok(job) => work::work(app, claimed, job).await,
        Err(error) => Err(Fault::Other(format!("unreadable job: {error}")).into()),
    };
    if matches!(progress, Ok(Progress::Ended)) {
        return Ok("done");
    }
    let tx = app.store().write_of(claimed.creditor_id).await?;
    let (held, outcome) = match progress {
        Ok(Progress::Done | Progress::Ended) => {
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
