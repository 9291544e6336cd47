use crate::App;
use crate::failure::Failure;
use jiff::civil::Time;
use saldo_domain::calendar::{Zone, plus_days};
use saldo_domain::call::{CallStanding, call_standing};
use saldo_domain::ids::{CallTaskId, CreditorId};
use saldo_domain::money::Money;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::call::{self, AgentCount, CallRow};
use saldo_store::call_task::{self, CallTaskOwner, CallTaskRow};
use saldo_store::{Cursor, PageRequest, creditor as creditors, snapshot};

/// A task with what the books say about it now.
#[derive(Debug, Clone)]
pub struct Task {
    /// The task.
    pub row: CallTaskRow,
    /// What the debtor is called.
    pub name: String,
    /// The creditor's own key of it.
    pub reference: String,
    /// What it owes, by currency.
    pub owed: Vec<Money>,
    /// Whether it may be called.
    pub standing: CallStanding,
    /// On whose wall the hours are.
    pub zone: Zone,
    /// The calls so far, oldest first.
    pub calls: Vec<CallRow>,
}

impl Task {
    /// The call that is under way.
    pub fn under_way(&self) -> Option<&CallRow> {
        self.calls.iter().find(|call| call.end.is_none())
    }

    /// What came of the last call.
    pub fn last(&self) -> Option<&CallRow> {
        self.calls.iter().rev().find(|call| call.end.is_some())
    }
}

/// A page of the worklist.
#[derive(Debug, Clone)]
pub struct Tasks {
    /// The longest waiting first.
    pub items: Vec<Task>,
    /// Where the next page begins; none at the end.
    pub next: Option<Cursor>,
}

/// One task as an agent opens it.
#[derive(Debug, Clone)]
pub struct TaskDetail {
    /// The task.
    pub task: Task,
    /// The debtor's books, to choose an account and an item from.
    pub snapshot: DebtorSnapshot,
}

/// What one member's calls of some days came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentDay {
    /// Today, by outcome.
    pub today: Vec<AgentCount>,
    /// The last seven days with today, by outcome.
    pub week: Vec<AgentCount>,
}

/// The tasks that wait.
///
/// # Errors
/// Faults of the store.
pub async fn list(app: &App, creditor: CreditorId, owner: CallTaskOwner, page: PageRequest) -> Result<Tasks, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let found = call_task::list_open(&tx, creditor, owner, page).await?;
    let (rows, next) = (found.items, found.next);
    let ids: Vec<CallTaskId> = rows.iter().map(|row| row.id).collect();
    let calls = call::list_of(&tx, creditor, &ids).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let snapshot = snapshot::load(&tx, creditor, row.debtor_id).await?;
        let own = calls.iter().filter(|call| call.task_id == row.id).cloned().collect();
        items.push(task(app, row, &snapshot, own)?);
    }
    Ok(Tasks { items, next })
}

/// One task, as the books have it now.
///
/// # Errors
/// `not_found`.
pub async fn open(app: &App, creditor: CreditorId, id: CallTaskId) -> Result<TaskDetail, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let row = call_task::load(&tx, creditor, id).await?;
    let snapshot = snapshot::load(&tx, creditor, row.debtor_id).await?;
    let calls = call::list_of(&tx, creditor, &[id]).await?;
    Ok(TaskDetail { task: task(app, row, &snapshot, calls)?, snapshot })
}

/// What each member's calls came to.
///
/// # Errors
/// Faults of the store.
pub async fn agents(app: &App, creditor: CreditorId) -> Result<AgentDay, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let zone = creditors::load(&tx, creditor).await?.zone;
    let today = zone.date_at(app.now());
    let begins = |days: i32| zone.moment(plus_days(today, days)?, Time::midnight());
    let until = begins(1)?;
    Ok(AgentDay {
        today: call::count_by_agent(&tx, creditor, begins(0)?, until).await?,
        week: call::count_by_agent(&tx, creditor, begins(-6)?, until).await?,
    })
}

fn task(app: &App, row: CallTaskRow, snapshot: &DebtorSnapshot, calls: Vec<CallRow>) -> Result<Task, Failure> {
    let owing = snapshot.accounts.iter().filter(|account| account.owes());
    let owed = owing.map(|account| Money::sum(account.currency, account.items.iter().map(|item| item.outstanding)));
    Ok(Task {
        row,
        name: snapshot.debtor.name.clone(),
        reference: snapshot.debtor.reference.clone(),
        owed: owed.collect::<Result<_, _>>()?,
        standing: call_standing(snapshot, app.now())?,
        zone: snapshot.debtor.zone(&snapshot.creditor).clone(),
        calls,
    })
}
