use crate::App;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use saldo_store::{Across, Tx, job, journal};
use serde::Serialize;
use tokio::sync::Mutex;

/// The process runs.
pub async fn healthz() -> &'static str {
    "ok"
}

#[derive(Serialize)]
struct Readiness {
    database: bool,
    ledger_parity: bool,
    jobs_dead: u64,
    jobs_waiting_seconds: i64,
}

/// How long the answer to whether the ledger balances is kept: adding up a large journal takes seconds.
const PARITY_KEPT: SignedDuration = SignedDuration::from_mins(1);

/// Whether the ledger balanced, and when this node looked.
#[derive(Default)]
pub struct Parity(Mutex<Option<(Timestamp, bool)>>);

/// The process can do its work: the database answers, the ledger balances, jobs are worked on. Whether the ledger balances
/// is asked of the database once a minute at most; in between this node repeats its last answer.
pub async fn readyz(State(app): State<App>) -> Response {
    let readiness = match app.store().read_across(Across::Operator).await {
        Ok(tx) => look(&app, &tx).await,
        Err(_) => None,
    };
    let none = Readiness { database: false, ledger_parity: false, jobs_dead: 0, jobs_waiting_seconds: 0 };
    let readiness = readiness.unwrap_or(none);
    let ready = readiness.database && readiness.ledger_parity && readiness.jobs_waiting_seconds < 600;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(readiness)).into_response()
}

async fn look(app: &App, tx: &Tx) -> Option<Readiness> {
    let jobs = job::counts(tx).await.ok()?;
    let ledger_parity = parity(app, tx).await;
    let waiting = jobs.oldest_ready_at.map_or(0, |at| app.now().duration_since(at).as_secs());
    Some(Readiness { database: true, ledger_parity, jobs_dead: jobs.dead, jobs_waiting_seconds: waiting })
}

/// Who asks while another looks waits for that answer.
async fn parity(app: &App, tx: &Tx) -> bool {
    let mut kept = app.parity().0.lock().await;
    let now = app.now();
    if let Some((at, agrees)) = *kept
        && (at..at + PARITY_KEPT).contains(&now)
    {
        return agrees;
    }
    let agrees = journal::parity(tx).await.is_ok_and(|report| report.agrees());
    *kept = Some((now, agrees));
    agrees
}

/// Figures for Prometheus.
pub async fn metrics(State(app): State<App>) -> Response {
    if let Ok(tx) = app.store().read_across(Across::Operator).await
        && let Ok(jobs) = job::counts(&tx).await
    {
        app.metrics().jobs_ready.set(i64::try_from(jobs.ready).unwrap_or(i64::MAX));
        app.metrics().jobs_dead.set(i64::try_from(jobs.dead).unwrap_or(i64::MAX));
    }
    match app.metrics().encode() {
        Some(text) => ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text)
            .into_response(),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
