use crate::Chrome;
use crate::pages::console::reminders::{MessagesView, Sheet, channel_words, message_purpose, message_state};
use crate::pages::console::{Cell, Column};
use crate::routes::console::sheet::{Part, download};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::Query;
use saldo_app::flows::show_messages::{self, MessageFilter, Sent};
use saldo_app::lists::{Cursor, PageRequest};
use saldo_domain::member::Permission;
use serde::Deserialize;
use uuid::Uuid;

/// Rows on one page, and in one part of a file.
const ROWS: u64 = 50;
const PART: u64 = 500;

/// What stands in the address.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct MessagesQuery {
    which: Option<String>,
    after: Option<Uuid>,
}

impl MessagesQuery {
    /// What needs a look comes first: all of them are asked for by name.
    fn filter(&self) -> MessageFilter {
        MessageFilter { debtor_id: None, in_trouble: self.which.as_deref() != Some("all") }
    }
}

/// What left, and what became of it.
pub async fn show(console: ConsoleVisit, Query(query): Query<MessagesQuery>) -> Answer {
    console.needs(Permission::Read)?;
    let chrome = console.visit.of_console(&console.creditor);
    let page = PageRequest::new(query.after.map(Cursor), ROWS);
    let found = show_messages::list(console.app(), console.id(), query.filter(), page).await;
    let found = found.map_err(|failure| Page::failure(&console.visit, failure))?;
    let view = MessagesView {
        sheet: sheet(&found.items, &chrome),
        in_trouble: query.filter().in_trouble,
        next: found.next.map(|cursor| cursor.to_string()),
        first_page: query.after.is_none(),
    };
    Ok(Page::ok(&view, &chrome))
}

/// The same as a file.
pub async fn file(console: ConsoleVisit, Query(query): Query<MessagesQuery>) -> Answer {
    console.needs(Permission::Read)?;
    let (app, creditor, filter) = (console.app().clone(), console.id(), query.filter());
    let chrome = console.visit.of_console(&console.creditor);
    let words = chrome.clone();
    Ok(download("messages", chrome, None, move |after: Option<Cursor>| {
        let (app, words) = (app.clone(), words.clone());
        async move {
            let found = show_messages::list(&app, creditor, filter, PageRequest::new(after, PART)).await?;
            Ok(Part { sheet: sheet(&found.items, &words), next: found.next.map(Some) })
        }
    }))
}

fn sheet(rows: &[Sent], chrome: &Chrome) -> Sheet {
    let columns = vec![
        Column::new(chrome.t("column-debtor")).noted(chrome.t("column-reference")),
        Column::new(chrome.t("column-when")),
        Column::new(chrome.t("column-channel")),
        Column::new(chrome.t("column-state")),
        Column::new(chrome.t("messages-for")).wide(),
        Column::new(chrome.t("column-text")).wide(),
        Column::new(chrome.t("messages-to")).wide(),
        Column::new(chrome.t("column-reason")).wide(),
    ];
    Sheet { columns, rows: rows.iter().map(|sent| row(sent, chrome)).collect() }
}

fn row(sent: &Sent, chrome: &Chrome) -> Vec<Cell> {
    let row = &sent.row;
    let (tint, state) = message_state(row.state, chrome);
    let purpose = message_purpose(row.purpose, chrome);
    let purpose = match &row.by_hand {
        Some(_) => chrome.with("message-of-hand", [("purpose", purpose.into())]),
        None => purpose,
    };
    vec![
        Cell::Head {
            href: format!("/console/debtors/{}", row.debtor_id),
            text: sent.debtor.name.clone(),
            note: Some(sent.debtor.reference.clone()),
        },
        Cell::Clock(row.handed_off_at),
        Cell::Text(channel_words(row.channel, chrome)),
        Cell::State(tint, state),
        Cell::Link { href: format!("/console/reminders/messages/{}", row.id), text: purpose },
        Cell::Text(row.template.clone().unwrap_or_default()),
        Cell::Text(row.recipient.clone()),
        Cell::Text(row.error.clone().unwrap_or_default()),
    ]
}
