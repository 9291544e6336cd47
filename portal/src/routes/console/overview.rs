use crate::pages::console as page;
use crate::pages::console::{EventRow, EventState, EventsView, JobRow, JobsView, OverviewView};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::{Path, Query};
use saldo_app::flows::show_overview::{self, CurrencyTotals, Overview};
use saldo_app::lists::{Cursor, InboundEventState, PageRequest};
use saldo_domain::ageing::AgingBucket;
use saldo_domain::calendar::plus_days;
use saldo_domain::currency::Currency;
use saldo_domain::ids::JobId;
use saldo_domain::member::Permission;
use saldo_domain::money::Money;
use serde::Deserialize;
use uuid::Uuid;

/// Rows on one page of a list.
const ROWS: u64 = 50;

/// Which page of a list, and what of it.
#[derive(Default, Deserialize)]
pub struct ListQuery {
    /// The row before the first.
    pub after: Option<Uuid>,
    /// One state of many.
    pub state: Option<String>,
}

impl ListQuery {
    /// The page to read.
    pub fn page(&self) -> PageRequest {
        PageRequest::new(self.after.map(Cursor), ROWS)
    }
}

/// What finance sees first.
pub async fn show(console: ConsoleVisit) -> Answer {
    console.needs(Permission::Read)?;
    let failed = |failure| Page::failure(&console.visit, failure);
    let overview = show_overview::show(console.app(), &console.creditor).await.map_err(failed)?;
    let currencies = currencies(&overview);
    let payments = overview.payments.into_iter().map(|paid| page::PaymentRow {
        payment: paid.row.payment,
        debtor_id: paid.row.debtor_id,
        debtor_name: paid.debtor_name,
        provider: paid.row.provider,
        reference: paid.row.provider_reference,
        recorded_at: paid.row.recorded_at,
    });
    let view = OverviewView {
        creditor_name: console.creditor.name.clone(),
        today: overview.today,
        currencies,
        open_disputes: overview.open_disputes,
        plans_waiting: overview.plans.waiting,
        plans_active: overview.plans.active,
        plans_broken: overview.plans.broken,
        payments_today: payments.collect(),
        dead_jobs: overview.dead_jobs,
        books_stale: overview.books_stale_since.is_some(),
        unmatched_events: overview.unmatched_events,
        refused_events: overview.refused_events,
        last_import: overview.last_import.map(super::imports::row),
    };
    Ok(Page::ok(&view, &console.visit.of_console(&console.creditor)))
}

/// The figures of each currency in which something is owed, came in or was given away.
fn currencies(overview: &Overview) -> Vec<page::CurrencyTotals> {
    let mut known: Vec<Currency> = overview.currencies.iter().map(|totals| totals.outstanding.currency()).collect();
    let other = overview.collected.iter().map(|(_, amount)| amount.currency());
    for currency in other.chain(overview.discounts.iter().map(|amount| amount.currency())) {
        if !known.contains(&currency) {
            known.push(currency);
        }
    }
    known.into_iter().map(|currency| of_currency(overview, currency)).collect()
}

fn of_currency(overview: &Overview, currency: Currency) -> page::CurrencyTotals {
    let zero = Money::zero(currency);
    let totals = overview.currencies.iter().find(|totals| totals.outstanding.currency() == currency);
    let amount = |pick: fn(&CurrencyTotals) -> Money| totals.map_or(zero, pick);
    let mut collected = Vec::new();
    let mut day = overview.collected_from;
    while day <= overview.today {
        let of_day = overview.collected.iter().find(|(on, amount)| *on == day && amount.currency() == currency);
        collected.push((day, of_day.map_or(zero, |(_, amount)| *amount)));
        let Ok(next) = plus_days(day, 1) else { break };
        day = next;
    }
    page::CurrencyTotals {
        outstanding: amount(|totals| totals.outstanding),
        overdue: amount(|totals| totals.overdue),
        credit: amount(|totals| totals.credit),
        debtors: totals.map_or(0, |totals| totals.debtor_count),
        items: totals.map_or(0, |totals| totals.item_count),
        ageing: totals.map_or(AgingBucket::ALL.map(|bucket| (bucket, zero)), |totals| totals.ageing),
        collected,
        discounts: overview.discounts.iter().copied().find(|amount| amount.currency() == currency).unwrap_or(zero),
    }
}

/// Provider events that need a look.
pub async fn events(console: ConsoleVisit, Query(query): Query<ListQuery>) -> Answer {
    console.needs(Permission::Read)?;
    let failed = |failure| Page::failure(&console.visit, failure);
    let wanted = match query.state.as_deref() {
        Some("refused") => InboundEventState::Refused,
        _ => InboundEventState::Unmatched,
    };
    let listed = show_overview::list_events(console.app(), console.id(), Some(wanted), query.page()).await;
    let listed = listed.map_err(failed)?;
    let state = |state| if state == InboundEventState::Refused { EventState::Refused } else { EventState::Unmatched };
    let rows = listed.items.into_iter().map(|row| EventRow {
        id: row.id,
        provider: row.provider,
        reference: row.event_reference,
        received_at: row.received_at,
        state: state(row.state),
        note: row.note,
    });
    let view = EventsView {
        state: Some(state(wanted)),
        rows: rows.collect(),
        next: listed.next.map(|cursor| cursor.to_string()),
    };
    Ok(Page::ok(&view, &console.visit.of_console(&console.creditor)))
}

/// Jobs that gave up.
pub async fn jobs(console: ConsoleVisit, Query(query): Query<ListQuery>) -> Answer {
    console.needs(Permission::Read)?;
    let failed = |failure| Page::failure(&console.visit, failure);
    let listed = show_overview::list_dead_jobs(console.app(), console.id(), query.page()).await.map_err(failed)?;
    let rows = listed.items.into_iter().map(|job| JobRow {
        id: job.id,
        kind: job.kind,
        attempts: job.attempt_count,
        error: job.last_error.unwrap_or_default(),
        failed_at: job.died_at.unwrap_or_default(),
    });
    let view = JobsView { rows: rows.collect(), next: listed.next.map(|cursor| cursor.to_string()) };
    Ok(Page::ok(&view, &console.visit.of_console(&console.creditor)))
}

/// Another round for a dead job.
pub async fn revive(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Terms)?;
    let revived = show_overview::revive_job(console.app(), console.id(), &console.actor(), JobId(id)).await;
    revived.map_err(|failure| Page::failure(&console.visit, failure))?;
    Ok(Page::see_other("/console/jobs"))
}
