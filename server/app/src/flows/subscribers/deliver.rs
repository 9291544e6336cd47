//! Telling: one teller for each subscriber at a time, few requests at once, the next event of an object only after the one
//! before. What comes of an offer is written before the next round, so that a node that dies repeats at most what it had
//! under way.

use super::sign::{in_force, signatures};
use crate::App;
use crate::failure::{Failure, Fault};
use crate::flows::access_link::later;
use crate::flows::audit::{self, Subject};
use crate::flows::tell_creditor::Arrived;
use crate::jobs::{self, Job};
use futures::future::join_all;
use jiff::SignedDuration;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Timestamp;
use saldo_domain::outbound::{FAILURES_MAX, OFFERED_SECONDS, pause_of_event, pause_of_subscriber};
use saldo_providers::outbound::PostFault;
use saldo_store::outbound_delivery::{self, Attempted, DeliveryState, Due};
use saldo_store::subscriber::{self, ClaimedSubscriber, Health, SubscriberRow, SubscriberState};
use saldo_store::{Tx, outbound_event};

/// How many events are looked up at once.
const BATCH: u32 = 32;
/// How many requests one subscriber gets at once.
const AT_ONCE: usize = 4;
/// After so many rounds another subscriber has its turn.
const ROUNDS_MAX: usize = 50;
/// What a lease has beyond the longest request.
const LEASE_BEYOND: SignedDuration = SignedDuration::from_secs(30);
/// How long events are kept, and how many are forgotten at once.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);
const FORGET: u32 = 1_000;
/// The answer of a subscriber that wants no more.
const GONE: u16 = 410;

/// Takes subscribers for which something is due.
///
/// # Errors
/// Faults of the store.
pub async fn claim_due(app: &App, places: usize) -> Result<Vec<ClaimedSubscriber>, Failure> {
    let limit = u64::try_from(places).unwrap_or(u64::MAX);
    Ok(subscriber::claim(app.store(), app.now(), lease_end(app)?, limit).await?)
}

fn lease_end(app: &App) -> Result<Timestamp, Failure> {
    let timeout = SignedDuration::try_from(app.poster().timeout()).unwrap_or(LEASE_BEYOND);
    later(app.now(), LEASE_BEYOND.saturating_add(timeout))
}

/// Tells a subscriber what is due, until nothing is, or it fails, or another has its turn. Answers how many offers were made.
///
/// # Errors
/// Faults of the store; the lease runs out by itself then.
pub async fn tell(app: &App, claimed: &ClaimedSubscriber) -> Result<usize, Failure> {
    let row = &claimed.row;
    let mut health =
        Health { failure_count: row.failure_count, failing_since: row.failing_since, paused_until: row.paused_until };
    let mut offered = 0;
    'rounds: for _ in 0..ROUNDS_MAX {
        let due = next(app, claimed, &health, offered == 0).await?;
        if due.is_empty() {
            break;
        }
        for some in due.chunks(AT_ONCE) {
            let answers = join_all(some.iter().map(|due| offer(app, row, due))).await;
            offered += some.len();
            match write(app, claimed, health, some, answers).await? {
                Some(next) => health = next,
                None => break 'rounds,
            }
        }
    }
    let tx = app.store().write_of(claimed.creditor_id).await?;
    subscriber::release(&tx, claimed.creditor_id, row.id, claimed.fence).await?;
    tx.commit().await?;
    Ok(offered)
}

/// A subscriber that has failed often is asked with one event.
async fn next(app: &App, claimed: &ClaimedSubscriber, health: &Health, is_first: bool) -> Result<Vec<Due>, Failure> {
    let (creditor, id) = (claimed.creditor_id, claimed.row.id);
    let limit = if health.failure_count >= FAILURES_MAX { 1 } else { BATCH };
    let tx = app.store().read_of(creditor).await?;
    let due = outbound_delivery::list_due(&tx, creditor, id, app.now(), limit).await?;
    drop(tx);
    if due.is_empty() && is_first {
        let tx = app.store().write_of(creditor).await?;
        outbound_delivery::defer_blocked(&tx, creditor, id, app.now()).await?;
        tx.commit().await?;
    }
    Ok(due)
}

struct Answered {
    at: Timestamp,
    status: Result<u16, PostFault>,
}

async fn offer(app: &App, row: &SubscriberRow, due: &Due) -> Result<Answered, Failure> {
    let at = app.now();
    let body =
        serde_json::to_string(&super::replay::wire(&due.event)).map_err(|fault| Fault::Other(fault.to_string()))?;
    let (id, seconds) = (due.event.id.to_string(), at.as_second());
    let secrets = in_force(app, row, at)?;
    let signed = signatures(secrets.iter().map(Vec::as_slice), &id, seconds, &body);
    let headers = [("webhook-id", id), ("webhook-timestamp", seconds.to_string()), ("webhook-signature", signed)];
    Ok(Answered { at, status: app.poster().post(&row.url, &headers, body.into()).await })
}

impl Answered {
    fn is_taken(&self) -> bool {
        matches!(self.status, Ok(200..=299))
    }

    fn written(&self, due: &Due) -> Result<Attempted, Failure> {
        let (status_code, error) = match self.status {
            Ok(status) => (Some(status), (!self.is_taken()).then(|| "status".to_owned())),
            Err(fault) => (None, Some(fault.to_string())),
        };
        let is_over = self.at.duration_since(due.queued_at).as_secs() >= OFFERED_SECONDS;
        let (state, due_at) = if self.is_taken() {
            (DeliveryState::Delivered, None)
        } else if is_over {
            (DeliveryState::Dead, None)
        } else {
            let pause = SignedDuration::from_secs(pause_of_event(due.attempt_count.saturating_add(1)));
            (DeliveryState::Waiting, Some(later(self.at, pause)?))
        };
        Ok(Attempted { at: self.at, status_code, error, state, due_at })
    }
}

/// Writes what came of some offers, and how the subscriber does; none where its teller must stop.
async fn write(
    app: &App,
    claimed: &ClaimedSubscriber,
    before: Health,
    offered: &[Due],
    answers: Vec<Result<Answered, Failure>>,
) -> Result<Option<Health>, Failure> {
    let answers = answers.into_iter().collect::<Result<Vec<_>, _>>()?;
    let (creditor, id, now) = (claimed.creditor_id, claimed.row.id, app.now());
    let health = after(before, &answers, now)?;
    let tx = app.store().write_of(creditor).await?;
    if !subscriber::hold(&tx, claimed, &health, lease_end(app)?).await? {
        tx.rollback().await?;
        return Ok(None);
    }
    let known_dead = outbound_delivery::count_in(&tx, creditor, id, DeliveryState::Dead).await?;
    let mut dead = 0;
    for (due, answer) in offered.iter().zip(&answers) {
        let attempted = answer.written(due)?;
        dead += u64::from(attempted.state == DeliveryState::Dead);
        outbound_delivery::mark(&tx, creditor, (id, due.event.id), &attempted).await?;
    }
    if health.paused_until.is_some() {
        let oldest = now.checked_sub(SignedDuration::from_secs(OFFERED_SECONDS)).unwrap_or(now);
        dead += outbound_delivery::give_up(&tx, creditor, id, oldest).await?;
    }
    if health.failure_count == 0 && before.failure_count >= FAILURES_MAX {
        outbound_delivery::bring_forward(&tx, creditor, id, now).await?;
    }
    let is_gone = answers.iter().any(|answer| answer.status == Ok(GONE));
    if is_gone {
        end(app, &tx, claimed).await?;
    } else if dead > 0 && known_dead == 0 {
        jobs::insert(app, &tx, creditor, Job::TellCreditor { arrived: Arrived::EventsDead { id } }).await?;
    }
    tx.commit().await?;
    Ok((!is_gone && health.paused_until.is_none()).then_some(health))
}

/// One that takes anything is well: an event that it cannot take is that event's matter.
fn after(before: Health, answers: &[Answered], now: Timestamp) -> Result<Health, Failure> {
    if answers.iter().any(Answered::is_taken) {
        return Ok(Health::default());
    }
    let failed = u32::try_from(answers.len()).unwrap_or(u32::MAX);
    let failure_count = before.failure_count.saturating_add(failed);
    let pause = pause_of_subscriber(failure_count).map(SignedDuration::from_secs);
    Ok(Health {
        failure_count,
        failing_since: Some(before.failing_since.unwrap_or(now)),
        paused_until: pause.map(|pause| later(now, pause)).transpose()?,
    })
}

/// It said that it is gone: nothing is sent there any more, and the creditor is told.
async fn end(app: &App, tx: &Tx, claimed: &ClaimedSubscriber) -> Result<(), Failure> {
    let (creditor, id) = (claimed.creditor_id, claimed.row.id);
    let row = subscriber::load(tx, creditor, id).await?;
    subscriber::update(tx, creditor, &SubscriberRow { state: SubscriberState::Gone, ..row }).await?;
    let (before, after) = (serde_json::json!({ "state": "enabled" }), serde_json::json!({ "state": "gone" }));
    let subject = Subject::new("subscriber", id.0);
    audit::record(app, tx, creditor, &Actor::System, "subscriber_gone", subject, Some(before), Some(after)).await?;
    jobs::insert(app, tx, creditor, Job::TellCreditor { arrived: Arrived::SubscriberGone { id } }).await
}

/// Forgets events that are older than thirty days and wait for nobody, a bounded part at a time.
///
/// # Errors
/// Faults of the store.
pub async fn forget_old(app: &App, tx: &Tx) -> Result<(), Failure> {
    let before = app.now().checked_sub(KEPT).map_err(|_| saldo_domain::Refusal::DateOutOfRange)?;
    outbound_event::delete_before(tx, before, FORGET).await?;
    Ok(())
}
