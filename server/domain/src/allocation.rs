//! Cash application: which items money pays.

use crate::Refusal;
use crate::concession::{Concession, ItemConcession};
use crate::ids::InvoiceId;
use crate::invoice::OpenItem;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The part of a payment that pays one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// The item.
    pub invoice_id: InvoiceId,
    /// The money, zero or more; never more than the item had open.
    pub amount: Money,
    /// What the item closes beyond the money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concession: Option<Concession>,
}

impl Allocation {
    /// Money alone.
    pub fn new(invoice_id: InvoiceId, amount: Money) -> Self {
        Self { invoice_id, amount, concession: None }
    }

    /// How much of the item it closes.
    ///
    /// # Errors
    /// `currency_mismatch`, `amount_overflow`.
    pub fn closes(&self) -> Result<Money, Refusal> {
        self.concession.map_or(Ok(self.amount), |concession| self.amount.plus(concession.amount))
    }
}

/// How money was divided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocated {
    /// The parts, in the order in which they were filled.
    pub allocations: Vec<Allocation>,
    /// What no item took: it becomes unapplied cash.
    pub surplus: Money,
}

/// Where money goes first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "order", content = "items", rename_all = "snake_case")]
pub enum AllocationOrder {
    /// Only what the debtor chose, in the order of the due dates; nothing else is touched.
    Selected(Vec<InvoiceId>),
    /// So much to these items, so much to those: a due instalment beside other invoices.
    Parts(Vec<OrderPart>),
    /// The oldest due date first, then the oldest issue date, then the number; fees and interest last.
    OldestDueFirst,
}

/// Money that is meant for some items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPart {
    /// For which.
    pub invoice_ids: Vec<InvoiceId>,
    /// How much.
    pub amount: Money,
}

impl AllocationOrder {
    /// The items that are meant; none where any may be.
    pub fn items(&self) -> Option<Vec<InvoiceId>> {
        match self {
            Self::Selected(items) => Some(items.clone()),
            Self::Parts(parts) => Some(parts.iter().flat_map(|part| part.invoice_ids.iter().copied()).collect()),
            Self::OldestDueFirst => None,
        }
    }
}

/// Divides received money over open items. An item with a concession closes for less, where the money reaches its price.
///
/// # Errors
/// `amount_not_positive`, `currency_mismatch`.
pub fn allocate(
    received: Money,
    items: &[OpenItem],
    order: &AllocationOrder,
    concessions: &[ItemConcession],
) -> Result<Allocated, Refusal> {
    let mut work = Work { rest: received.positive()?, concessions, allocations: Vec::new() };
    match order {
        AllocationOrder::OldestDueFirst => work.fill(in_due_order(items), received)?,
        AllocationOrder::Selected(selected) => work.fill(chosen(items, selected), received)?,
        AllocationOrder::Parts(parts) => {
            for part in parts {
                work.fill(chosen(items, &part.invoice_ids), part.amount)?;
            }
        }
    }
    Ok(Allocated { allocations: work.allocations, surplus: work.rest })
}

struct Work<'a> {
    rest: Money,
    concessions: &'a [ItemConcession],
    allocations: Vec<Allocation>,
}

impl Work<'_> {
    /// Pays items with at most `limit` of what is left.
    fn fill(&mut self, items: Vec<&OpenItem>, limit: Money) -> Result<(), Refusal> {
        let mut limit = limit.min(self.rest)?;
        for item in items {
            let offered = self.concessions.iter().find(|offered| offered.invoice_id == item.invoice_id);
            let earned = match offered {
                Some(offered) => offered.earned(item.outstanding, limit)?,
                None => None,
            };
            let price = earned.map_or(Ok(item.outstanding), |earned| item.outstanding.minus(earned.amount))?;
            let amount = limit.min(price)?;
            if amount.is_positive() || earned.is_some() {
                limit = limit.minus(amount)?;
                self.rest = self.rest.minus(amount)?;
                self.allocations.push(Allocation { invoice_id: item.invoice_id, amount, concession: earned });
            }
        }
        Ok(())
    }
}

fn chosen<'a>(items: &'a [OpenItem], wanted: &[InvoiceId]) -> Vec<&'a OpenItem> {
    in_due_order(items).into_iter().filter(|item| wanted.contains(&item.invoice_id)).collect()
}

/// Items by due date, issue date, number; fees and interest behind what they are for.
pub fn in_due_order(items: &[OpenItem]) -> Vec<&OpenItem> {
    let mut ordered: Vec<&OpenItem> = items.iter().collect();
    let key = |item: &OpenItem| (!item.kind.is_invoice(), item.due_on, item.issued_on);
    ordered.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.number.cmp(&b.number)));
    ordered
}
