use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use crate::flows::claim::touch;
use crate::flows::dispute::{self, OpenDispute};
use crate::flows::open_statement;
use crate::flows::promise::{self, MakePromise};
use saldo_domain::OutreachRefusal;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Timestamp;
use saldo_domain::call::{CallOutcome, CallStanding, call_standing};
use saldo_domain::free_text::optional;
use saldo_domain::ids::{CallId, CallTaskId, CreditorId, MemberId, MessageId};
use saldo_domain::promise::last_date;
use saldo_domain::reminder::DunningStep;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::call::{self, CallEnd, CallRow};
use saldo_store::call_task::{self, CallTaskEnd, CallTaskRow};
use saldo_store::{Tx, member, message, reminder, snapshot};
use serde_json::json;

/// The most characters of a note.
pub const NOTE_MAX: usize = 2_000;

fn refused(refusal: OutreachRefusal) -> Failure {
    Refusal::Outreach(refusal).into()
}

/// What came of a call.
pub struct Report {
    /// What.
    pub outcome: CallOutcome,
    /// What the agent writes, at most 2,000 characters.
    pub note: String,
    /// When the debtor wants to be called again.
    pub call_back_at: Option<Timestamp>,
    /// What was promised, for a promise.
    pub promise: Option<MakePromise>,
    /// What is contested, for a dispute.
    pub dispute: Option<OpenDispute>,
}

/// Gives a task to a member, or to nobody.
///
/// # Errors
/// `not_found` for a task or a member that is not there, `call_task_done`.
pub async fn assign(
    app: &App,
    creditor: CreditorId,
    actor: Actor,
    id: CallTaskId,
    agent: Option<MemberId>,
) -> Result<(), Failure> {
    let tx = app.store().write_of(creditor).await?;
    let row = call_task::load(&tx, creditor, id).await?;
    if let Some(agent) = agent {
        member::load(&tx, creditor, agent).await?;
    }
    if !call_task::assign(&tx, creditor, id, agent).await? {
        return Err(refused(OutreachRefusal::CallTaskDone));
    }
    let subject = Subject::new("call_task", id.0);
    let (before, after) = (json!({"agent_id": row.agent_id}), json!({"agent_id": agent}));
    audit::record(app, &tx, creditor, &actor, "call_assigned", subject, Some(before), Some(after)).await?;
    Ok(tx.commit().await?)
}

/// Begins a call, where it may be made now: asked under the debtor's lock, as for every message. From here on it counts as
/// a contact. A call of the task that is under way already is answered as it is.
///
/// # Errors
/// `not_found`, `call_task_done`, `call_over` where there is nothing to call for any more, `message_held` where it may not
/// be made now.
pub async fn begin(app: &App, creditor: CreditorId, actor: Actor, id: CallTaskId) -> Result<CallRow, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let task = call_task::load(&tx, creditor, id).await?;
    let debtor_id = task.debtor_id;
    let snapshot = snapshot::lock_and_load(&tx, creditor, debtor_id).await?;
    if call_task::load(&tx, creditor, id).await?.ended.is_some() {
        return Err(refused(OutreachRefusal::CallTaskDone));
    }
    let calls = call::list_of(&tx, creditor, &[id]).await?;
    if let Some(under_way) = calls.into_iter().find(|call| call.end.is_none()) {
        return Ok(under_way);
    }
    match call_standing(&snapshot, app.now())? {
        CallStanding::Now { .. } => {}
        CallStanding::Later { from_at, why } => {
            return Err(refused(OutreachRefusal::MessageHeld { why, until: from_at }));
        }
        CallStanding::Over { why } => return Err(refused(OutreachRefusal::CallOver { why })),
    }
    let row = CallRow {
        id: CallId(app.ambient().uuid_v7()),
        task_id: id,
        debtor_id,
        called_at: app.now(),
        called_by: actor,
        end: None,
        step: step(app, &tx, &snapshot, &task).await?,
    };
    call::insert(&tx, creditor, &row).await?;
    let subject = Subject::new("call", row.id.0);
    let after = json!({"task_id": id, "debtor_id": debtor_id, "called_at": row.called_at});
    audit::record(app, &tx, creditor, &actor, "call_begun", subject, None, Some(after)).await?;
    touch(app, &tx, creditor, debtor_id).await?;
    tx.commit().await?;
    Ok(row)
}

/// The step that a call speaks of: that of the reminder behind the task, else the oldest claim as it stands.
async fn step(app: &App, tx: &Tx, snapshot: &DebtorSnapshot, task: &CallTaskRow) -> Result<DunningStep, Failure> {
    let creditor = snapshot.creditor.id;
    let behind = message::find(tx, creditor, MessageId(task.id.0)).await?.and_then(|row| row.reminder_id);
    if let Some(reminder_id) = behind {
        return Ok(reminder::load(tx, creditor, reminder_id).await?.step);
    }
    let oldest = snapshot.accounts.iter().flat_map(|account| &account.items).map(|item| item.due_on).min();
    Ok(DunningStep { offset: 0, due_on: oldest.unwrap_or_else(|| snapshot.today(app.now())) })
}

/// Notes what came of a call that is under way, with the promise or the dispute that it brought. A promise or a dispute is
/// made under the call's own id: a repeated report makes it once.
///
/// # Errors
/// `not_found`, `call_ended`, `text_length`, `card_number_in_text`, `date_in_past` for a moment to call again that is over,
/// and those of promises and disputes.
pub async fn report(
    app: &App,
    creditor: CreditorId,
    actor: Actor,
    id: CallId,
    wish: Report,
) -> Result<CallRow, Failure> {
    let note = optional("note", &wish.note, NOTE_MAX)?.unwrap_or_default();
    if wish.call_back_at.is_some_and(|at| at <= app.now()) {
        return Err(Refusal::DateInPast.into());
    }
    let row = load(app, creditor, id).await?;
    if row.end.is_some() {
        return Err(refused(OutreachRefusal::CallEnded));
    }
    match (wish.outcome, wish.promise, wish.dispute) {
        (CallOutcome::Promised, None, _) => {
            let snapshot = open_statement::load(app, creditor, row.debtor_id).await?;
            return Err(Refusal::PromiseDate { until_on: last_date(snapshot.today(app.now()))? }.into());
        }
        (CallOutcome::Disputed, _, None) => return Err(Refusal::NotFound.into()),
        (CallOutcome::Promised, Some(wish), _) => {
            promise::make(app, creditor, row.debtor_id, actor, wish).await?;
        }
        (CallOutcome::Disputed, _, Some(wish)) => {
            dispute::open(app, creditor, Some(row.debtor_id), actor, wish).await?;
        }
        _ => {}
    }
    let end = CallEnd { at: app.now(), outcome: wish.outcome, note, call_back_at: wish.call_back_at };
    let tx = app.store().write_of(creditor).await?;
    saldo_store::debtor::lock(&tx, creditor, row.debtor_id).await?;
    if !call::mark_ended(&tx, creditor, id, &end).await? {
        return Err(refused(OutreachRefusal::CallEnded));
    }
    if wish.outcome.ends_task() {
        let end = CallTaskEnd { at: app.now(), by: actor, outcome: wish.outcome.as_str().to_owned() };
        call_task::mark_ended(&tx, creditor, row.task_id, &end).await?;
    } else {
        call_task::put_off(&tx, creditor, row.task_id, wish.call_back_at).await?;
    }
    let subject = Subject::new("call", id.0);
    let after = json!({"outcome": end.outcome, "note": end.note, "call_back_at": end.call_back_at});
    audit::record(app, &tx, creditor, &actor, "call_reported", subject, None, Some(after)).await?;
    touch(app, &tx, creditor, row.debtor_id).await?;
    tx.commit().await?;
    Ok(CallRow { end: Some(end), ..row })
}

async fn load(app: &App, creditor: CreditorId, id: CallId) -> Result<CallRow, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(call::load(&tx, creditor, id).await?)
}

/// Clears away a task that has closed itself. What still stands stays.
///
/// # Errors
/// `not_found`, `call_task_done`, `call_stands`.
pub async fn clear(app: &App, creditor: CreditorId, actor: Actor, id: CallTaskId) -> Result<(), Failure> {
    let tx = app.store().write_of(creditor).await?;
    let debtor_id = call_task::load(&tx, creditor, id).await?.debtor_id;
    let snapshot = snapshot::lock_and_load(&tx, creditor, debtor_id).await?;
    let CallStanding::Over { why } = call_standing(&snapshot, app.now())? else {
        return Err(refused(OutreachRefusal::CallStands));
    };
    let end = CallTaskEnd { at: app.now(), by: actor, outcome: why.as_str().to_owned() };
    if !call_task::mark_ended(&tx, creditor, id, &end).await? {
        return Err(refused(OutreachRefusal::CallTaskDone));
    }
    let subject = Subject::new("call_task", id.0);
    audit::record(app, &tx, creditor, &actor, "call_cleared", subject, None, Some(json!({"why": why}))).await?;
    Ok(tx.commit().await?)
}
