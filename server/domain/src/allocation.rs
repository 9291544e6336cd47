//! Cash application: which items money pays.

use crate::Refusal;
use crate::ids::InvoiceId;
use crate::invoice::OpenItem;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// The part of a payment that pays one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// The item.
    pub invoice_id: InvoiceId,
    /// Above zero, never more than the item had open.
    pub amount: Money,
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
    /// The oldest due date first, then the oldest issue date, then the number.
    OldestDueFirst,
}

/// Divides received money over open items.
///
/// # Errors
/// `amount_not_positive`, `currency_mismatch`.
pub fn allocate(received: Money, items: &[OpenItem], order: &AllocationOrder) -> Result<Allocated, Refusal> {
    let mut rest = received.positive()?;
    let mut allocations = Vec::new();
    for item in in_due_order(items) {
        let wanted = match order {
            AllocationOrder::Selected(selected) => selected.contains(&item.invoice_id),
            AllocationOrder::OldestDueFirst => true,
        };
        let amount = rest.min(item.outstanding)?;
        if wanted && amount.is_positive() {
            rest = rest.minus(amount)?;
            allocations.push(Allocation { invoice_id: item.invoice_id, amount });
        }
    }
    Ok(Allocated { allocations, surplus: rest })
}

/// Items by due date, issue date, number.
pub fn in_due_order(items: &[OpenItem]) -> Vec<&OpenItem> {
    let mut ordered: Vec<&OpenItem> = items.iter().collect();
    ordered.sort_by(|a, b| (a.due_on, a.issued_on, &a.number).cmp(&(b.due_on, b.issued_on, &b.number)));
    ordered
}
