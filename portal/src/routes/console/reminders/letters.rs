use crate::pages::console::reminders::LettersView;
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::Query;
use axum::http::header;
use axum::response::IntoResponse;
use saldo_app::flows::letters;
use saldo_domain::ids::LetterId;
use saldo_domain::member::Permission;
use serde::Deserialize;
use uuid::Uuid;

/// What stands in the address of the file.
#[derive(Debug, Deserialize)]
pub struct FileQuery {
    #[serde(default)]
    up_to: Uuid,
}

/// The letters that wait.
pub async fn show(console: ConsoleVisit) -> Answer {
    console.needs(Permission::Read)?;
    let waiting = letters::list(console.app(), console.id()).await;
    let waiting = waiting.map_err(|failure| Page::failure(&console.visit, failure))?;
    let view = LettersView { waiting, may_post: console.member.role.may(Permission::Contact) };
    Ok(Page::ok(&view, &console.visit.of_console(&console.creditor)))
}

/// They as one PDF.
pub async fn file(console: ConsoleVisit, Query(query): Query<FileQuery>) -> Answer {
    console.needs(Permission::Contact)?;
    let bytes = letters::file(console.app(), console.id(), LetterId(query.up_to)).await;
    let bytes = bytes.map_err(|failure| Page::failure(&console.visit, failure))?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"letters.pdf\""),
    ];
    Ok(Page::raw((headers, bytes).into_response()))
}

/// Somebody posted them.
pub async fn posted(console: ConsoleVisit, form: Form) -> Answer {
    console.needs(Permission::Contact)?;
    let up_to = LetterId(form.parse("up_to").unwrap_or_default());
    let posted = letters::mark_posted(console.app(), console.id(), &console.actor(), up_to).await;
    posted.map_err(|failure| Page::failure(&console.visit, failure))?;
    Ok(Page::see_other("/console/reminders/letters"))
}
