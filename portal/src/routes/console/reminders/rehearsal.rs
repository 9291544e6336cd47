use crate::Chrome;
use crate::pages::console::reminders::{
    RehearsalView, RehearsedTextView, Sheet, change_words, channel_words, step_words,
};
use crate::pages::console::{Cell, Column, Tint};
use crate::routes::console::sheet::{Part, download};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::Json;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use saldo_app::flows::rehearsal::{self, Line, LineFilter, RehearsalState};
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::ids::{PolicyId, RehearsalId};
use saldo_domain::member::Permission;
use saldo_domain::rehearsal::Change;
use serde::Deserialize;
use uuid::Uuid;

/// Rows on one page, and in one part of a file.
const ROWS: u64 = 50;
const PART: u64 = 400;

/// What stands in the address.
#[derive(Debug, Default, Deserialize)]
pub struct LinesQuery {
    #[serde(default)]
    change: String,
    #[serde(default)]
    channel: String,
    #[serde(default)]
    after: String,
}

impl LinesQuery {
    /// What cannot be read counts as not asked for.
    fn filter(&self) -> LineFilter {
        let known = ["added", "removed", "moved", "same"].contains(&self.change.as_str());
        LineFilter { change: known.then(|| self.change.clone()), channel: self.channel.parse().ok(), debtor_id: None }
    }
}

/// Begins a rehearsal.
pub async fn start(console: ConsoleVisit, Path(policy): Path<Uuid>) -> Answer {
    console.needs(Permission::Terms)?;
    let begun = rehearsal::start(console.app(), console.id(), console.actor(), PolicyId(policy)).await;
    let row = begun.map_err(|failure| Page::failure(&console.visit, failure))?;
    Ok(Page::see_other(&format!("/console/reminders/rehearsals/{}", row.id)))
}

/// A rehearsal as far as it is.
pub async fn show(console: ConsoleVisit, Path(id): Path<Uuid>, Query(query): Query<LinesQuery>) -> Answer {
    console.needs(Permission::Read)?;
    let failed = |failure| Page::failure(&console.visit, failure);
    let chrome = console.visit.of_console(&console.creditor);
    let (id, filter) = (RehearsalId(id), query.filter());
    let after = query.after.parse().unwrap_or(0);
    let rehearsal = rehearsal::load(console.app(), console.id(), id).await.map_err(failed)?;
    let lines = rehearsal::lines(console.app(), console.id(), id, &filter, after, ROWS).await.map_err(failed)?;
    let view = RehearsalView {
        rehearsal,
        sheet: sheet(id, &lines.items, &chrome),
        filter,
        next: lines.next,
        first_page: after == 0,
        may_publish: console.member.role.may(Permission::Terms),
    };
    Ok(Page::ok(&view, &chrome))
}

/// What stands in the address of one message.
#[derive(Debug, Default, Deserialize)]
pub struct TextQuery {
    place: Option<u64>,
}

/// What one message would say.
pub async fn text(console: ConsoleVisit, Path(id): Path<Uuid>, Query(query): Query<TextQuery>) -> Answer {
    console.needs(Permission::Read)?;
    let (id, place) = (RehearsalId(id), query.place.unwrap_or(1));
    let chrome = console.visit.of_console(&console.creditor);
    match rehearsal::say(console.app(), console.id(), id, place).await {
        Ok(said) => Ok(Page::ok(&RehearsedTextView { rehearsal: id, said: Ok(said) }, &chrome)),
        Err(Failure::Refused(AppRefusal::Domain(Refusal::NothingToPay))) => {
            let view = RehearsedTextView { rehearsal: id, said: Err(Refusal::NothingToPay) };
            Ok(Page::with(StatusCode::UNPROCESSABLE_ENTITY, &view, &chrome))
        }
        Err(failure) => Err(Page::failure(&console.visit, failure)),
    }
}

/// How far a rehearsal is, for the page that waits.
pub async fn state(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Read)?;
    let found = rehearsal::load(console.app(), console.id(), RehearsalId(id)).await;
    let row = found.map_err(|failure| Page::failure(&console.visit, failure))?.row;
    let finished = row.state != RehearsalState::Running;
    let answer = serde_json::json!({"done": row.done_count, "total": row.debtor_count, "finished": finished});
    Ok(Page::raw(([(axum::http::header::CACHE_CONTROL, "no-store")], Json(answer))))
}

/// The messages of a rehearsal as a file.
pub async fn file(console: ConsoleVisit, Path(id): Path<Uuid>, Query(query): Query<LinesQuery>) -> Answer {
    console.needs(Permission::Read)?;
    let (id, filter) = (RehearsalId(id), query.filter());
    let (app, creditor) = (console.app().clone(), console.id());
    let found = rehearsal::load(&app, creditor, id).await;
    found.map_err(|failure| Page::failure(&console.visit, failure))?;
    let chrome = console.visit.of_console(&console.creditor);
    let words = chrome.clone();
    Ok(download("rehearsal", chrome, 0, move |after| {
        let (app, filter, words) = (app.clone(), filter.clone(), words.clone());
        async move {
            let lines = rehearsal::lines(&app, creditor, id, &filter, after, PART).await?;
            Ok(Part { sheet: sheet(id, &lines.items, &words), next: lines.next })
        }
    }))
}

fn sheet(id: RehearsalId, lines: &[Line], chrome: &Chrome) -> Sheet {
    let columns = vec![
        Column::new(chrome.t("column-debtor")).noted(chrome.t("column-reference")),
        Column::new(chrome.t("column-when")),
        Column::new(chrome.t("column-channel")),
        Column::new(chrome.t("column-step")).wide(),
        Column::new(chrome.t("column-text")).wide(),
        Column::new(chrome.t("rehearsal-change")),
        Column::new(chrome.t("rehearsal-before")).wide(),
    ];
    Sheet { columns, rows: lines.iter().map(|line| row(id, line, chrome)).collect() }
}

fn row(id: RehearsalId, line: &Line, chrome: &Chrome) -> Vec<Cell> {
    let message = line.change.message();
    let tint = match line.change {
        Change::Same { .. } => Tint::Plain,
        Change::Added { .. } => Tint::Good,
        Change::Removed { .. } => Tint::Bad,
        Change::Moved { .. } => Tint::Careful,
    };
    let before = match &line.change {
        Change::Moved { before, .. } => {
            format!("{} · {}", chrome.moment(before.at), channel_words(before.channel, chrome))
        }
        _ => String::new(),
    };
    vec![
        Cell::Head {
            href: format!("/console/debtors/{}", line.debtor_id),
            text: line.debtor.name.clone(),
            note: Some(line.debtor.reference.clone()),
        },
        Cell::Clock(message.at),
        Cell::Text(channel_words(message.channel, chrome)),
        Cell::Text(step_words(message.step, chrome)),
        Cell::Link {
            href: format!("/console/reminders/rehearsals/{id}/text?place={}", line.place),
            text: message.template.clone(),
        },
        Cell::State(tint, change_words(line.change.name(), chrome)),
        Cell::Text(before),
    ]
}
