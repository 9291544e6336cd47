//! The lists: each says how its rows look; asking, paging and the file are the same for all.

mod claims;
mod csv;
mod money;
mod people;
mod plans;

pub use claims::{Disputes, Promises};
pub use csv::file;
pub(super) use csv::{fields, heads, line};
pub use money::{Invoices, Payments};
pub use people::Debtors;
pub use plans::Plans;

use crate::Chrome;
use crate::pages::console::{Cell, Column, ListView, Section};
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::Query;
use saldo_app::Failure;
use saldo_app::flows::read_lists::{self, Opened};
use saldo_app::lists::{Asked, Listing};
use saldo_domain::member::Permission;
use serde::Deserialize;

/// Rows on one page.
const ROWS: u64 = 50;

/// What makes one list of the shape that all have.
pub trait List: Send + Sync + 'static {
    /// What may be asked for.
    const LISTING: &'static Listing;
    /// Its part of the console.
    const SECTION: Section;

    /// What the rows are, and what is said where there are none.
    fn words(chrome: &Chrome) -> (String, String);

    /// Its columns.
    fn columns(chrome: &Chrome) -> Vec<Column>;

    /// The rows of a page.
    fn rows(opened: &Opened, chrome: &Chrome) -> impl Future<Output = Result<Vec<Vec<Cell>>, Failure>> + Send;
}

/// A list's filters as forms send them.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct ListQuery {
    q: Option<String>,
    state: Option<String>,
    debtor: Option<String>,
    from: Option<String>,
    until: Option<String>,
    sort: Option<String>,
    after: Option<String>,
}

impl From<ListQuery> for Asked {
    fn from(query: ListQuery) -> Self {
        Self {
            state: query.state,
            debtor: query.debtor,
            search: query.q,
            from: query.from,
            until: query.until,
            sort: query.sort,
            usual: None,
            after: query.after,
        }
    }
}

/// A page of a list. What cannot be read of the address counts as not asked for.
pub async fn show<L: List>(console: ConsoleVisit, Query(query): Query<ListQuery>) -> Answer {
    console.needs(Permission::Read)?;
    let failed = |failure| Page::failure(&console.visit, failure);
    let chrome = console.visit.of_console(&console.creditor);
    let opened =
        read_lists::open(console.app(), console.id(), L::LISTING, &query.into(), ROWS).await.map_err(failed)?;
    let rows = L::rows(&opened, &chrome).await.map_err(failed)?;
    let (title, nothing) = L::words(&chrome);
    let view = ListView {
        section: L::SECTION,
        title,
        nothing,
        listing: L::LISTING,
        next: opened.next().map(str::to_owned),
        wanted: opened.wanted,
        columns: L::columns(&chrome),
        rows,
    };
    Ok(Page::ok(&view, &chrome))
}

fn head(debtor: saldo_domain::ids::DebtorId, name: &saldo_app::lists::DebtorName) -> Cell {
    let href = format!("/console/debtors/{debtor}");
    Cell::Head { href, text: name.name.clone(), note: Some(name.reference.clone()) }
}
