use crate::failure::{AppRefusal, Failure};
use saldo_contract::page::Page;
use saldo_store::{Cursor, Page as StorePage, PageRequest};

/// How many rows a caller gets who names no number, and the most that one may name.
const LIMIT: u32 = 50;
const LIMIT_MAX: u32 = 200;

/// Reads a cursor and a limit.
pub fn window(cursor: Option<&str>, limit: Option<u32>) -> Result<PageRequest, Failure> {
    let after = cursor.map(str::parse::<Cursor>).transpose();
    let after = after.map_err(|_| AppRefusal::Malformed("the cursor is not one of ours".to_owned()))?;
    match limit.unwrap_or(LIMIT) {
        limit @ 1..=LIMIT_MAX => Ok(PageRequest::new(after, u64::from(limit))),
        _ => Err(AppRefusal::Malformed(format!("limit must be between 1 and {LIMIT_MAX}")).into()),
    }
}

/// A page of the store as it goes over the wire.
pub fn page<S, T>(page: StorePage<S>, wire: impl Fn(S) -> T) -> Page<T> {
    Page { items: page.items.into_iter().map(wire).collect(), next_cursor: page.next.map(|cursor| cursor.to_string()) }
}
