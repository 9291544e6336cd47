//! One instalment is charged to a saved method: once, whatever dies in between.

use crate::App;
use crate::failure::Failure;
use crate::flows::access_link::later;
use crate::flows::observe_attempt::observe;
use crate::flows::reconcile_attempts::give_up;
use crate::flows::run_autopay::{charge_row, find_row};
use jiff::SignedDuration;
use saldo_domain::allocation::AllocationOrder;
use saldo_domain::attempt::{AttemptOrigin, AttemptState, PaymentAttempt};
use saldo_domain::calendar::days_between;
use saldo_domain::ids::{AttemptId, PlanId};
use saldo_domain::money::Money;
use saldo_domain::outcome::Outcome;
use saldo_domain::plan::PaymentPlan;
use saldo_domain::provider::{CheckoutReport, FailureReason};
use saldo_domain::quote::attempt_under_way;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_providers::payment::{ChargeSaved, FindCharge, ProviderFault};
use saldo_store::autopay::{self, AutopayPlan};
use saldo_store::saved_method::{self, SavedMethodRow};
use saldo_store::{Tx, attempt, debtor, payment_plan, snapshot};
use sha2::{Digest, Sha256};

/// When to look again at what is under way.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);
/// Up to this age an attempt that the provider never got is sent again; an older one is given up. A provider remembers the
/// key for a day.
const SENT_AGAIN_UNTIL: SignedDuration = SignedDuration::from_hours(20);

/// Writes the attempt, commits, and only then asks the provider. A payment of the debtor's own that is under way goes
/// first.
pub(super) async fn take(
    app: &App,
    tx: Tx,
    snapshot: &DebtorSnapshot,
    agreed: &PaymentPlan,
    method: &SavedMethodRow,
    origin: AttemptOrigin,
    amount: Money,
) -> Result<(), Failure> {
    let AttemptOrigin::Autopay { plan_id, instalment, try_number } = origin else { return Ok(()) };
    let plan = AutopayPlan { creditor_id: snapshot.creditor.id, debtor_id: snapshot.debtor.id, plan_id };
    let now = app.now();
    autopay::set_look(&tx, plan, Some(later(now, PATIENCE)?)).await?;
    let id = attempt_id(plan_id, instalment, try_number, agreed);
    let order = AllocationOrder::Selected(agreed.items.clone());
    if attempt_under_way(snapshot, agreed.account_id, &order, id).is_some() {
        return Ok(tx.commit().await?);
    }
    let attempt = PaymentAttempt {
        id,
        creditor_id: plan.creditor_id,
        debtor_id: plan.debtor_id,
        account_id: agreed.account_id,
        provider: app.provider().name().to_owned(),
        amount,
        order,
        concessions: Vec::new(),
        origin,
        balance_version: snapshot.account(agreed.account_id).map_or(0, |account| account.balance_version),
        created_at: now,
        expires_at: later(now, SignedDuration::from_hours(24))?,
        checkout: None,
        state: AttemptState::Created,
    };
    if attempt::insert(&tx, &attempt).await? == Outcome::AlreadyApplied {
        return Ok(tx.commit().await?);
    }
    let known = find_row(&tx, &plan, instalment, try_number).await?;
    let mut row = known.unwrap_or_else(|| charge_row(&plan, instalment, try_number));
    (row.method_id, row.attempt_id, row.charged_at) = (Some(method.id), Some(id), Some(now));
    autopay::put(&tx, plan.creditor_id, &row).await?;
    debtor::set_next_contact(&tx, plan.creditor_id, plan.debtor_id, Some(now)).await?;
    tx.commit().await?;
    charge(app, snapshot, method, &attempt).await
}

/// The same for the same try. It sorts by the instalment's due date, as other attempts sort by their time.
fn attempt_id(plan_id: PlanId, instalment: u32, try_number: u32, plan: &PaymentPlan) -> AttemptId {
    let due_on = plan.schedule.instalments.iter().find(|line| line.number == instalment).map(|line| line.due_on);
    let days = due_on.map_or(0, |due_on| days_between(jiff::civil::date(1970, 1, 1), due_on));
    let millis = u64::try_from(i64::from(days) * 86_400_000).unwrap_or(0);
    let digest = Sha256::digest(format!("saldo:autopay:{plan_id}:{instalment}:{try_number}"));
    let mut random = [0; 10];
    random.copy_from_slice(&digest[..10]);
    AttemptId(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}

async fn charge(
    app: &App,
    snapshot: &DebtorSnapshot,
    method: &SavedMethodRow,
    attempt: &PaymentAttempt,
) -> Result<(), Failure> {
    let request = ChargeSaved {
        attempt_id: attempt.id,
        creditor_id: attempt.creditor_id,
        holder_reference: method.facts.holder_reference.clone(),
        method_reference: method.facts.method_reference.clone(),
        amount: attempt.amount,
        description: snapshot.creditor.name.clone(),
        started_at: attempt.created_at,
    };
    let report = match app.provider().charge_saved(&request, app.now()).await {
        Ok(report) => report.into(),
        Err(ProviderFault::Refused { code, detail }) => {
            tracing::warn!(attempt = %attempt.id, code, detail, "the provider refused a charge");
            CheckoutReport::Failed { reason: FailureReason::Other }
        }
        Err(fault) => {
            tracing::warn!(attempt = %attempt.id, %fault, "a charge is to be asked about");
            return Ok(());
        }
    };
    observe(app, attempt.creditor_id, attempt.id, report).await?;
    Ok(())
}

/// Goes on with an attempt of autopay that stays open: asks what became of it, and sends it again, under the same id,
/// where the provider never got it.
///
/// # Errors
/// Faults of the store.
pub(crate) async fn resume(app: &App, known: &PaymentAttempt) -> Result<(), Failure> {
    let AttemptOrigin::Autopay { plan_id, instalment, try_number } = known.origin else { return Ok(()) };
    let plan = AutopayPlan { creditor_id: known.creditor_id, debtor_id: known.debtor_id, plan_id };
    let tx = app.store().read_of(known.creditor_id).await?;
    let row = find_row(&tx, &plan, instalment, try_number).await?;
    let Some(method_id) = row.and_then(|row| row.method_id) else { return give_up(app, known).await };
    let method = saved_method::load(&tx, known.creditor_id, method_id).await?;
    let snapshot = snapshot::load(&tx, known.creditor_id, known.debtor_id).await?;
    let agreed = payment_plan::load(&tx, known.creditor_id, plan_id).await?.plan;
    drop(tx);
    let find = FindCharge {
        attempt_id: known.id,
        holder_reference: method.facts.holder_reference.clone(),
        started_at: known.created_at,
    };
    match app.provider().find_charge(&find, app.now()).await {
        Ok(Some(report)) => observe(app, known.creditor_id, known.id, report.into()).await.map(|_| ()),
        Ok(None) => {
            let is_old = app.now().duration_since(known.created_at) > SENT_AGAIN_UNTIL;
            let ended = !agreed.is_active();
            if is_old || ended || method.removed_at.is_some() {
                give_up(app, known).await
            } else {
                charge(app, &snapshot, &method, known).await
            }
        }
        Err(fault) => {
            tracing::warn!(attempt = %known.id, %fault, "the provider could not be asked");
            Ok(())
        }
    }
}
