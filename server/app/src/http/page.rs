use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::read_lists::{self, Opened};
use crate::lists::{AskFault, Asked, Listing};
use saldo_contract::page::Page;
use saldo_domain::ids::CreditorId;
use saldo_store::{Cursor, Page as StorePage, PageRequest};

/// How many rows a caller gets who names no number, and the most that one may name.
const LIMIT: u32 = 50;
const LIMIT_MAX: u32 = 200;

/// Reads a cursor and a limit.
pub fn window(cursor: Option<&str>, limit: Option<u32>) -> Result<PageRequest, Failure> {
    let after = cursor.map(str::parse::<Cursor>).transpose();
    let after = after.map_err(|_| AppRefusal::Malformed("the cursor is not one of ours".to_owned()))?;
    Ok(PageRequest::new(after, rows(limit)?))
}

/// How many rows are wanted.
pub fn rows(limit: Option<u32>) -> Result<u64, Failure> {
    match limit.unwrap_or(LIMIT) {
        limit @ 1..=LIMIT_MAX => Ok(u64::from(limit)),
        _ => Err(AppRefusal::Malformed(format!("limit must be between 1 and {LIMIT_MAX}")).into()),
    }
}

/// Finds a page of a list; what cannot be read of what was asked is a problem.
pub async fn list(
    app: &App,
    creditor_id: CreditorId,
    listing: &'static Listing,
    asked: &Asked,
    limit: Option<u32>,
) -> Result<Opened, Failure> {
    let opened = read_lists::open(app, creditor_id, listing, asked, rows(limit)?).await?;
    let text = match opened.fault {
        None => return Ok(opened),
        Some(AskFault::State) => "there is no such status here",
        Some(AskFault::Debtor) => "debtor_id is no id",
        Some(AskFault::Period) => "a period needs two dates, the earlier one first",
        Some(AskFault::Sort) => "there is no such order, or not beside these filters",
        Some(AskFault::Cursor) => "the cursor is not one of ours",
    };
    Err(AppRefusal::Malformed(text.to_owned()).into())
}

/// A page of the store as it goes over the wire.
pub fn page<S, T>(page: StorePage<S>, wire: impl Fn(S) -> T) -> Page<T> {
    Page { items: page.items.into_iter().map(wire).collect(), next_cursor: page.next.map(|cursor| cursor.to_string()) }
}
