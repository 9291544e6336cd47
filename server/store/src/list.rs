//! Lists that people search, filter, sort and walk: one shape, six descriptions.
//!
//! A page is read by one query that walks an index in the order of the list: the last row's value and id say where the next
//! page begins, so that a page costs the same wherever it is. Text is searched by the beginnings of words; a search
//! considers at most [`MATCHES_MAX`] rows, and these alone are put in order.

mod ask;
mod cursor;
mod listings;
mod query;

pub use ask::{AskFault, Asked, Wanted};
pub use listings::{DEBTORS, DISPUTES, INVOICES, PAYMENTS, PLANS, PROMISES};
pub(crate) use query::statement;

use crate::{StoreFault, Tx};
use cursor::{Place, Value};
use saldo_domain::calendar::Date;
use saldo_domain::ids::CreditorId;
use sea_orm::QueryResult;
use uuid::Uuid;

/// How many rows a search considers in each of its two ways: by the row's own key and by the debtor's words.
pub const MATCHES_MAX: u64 = 500;

/// The description of a list.
#[derive(Debug, PartialEq, Eq)]
pub struct Listing {
    /// Its name in addresses.
    pub name: &'static str,
    pub(crate) table: &'static str,
    pub(crate) debtor: &'static str,
    /// Its orders, the usual one first.
    pub orders: &'static [Order],
    /// Which rows may be wanted alone.
    pub states: &'static [State],
    /// The order whose dates a period limits.
    pub period: Option<&'static str>,
    pub(crate) own_key: Option<&'static str>,
}

/// An order of a list.
#[derive(Debug, PartialEq, Eq)]
pub struct Order {
    /// Its name in addresses.
    pub name: &'static str,
    pub(crate) column: &'static str,
    pub(crate) kind: Kind,
    /// Whether the greatest comes first unless told otherwise.
    pub descending: bool,
}

/// What a list is put in order by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Id,
    Day,
    Amount,
    Text,
}

/// Rows that may be wanted alone.
#[derive(Debug, PartialEq, Eq)]
pub struct State {
    /// Its name in addresses.
    pub name: &'static str,
    /// `{today}` stands for the date as of which something is late.
    pub(crate) condition: &'static str,
    /// The orders in which an index has them.
    pub(crate) orders: &'static [&'static str],
}

impl Listing {
    pub(crate) fn order(&self, name: &str) -> Option<&'static Order> {
        self.orders.iter().find(|order| order.name == name)
    }

    /// The orders that may be asked for beside these filters. What a search or one debtor leaves is little enough for any.
    pub fn orders_beside(&self, wanted: &Wanted) -> Vec<&'static Order> {
        let few = wanted.debtor_id.is_some() || wanted.search.is_some();
        let dated = wanted.from.is_some() || wanted.until.is_some();
        let fits = |order: &&'static Order| {
            let of_state = wanted.state.is_none_or(|state| state.orders.contains(&order.name));
            few || (of_state && (!dated || self.period == Some(order.name)))
        };
        let orders: &'static [Order] = self.orders;
        orders.iter().filter(fits).collect()
    }
}

/// The ids of one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// In the order that was wanted.
    pub ids: Vec<Uuid>,
    /// Where the next page begins; none at the end.
    pub next: Option<String>,
}

/// Reads one page of a list.
///
/// # Errors
/// The database's.
pub async fn page(tx: &Tx, creditor_id: CreditorId, listing: &Listing, wanted: &Wanted) -> Result<Found, StoreFault> {
    let (sql, values) = statement(tx.dialect(), creditor_id, listing, wanted);
    let mut rows = tx.query(&sql, values).await?;
    let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let ids = rows.iter().map(|row| Ok(row.try_get("", "id")?)).collect::<Result<Vec<Uuid>, StoreFault>>()?;
    let next = match rows.last() {
        Some(row) if more => Some(place(row, wanted)?.to_string()),
        _ => None,
    };
    Ok(Found { ids, next })
}

fn place(row: &QueryResult, wanted: &Wanted) -> Result<Place, StoreFault> {
    let value = match wanted.order.kind {
        Kind::Id => Value::None,
        Kind::Day => Value::Day(row.try_get("", "value")?),
        Kind::Amount => Value::Amount(row.try_get("", "value")?),
        Kind::Text => Value::Text(row.try_get("", "value")?),
    };
    Ok(Place { order: wanted.order.name.to_owned(), descending: wanted.descending, value, id: row.try_get("", "id")? })
}

/// Puts rows into the order of their ids; rows that are missing are left out.
pub fn in_order<T>(ids: &[Uuid], rows: Vec<T>, id_of: impl Fn(&T) -> Uuid) -> Vec<T> {
    let mut by_id: std::collections::HashMap<Uuid, T> = rows.into_iter().map(|row| (id_of(&row), row)).collect();
    ids.iter().filter_map(|id| by_id.remove(id)).collect()
}

/// A date as of which something is late, and how many rows at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The creditor's date.
    pub today: Date,
    /// At most [`crate::PAGE_MAX`].
    pub limit: u64,
}
