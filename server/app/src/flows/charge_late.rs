//! Fees and interest for paying late: once a day, item by item, under the debtor's lock, each with its explanation.

use crate::App;
use crate::failure::{Failure, Fault};
use crate::flows::book;
use crate::jobs::{self, Job, Progress};
use saldo_domain::Refusal;
use saldo_domain::calendar::{Date, Timestamp, Zone, plus_days};
use saldo_domain::ids::{CreditorId, DebtorId, InvoiceId, PolicyId};
use saldo_domain::invoice::{Invoice, ItemKind, OpenItem};
use saldo_domain::late_charge::{ChargeLine, ChargePause, ChargeReason, ChargeStanding, LateFeePolicy, charges};
use saldo_domain::money::Money;
use saldo_domain::plan::{PlanState, plan_of_item};
use saldo_domain::policy::{PolicyKind, PolicyState};
use saldo_domain::snapshot::{AccountSnapshot, DebtorSnapshot};
use saldo_store::late_charge::{self, LateChargeRow};
use saldo_store::{Across, Tx, creditor as creditors, debtor, policy, snapshot};
use std::collections::HashMap;

/// How many debtors one job looks at.
const BATCH: u64 = 100;

/// A published policy with where it stands.
struct Charging {
    id: PolicyId,
    state: PolicyState,
    policy: LateFeePolicy,
}

/// Begins the day's round for creditors who charge and have not been looked at today.
///
/// # Errors
/// Faults of the store.
pub async fn begin(app: &App) -> Result<usize, Failure> {
    let now = app.now();
    let tx = app.store().read_across(Across::Clock).await?;
    let due = late_charge::list_rounds(&tx, now).await?;
    let mut begun = Vec::new();
    for (creditor, done_on) in due {
        let today = creditors::load(&tx, creditor).await?.zone.date_at(now);
        if done_on.is_none_or(|done_on| done_on < today) {
            begun.push((creditor, today));
        }
    }
    drop(tx);
    for (creditor, on) in &begun {
        let tx = app.store().write_of(*creditor).await?;
        jobs::insert(app, &tx, *creditor, Job::ChargeLate { on: *on, after: None }).await?;
        late_charge::mark_round(&tx, *creditor, *on).await?;
        tx.commit().await?;
    }
    Ok(begun.len())
}

/// Charges the next debtors who have something overdue, and leaves the rest to the next job.
///
/// # Errors
/// Faults of the store; what was charged before one stays.
pub async fn charge(app: &App, creditor: CreditorId, on: Date, after: Option<DebtorId>) -> Result<Progress, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let policies = policies(&tx, creditor).await?;
    let debtors = late_charge::list_overdue(&tx, creditor, on, after, BATCH).await?;
    drop(tx);
    if policies.is_empty() {
        return Ok(Progress::Done);
    }
    for debtor_id in &debtors {
        charge_debtor(app, creditor, *debtor_id, &policies).await?;
    }
    if debtors.len() as u64 == BATCH {
        let tx = app.store().write_of(creditor).await?;
        jobs::insert(app, &tx, creditor, Job::ChargeLate { on, after: debtors.last().copied() }).await?;
        tx.commit().await?;
    }
    Ok(Progress::Done)
}

async fn policies(tx: &Tx, creditor: CreditorId) -> Result<Vec<Charging>, Failure> {
    let rows = policy::lock_kind(tx, creditor, PolicyKind::LateFee).await?;
    let published = rows.into_iter().filter(|row| matches!(row.state, PolicyState::Published { .. }));
    let read = |row: policy::PolicyRow| match serde_json::from_value(row.body) {
        Ok(policy) => Ok(Charging { id: row.id, state: row.state, policy }),
        Err(error) => Err(Fault::Other(format!("a late-fee policy cannot be read: {error}")).into()),
    };
    published.map(read).collect()
}

async fn charge_debtor(
    app: &App,
    creditor: CreditorId,
    debtor_id: DebtorId,
    policies: &[Charging],
) -> Result<(), Failure> {
    let tx = app.store().write_of(creditor).await?;
    let snapshot = snapshot::lock_and_load(&tx, creditor, debtor_id).await?;
    let zone = snapshot.debtor.zone(&snapshot.creditor).clone();
    // A day is charged when it is over on the debtor's wall.
    let yesterday = plus_days(zone.date_at(app.now()), -1)?;
    let late = snapshot.accounts.iter().flat_map(|account| &account.items);
    let late: Vec<InvoiceId> = late.filter(|item| item.due_on <= yesterday).map(|item| item.invoice_id).collect();
    let mut known: HashMap<InvoiceId, Vec<LateChargeRow>> = HashMap::new();
    for row in late_charge::list_of(&tx, creditor, &late).await? {
        known.entry(row.of_id).or_default().push(row);
    }
    let mut charged = false;
    for account in &snapshot.accounts {
        for item in account.items.iter().filter(|item| item.due_on <= yesterday) {
            let before = known.remove(&item.invoice_id).unwrap_or_default();
            let Some(charging) = in_force_when_due(policies, item, &snapshot, &zone)? else { continue };
            let standing = standing(&snapshot, account, item, &before, &zone)?;
            let from = next_day(item, &before)?;
            let lines = charges(item, &charging.policy, &standing, from, yesterday)?;
            let mut interest_count = before.iter().filter(|row| row.line.why == ChargeReason::Interest).count();
            for line in lines {
                interest_count += usize::from(line.why == ChargeReason::Interest);
                write(app, &tx, creditor, &snapshot, account, item, charging.id, line, interest_count).await?;
                charged = true;
            }
        }
    }
    if charged {
        debtor::set_next_contact(&tx, creditor, debtor_id, Some(app.now())).await?;
    }
    Ok(tx.commit().await?)
}

/// The policy that decided at the end of the item's due date: a later version never makes an item dearer, and a withdrawn
/// policy charges nothing more.
fn in_force_when_due<'a>(
    policies: &'a [Charging],
    item: &OpenItem,
    snapshot: &DebtorSnapshot,
    zone: &Zone,
) -> Result<Option<&'a Charging>, Refusal> {
    let due_at: Timestamp = zone.end_of(item.due_on)?;
    let covers = |charging: &&Charging| {
        charging.state.is_in_force(due_at) && charging.policy.segment.covers(item.amount, &snapshot.debtor.tags)
    };
    Ok(policies.iter().filter(covers).max_by_key(|charging| charging.policy.segment.tag.is_some()))
}

/// What else is known: what was charged, and the days that cost nothing because of a promise or a plan.
fn standing(
    snapshot: &DebtorSnapshot,
    account: &AccountSnapshot,
    item: &OpenItem,
    before: &[LateChargeRow],
    zone: &Zone,
) -> Result<ChargeStanding, Refusal> {
    let zero = Money::zero(item.amount.currency());
    let charged = before.iter().try_fold(zero, |sum, row| sum.plus(row.line.amount))?;
    let fee_charged = before.iter().any(|row| row.line.why != ChargeReason::Interest);
    let promises = snapshot.promises.iter().filter(|promise| promise.account_id == account.id);
    let promised = promises.map(|promise| {
        let withdrawn_on = promise.withdrawn.as_ref().map(|withdrawal| zone.date_at(withdrawal.at));
        let to = withdrawn_on.map_or(promise.promised_on, |on| on.min(promise.promised_on));
        ChargePause { from: zone.date_at(promise.made_at), to }
    });
    let plans = snapshot.plans.iter().filter(|plan| plan.items.contains(&item.invoice_id));
    let planned = plans.filter_map(|plan| match &plan.state {
        PlanState::Broken { acceptance, broken_on, .. } => {
            Some(ChargePause { from: zone.date_at(acceptance.accepted_at), to: *broken_on })
        }
        PlanState::Canceled { acceptance: Some(acceptance), canceled_at, .. } => {
            Some(ChargePause { from: zone.date_at(acceptance.accepted_at), to: zone.date_at(*canceled_at) })
        }
        _ => None,
    });
    let in_plan = plan_of_item(&snapshot.plans, item.invoice_id).is_some();
    Ok(ChargeStanding { charged, fee_charged, in_plan, pauses: promised.chain(planned).collect() })
}

/// The first day that no interest line has counted.
fn next_day(item: &OpenItem, before: &[LateChargeRow]) -> Result<Date, Refusal> {
    let interest = before.iter().filter(|row| row.line.why == ChargeReason::Interest);
    match interest.map(|row| row.line.to).max() {
        Some(last) => plus_days(last, 1),
        None => Ok(item.due_on),
    }
}

/// A fee or interest is an item of its own, due at once: `F-1/fee`, `F-1/interest-2`.
#[expect(clippy::too_many_arguments, reason = "an item has these parts, and its one caller has them at hand")]
async fn write(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    snapshot: &DebtorSnapshot,
    account: &AccountSnapshot,
    item: &OpenItem,
    policy_id: PolicyId,
    line: ChargeLine,
    interest_count: usize,
) -> Result<(), Failure> {
    let of = item.invoice_id;
    let (kind, number) = match line.why {
        ChargeReason::Interest => (ItemKind::Interest { of }, format!("{}/interest-{interest_count}", item.number)),
        _ => (ItemKind::LateFee { of }, format!("{}/fee", item.number)),
    };
    let today = snapshot.debtor.zone(&snapshot.creditor).date_at(app.now());
    let item_id = InvoiceId(app.ambient().uuid_v7());
    let mut claim = Invoice::try_new(item_id, account.id, number, today, today, line.amount)?;
    claim.kind = kind;
    book::item(app, tx, creditor, snapshot.debtor.id, claim).await?;
    late_charge::insert(tx, creditor, &LateChargeRow { item_id, of_id: of, policy_id, line }).await?;
    Ok(())
}
