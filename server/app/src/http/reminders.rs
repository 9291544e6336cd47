use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::api_key::ApiCaller;
use crate::http::extract::Query;
use crate::http::page::{page, window};
use axum::Json as Answer;
use axum::extract::State;
use saldo_contract::page::Page;
use saldo_contract::payment::ByDebtorQuery;
use saldo_contract::problem::Problem;
use saldo_contract::reminder::{InboundEvent, InboundEventQuery, Reminder};
use saldo_domain::ids::DebtorId;
use saldo_store::inbound_event::{self, InboundEventState as EventState};
use saldo_store::reminder;

/// Reminders, the latest first, those that stayed and why included.
#[utoipa::path(get, path = "/v1/reminders", tag = "reminders", security(("api_key" = [])), params(ByDebtorQuery),
    responses((status = 200, body = Page<Reminder>), (status = 401, body = Problem)))]
pub async fn list(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<ByDebtorQuery>,
) -> Result<Answer<Page<Reminder>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let tx = app.store().read_of(caller.creditor_id).await?;
    let debtor = query.debtor_id.map(DebtorId);
    let rows = reminder::list(&tx, caller.creditor_id, debtor, window).await?;
    Ok(Answer(page(rows, |row| Reminder {
        id: row.id.0,
        debtor_id: row.debtor_id.0,
        step: row.step.key(),
        channel: row.channel.as_str().to_owned(),
        state: row.state.name().to_owned(),
        reason: row.error.or(Some(row.reason)).filter(|text| !text.is_empty()),
        planned_at: row.planned_at,
        handed_off_at: row.handed_off_at,
    })))
}

/// Provider events as they were archived, the latest first, those that matched nothing included.
#[utoipa::path(get, path = "/v1/inbound-events", tag = "payments", security(("api_key" = [])),
    params(InboundEventQuery),
    responses((status = 200, body = Page<InboundEvent>), (status = 401, body = Problem)))]
pub async fn list_events(
    State(app): State<App>,
    caller: ApiCaller,
    Query(query): Query<InboundEventQuery>,
) -> Result<Answer<Page<InboundEvent>>, Failure> {
    caller.needs("read")?;
    let window = window(query.cursor.as_deref(), query.limit)?;
    let state = query.state.as_deref().map(|name| EventState::from_name(name).ok_or(name)).transpose();
    let state = state.map_err(|name| AppRefusal::Malformed(format!("unknown state {name}")))?;
    let tx = app.store().read_of(caller.creditor_id).await?;
    let rows = inbound_event::list(&tx, caller.creditor_id, state, window).await?;
    Ok(Answer(page(rows, |row| InboundEvent {
        id: row.id.0,
        provider: row.provider,
        event_reference: row.event_reference,
        state: row.state.name().to_owned(),
        note: row.note,
        received_at: row.received_at,
    })))
}
