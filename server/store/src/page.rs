use crate::{StoreFault, Tx};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The most rows that one page holds.
pub const PAGE_MAX: u64 = 500;

/// Where a page ended: the id of its last row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor(pub Uuid);

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.simple().fmt(f)
    }
}

impl FromStr for Cursor {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// Which page is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    after: Option<Cursor>,
    limit: u64,
}

impl PageRequest {
    /// The rows behind a cursor (from the start without one), at most `limit` of them, 1 to [`PAGE_MAX`].
    pub fn new(after: Option<Cursor>, limit: u64) -> Self {
        Self { after, limit: limit.clamp(1, PAGE_MAX) }
    }

    /// The first rows.
    pub fn first(limit: u64) -> Self {
        Self::new(None, limit)
    }
}

/// Some rows of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; none at the end.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// The same page of other things.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next: self.next }
    }
}

/// Reads one page in the order of the ids, which is the order in which they were made.
pub(crate) async fn by_id<E, T>(
    tx: &Tx,
    select: Select<E>,
    id: E::Column,
    order: Order,
    page: PageRequest,
    id_of: fn(&E::Model) -> Uuid,
    mut read: impl FnMut(E::Model) -> Result<T, StoreFault>,
) -> Result<Page<T>, StoreFault>
where
    E: EntityTrait,
{
    let mut select = select.order_by(id, order.clone()).limit(page.limit + 1);
    if let Some(Cursor(after)) = page.after {
        select = match order {
            Order::Desc => select.filter(id.lt(after)),
            _ => select.filter(id.gt(after)),
        };
    }
    let mut rows = select.all(tx.connection()).await?;
    let wanted = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    let next = if more { rows.last().map(|row| Cursor(id_of(row))) } else { None };
    let items = rows.into_iter().map(&mut read).collect::<Result<_, _>>()?;
    Ok(Page { items, next })
}
