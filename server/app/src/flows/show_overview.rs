//! What finance sees first: what is owed, what came in today, what needs a look.

use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use saldo_domain::actor::Actor;
use saldo_domain::calendar::{Date, Timestamp, plus_days};
use saldo_domain::creditor::Creditor;
use saldo_domain::ids::{CreditorId, JobId};
use saldo_domain::money::Money;
use saldo_store::debtor;
use saldo_store::figures::{self, PlanCounts};
use saldo_store::freshness;
use saldo_store::import::{self, ImportRow};
use saldo_store::inbound_event::{self, InboundEventRow, InboundEventState};
use saldo_store::job::{self, DeadJob};
use saldo_store::payment::{self, PaymentRow};
use saldo_store::totals;
use saldo_store::{Page, PageRequest, Tx};

pub use saldo_store::totals::CurrencyTotals;

/// How many of today's payments are shown.
const PAYMENTS: u64 = 20;

/// How many days the chart of what came in shows, today among them.
const DAYS: i32 = 7;

/// Money that came in today.
pub struct PaidToday {
    /// The payment.
    pub row: PaymentRow,
    /// Who paid.
    pub debtor_name: String,
}

/// What finance sees first.
pub struct Overview {
    /// The date on the creditor's wall.
    pub today: Date,
    /// What is owed, by currency.
    pub currencies: Vec<CurrencyTotals>,
    /// What came in today.
    pub payments: Vec<PaidToday>,
    /// The first of the days that [`Overview::collected`] is about; today is the last.
    pub collected_from: Date,
    /// What came in on each day, less what was given back.
    pub collected: Vec<(Date, Money)>,
    /// The discounts that were booked since the first of the month, by currency.
    pub discounts: Vec<Money>,
    /// Disputes that wait for an answer.
    pub open_disputes: u64,
    /// How many plans stand how.
    pub plans: PlanCounts,
    /// Jobs that gave up.
    pub dead_jobs: u64,
    /// Provider events that matched nothing.
    pub unmatched_events: u64,
    /// Provider events that were refused.
    pub refused_events: u64,
    /// Since when reminders wait for fresher books, where they do.
    pub books_stale_since: Option<Timestamp>,
    /// The latest import.
    pub last_import: Option<ImportRow>,
}

/// Reads the overview in one database transaction.
///
/// # Errors
/// Faults of the store.
pub async fn show(app: &App, creditor: &Creditor) -> Result<Overview, Failure> {
    let today = creditor.zone.date_at(app.now());
    let midnight = creditor.zone.moment(today, jiff::civil::Time::midnight())?;
    let collected_from = plus_days(today, 1 - DAYS)?;
    let month = creditor.zone.moment(today.first_of_month(), jiff::civil::Time::midnight())?;
    let tx = app.store().read_of(creditor.id).await?;
    Ok(Overview {
        today,
        collected_from,
        collected: figures::collected(&tx, creditor.id, collected_from, today).await?,
        discounts: figures::discounts_since(&tx, creditor.id, month).await?,
        open_disputes: figures::count_open_disputes(&tx, creditor.id).await?,
        plans: figures::count_plans(&tx, creditor.id).await?,
        currencies: totals::load(&tx, creditor.id, today).await?,
        payments: paid_since(&tx, creditor.id, midnight).await?,
        dead_jobs: job::count_dead(&tx, creditor.id).await?,
        unmatched_events: inbound_event::count(&tx, creditor.id, InboundEventState::Unmatched).await?,
        refused_events: inbound_event::count(&tx, creditor.id, InboundEventState::Refused).await?,
        books_stale_since: freshness::find_told(&tx, creditor.id).await?,
        last_import: import::list(&tx, creditor.id, PageRequest::first(1)).await?.items.into_iter().next(),
    })
}

async fn paid_since(tx: &Tx, creditor: CreditorId, since: Timestamp) -> Result<Vec<PaidToday>, Failure> {
    let latest = payment::list(tx, creditor, None, PageRequest::first(PAYMENTS)).await?.items;
    let mut paid = Vec::new();
    for row in latest.into_iter().filter(|row| row.recorded_at >= since) {
        let debtor_name = debtor::load(tx, creditor, row.debtor_id).await?.name;
        paid.push(PaidToday { row, debtor_name });
    }
    Ok(paid)
}

/// Provider events in one state.
///
/// # Errors
/// Faults of the store.
pub async fn list_events(
    app: &App,
    creditor: CreditorId,
    state: Option<InboundEventState>,
    page: PageRequest,
) -> Result<Page<InboundEventRow>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(inbound_event::list(&tx, creditor, state, page).await?)
}

/// Jobs that gave up.
///
/// # Errors
/// Faults of the store.
pub async fn list_dead_jobs(app: &App, creditor: CreditorId, page: PageRequest) -> Result<Page<DeadJob>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(job::list_dead(&tx, creditor, page).await?)
}

/// Gives a dead job another round of tries.
///
/// # Errors
/// `not_found`.
pub async fn revive_job(app: &App, creditor: CreditorId, actor: &Actor, id: JobId) -> Result<(), Failure> {
    let tx = app.store().write_of(creditor).await?;
    job::revive(&tx, creditor, id, app.now()).await?;
    audit::record(app, &tx, creditor, actor, "job_revived", Subject::new("job", id.0), None, None).await?;
    Ok(tx.commit().await?)
}
