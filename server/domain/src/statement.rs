//! The statement of account: what is owed, how long, and why it is this amount.

use crate::Refusal;
use crate::ageing::{AgingBucket, age};
use crate::attempt::AttemptState;
use crate::calendar::{Date, Timestamp};
use crate::creditor::Creditor;
use crate::currency::Currency;
use crate::debtor::Debtor;
use crate::ids::{AccountId, AttemptId};
use crate::invoice::OpenItem;
use crate::money::Money;
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
    /// What of it is past due.
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

/// One open item of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// The item.
    pub item: OpenItem,
    /// Negative before the due date.
    pub days_past_due: i32,
    /// Its bucket.
    pub bucket: AgingBucket,
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
    let accounts = snapshot.accounts.iter().map(|account| account_statement(snapshot, account, as_of));
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
) -> Result<AccountStatement, Refusal> {
    let ageing = age(&account.items, account.currency, as_of)?;
    let outstanding = Money::sum(account.currency, ageing.iter().map(|(_, amount)| *amount))?;
    let past_due = ageing.iter().filter(|(bucket, _)| *bucket != AgingBucket::Current);
    let lines = crate::allocation::in_due_order(&account.items).into_iter().map(|item| {
        let days_past_due = item.days_past_due(as_of);
        StatementLine { item: item.clone(), days_past_due, bucket: AgingBucket::of(days_past_due) }
    });
    let under_way = snapshot.open_attempts.iter().filter(|attempt| attempt.account_id == account.id);
    Ok(AccountStatement {
        account_id: account.id,
        currency: account.currency,
        balance_version: account.balance_version,
        lines: lines.collect(),
        ageing,
        outstanding,
        overdue: Money::sum(account.currency, past_due.map(|(_, amount)| *amount))?,
        credit: account.unapplied,
        next_due_on: account.items.iter().map(|item| item.due_on).filter(|due_on| *due_on >= as_of).min(),
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

fn timeline(account: &AccountSnapshot) -> Result<Vec<TimelineEntry>, Refusal> {
    let mut balance = account.carried_forward;
    let mut entries = Vec::with_capacity(account.movements.len());
    for movement in &account.movements {
        balance = balance.plus(movement.effect)?;
        entries.push(TimelineEntry { movement: movement.clone(), balance_after: balance });
    }
    Ok(entries)
}
