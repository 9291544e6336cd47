use super::notify::{self, PlanNotice};
use super::offer::File;
use super::{charge, show};
use crate::App;
use crate::failure::Failure;
use crate::flows::access_link::later;
use crate::flows::audit::{self, Subject};
use jiff::{SignedDuration, Timestamp};
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::ids::{CreditorId, DebtorId, PlanId};
use saldo_domain::outcome::Outcome;
use saldo_domain::plan::{PaymentPlan, PlanState, review};
use saldo_store::{Across, debtor, payment_plan};

/// How many plans one look takes.
const BATCH: u64 = 200;

/// A live plan is looked at once a day at least, whatever comes.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Looks at the live plans whose time has come, the longest waiting first: completes, breaks, lets lapse. Returns how many
/// it looked at.
///
/// # Errors
/// Faults of the store; what fails for one plan is logged and tried again.
pub async fn review_due(app: &App) -> Result<usize, Failure> {
    let tx = app.store().read_across(Across::Clock).await?;
    let due = payment_plan::list_due(&tx, app.now(), BATCH).await?;
    drop(tx);
    let count = due.len();
    for (creditor, debtor_id, id) in due {
        if let Err(failure) = review_one(app, creditor, debtor_id, id).await {
            tracing::error!(plan = %id, %failure, "a plan could not be looked at");
        }
    }
    Ok(count)
}

async fn review_one(app: &App, creditor: CreditorId, debtor_id: DebtorId, id: PlanId) -> Result<(), Failure> {
    let tx = app.store().write_of(creditor).await?;
    debtor::lock(&tx, creditor, debtor_id).await?;
    let before = payment_plan::load(&tx, creditor, id).await?.plan;
    let file = File::read(app, &tx, creditor, debtor_id).await?;
    let items = &file.snapshot.account(before.account_id).ok_or(Refusal::NotFound)?.items;
    let Outcome::Executed(plan) = review(before.clone(), items, file.today, app.now())? else {
        payment_plan::update(&tx, creditor, &before, Some(next_review(app, &file, &before)?)).await?;
        return Ok(tx.commit().await?);
    };
    let (action, notice) = match &plan.state {
        PlanState::Completed { .. } => ("plan_completed", PlanNotice::Completed),
        PlanState::Broken { .. } => ("plan_broken", PlanNotice::Broken),
        _ => ("plan_lapsed", PlanNotice::Lapsed),
    };
    if matches!(plan.state, PlanState::Broken { .. }) {
        charge::end(app, &tx, creditor, debtor_id, &before, items, file.today).await?;
    }
    payment_plan::update(&tx, creditor, &plan, None).await?;
    let (before, after) = (Some(show::audited(&before)), Some(show::audited(&plan)));
    let subject = Subject::new("payment_plan", plan.id.0);
    audit::record(app, &tx, creditor, &Actor::System, action, subject, before, after).await?;
    notify::plan(app, &tx, creditor, debtor_id, plan.id, notice).await?;
    debtor::set_next_contact(&tx, creditor, debtor_id, Some(app.now())).await?;
    Ok(tx.commit().await?)
}

/// When a plan is looked at next: behind the end of the debtor's day on which something of it may be missed, and within a
/// day. Payments bring the look forward.
pub(super) fn next_review(app: &App, file: &File, plan: &PaymentPlan) -> Result<Timestamp, Failure> {
    let zone = file.snapshot.debtor.zone(&file.snapshot.creditor);
    let midnight = later(zone.end_of(file.today)?, SignedDuration::from_secs(1))?;
    let within = later(app.now(), DAY)?;
    Ok(if plan.is_live() { midnight.min(within) } else { within })
}
