use super::cursor::{Place, Value};
use super::{Frame, Kind, Listing, Order, State};
use saldo_domain::calendar::Date;
use saldo_domain::ids::DebtorId;
use uuid::Uuid;

/// What a list is asked for, as it stands in an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// One of the list's states.
    pub state: Option<String>,
    /// Of one debtor.
    pub debtor: Option<String>,
    /// Beginnings of words.
    pub search: Option<String>,
    /// The first date of a period.
    pub from: Option<String>,
    /// The last date of a period.
    pub until: Option<String>,
    /// One of the list's orders, after a `-` the greatest first.
    pub sort: Option<String>,
    /// The order where none is asked for and the filters allow it; else the list's own.
    pub usual: Option<&'static str>,
    /// Where the page before ended.
    pub after: Option<String>,
}

/// The first thing of what was asked that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskFault {
    /// No such state.
    State,
    /// No id.
    Debtor,
    /// No date, or a period that ends before it begins.
    Period,
    /// No such order, or none beside these filters.
    Sort,
    /// Not one of our cursors, or one of another order.
    Cursor,
}

/// What a list is asked for, in its own terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// These rows alone.
    pub state: Option<&'static State>,
    /// Of one debtor.
    pub debtor_id: Option<DebtorId>,
    /// Beginnings of words, trimmed.
    pub search: Option<String>,
    /// The first date of a period.
    pub from: Option<Date>,
    /// The last date of a period.
    pub until: Option<Date>,
    /// The order.
    pub order: &'static Order,
    /// The greatest first.
    pub descending: bool,
    pub(crate) after: Option<Place>,
    pub(crate) limit: u64,
    pub(crate) today: Date,
}

/// The longest text that is searched for, in letters.
const SEARCH_MAX: usize = 120;

impl Wanted {
    /// Whether this is the first page.
    pub fn is_first(&self) -> bool {
        self.after.is_none()
    }

    /// Whether any filter narrows the list.
    pub fn is_narrowed(&self) -> bool {
        let dated = self.from.is_some() || self.until.is_some();
        self.state.is_some() || self.debtor_id.is_some() || self.search.is_some() || dated
    }
}

impl Listing {
    /// What was asked, with the list's own habits for what was not asked or cannot be read; and the first thing that cannot.
    pub fn wanted(&'static self, asked: &Asked, frame: Frame) -> (Wanted, Option<AskFault>) {
        let mut fault = None;
        let mut note = |found: AskFault| fault = fault.or(Some(found));
        let named =
            |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let state = named(&asked.state).and_then(|name| {
            let found = self.states.iter().find(|state| state.name == name);
            found.or_else(|| {
                note(AskFault::State);
                None
            })
        });
        let debtor_id = named(&asked.debtor).and_then(|text| {
            let id = text.parse::<Uuid>().ok();
            id.or_else(|| {
                note(AskFault::Debtor);
                None
            })
        });
        let mut date = |text: &Option<String>| {
            let text = named(text).filter(|_| self.period.is_some())?;
            let date = text.parse::<Date>().ok();
            date.or_else(|| {
                note(AskFault::Period);
                None
            })
        };
        let (from, mut until) = (date(&asked.from), date(&asked.until));
        if from.is_some() && until.is_some_and(|until| Some(until) < from) {
            note(AskFault::Period);
            until = None;
        }
        let search =
            named(&asked.search).map(|text| text.chars().filter(|letter| *letter != '\0').take(SEARCH_MAX).collect());
        let mut wanted = Wanted {
            state,
            debtor_id: debtor_id.map(DebtorId),
            search,
            from,
            until,
            order: &self.orders[0],
            descending: self.orders[0].descending,
            after: None,
            limit: frame.limit.clamp(1, crate::PAGE_MAX),
            today: frame.today,
        };
        let fault = self
            .put_in_order(&mut wanted, named(&asked.sort), asked.usual)
            .map_or(fault, |found| fault.or(Some(found)));
        let after = named(&asked.after);
        wanted.after = after.as_deref().and_then(|text| text.parse().ok()).filter(|place| fits(place, &wanted));
        let lost = after.is_some() && wanted.after.is_none();
        (wanted, fault.or(lost.then_some(AskFault::Cursor)))
    }

    fn put_in_order(&self, wanted: &mut Wanted, sort: Option<String>, usual: Option<&str>) -> Option<AskFault> {
        let possible = self.orders_beside(wanted);
        let usual = usual.and_then(|name| possible.iter().copied().find(|order| order.name == name));
        let usual = usual.or(possible.first().copied()).unwrap_or(&self.orders[0]);
        (wanted.order, wanted.descending) = (usual, usual.descending);
        let sort = sort?;
        let (name, descending) = sort.strip_prefix('-').map_or((sort.as_str(), false), |name| (name, true));
        let order = self.order(name).filter(|order| possible.contains(order));
        match order {
            Some(order) => {
                (wanted.order, wanted.descending) = (order, descending);
                None
            }
            None => Some(AskFault::Sort),
        }
    }
}

fn fits(place: &Place, wanted: &Wanted) -> bool {
    let kind = matches!(
        (wanted.order.kind, &place.value),
        (Kind::Id, Value::None)
            | (Kind::Day, Value::Day(_))
            | (Kind::Amount, Value::Amount(_))
            | (Kind::Text, Value::Text(_))
    );
    kind && place.order == wanted.order.name && place.descending == wanted.descending
}
