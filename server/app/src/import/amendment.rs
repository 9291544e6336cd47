//! An invoice that was there is amended: by entries, and with a note of each change.

use crate::failure::Failure;
use crate::import::Booker;
use saldo_domain::calendar::Date;
use saldo_domain::import::Change;
use saldo_domain::invoice::InvoiceStatus;
use saldo_domain::ledger::JournalEntry;
use saldo_domain::money::Money;
use saldo_domain::payment::ItemChange;
use saldo_store::amendment::{self, AmendmentRow};
use saldo_store::invoice::{self, InvoiceRow};
use serde_json::{Value, json};

/// Applies the changes of one row to one invoice.
pub(super) struct Amender<'b, 'a> {
    booker: &'b mut Booker<'a>,
    known: &'b InvoiceRow,
    claim: Money,
    open: Money,
    changed: bool,
    settled: bool,
}

impl<'b, 'a> Amender<'b, 'a> {
    pub(super) fn new(booker: &'b mut Booker<'a>, known: &'b InvoiceRow) -> Self {
        let claim = known.invoice.amount;
        let open = match known.invoice.status {
            InvoiceStatus::Open { outstanding } => outstanding,
            _ => Money::zero(claim.currency()),
        };
        Self { booker, known, claim, open, changed: false, settled: false }
    }

    /// Whether anything changed, and whether the invoice was settled.
    pub(super) fn done(self) -> (bool, bool) {
        (self.changed, self.settled)
    }

    pub(super) async fn apply(&mut self, change: Change) -> Result<(), Failure> {
        let (tx, creditor_id) = (self.booker.tx, self.booker.creditor_id);
        let (id, account_id) = (self.known.invoice.id, self.known.invoice.account_id);
        let today = self.booker.reader.today;
        match change {
            Change::Raise { by } => {
                let entry = JournalEntry::amendment(account_id, id, by, today)?;
                self.reprice(entry, self.claim.plus(by)?, self.open.plus(by)?, today).await
            }
            Change::Reduce { by } => {
                let entry = JournalEntry::credit_note(account_id, id, by, today)?;
                self.reprice(entry, self.claim.minus(by)?, self.open.minus(by)?, today).await
            }
            Change::DueDateMoved { to } => {
                invoice::set_due_on(tx, creditor_id, id, to).await?;
                self.note("due_on", json!(self.known.invoice.due_on), json!(to)).await
            }
            Change::Disputed { disputed } => {
                invoice::set_disputed(tx, creditor_id, id, disputed).await?;
                self.note("disputed", json!(!disputed), json!(disputed)).await
            }
            Change::Settle { on } => {
                if !self.booker.settle(&self.known.invoice, self.known.debtor_id, self.open, on).await? {
                    return Ok(());
                }
                self.open = Money::zero(self.open.currency());
                self.set_status(on).await?;
                self.settled = true;
                self.note("settled_on", Value::Null, json!(on)).await
            }
        }
    }

    async fn reprice(&mut self, entry: JournalEntry, claim: Money, open: Money, on: Date) -> Result<(), Failure> {
        self.booker.write_entry(self.known.debtor_id, entry).await?;
        invoice::set_amount(self.booker.tx, self.booker.creditor_id, self.known.invoice.id, claim).await?;
        let before = std::mem::replace(&mut self.claim, claim);
        self.open = open;
        self.set_status(on).await?;
        self.note("amount", json!(before), json!(claim)).await
    }

    async fn set_status(&self, on: Date) -> Result<(), Failure> {
        let status = match self.open.is_zero() {
            true => InvoiceStatus::Paid { paid_on: on },
            false => InvoiceStatus::Open { outstanding: self.open },
        };
        let change = ItemChange { invoice_id: self.known.invoice.id, status };
        Ok(invoice::set_status(self.booker.tx, self.booker.creditor_id, &change).await?)
    }

    async fn note(&mut self, kind: &str, before: Value, after: Value) -> Result<(), Failure> {
        self.changed = true;
        let row = AmendmentRow {
            id: self.booker.ambient.uuid_v7(),
            invoice_id: self.known.invoice.id,
            kind: kind.to_owned(),
            before,
            after,
            import_id: Some(self.booker.import_id),
            recorded_at: self.booker.now,
        };
        Ok(amendment::insert(self.booker.tx, self.booker.creditor_id, &row).await?)
    }
}

/// An amount as files write it, with a point: for faults.
pub(super) fn plain(amount: Money) -> String {
    let exponent = usize::from(amount.currency().exponent());
    let digits = format!("{:0>width$}", amount.minor().unsigned_abs(), width = exponent + 1);
    let (whole, decimals) = digits.split_at(digits.len() - exponent);
    if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") }
}
