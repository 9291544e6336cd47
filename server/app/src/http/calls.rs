use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::api_key::ApiCaller;
use crate::flows::dispute::OpenDispute;
use crate::flows::promise::MakePromise;
use crate::flows::send_again;
use crate::flows::show_messages::{self, MessageFilter, Sent};
use crate::flows::work_calls::{self, CallRow, CallTaskOwner, Report, Task};
use crate::http::extract::{Id, Json, Query};
use crate::http::idempotency::IdempotencyKey;
use crate::http::page::{page, window};
use axum::Json as Answer;
use axum::extract::State;
use axum::response::Response;
use saldo_contract::call::{
    AssignCall, Call, CallTask, CallTaskQuery, Message, MessageQuery, ReportCall, SendAgain, SentAgain,
};
use saldo_contract::page::Page;
use saldo_contract::problem::Problem;
use saldo_domain::call::{CallOutcome, CallStanding};
use saldo_domain::dispute::DisputeReason;
use saldo_domain::ids::{
    AccountId, CallId, CallTaskId, DebtorId, DisputeId, InvoiceId, MemberId, MessageId, PromiseId,
};

/// The worklist of calls, the longest waiting first, each as the books have it now.
#[utoipa::path(get, path = "/v1/call-tasks", tag = "reminders", security(("api_key" = [])), params(CallTaskQuery),
    responses((status = 200, body = Page<CallTask>), (status = 400, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<CallTaskQuery>,
) -> Result<Answer<Page<CallTask>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let owner = query.agent_id.map_or(CallTaskOwner::Anybody, |id| CallTaskOwner::Agent(MemberId(id)));
    let found = work_calls::list(&app, caller.creditor_id, owner, window).await?;
    let next_cursor = found.next.map(|cursor| cursor.to_string());
    Ok(Answer(Page { items: found.items.into_iter().map(task_wire).collect(), next_cursor }))
}

/// Gives a task to a member, or to nobody.
#[utoipa::path(post, path = "/v1/call-tasks/{task_id}/assign", tag = "reminders", security(("api_key" = [])),
    params(("task_id" = uuid::Uuid, Path)), request_body = AssignCall,
    responses((status = 200, body = CallTask), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn assign(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<CallTaskId>,
    Json(wish): Json<AssignCall>,
) -> Result<Answer<CallTask>, Failure> {
    caller.needs("write")?;
    let agent = wish.agent_id.map(MemberId);
    work_calls::assign(&app, caller.creditor_id, caller.actor(), id, agent).await?;
    let detail = work_calls::open(&app, caller.creditor_id, id).await?;
    Ok(Answer(task_wire(detail.task)))
}

/// Begins a call, where law, consent and the books allow one now. It counts as a contact from here on.
#[utoipa::path(post, path = "/v1/call-tasks/{task_id}/calls", tag = "reminders", security(("api_key" = [])),
    params(("task_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Call), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn begin(State(app): State<App>, caller: ApiCaller, Id(id): Id<CallTaskId>) -> Result<Answer<Call>, Failure> {
    caller.needs("write")?;
    let row = work_calls::begin(&app, caller.creditor_id, caller.actor(), id).await?;
    Ok(Answer(call_wire(row)))
}

/// Notes what came of a call that is under way.
#[utoipa::path(post, path = "/v1/calls/{call_id}/report", tag = "reminders", security(("api_key" = [])),
    params(("call_id" = uuid::Uuid, Path)), request_body = ReportCall,
    responses((status = 200, body = Call), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn report(
    State(app): State<App>,
    caller: ApiCaller,
    Id(id): Id<CallId>,
    Json(wish): Json<ReportCall>,
) -> Result<Answer<Call>, Failure> {
    caller.needs("write")?;
    let outcome = CallOutcome::named(&wish.outcome);
    let outcome = outcome.ok_or_else(|| AppRefusal::Malformed("there is no such outcome".to_owned()))?;
    let promise = wish.promise.map(|promise| MakePromise {
        promise_id: PromiseId(id.0),
        account_id: AccountId(promise.account_id),
        amount: promise.amount.map(Into::into),
        promised_on: promise.promised_on,
    });
    let dispute = wish.dispute.map(|dispute| {
        let reason = DisputeReason::find(&dispute.reason);
        let reason = reason.ok_or_else(|| AppRefusal::Malformed("there is no such reason".to_owned()))?;
        let (dispute_id, invoice_id) = (DisputeId(id.0), InvoiceId(dispute.invoice_id));
        Ok::<_, Failure>(OpenDispute { dispute_id, invoice_id, reason, message: dispute.message, files: Vec::new() })
    });
    let dispute = dispute.transpose()?;
    let wish = Report { outcome, note: wish.note, call_back_at: wish.call_back_at, promise, dispute };
    let row = work_calls::report(&app, caller.creditor_id, caller.actor(), id, wish).await?;
    Ok(Answer(call_wire(row)))
}

/// Messages, the latest first, with what became of each.
#[utoipa::path(get, path = "/v1/messages", tag = "reminders", security(("api_key" = [])), params(MessageQuery),
    responses((status = 200, body = Page<Message>), (status = 400, body = Problem)))]
pub async fn messages(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<MessageQuery>,
) -> Result<Answer<Page<Message>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let filter =
        MessageFilter { debtor_id: query.debtor_id.map(DebtorId), in_trouble: query.in_trouble.unwrap_or_default() };
    let found = show_messages::list(&app, caller.creditor_id, filter, window).await?;
    Ok(Answer(page(found, message_wire)))
}

/// Sends a message again that failed or of which nobody knows: a reminder as far as law, consent, holds and payments allow it
/// now, a receipt, an invoice that is still open. Nothing does so by itself.
#[utoipa::path(post, path = "/v1/messages/{message_id}/send-again", tag = "reminders", security(("api_key" = [])),
    params(("message_id" = uuid::Uuid, Path), ("idempotency-key" = String, Header)), request_body = SendAgain,
    responses((status = 201, body = SentAgain), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn send_again(
    State(app): State<App>,
    caller: ApiCaller,
    key: IdempotencyKey,
    Id(id): Id<MessageId>,
    Json(wish): Json<SendAgain>,
) -> Result<Response, Failure> {
    caller.needs("write")?;
    let work = async {
        let sent = send_again::send(&app, caller.creditor_id, caller.actor(), id, &wish.reason).await?;
        Ok(SentAgain { reminder_id: sent.map(|id| id.0) })
    };
    key.once(&app, &caller, &("send_again", id, &wish), work).await
}

fn task_wire(task: Task) -> CallTask {
    let (standing, until_at, why) = match task.standing {
        CallStanding::Now { until_at } => ("now", Some(until_at), None),
        CallStanding::Later { from_at, why } => ("later", Some(from_at), Some(why.as_str())),
        CallStanding::Over { why } => ("over", None, Some(why.as_str())),
    };
    CallTask {
        id: task.row.id.0,
        debtor_id: task.row.debtor_id.0,
        phone: task.row.phone,
        script: task.row.script,
        agent_id: task.row.agent_id.map(|id| id.0),
        standing: standing.to_owned(),
        until_at,
        why: why.map(str::to_owned),
    }
}

fn call_wire(row: CallRow) -> Call {
    let end = row.end;
    Call {
        id: row.id.0,
        task_id: row.task_id.0,
        debtor_id: row.debtor_id.0,
        called_at: row.called_at,
        outcome: end.as_ref().map(|end| end.outcome.as_str().to_owned()),
        note: end.as_ref().map(|end| end.note.clone()),
        call_back_at: end.and_then(|end| end.call_back_at),
    }
}

fn message_wire(sent: Sent) -> Message {
    let row = sent.row;
    Message {
        id: row.id.0,
        debtor_id: row.debtor_id.0,
        reminder_id: row.reminder_id.map(|id| id.0),
        purpose: row.purpose.as_str().to_owned(),
        channel: row.channel.as_str().to_owned(),
        template: row.template,
        recipient: row.recipient,
        state: row.state.as_str().to_owned(),
        error: row.error,
        by_hand_reason: row.by_hand.map(|by_hand| by_hand.reason),
        may_again: sent.may_again,
        handed_off_at: row.handed_off_at,
    }
}
