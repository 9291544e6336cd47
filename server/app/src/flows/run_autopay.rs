//! A saved method pays the instalments of a plan: announced, taken on the day, tried again, told.
//!
//! The attempt is written and committed before the provider is asked, and its id follows from plan, instalment and try: a
//! node that dies in between leaves an attempt that the reconciler goes on with, and nothing is taken twice.

use crate::App;
use crate::failure::Failure;
use crate::flows::charge_instalment;
use crate::flows::send_autopay_notice::AutopayNotice;
use crate::jobs::{self, Job};
use saldo_domain::attempt::{AttemptOrigin, AttemptState};
use saldo_domain::autopay::{AutopayStep, AutopayTry, TryState, next_step};
use saldo_domain::ids::{CreditorId, DebtorId, PlanId};
use saldo_domain::provider::{ChargebackStanding, FailureReason};
use saldo_store::autopay::{self, AutopayCharge, AutopayPlan};
use saldo_store::saved_method::{self, SavedMethodRow};
use saldo_store::{Across, PageRequest, Tx, attempt, chargeback, payment, payment_plan, snapshot};

/// How many plans one look takes.
const BATCH: u64 = 50;

/// Looks at a plan from now on: it was agreed.
///
/// # Errors
/// Faults of the store.
pub async fn enrol(
    app: &App,
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    plan_id: PlanId,
) -> Result<(), Failure> {
    Ok(autopay::set_look(tx, AutopayPlan { creditor_id, debtor_id, plan_id }, Some(app.now())).await?)
}

/// Does what is due for plans with autopay, the longest waiting first. Returns at how many it looked.
///
/// # Errors
/// Faults of the store; what fails for one plan is logged and tried again.
pub async fn run(app: &App) -> Result<usize, Failure> {
    let tx = app.store().read_across(Across::Clock).await?;
    let due = autopay::list_due(&tx, app.now(), BATCH).await?;
    drop(tx);
    let count = due.len();
    for plan in due {
        if let Err(failure) = look(app, plan).await {
            tracing::warn!(plan = %plan.plan_id, %failure, "autopay did not go through");
        }
    }
    Ok(count)
}

async fn look(app: &App, plan: AutopayPlan) -> Result<(), Failure> {
    let tx = app.store().write_of(plan.creditor_id).await?;
    let snapshot = snapshot::lock_and_load(&tx, plan.creditor_id, plan.debtor_id).await?;
    let agreed = payment_plan::load(&tx, plan.creditor_id, plan.plan_id).await?.plan;
    let tries = tries(&tx, &plan).await?;
    let items = snapshot.account(agreed.account_id).map(|account| account.items.as_slice()).unwrap_or_default();
    let zone = snapshot.debtor.zone(&snapshot.creditor);
    let method = match is_disputed(&tx, &plan).await? {
        true => None,
        false => method_of(app, &tx, &plan).await?,
    };
    let step = next_step(&agreed, items, &tries, zone, app.now())?;
    // Without a method nothing is announced or taken, but what went wrong before is still told.
    let step = match step {
        AutopayStep::Tell { .. } => step,
        _ if method.is_none() => AutopayStep::Stop,
        _ => step,
    };
    let (notice, instalment) = match (step, &method) {
        (AutopayStep::Wait { until }, _) => {
            autopay::set_look(&tx, plan, Some(until)).await?;
            return Ok(tx.commit().await?);
        }
        (AutopayStep::Take { instalment, try_number, amount }, Some(method)) => {
            let origin = AttemptOrigin::Autopay { plan_id: plan.plan_id, instalment, try_number };
            return charge_instalment::take(app, tx, &snapshot, &agreed, method, origin, amount).await;
        }
        (AutopayStep::Stop | AutopayStep::Take { .. }, _) => {
            autopay::set_look(&tx, plan, None).await?;
            return Ok(tx.commit().await?);
        }
        (AutopayStep::Announce { instalment, take_on, amount }, _) => {
            let mut row = charge_row(&plan, instalment, 1);
            row.announced_at = Some(app.now());
            autopay::put(&tx, plan.creditor_id, &row).await?;
            (AutopayNotice::Announced { amount, take_on }, instalment)
        }
        (AutopayStep::Tell { instalment, try_number, authentication }, _) => {
            mark_told(app, &tx, &plan, instalment, try_number).await?;
            let notice = if authentication { AutopayNotice::AuthenticationNeeded } else { AutopayNotice::GivenUp };
            (notice, instalment)
        }
    };
    let job = Job::SendAutopayNotice { debtor_id: plan.debtor_id, plan_id: plan.plan_id, instalment, notice };
    jobs::insert(app, &tx, plan.creditor_id, job).await?;
    autopay::set_look(&tx, plan, Some(app.now())).await?;
    Ok(tx.commit().await?)
}

/// The newest method that is not removed.
async fn method_of(app: &App, tx: &Tx, plan: &AutopayPlan) -> Result<Option<SavedMethodRow>, Failure> {
    let methods = saved_method::list_live(tx, plan.creditor_id, plan.debtor_id).await?;
    Ok(methods.into_iter().find(|method| method.provider == app.provider().name()))
}

/// Whether a payment that autopay took for this plan was disputed and not won: then nothing more is taken by itself.
async fn is_disputed(tx: &Tx, plan: &AutopayPlan) -> Result<bool, Failure> {
    let creditor = plan.creditor_id;
    let page = PageRequest::first(saldo_store::PAGE_MAX);
    for row in chargeback::list(tx, creditor, Some(plan.debtor_id), page).await?.items {
        if row.standing == ChargebackStanding::Won {
            continue;
        }
        let Some(attempt_id) = payment::load(tx, creditor, row.payment_id).await?.attempt_id else { continue };
        let origin = attempt::load(tx, creditor, attempt_id).await?.origin;
        if matches!(origin, AttemptOrigin::Autopay { plan_id, .. } if plan_id == plan.plan_id) {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn tries(tx: &Tx, plan: &AutopayPlan) -> Result<Vec<AutopayTry>, Failure> {
    let mut tries = Vec::new();
    for row in autopay::list(tx, plan.creditor_id, plan.plan_id).await? {
        let state = match row.attempt_id {
            None => TryState::Announced,
            Some(id) => try_state(&attempt::load(tx, plan.creditor_id, id).await?.state),
        };
        let told = row.told_at.is_some();
        tries.push(AutopayTry { instalment: row.instalment, try_number: row.try_number, state, told });
    }
    Ok(tries)
}

fn try_state(state: &AttemptState) -> TryState {
    match state {
        AttemptState::Created | AttemptState::Pending { .. } | AttemptState::RequiresAction { .. } => {
            TryState::UnderWay
        }
        AttemptState::Succeeded { .. } => TryState::Captured,
        AttemptState::Failed { reason: FailureReason::AuthenticationFailed, .. } => TryState::AuthenticationNeeded,
        AttemptState::Failed { .. } | AttemptState::Canceled { .. } | AttemptState::Expired { .. } => TryState::Failed,
    }
}

pub(super) fn charge_row(plan: &AutopayPlan, instalment: u32, try_number: u32) -> AutopayCharge {
    AutopayCharge {
        plan_id: plan.plan_id,
        instalment,
        try_number,
        debtor_id: plan.debtor_id,
        announced_at: None,
        method_id: None,
        attempt_id: None,
        charged_at: None,
        told_at: None,
    }
}

pub(super) async fn find_row(
    tx: &Tx,
    plan: &AutopayPlan,
    instalment: u32,
    try_number: u32,
) -> Result<Option<AutopayCharge>, Failure> {
    let rows = autopay::list(tx, plan.creditor_id, plan.plan_id).await?;
    Ok(rows.into_iter().find(|row| (row.instalment, row.try_number) == (instalment, try_number)))
}

async fn mark_told(app: &App, tx: &Tx, plan: &AutopayPlan, instalment: u32, try_number: u32) -> Result<(), Failure> {
    if let Some(mut row) = find_row(tx, plan, instalment, try_number).await? {
        row.told_at = Some(app.now());
        autopay::put(tx, plan.creditor_id, &row).await?;
    }
    Ok(())
}
