use crate::App;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use saldo_store::{Across, job, journal};
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The process runs.
pub async fn healthz() -> &'static str {
    "ok"
}

#[derive(Serialize)]
struct Readiness {
    database: bool,
    /// None until it was looked at for the first time.
    ledger_parity: Option<bool>,
    jobs_dead: u64,
    jobs_waiting_seconds: i64,
}

/// How long the answer to whether the ledger balances is kept at least: adding up a large journal takes seconds.
const PARITY_KEPT: SignedDuration = SignedDuration::from_mins(1);
/// A look that took long is repeated after so many times as long: two percent of a processor at most.
const PARITY_SHARE: i32 = 50;
/// How long the first question waits for the first look.
const FIRST_LOOK: Duration = Duration::from_secs(1);

/// Whether the ledger balanced when this node last looked, and when it looks again.
#[derive(Default)]
pub struct Parity {
    last: Mutex<Option<(bool, Timestamp)>>,
    looking: Arc<tokio::sync::Mutex<()>>,
}

impl Parity {
    fn last(&self) -> Option<(bool, Timestamp)> {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The process can do its work: the database answers, the ledger balances, jobs are worked on. Whether the ledger balances
/// is looked at beside the question: the answer is what the last look found.
pub async fn readyz(State(app): State<App>) -> Response {
    let none = Readiness { database: false, ledger_parity: None, jobs_dead: 0, jobs_waiting_seconds: 0 };
    let readiness = look(&app).await.unwrap_or(none);
    let balanced = readiness.ledger_parity != Some(false);
    let ready = readiness.database && balanced && readiness.jobs_waiting_seconds < 600;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(readiness)).into_response()
}

async fn look(app: &App) -> Option<Readiness> {
    let tx = app.store().read_across(Across::Operator).await.ok()?;
    let jobs = job::counts(&tx).await.ok()?;
    drop(tx);
    let ledger_parity = parity(app).await;
    let waiting = jobs.oldest_ready_at.map_or(0, |at| app.now().duration_since(at).as_secs());
    Some(Readiness { database: true, ledger_parity, jobs_dead: jobs.dead, jobs_waiting_seconds: waiting })
}

/// What the last look found. When that is old, one look begins, and only the first of all is waited for.
async fn parity(app: &App) -> Option<bool> {
    let last = app.parity().last();
    if last.is_none_or(|(_, again_at)| again_at <= app.now())
        && let Ok(turn) = Arc::clone(&app.parity().looking).try_lock_owned()
    {
        let app = app.clone();
        let looking = tokio::spawn(async move {
            add_up(&app).await;
            drop(turn);
        });
        if last.is_none() {
            let _ = tokio::time::timeout(FIRST_LOOK, looking).await;
        }
    }
    app.parity().last().map(|(agrees, _)| agrees)
}

async fn add_up(app: &App) {
    let begun = app.now();
    let found = async { journal::parity(&app.store().read_across(Across::Operator).await?).await };
    let report = match found.await {
        Ok(report) => report,
        Err(fault) => return tracing::warn!(%fault, "the ledger could not be added up"),
    };
    if !report.agrees() {
        tracing::error!(differences = ?report.differences, "the ledger does not agree with what is shown");
    }
    let (now, pause) = (app.now(), (app.now().duration_since(begun) * PARITY_SHARE).max(PARITY_KEPT));
    let again_at = now.checked_add(pause).unwrap_or(now);
    *app.parity().last.lock().unwrap_or_else(PoisonError::into_inner) = Some((report.agrees(), again_at));
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
