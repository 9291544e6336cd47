use crate::pages::console::reminders::{CallTyped, CallView, CallsView};
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use saldo_app::flows::dispute::OpenDispute;
use saldo_app::flows::promise::MakePromise;
use saldo_app::flows::work_calls::{self, CallTaskOwner, Report, TaskDetail};
use saldo_app::flows::{manage_members, open_statement};
use saldo_app::i18n::refusal_text;
use saldo_app::lists::{Cursor, PageRequest};
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::calendar::Timestamp;
use saldo_domain::call::CallOutcome;
use saldo_domain::dispute::DisputeReason;
use saldo_domain::ids::{CallId, CallTaskId, DisputeId, MemberId, PromiseId};
use saldo_domain::member::Permission;
use saldo_domain::promise::last_date;
use serde::Deserialize;
use uuid::Uuid;

/// Tasks on one page: each is judged by its debtor's books.
const ROWS: u64 = 25;

/// What stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct CallsQuery {
    #[serde(default)]
    whose: String,
    after: Option<Uuid>,
}

/// The worklist.
pub async fn list(console: ConsoleVisit, Query(query): Query<CallsQuery>) -> Answer {
    console.needs(Permission::Read)?;
    list_page(&console, &query, StatusCode::OK, None).await
}

/// Gives a task to a member, or to nobody.
pub async fn assign(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Contact)?;
    let agent = form.parse::<MemberId>("agent");
    let done = work_calls::assign(console.app(), console.id(), console.actor(), CallTaskId(id), agent).await;
    to_list(&console, &form, done).await
}

/// Clears away a task that has closed itself.
pub async fn clear(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Contact)?;
    let done = work_calls::clear(console.app(), console.id(), console.actor(), CallTaskId(id)).await;
    to_list(&console, &form, done).await
}

/// One task.
pub async fn show(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Read)?;
    task_page(&console, CallTaskId(id), StatusCode::OK, CallTyped::default(), None).await
}

/// Begins a call, if it may be made now.
pub async fn begin(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Contact)?;
    let begun = work_calls::begin(console.app(), console.id(), console.actor(), CallTaskId(id)).await;
    finish(&console, CallTaskId(id), CallTyped::default(), "outcome", begun.map(|_| ())).await
}

/// Notes what came of a call.
pub async fn report(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Contact)?;
    let typed = typed(&form);
    let field = match CallOutcome::named(&typed.outcome) {
        Some(CallOutcome::Promised) => "promised_on",
        Some(CallOutcome::Disputed) => "message",
        Some(CallOutcome::CallAgain) => "call_back_at",
        _ => "outcome",
    };
    let done = report_call(&console, CallTaskId(id), &form, &typed).await;
    finish(&console, CallTaskId(id), typed, field, done).await
}

async fn report_call(console: &ConsoleVisit, id: CallTaskId, form: &Form, typed: &CallTyped) -> Result<(), Failure> {
    let call_id = form.parse::<CallId>("call").ok_or(Refusal::NotFound)?;
    let outcome = CallOutcome::named(&typed.outcome).ok_or(Refusal::NotFound)?;
    let detail = work_calls::open(console.app(), console.id(), id).await?;
    let promise = match outcome {
        CallOutcome::Promised => Some(promise(console, &detail, form, typed, call_id).await?),
        _ => None,
    };
    let dispute = match outcome {
        CallOutcome::Disputed => Some(OpenDispute {
            dispute_id: DisputeId(call_id.0),
            invoice_id: form.parse("invoice").ok_or(Refusal::NotFound)?,
            reason: DisputeReason::find(form.text("reason")).ok_or(Refusal::NotFound)?,
            message: typed.message.clone(),
            files: Vec::new(),
        }),
        _ => None,
    };
    let call_back_at = moment(console, &typed.call_back_at)?;
    let wish = Report { outcome, note: typed.note.clone(), call_back_at, promise, dispute };
    work_calls::report(console.app(), console.id(), console.actor(), call_id, wish).await?;
    Ok(())
}

async fn promise(
    console: &ConsoleVisit,
    detail: &TaskDetail,
    form: &Form,
    typed: &CallTyped,
    call_id: CallId,
) -> Result<MakePromise, Failure> {
    let debtor = detail.task.row.debtor_id;
    let snapshot = open_statement::load(console.app(), console.id(), debtor).await?;
    let account_id = form.parse("account").ok_or(Refusal::NotFound)?;
    let account = snapshot.account(account_id).ok_or(Refusal::NotFound)?;
    let locale = console.visit.of_console(&console.creditor).locale;
    let amount = match typed.amount.as_str() {
        "" => None,
        text => Some(locale.parse_money(text, account.currency)?),
    };
    let until_on = last_date(snapshot.today(console.app().now()))?;
    let promised_on = typed.promised_on.parse().map_err(|_| Refusal::PromiseDate { until_on })?;
    Ok(MakePromise { promise_id: PromiseId(call_id.0), account_id, amount, promised_on })
}

/// A moment as browsers send it, on the creditor's wall: `2026-03-05T16:30`.
fn moment(console: &ConsoleVisit, text: &str) -> Result<Option<Timestamp>, Failure> {
    if text.is_empty() {
        return Ok(None);
    }
    let (date, time) = text.split_once('T').ok_or(Refusal::DateOutOfRange)?;
    let date = date.parse().map_err(|_| Refusal::DateOutOfRange)?;
    let time = time.parse().map_err(|_| Refusal::DateOutOfRange)?;
    Ok(Some(console.creditor.zone.moment(date, time)?))
}

fn typed(form: &Form) -> CallTyped {
    let text = |name: &str| form.text(name).to_owned();
    CallTyped {
        outcome: text("outcome"),
        note: text("note"),
        call_back_at: text("call_back_at"),
        promised_on: text("promised_on"),
        amount: text("amount"),
        message: text("message"),
    }
}

/// A refusal in the reader's words; what is no refusal, or not there, is a page of its own.
fn refused(console: &ConsoleVisit, done: Result<(), Failure>) -> Result<Option<(StatusCode, String)>, Page> {
    match done {
        Ok(()) => Ok(None),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) if refusal != Refusal::NotFound => {
            let words = refusal_text(&refusal, &console.visit.of_console(&console.creditor).locale);
            Ok(Some((saldo_app::http::status(&refusal.into()), words)))
        }
        Err(failure) => Err(Page::failure(&console.visit, failure)),
    }
}

async fn finish(
    console: &ConsoleVisit,
    id: CallTaskId,
    typed: CallTyped,
    field: &str,
    done: Result<(), Failure>,
) -> Answer {
    match refused(console, done)? {
        None => Ok(Page::see_other(&format!("/console/reminders/calls/{id}"))),
        Some((status, words)) => task_page(console, id, status, typed, Some((field.to_owned(), words))).await,
    }
}

async fn to_list(console: &ConsoleVisit, form: &Form, done: Result<(), Failure>) -> Answer {
    let query = CallsQuery { whose: form.text("whose").to_owned(), after: None };
    match refused(console, done)? {
        None => Ok(Page::see_other(&format!("/console/reminders/calls?whose={}", whose_name(&query)))),
        Some((status, words)) => list_page(console, &query, status, Some(words)).await,
    }
}

fn whose_name(query: &CallsQuery) -> &'static str {
    match query.whose.as_str() {
        "mine" => "mine",
        "nobody" => "nobody",
        _ => "",
    }
}

async fn task_page(
    console: &ConsoleVisit,
    id: CallTaskId,
    status: StatusCode,
    typed: CallTyped,
    problem: Option<(String, String)>,
) -> Answer {
    let detail = work_calls::open(console.app(), console.id(), id).await;
    let detail = detail.map_err(|failure| Page::failure(&console.visit, failure))?;
    let may_contact = console.member.role.may(Permission::Contact);
    let view = CallView { detail, may_contact, typed, problem };
    Ok(Page::with(status, &view, &console.visit.of_console(&console.creditor)))
}

async fn list_page(console: &ConsoleVisit, query: &CallsQuery, status: StatusCode, problem: Option<String>) -> Answer {
    let failed = |failure| Page::failure(&console.visit, failure);
    let owner = match whose_name(query) {
        "mine" => CallTaskOwner::Agent(console.member.id),
        "nobody" => CallTaskOwner::Nobody,
        _ => CallTaskOwner::Anybody,
    };
    let request = PageRequest::new(query.after.map(Cursor), ROWS);
    let tasks = work_calls::list(console.app(), console.id(), owner, request).await.map_err(failed)?;
    let members = manage_members::list(console.app(), console.id()).await.map_err(failed)?;
    let agents = members.into_iter().filter(|row| row.member.role.may(Permission::Contact));
    let view = CallsView {
        tasks: tasks.items,
        whose: whose_name(query).to_owned(),
        next: tasks.next.map(|id| id.to_string()),
        first_page: query.after.is_none(),
        agents: agents.map(|row| (row.member.id, row.member.name)).collect(),
        counts: work_calls::agents(console.app(), console.id()).await.map_err(failed)?,
        may_contact: console.member.role.may(Permission::Contact),
        problem,
    };
    Ok(Page::with(status, &view, &console.visit.of_console(&console.creditor)))
}
