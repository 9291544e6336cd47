//! The log of decisions: why a message was sent, why it was held, under which rules. A wait that merely goes on is not told
//! again.

use crate::App;
use crate::failure::Failure;
use jiff::SignedDuration;
use saldo_domain::calendar::Timestamp;
use saldo_domain::contact::rules_for;
use saldo_domain::ids::{CreditorId, DebtorId, DecisionId};
use saldo_domain::reminder::{Decision, ladder_for};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::decision::{self, DecisionFilter, DecisionOutcome, DecisionRow};
use saldo_store::{Page, PageRequest, Tx};

/// How long decisions are kept: two years.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 731);
/// How many old ones are forgotten at a time.
const FORGET: u32 = 2_000;
/// A wait that is prolonged by less than this is the same wait.
const PROLONGED: SignedDuration = SignedDuration::from_hours(24);

/// A debtor and what was decided over it.
pub(crate) struct Look<'a> {
    /// The debtor as it was looked at.
    pub(crate) snapshot: &'a DebtorSnapshot,
    /// What was decided.
    pub(crate) decision: Decision,
}

/// Writes decisions, but for waits and stops that are what was written last.
///
/// # Errors
/// Faults of the store.
pub(crate) async fn record(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    looks: &[Look<'_>],
    now: Timestamp,
) -> Result<(), Failure> {
    let silent = looks.iter().filter(|look| !matches!(look.decision, Decision::Send { .. }));
    let silent: Vec<DebtorId> = silent.map(|look| look.snapshot.debtor.id).collect();
    let latest = decision::find_latest(tx, creditor, &silent).await?;
    let rows = looks.iter().map(|look| row(app, look, now));
    let news = |row: &DecisionRow| latest.get(&row.debtor_id).is_none_or(|known| !goes_on(known, row, now));
    let rows: Vec<DecisionRow> = rows.filter(news).collect();
    Ok(decision::insert_many(tx, creditor, &rows).await?)
}

fn row(app: &App, look: &Look<'_>, now: Timestamp) -> DecisionRow {
    let snapshot = look.snapshot;
    let rules = rules_for(snapshot.debtor.country(&snapshot.creditor));
    let ladder = || {
        let owing = snapshot.accounts.iter().filter(|account| account.owes());
        owing.filter_map(|account| ladder_for(snapshot, account, now)).map(|ladder| ladder.id).next()
    };
    let mut row = DecisionRow {
        id: DecisionId(app.ambient().uuid_v7()),
        debtor_id: snapshot.debtor.id,
        decided_at: now,
        outcome: DecisionOutcome::Send,
        why: "due".to_owned(),
        until_at: None,
        step: None,
        channel: None,
        policy_id: None,
        rules: rules.id.to_string(),
        rules_version: rules.version,
    };
    match &look.decision {
        Decision::Send { step, rung, channel, .. } => {
            (row.step, row.channel, row.policy_id) = (Some(*step), Some(*channel), Some(rung.policy_id));
        }
        Decision::Wait { until, why } => {
            (row.outcome, row.why) = (DecisionOutcome::Wait, why.as_str().to_owned());
            (row.until_at, row.policy_id) = (Some(*until), ladder());
        }
        Decision::Stop { why } => {
            (row.outcome, row.why, row.policy_id) = (DecisionOutcome::Stop, why.as_str().to_owned(), ladder());
        }
    }
    row
}

/// Whether a decision only repeats the one before: the same words under the same rules, and a wait that was looked at before
/// its end, or that goes on for a little.
fn goes_on(known: &DecisionRow, new: &DecisionRow, now: Timestamp) -> bool {
    let same = known.outcome == new.outcome
        && known.why == new.why
        && known.policy_id == new.policy_id
        && (&known.rules, known.rules_version) == (&new.rules, new.rules_version);
    let (Some(before), Some(until)) = (known.until_at, new.until_at) else { return same };
    same && (before == until || until.duration_since(now) < PROLONGED)
}

/// A creditor's decisions, newest first.
///
/// # Errors
/// Faults of the store.
pub async fn list(
    app: &App,
    creditor: CreditorId,
    filter: DecisionFilter,
    page: PageRequest,
) -> Result<Page<DecisionRow>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(decision::list(&tx, creditor, filter, page).await?)
}

/// Forgets what is older than two years, a bounded part at a time.
///
/// # Errors
/// Faults of the store.
pub(crate) async fn forget_old(app: &App, tx: &Tx) -> Result<(), Failure> {
    let before = app.now().checked_sub(KEPT).map_err(|_| saldo_domain::Refusal::DateOutOfRange)?;
    decision::delete_before(tx, before, FORGET).await?;
    Ok(())
}

/// Why a planned reminder stays, in the word that its row keeps.
pub(crate) fn why(decision: &Decision) -> &'static str {
    match decision {
        Decision::Send { .. } => "another_step",
        Decision::Wait { why, .. } => why.as_str(),
        Decision::Stop { why } => why.as_str(),
    }
}
