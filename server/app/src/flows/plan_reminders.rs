//! Who is to hear from us: derived from the books at each look, in groups, longest waiting first. On PostgreSQL several
//! nodes share the work: who is held by one is passed over by the others.

use crate::App;
use crate::failure::Failure;
use crate::flows::access_link::later;
use crate::flows::decision_log::{self, Look};
use crate::flows::tell_creditor::Arrived;
use crate::jobs::{self, Job};
use jiff::SignedDuration;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId, ReminderId};
use saldo_domain::reminder::{Decision, Hold, decide};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::reminder::{self, ReminderRow, ReminderState, Tried};
use saldo_store::{Across, StoreFault, Tx, debtor, freshness, snapshot};

/// The most groups of one look: what is left is the next look's, after everything else that time brings.
const GROUPS_MAX: usize = 400;
/// How many reminders are handed over as one group.
const GROUP: usize = 128;
/// When a planned reminder on which nobody has worked is planned again. Its job waits until then, or is dead.
const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(6);
/// When a debtor whose rows cannot be read is looked at again: nobody else waits for it.
const BROKEN_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Looks at the debtors whose time has come. Returns how many it looked at.
///
/// # Errors
/// Faults of the store: the groups before stay planned.
pub async fn plan(app: &App) -> Result<usize, Failure> {
    let tx = app.store().read_across(Across::Clock).await?;
    let none = debtor::list_due(&tx, app.now(), 1).await?.is_empty();
    drop(tx);
    let size = u64::from(app.config().reminders.batch.max(1));
    let mut count = 0;
    for _ in 0..if none { 0 } else { GROUPS_MAX } {
        let planned = plan_group(app, size).await?;
        count += planned;
        if u64::try_from(planned).unwrap_or(u64::MAX) < size {
            break;
        }
    }
    Ok(count)
}

/// Decides over one debtor now.
///
/// # Errors
/// Faults of the store.
pub async fn plan_one(app: &App, creditor: CreditorId, debtor_id: DebtorId) -> Result<(), Failure> {
    let tx = app.store().write_of(creditor).await?;
    debtor::lock(&tx, creditor, debtor_id).await?;
    plan_of(app, &tx, creditor, &[debtor_id]).await?;
    Ok(tx.commit().await?)
}

async fn plan_group(app: &App, size: u64) -> Result<usize, Failure> {
    let tx = app.store().write_across(Across::Clock).await?;
    let due = debtor::list_due(&tx, app.now(), size).await?;
    if due.is_empty() {
        tx.rollback().await?;
        return Ok(0);
    }
    let mut groups: Vec<(CreditorId, Vec<DebtorId>)> = Vec::new();
    for (creditor, debtor_id) in &due {
        match groups.iter_mut().find(|(known, _)| known == creditor) {
            Some((_, group)) => group.push(*debtor_id),
            None => groups.push((*creditor, vec![*debtor_id])),
        }
    }
    for (creditor, debtors) in groups {
        tx.enter(creditor).await?;
        plan_of(app, &tx, creditor, &debtors).await?;
    }
    tx.commit().await?;
    Ok(due.len())
}

/// What one look at a creditor's debtors writes.
#[derive(Default)]
struct Looked {
    planned: Vec<(ReminderRow, Vec<Tried>)>,
    next: Vec<(DebtorId, Option<Timestamp>)>,
    stale: bool,
}

async fn plan_of(app: &App, tx: &Tx, creditor: CreditorId, debtors: &[DebtorId]) -> Result<(), Failure> {
    let now = app.now();
    let (snapshots, broken) = read(tx, creditor, debtors).await?;
    let again = later(now, BROKEN_AGAIN_AFTER)?;
    let mut looked = Looked { next: broken.into_iter().map(|id| (id, Some(again))).collect(), ..Looked::default() };
    let mut looks = Vec::with_capacity(snapshots.len());
    for snapshot in &snapshots {
        match decide(snapshot, app.channels().ready(), now) {
            Ok(decision) => {
                looked.take(app, snapshot, &decision, now)?;
                looks.push(Look { snapshot, decision });
            }
            Err(refusal) => {
                tracing::error!(debtor = %snapshot.debtor.id, %refusal, "no decision can be taken");
                looked.next.push((snapshot.debtor.id, Some(again)));
            }
        }
    }
    let forgotten_before = now.checked_sub(FORGOTTEN_AFTER).map_err(|_| saldo_domain::Refusal::DateOutOfRange)?;
    let planned = reminder::plan_many(tx, creditor, &looked.planned, forgotten_before).await?;
    for group in planned.chunks(GROUP) {
        jobs::insert(app, tx, creditor, Job::SendReminders { reminders: group.to_vec() }).await?;
    }
    debtor::set_next_contacts(tx, creditor, &looked.next).await?;
    decision_log::record(app, tx, creditor, &looks, now).await?;
    if looked.stale && freshness::mark_told(tx, creditor, now).await? {
        jobs::insert(app, tx, creditor, Job::TellCreditor { arrived: Arrived::StaleBooks { since: now } }).await?;
    }
    Ok(())
}

impl Looked {
    fn take(
        &mut self,
        app: &App,
        snapshot: &DebtorSnapshot,
        decision: &Decision,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let debtor_id = snapshot.debtor.id;
        let next = match decision {
            Decision::Send { step, rung, channel, items } => {
                let row = ReminderRow {
                    id: ReminderId(app.ambient().uuid_v7()),
                    debtor_id,
                    step: *step,
                    channel: *channel,
                    state: ReminderState::Planned,
                    items: items.clone(),
                    rung: *rung,
                    reason: "due".to_owned(),
                    by_hand: None,
                    error: None,
                    finished_at: None,
                    planned_at: now,
                    handed_off_at: None,
                    message_reference: None,
                };
                self.planned.push((row, Tried::of_step(&snapshot.contacts, *step)));
                Some(later(now, FORGOTTEN_AFTER)?)
            }
            Decision::Wait { until, why } => {
                self.stale |= *why == Hold::StaleData;
                Some(*until)
            }
            Decision::Stop { .. } => None,
        };
        self.next.push((debtor_id, next));
        Ok(())
    }
}

/// The snapshots of debtors, and those of whom a row cannot be read: one broken row holds nobody else up.
pub(crate) async fn read(
    tx: &Tx,
    creditor: CreditorId,
    debtors: &[DebtorId],
) -> Result<(Vec<DebtorSnapshot>, Vec<DebtorId>), Failure> {
    match snapshot::load_many(tx, creditor, debtors).await {
        Ok(snapshots) => return Ok((snapshots, Vec::new())),
        Err(StoreFault::Corrupt(_)) => {}
        Err(fault) => return Err(fault.into()),
    }
    let (mut snapshots, mut broken) = (Vec::with_capacity(debtors.len()), Vec::new());
    for id in debtors {
        match snapshot::load_many(tx, creditor, &[*id]).await {
            Ok(found) => snapshots.extend(found),
            Err(StoreFault::Corrupt(fault)) => {
                tracing::error!(debtor = %id, fault, "a debtor's rows cannot be read");
                broken.push(*id);
            }
            Err(fault) => return Err(fault.into()),
        }
    }
    Ok((snapshots, broken))
}
