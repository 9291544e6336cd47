//! The statement of account: what is owed, how long, and why it is this amount.

use crate::Refusal;
use crate::ageing::{AgingBucket, age};
use crate::asked::{Asked, active_plan, asked, overdue};
use crate::attempt::AttemptState;
use crate::calendar::{Date, Timestamp};
use crate::creditor::Creditor;
use crate::currency::Currency;
use crate::debtor::Debtor;
use crate::discount::DiscountPrice;
use crate::ids::{AccountId, AttemptId, PlanId};
use crate::invoice::OpenItem;
use crate::money::Money;
use crate::plan::{PaymentPlan, PlanProgress};
use crate::snapshot::{AccountSnapshot, DebtorSnapshot, Movement};

/// A debtor's statement as of a date in its own zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Who is owed.
    pub creditor: Creditor,
    /// Who owes.
    pub debtor: Debtor,
    /// The date on the debtor's wall.
    pub as_of: Date,
    /// One for each currency.
    pub accounts: Vec<AccountStatement>,
}

/// One currency of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountStatement {
    /// The account.
    pub account_id: AccountId,
    /// Its currency.
    pub currency: Currency,
    /// The version that a payment must name.
    pub balance_version: i64,
    /// The open items, oldest due first.
    pub lines: Vec<StatementLine>,
    /// Outstanding by bucket.
    pub ageing: [(AgingBucket, Money); 5],
    /// The sum of the open items.
    pub outstanding: Money,
    /// What is asked for now, discounts taken off: items outside of plans, and what is due of plans.
    pub asked: Money,
    /// The same without discounts.
    pub asked_full: Money,
    /// The last moment at which that price holds, where a discount is in it.
    pub price_until: Option<Timestamp>,
    /// Active plans with how they stand.
    pub plans: Vec<PlanStatement>,
    /// What is past due: of items outside of plans, and of plans' instalments.
    pub overdue: Money,
    /// Received and not applied.
    pub credit: Money,
    /// The next date on which something falls due, today included.
    pub next_due_on: Option<Date>,
    /// The balance before the first timeline entry.
    pub carried_forward: Money,
    /// Everything that made the balance what it is, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// Payments under way.
    pub under_way: Vec<PaymentUnderWay>,
}

/// A plan on a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanStatement {
    /// The plan.
    pub plan: PaymentPlan,
    /// How it stands.
    pub progress: PlanProgress,
}

/// One open item of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// The item.
    pub item: OpenItem,
    /// Negative before the due date.
    pub days_past_due: i32,
    /// Its bucket.
    pub bucket: AgingBucket,
    /// What paying it now saves, where that is something.
    pub discount: Option<DiscountPrice>,
    /// The active plan that it is part of: its instalments are asked for, not the item.
    pub plan_id: Option<PlanId>,
}

/// One movement with the balance after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// What happened.
    pub movement: Movement,
    /// What was owed afterwards, credit taken off.
    pub balance_after: Money,
}

/// A payment from which money may still come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentUnderWay {
    /// The attempt.
    pub attempt_id: AttemptId,
    /// What it asks.
    pub amount: Money,
    /// Where it stands.
    pub state: AttemptState,
}

/// Builds the statement of a snapshot at a moment.
///
/// # Errors
/// `currency_mismatch`, `amount_overflow`: a ledger that holds such amounts cannot be shown.
pub fn build(snapshot: &DebtorSnapshot, now: Timestamp) -> Result<Statement, Refusal> {
    let as_of = snapshot.debtor.zone(&snapshot.creditor).date_at(now);
    let accounts = snapshot.accounts.iter().map(|account| account_statement(snapshot, account, as_of, now));
    Ok(Statement {
        creditor: snapshot.creditor.clone(),
        debtor: snapshot.debtor.clone(),
        as_of,
        accounts: accounts.collect::<Result<_, _>>()?,
    })
}

fn account_statement(
    snapshot: &DebtorSnapshot,
    account: &AccountSnapshot,
    as_of: Date,
    now: Timestamp,
) -> Result<AccountStatement, Refusal> {
    let asked = asked(snapshot, account, now)?;
    let ageing = age(&account.items, account.currency, as_of)?;
    let outstanding = Money::sum(account.currency, ageing.iter().map(|(_, amount)| *amount))?;
    let lines = crate::allocation::in_due_order(&account.items).into_iter().map(|item| {
        let days_past_due = item.days_past_due(as_of);
        StatementLine {
            item: item.clone(),
            days_past_due,
            bucket: AgingBucket::of(days_past_due),
            discount: asked
                .items
                .iter()
                .find(|one| one.item.invoice_id == item.invoice_id)
                .and_then(|one| one.discount),
            plan_id: active_plan(&snapshot.plans, item.invoice_id).map(|plan| plan.id),
        }
    });
    let under_way = snapshot.open_attempts.iter().filter(|attempt| attempt.account_id == account.id);
    Ok(AccountStatement {
        account_id: account.id,
        currency: account.currency,
        balance_version: account.balance_version,
        lines: lines.collect(),
        ageing,
        outstanding,
        asked: asked.pay,
        asked_full: asked.full,
        price_until: asked.price_until,
        overdue: overdue(&asked, as_of)?,
        credit: account.unapplied,
        next_due_on: next_due_on(&asked, as_of),
        plans: asked
            .plans
            .iter()
            .map(|(plan, progress)| PlanStatement { plan: (*plan).clone(), progress: progress.clone() })
            .collect(),
        carried_forward: account.carried_forward,
        timeline: timeline(account)?,
        under_way: under_way
            .map(|attempt| PaymentUnderWay {
                attempt_id: attempt.id,
                amount: attempt.amount,
                state: attempt.state.clone(),
            })
            .collect(),
    })
}

fn next_due_on(asked: &Asked<'_>, as_of: Date) -> Option<Date> {
    let items = asked.items.iter().map(|item| item.item.due_on);
    let instalments = asked.plans.iter().filter_map(|(_, progress)| Some(progress.next?.due_on));
    items.chain(instalments).filter(|due_on| *due_on >= as_of).min()
}

fn timeline(account: &AccountSnapshot) -> Result<Vec<TimelineEntry>, Refusal> {
    let mut balance = account.carried_forward;
    let mut entries = Vec::with_capacity(account.movements.len());
    for movement in &account.movements {
        balance = balance.plus(movement.effect)?;
        entries.push(TimelineEntry { movement: movement.clone(), balance_after: balance });
    }
    Ok(entries)
}
