//! What a debtor may pay now, on the balance that it saw.

use crate::Refusal;
use crate::allocation::{AllocationOrder, OrderPart};
use crate::asked::{Asked, asked};
use crate::calendar::Timestamp;
use crate::concession::{Concession, ConcessionKind, Honour, ItemConcession};
use crate::ids::{AccountId, AttemptId, InvoiceId, PlanId, SettlementOfferId};
use crate::money::Money;
use crate::plan::{PaymentPlan, amount_of, settle_early};
use crate::snapshot::{AccountSnapshot, DebtorSnapshot};
use serde::{Deserialize, Serialize};

/// What a debtor chose to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "selection", rename_all = "snake_case")]
pub enum Selection {
    /// All that is asked for now: open items at their price, and what is due of plans.
    Everything,
    /// Some items, whole, at their price.
    Items {
        /// Which.
        invoice_ids: Vec<InvoiceId>,
    },
    /// Another amount, applied to the oldest due first.
    Amount {
        /// How much.
        amount: Money,
    },
    /// The next instalments of a plan.
    Instalments {
        /// Which plan.
        plan_id: PlanId,
        /// How many: 1 for the next one.
        count: u32,
    },
    /// The whole rest of a plan at once.
    PlanRest {
        /// Which plan.
        plan_id: PlanId,
    },
    /// What a settlement offer asks.
    Settlement {
        /// Which offer.
        offer_id: SettlementOfferId,
    },
}

/// An amount that may be paid until a moment, on one balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The account.
    pub account_id: AccountId,
    /// What is asked.
    pub amount: Money,
    /// What that closes of the items: the amount and all that is given up with it.
    pub full: Money,
    /// What it pays.
    pub order: AllocationOrder,
    /// What is given up with it.
    pub concessions: Vec<ItemConcession>,
    /// The balance that it stands on.
    pub balance_version: i64,
    /// Until when.
    pub valid_until: Timestamp,
}

/// How long a quote stands.
pub const VALID_FOR: jiff::SignedDuration = jiff::SignedDuration::from_mins(30);
/// How many minutes a payment of a settlement or a plan's rest that began in time may take.
const GRACE_MINUTES: u32 = 60;

/// An amount with what it pays and what is given up with it.
struct Priced {
    amount: Money,
    order: AllocationOrder,
    concessions: Vec<ItemConcession>,
}

/// Prices a selection on the balance that the debtor saw.
///
/// # Errors
/// `not_found`, `balance_changed`, `nothing_to_pay`, `item_not_open`, `item_in_plan`, `plan_not_open`, `offer_ended`,
/// `amount_not_positive`, `amount_above_balance`, `instalment_count_out_of_range`, `currency_mismatch`.
pub fn quote(
    snapshot: &DebtorSnapshot,
    account_id: AccountId,
    selection: &Selection,
    seen_version: i64,
    now: Timestamp,
) -> Result<Quote, Refusal> {
    let account = snapshot.account(account_id).ok_or(Refusal::NotFound)?;
    if account.items.is_empty() {
        return Err(Refusal::NothingToPay);
    }
    if seen_version != account.balance_version {
        return Err(Refusal::BalanceChanged { seen: seen_version, current: account.balance_version });
    }
    let Priced { amount, order, concessions } = priced(snapshot, account, selection, now)?;
    let given_up = Money::sum(account.currency, concessions.iter().map(|given| given.concession.amount))?;
    let plain_end = now.checked_add(VALID_FOR).map_err(|_| Refusal::DateOutOfRange)?;
    let price_end = concessions.iter().map(|given| given.honour.until_at).min();
    Ok(Quote {
        account_id,
        amount: amount.positive().map_err(|_| Refusal::NothingToPay)?,
        full: if matches!(selection, Selection::Amount { .. }) { amount } else { amount.plus(given_up)? },
        order,
        concessions,
        balance_version: account.balance_version,
        valid_until: price_end.map_or(plain_end, |end| end.min(plain_end)),
    })
}

fn priced(
    snapshot: &DebtorSnapshot,
    account: &AccountSnapshot,
    selection: &Selection,
    now: Timestamp,
) -> Result<Priced, Refusal> {
    let today = snapshot.today(now);
    let end_of_today = || snapshot.debtor.zone(&snapshot.creditor).end_of(today);
    match selection {
        Selection::Everything => everything(&asked(snapshot, account, now)?),
        Selection::Items { invoice_ids } => items(snapshot, account, &asked(snapshot, account, now)?, invoice_ids),
        Selection::Amount { amount } => typed(account, &asked(snapshot, account, now)?, *amount),
        Selection::Instalments { plan_id, count } => {
            let plan = plan_of(snapshot, account, *plan_id)?;
            let amount = amount_of(plan, &account.items, today, *count)?;
            Ok(Priced { amount, order: AllocationOrder::Selected(plan.items.clone()), concessions: Vec::new() })
        }
        Selection::PlanRest { plan_id } => {
            let plan = plan_of(snapshot, account, *plan_id)?;
            let early = settle_early(plan, &account.items, today)?;
            let honour = Honour { until_at: end_of_today()?, grace_minutes: GRACE_MINUTES };
            let given = early.charge_item.map(|id| given_up(id, ConcessionKind::PlanRebate, early.rebate, honour));
            let order = AllocationOrder::Selected(plan.items.clone());
            Ok(Priced { amount: early.pay, order, concessions: given.into_iter().collect() })
        }
        Selection::Settlement { offer_id } => {
            let offer = snapshot.settlement_offers.iter().find(|offer| offer.id == *offer_id);
            let offer = offer.ok_or(Refusal::OfferEnded)?;
            let settling = offer.settling(account, now)?;
            let honour = Honour { until_at: offer.until_at, grace_minutes: GRACE_MINUTES };
            let given = settling.given_up.into_iter();
            let given = given.map(|(id, amount)| given_up(id, ConcessionKind::Settlement, amount, honour));
            let order = AllocationOrder::Selected(offer.items.clone());
            Ok(Priced { amount: settling.pay, order, concessions: given.collect() })
        }
    }
}

fn given_up(invoice_id: InvoiceId, kind: ConcessionKind, amount: Money, honour: Honour) -> ItemConcession {
    ItemConcession { invoice_id, concession: Concession { kind, amount }, proportional: false, honour }
}

fn plan_of<'a>(
    snapshot: &'a DebtorSnapshot,
    account: &AccountSnapshot,
    id: PlanId,
) -> Result<&'a PaymentPlan, Refusal> {
    let plan = snapshot.plan(id).filter(|plan| plan.account_id == account.id).ok_or(Refusal::NotFound)?;
    if plan.is_active() { Ok(plan) } else { Err(Refusal::PlanNotOpen) }
}

fn everything(asked: &Asked<'_>) -> Result<Priced, Refusal> {
    let free: Vec<InvoiceId> = asked.items.iter().map(|item| item.item.invoice_id).collect();
    let due: Vec<OrderPart> = asked
        .plans
        .iter()
        .filter(|(_, progress)| progress.due_now.is_positive())
        .map(|(plan, progress)| OrderPart { invoice_ids: plan.items.clone(), amount: progress.due_now })
        .collect();
    let concessions = asked.items.iter().filter_map(|item| item.concession()).collect();
    if due.is_empty() {
        return Ok(Priced { amount: asked.pay, order: AllocationOrder::Selected(free), concessions });
    }
    let in_plans = Money::sum(asked.pay.currency(), due.iter().map(|part| part.amount))?;
    let mut parts = vec![OrderPart { invoice_ids: free, amount: asked.pay.minus(in_plans)? }];
    parts.extend(due);
    parts.retain(|part| part.amount.is_positive());
    Ok(Priced { amount: asked.pay, order: AllocationOrder::Parts(parts), concessions })
}

fn items(
    snapshot: &DebtorSnapshot,
    account: &AccountSnapshot,
    asked: &Asked<'_>,
    invoice_ids: &[InvoiceId],
) -> Result<Priced, Refusal> {
    let mut chosen: Vec<InvoiceId> = invoice_ids.to_vec();
    chosen.sort();
    chosen.dedup();
    if chosen.is_empty() {
        return Err(Refusal::NothingToPay);
    }
    if chosen.iter().any(|id| crate::asked::active_plan(&snapshot.plans, *id).is_some()) {
        return Err(Refusal::ItemInPlan);
    }
    let found: Vec<_> = asked.items.iter().filter(|item| chosen.contains(&item.item.invoice_id)).collect();
    if found.len() != chosen.len() {
        return Err(Refusal::ItemNotOpen);
    }
    let amount = Money::sum(account.currency, found.iter().map(|item| item.pay()))?;
    let concessions = found.iter().filter_map(|item| item.concession()).collect();
    Ok(Priced { amount, order: AllocationOrder::Selected(chosen), concessions })
}

/// An amount that the debtor typed: at most what closes everything now, the rests of plans included.
fn typed(account: &AccountSnapshot, asked: &Asked<'_>, amount: Money) -> Result<Priced, Refusal> {
    let amount = amount.positive()?;
    let free = Money::sum(account.currency, asked.items.iter().map(|item| item.pay()))?;
    let rests = Money::sum(account.currency, asked.plans.iter().map(|(_, progress)| progress.remaining))?;
    let owed = free.plus(rests)?;
    if amount.minus(owed)?.is_positive() {
        return Err(Refusal::AmountAboveBalance { owed });
    }
    let concessions = asked.items.iter().filter_map(|item| item.concession()).collect();
    Ok(Priced { amount, order: AllocationOrder::OldestDueFirst, concessions })
}

/// The open attempt that a new one with this order would compete with: the same item may be paid once at a time, and an
/// amount without chosen items competes with everything on its account.
pub fn attempt_under_way(
    snapshot: &DebtorSnapshot,
    account_id: AccountId,
    order: &AllocationOrder,
    own: AttemptId,
) -> Option<AttemptId> {
    let competes = |other: &AllocationOrder| match (order.items(), other.items()) {
        (Some(a), Some(b)) => a.iter().any(|id| b.contains(id)),
        _ => true,
    };
    snapshot
        .open_attempts
        .iter()
        .find(|attempt| attempt.account_id == account_id && attempt.id != own && competes(&attempt.order))
        .map(|attempt| attempt.id)
}
