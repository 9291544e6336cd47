//! Why this was sent, why this was held: the log of decisions, for whoever asks.

use crate::App;
use crate::failure::Failure;
use jiff::civil::Time;
use saldo_domain::Refusal;
use saldo_domain::calendar::{Date, plus_days};
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_store::debtor::{self, DebtorName};
use saldo_store::decision::{self, DecisionSearch};
use saldo_store::{PageRequest, creditor as creditors};
use std::collections::HashMap;

pub use saldo_store::Page;
pub use saldo_store::decision::{DecisionOutcome, DecisionRow};

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// A debtor.
    pub debtor_id: Option<DebtorId>,
    /// A debtor by its id or by the creditor's own key, as a person types it.
    pub reference: Option<String>,
    /// One outcome.
    pub outcome: Option<DecisionOutcome>,
    /// One reason.
    pub why: Option<String>,
    /// The first day, on the creditor's wall.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

/// A decision with its debtor's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The decision.
    pub row: DecisionRow,
    /// Over whom.
    pub debtor: DebtorName,
}

/// Finds decisions, newest first.
///
/// # Errors
/// `not_found` for a debtor that is not there, `range_reversed`, `date_out_of_range`.
pub async fn list(app: &App, creditor: CreditorId, asked: &Asked, page: PageRequest) -> Result<Page<Decided>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let zone = creditors::load(&tx, creditor).await?.zone;
    if let (Some(from), Some(until)) = (asked.from, asked.until)
        && from > until
    {
        return Err(Refusal::RangeReversed { field: "until" }.into());
    }
    let begins = |date: Date| zone.moment(date, Time::midnight());
    let debtor_id = match asked.reference.as_deref() {
        None => asked.debtor_id,
        Some(text) => Some(debtor_of(&tx, creditor, text).await?),
    };
    let wanted = DecisionSearch {
        debtor_id,
        outcome: asked.outcome,
        why: asked.why.clone(),
        from: asked.from.map(begins).transpose()?,
        until: asked.until.map(|date| begins(plus_days(date, 1)?)).transpose()?,
    };
    let found = decision::search(&tx, creditor, &wanted, page).await?;
    let ids: Vec<DebtorId> = found.items.iter().map(|row| row.debtor_id).collect();
    let names: HashMap<DebtorId, DebtorName> = debtor::list_names(&tx, creditor, &ids).await?;
    let named = |row: DecisionRow| {
        let debtor = names.get(&row.debtor_id)?.clone();
        Some(Decided { row, debtor })
    };
    Ok(Page { items: found.items.into_iter().filter_map(named).collect(), next: found.next })
}

async fn debtor_of(tx: &saldo_store::Tx, creditor: CreditorId, text: &str) -> Result<DebtorId, Failure> {
    if let Ok(id) = text.parse::<DebtorId>() {
        return Ok(debtor::load(tx, creditor, id).await?.id);
    }
    let found = debtor::find_by_reference(tx, creditor, text).await?;
    Ok(found.ok_or(Refusal::NotFound)?.id)
}
