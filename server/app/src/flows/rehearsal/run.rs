use super::{DEBTORS_MAX, LINES_MAX, MINUTES_MAX, channels};
use crate::App;
use crate::failure::{Failure, Fault};
use crate::flows::plan_reminders::read;
use crate::jobs::{self, Job, Progress};
use jiff::SignedDuration;
use saldo_domain::contact::rules_for;
use saldo_domain::ids::{CreditorId, DebtorId, PolicyId, RehearsalId};
use saldo_domain::rehearsal::{DebtorRun, changes, walk, with_draft};
use saldo_domain::reminder::{ActiveDunning, Channel, HistoryRule};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::rehearsal::{self, LineRow, RehearsalRow, RehearsalState};
use saldo_store::{StoreFault, Tx, policy, snapshot};

/// How many debtors one job looks at.
const BATCH: u64 = 500;

/// Looks at the next debtors of a rehearsal, and leaves the rest to the next job.
///
/// # Errors
/// Faults of the store; what was counted before one stays.
pub async fn work(
    app: &App,
    creditor: CreditorId,
    id: RehearsalId,
    after: Option<DebtorId>,
) -> Result<Progress, Failure> {
    batch(app, creditor, id, after, BATCH).await?;
    Ok(Progress::Done)
}

/// What one batch compares.
struct Stage {
    draft: ActiveDunning,
    replaced: Vec<PolicyId>,
    channels: Vec<Channel>,
}

/// The debtors behind `after`, at most `limit`. Does nothing where another worker was faster, or where a newer rehearsal
/// has taken this one's place.
pub(super) async fn batch(
    app: &App,
    creditor: CreditorId,
    id: RehearsalId,
    after: Option<DebtorId>,
    limit: u64,
) -> Result<(), Failure> {
    let tx = app.store().read_of(creditor).await?;
    let mut row = match rehearsal::load(&tx, creditor, id).await {
        Ok(row) if row.state == RehearsalState::Running && row.after == after => row,
        Ok(_) | Err(StoreFault::NotFound(_)) => return Ok(()),
        Err(fault) => return Err(fault.into()),
    };
    let limit = limit.min(DEBTORS_MAX - row.done_count.min(DEBTORS_MAX));
    let debtors = rehearsal::list_owing(&tx, creditor, after, limit).await?;
    let stage = stage(app, &tx, creditor, &row).await?;
    let mut lines = Vec::new();
    let (mut snapshots, broken) = read(&tx, creditor, &debtors).await?;
    if stage.draft.policy.audience.history != HistoryRule::Any {
        snapshot::add_history(&tx, creditor, &mut snapshots).await?;
    }
    for snapshot in &snapshots {
        look(&mut row, &stage, snapshot, &mut lines)?;
    }
    if !broken.is_empty() {
        tracing::warn!(count = broken.len(), "debtors whose rows cannot be read were left out of a rehearsal");
    }
    drop(tx);
    row.done_count += debtors.len() as u64;
    row.after = debtors.last().copied().or(row.after);
    let spent = app.now().duration_since(row.started_at) > SignedDuration::from_mins(MINUTES_MAX);
    if (debtors.len() as u64) < limit {
        row.state = RehearsalState::Done;
    } else if row.done_count >= DEBTORS_MAX || spent {
        row.state = RehearsalState::BrokenOff;
    }
    row.finished_at = (row.state != RehearsalState::Running).then(|| app.now());
    let tx = app.store().write_of(creditor).await?;
    if rehearsal::advance(&tx, creditor, &row, after).await? {
        rehearsal::insert_lines(&tx, creditor, id, &lines).await?;
        if row.state == RehearsalState::Running {
            jobs::insert(app, &tx, creditor, Job::Rehearse { rehearsal_id: id, after: row.after }).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// The draft as if it were published when the rehearsal began, and the versions that it would end.
async fn stage(app: &App, tx: &Tx, creditor: CreditorId, row: &RehearsalRow) -> Result<Stage, Failure> {
    let unreadable = |error: serde_json::Error| Fault::Other(format!("a rehearsed policy cannot be read: {error}"));
    let ladder = serde_json::from_value(row.policy.clone()).map_err(unreadable)?;
    let family = policy::load(tx, creditor, row.policy_id).await?.family_id;
    let versions = policy::list_versions(tx, creditor, family).await?;
    Ok(Stage {
        draft: ActiveDunning { id: row.policy_id, from_at: row.from_at, until_at: None, policy: ladder },
        replaced: versions.into_iter().map(|version| version.id).collect(),
        channels: channels(app),
    })
}

/// A debtor's snapshot as if the rehearsed version were published.
pub(super) async fn imagined(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    row: &RehearsalRow,
    snapshot: &DebtorSnapshot,
) -> Result<DebtorSnapshot, Failure> {
    let stage = stage(app, tx, creditor, row).await?;
    Ok(with_draft(snapshot, &stage.draft, &stage.replaced))
}

fn look(
    row: &mut RehearsalRow,
    stage: &Stage,
    snapshot: &DebtorSnapshot,
    lines: &mut Vec<LineRow>,
) -> Result<(), Failure> {
    let published = walk(snapshot, &stage.channels, row.from_at, row.until_at)?;
    // A version in force that is rehearsed is compared with itself: it begins when it began.
    let in_force = snapshot.dunning.iter().any(|active| active.id == stage.draft.id);
    let draft = match in_force {
        true => published.clone(),
        false => {
            let imagined = with_draft(snapshot, &stage.draft, &stage.replaced);
            walk(&imagined, &stage.channels, row.from_at, row.until_at)?
        }
    };
    let changes = changes(&published.messages, &draft.messages);
    let rule = &rules_for(snapshot.debtor.country(&snapshot.creditor)).id[..];
    row.summary.add(&DebtorRun { published: &published, draft: &draft, changes: &changes, rule });
    for change in changes {
        if row.line_count < LINES_MAX {
            row.line_count += 1;
            lines.push(LineRow { place: row.line_count, debtor_id: snapshot.debtor.id, change });
        }
    }
    Ok(())
}
