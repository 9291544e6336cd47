use super::run;
use crate::App;
use crate::failure::{AppRefusal, Failure, Fault};
use crate::flows::policy::{self, PolicyBody};
use saldo_domain::actor::Actor;
use saldo_domain::ids::{CreditorId, PolicyId, RehearsalId};
use saldo_domain::rehearsal::{Summary, end_of};
use saldo_store::rehearsal::{self, RehearsalRow, RehearsalState};

/// How many debtors are looked at before the caller is answered: a small portfolio is finished then.
const FIRST_BATCH: u64 = 100;

/// Begins a rehearsal of one version of a dunning policy, a draft or a published one, from now on; the earlier one of the
/// same version is forgotten. What is left after the first debtors is work for jobs.
///
/// # Errors
/// `not_found`, `malformed` for a policy of another kind, and those of the policy where the rules have become stricter.
pub async fn start(app: &App, creditor: CreditorId, actor: Actor, id: PolicyId) -> Result<RehearsalRow, Failure> {
    let version = policy::load(app, creditor, id).await?;
    let PolicyBody::Dunning(ladder) = version.body else {
        return Err(AppRefusal::Malformed("only a dunning policy is rehearsed".to_owned()).into());
    };
    let ladder = ladder.checked()?;
    let now = app.now();
    let tx = app.store().write_of(creditor).await?;
    let row = RehearsalRow {
        id: RehearsalId(app.ambient().uuid_v7()),
        policy_id: id,
        revision: version.revision,
        policy: serde_json::to_value(&ladder).map_err(|error| Fault::Other(error.to_string()))?,
        state: RehearsalState::Running,
        started_at: now,
        started_by: actor,
        finished_at: None,
        from_at: now,
        until_at: end_of(now)?,
        debtor_count: rehearsal::count_owing(&tx, creditor).await?,
        done_count: 0,
        after: None,
        line_count: 0,
        summary: Summary::default(),
    };
    rehearsal::insert(&tx, creditor, &row).await?;
    tx.commit().await?;
    run::batch(app, creditor, row.id, None, FIRST_BATCH).await?;
    let tx = app.store().read_of(creditor).await?;
    Ok(rehearsal::load(&tx, creditor, row.id).await?)
}
