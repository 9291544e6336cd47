//! What a row does to an invoice that is already there.

use crate::calendar::Date;
use crate::ids::DebtorId;
use crate::import::ImportRow;
use crate::import::fault::code;
use crate::invoice::{Invoice, InvoiceStatus};
use crate::money::Money;
use serde::Serialize;

/// One thing that a row changes. Amounts change by a further entry; nothing that was written is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// The claim grows by this: an entry of its own.
    Raise {
        /// Above zero.
        by: Money,
    },
    /// The claim shrinks by this: a credit note.
    Reduce {
        /// Above zero, and no more than what is open.
        by: Money,
    },
    /// Another last day to pay on time.
    DueDateMoved {
        /// The new one.
        to: Date,
    },
    /// The debtor contests it now, or no longer.
    Disputed {
        /// Whether it does.
        disputed: bool,
    },
    /// It was paid elsewhere on this day: what is open then is booked as received.
    Settle {
        /// The day.
        on: Date,
    },
}

/// What a row changes on an invoice with the same number, in the order in which it is to be booked; nothing where they
/// agree. A paid invoice agrees with a file that does not know of the payment yet, or dates it otherwise.
///
/// # Errors
/// `another_debtor`, `another_currency`, `another_issue_date`, `invoice_closed`, `settled_after_closing`,
/// `reduced_below_paid`.
pub fn amend(
    existing: &Invoice,
    existing_debtor: DebtorId,
    row: &ImportRow,
    row_debtor: DebtorId,
) -> Result<Vec<Change>, &'static str> {
    if existing_debtor != row_debtor {
        return Err(code::ANOTHER_DEBTOR);
    }
    let difference = row.amount.minus(existing.amount).map_err(|_| code::ANOTHER_CURRENCY)?;
    let InvoiceStatus::Open { outstanding } = existing.status else {
        let given_up = !matches!(existing.status, InvoiceStatus::Paid { .. });
        return match difference.is_zero() {
            false => Err(code::INVOICE_CLOSED),
            true if given_up && row.settled_on.is_some() => Err(code::SETTLED_AFTER_CLOSING),
            true => Ok(Vec::new()),
        };
    };
    if row.issued_on.is_some_and(|issued_on| issued_on != existing.issued_on) {
        return Err(code::ANOTHER_ISSUE_DATE);
    }
    if row.due_on < existing.issued_on {
        return Err(code::DUE_BEFORE_ISSUE);
    }
    let mut changes = Vec::new();
    let open_after = outstanding.plus(difference).map_err(|_| code::AMOUNT_OVERFLOW)?;
    match difference.minor() {
        0 => {}
        1.. => changes.push(Change::Raise { by: difference }),
        _ if open_after.minor() < 0 => return Err(code::REDUCED_BELOW_PAID),
        _ => changes.push(Change::Reduce { by: difference.negated().map_err(|_| code::AMOUNT_OVERFLOW)? }),
    }
    if row.due_on != existing.due_on {
        changes.push(Change::DueDateMoved { to: row.due_on });
    }
    if let Some(disputed) = row.disputed.filter(|disputed| *disputed != existing.disputed) {
        changes.push(Change::Disputed { disputed });
    }
    if let Some(on) = row.settled_on.filter(|_| open_after.is_positive()) {
        changes.push(Change::Settle { on });
    }
    Ok(changes)
}
