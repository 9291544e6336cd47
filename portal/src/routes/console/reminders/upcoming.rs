use crate::pages::console::reminders::UpcomingView;
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use saldo_app::flows::manual_hold::{self, PlaceHold};
use saldo_app::flows::send_now;
use saldo_app::flows::show_upcoming::{self, Span};
use saldo_app::i18n::refusal_text;
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::calendar::plus_days;
use saldo_domain::hold::DAYS_MAX;
use saldo_domain::ids::{DebtorId, HoldId};
use saldo_domain::member::Permission;
use serde::Deserialize;
use uuid::Uuid;

/// Rows on one page.
const ROWS: u64 = 50;

/// What stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct UpcomingQuery {
    #[serde(default)]
    span: String,
    after: Option<String>,
    done: Option<String>,
}

/// What goes out next.
pub async fn show(console: ConsoleVisit, Query(query): Query<UpcomingQuery>) -> Answer {
    console.needs(Permission::Read)?;
    page(&console, &query, StatusCode::OK, None).await
}

/// Brings the next step of one debtor forward, as far as the rules allow it.
pub async fn send(console: ConsoleVisit, Path(debtor): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Contact)?;
    let sent = send_now::send(console.app(), console.id(), console.actor(), DebtorId(debtor)).await;
    finish(&console, debtor, &form, "sent", sent.map(|_| ())).await
}

/// Holds one debtor's reminders.
pub async fn hold(console: ConsoleVisit, Path(debtor): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Contact)?;
    let wish = PlaceHold {
        hold_id: HoldId(console.app().ambient().uuid_v7()),
        reason: form.text("reason").to_owned(),
        until_on: form.parse("until_on").unwrap_or_default(),
    };
    let placed = manual_hold::place(console.app(), console.id(), DebtorId(debtor), console.actor(), wish).await;
    finish(&console, debtor, &form, "held", placed.map(|_| ())).await
}

async fn finish(console: &ConsoleVisit, debtor: Uuid, form: &Form, done: &str, outcome: Result<(), Failure>) -> Answer {
    let span = Span::named(form.text("span")).unwrap_or(Span::Today);
    match outcome {
        Ok(()) => Ok(Page::see_other(&format!("/console/reminders?span={}&done={done}", span.name()))),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) if refusal != Refusal::NotFound => {
            let words = refusal_text(&refusal, &console.visit.of_console(&console.creditor).locale);
            let status = saldo_app::http::status(&refusal.into());
            let query = UpcomingQuery { span: span.name().to_owned(), ..UpcomingQuery::default() };
            page(console, &query, status, Some((format!("debtor-{debtor}"), words))).await
        }
        Err(failure) => Err(Page::failure(&console.visit, failure)),
    }
}

async fn page(
    console: &ConsoleVisit,
    query: &UpcomingQuery,
    status: StatusCode,
    problem: Option<(String, String)>,
) -> Answer {
    let failed = |failure| Page::failure(&console.visit, failure);
    let chrome = console.visit.of_console(&console.creditor);
    let span = Span::named(&query.span).unwrap_or(Span::Today);
    let after = query.after.as_deref().filter(|after| !after.is_empty());
    let listed = show_upcoming::list(console.app(), console.id(), span, after, ROWS).await.map_err(failed)?;
    let today = console.creditor.zone.date_at(console.app().now());
    let view = UpcomingView {
        span,
        rows: listed.items,
        next: listed.next,
        first_page: after.is_none(),
        may_contact: console.member.role.may(Permission::Contact),
        hold_until_max: plus_days(today, DAYS_MAX).unwrap_or(today),
        problem,
        done: match query.done.as_deref() {
            Some("sent") => Some(chrome.t("upcoming-sent")),
            Some("held") => Some(chrome.t("upcoming-was-held")),
            _ => None,
        },
    };
    Ok(Page::with(status, &view, &chrome))
}
