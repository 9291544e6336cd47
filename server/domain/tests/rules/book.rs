//! A second book, kept by other means than the domain's: it copies what a booking says into plain numbers, and adds up the
//! journal on the side. Where the two differ, money was lost or made.

use crate::things::{account, id, utc};
use saldo_domain::allocation::Allocation;
use saldo_domain::calendar::Date;
use saldo_domain::currency::Currency;
use saldo_domain::ids::{InvoiceId, PaymentId};
use saldo_domain::invoice::{InvoiceStatus, OpenItem};
use saldo_domain::ledger::{JournalEntry, LedgerAccount, Side, effect_on_balance};
use saldo_domain::money::Money;
use saldo_domain::payment::{Booking, Payment};
use saldo_domain::snapshot::{AccountSnapshot, Movement};
use std::collections::BTreeMap;

/// One debtor's account: its invoices, its payments, and the sums of its journal, debits up.
#[derive(Default)]
pub struct Book {
    invoices: Vec<OpenItem>,
    open: BTreeMap<InvoiceId, i64>,
    /// What came in, in order.
    pub payments: Vec<Payment>,
    /// What the statement tells of it, one for each entry.
    pub movements: Vec<Movement>,
    journal: BTreeMap<LedgerAccount, i64>,
    by_item: BTreeMap<InvoiceId, i64>,
}

/// An amount of pesos.
pub fn pesos(minor: i64) -> Money {
    Money::new(minor, Currency::MXN)
}

impl Book {
    /// Writes a claim.
    pub fn issue(&mut self, item: OpenItem) {
        let entry = JournalEntry::issue(account(Vec::new()).id, item.invoice_id, item.outstanding, item.issued_on);
        self.write(&entry.unwrap());
        self.open.insert(item.invoice_id, item.outstanding.minor());
        self.invoices.push(item);
    }

    /// What the domain is told of the account.
    pub fn account(&self) -> AccountSnapshot {
        let open = self.invoices.iter().filter(|item| self.open[&item.invoice_id] > 0);
        let items = open.map(|item| OpenItem { outstanding: self.outstanding(item.invoice_id), ..item.clone() });
        let movements = self.movements.clone();
        AccountSnapshot { unapplied: pesos(self.credit()), movements, ..account(items.collect()) }
    }

    /// What an invoice has open.
    pub fn outstanding(&self, id: InvoiceId) -> Money {
        pesos(self.open[&id])
    }

    /// What all invoices have open.
    pub fn owed(&self) -> i64 {
        self.open.values().sum()
    }

    /// What payments left as credit.
    pub fn credit(&self) -> i64 {
        self.payments.iter().map(|payment| payment.unapplied.minor()).sum()
    }

    /// The sum of a line of the chart, debits up.
    pub fn sum(&self, of: LedgerAccount) -> i64 {
        self.journal.get(&of).copied().unwrap_or(0)
    }

    /// Copies money that came in.
    pub fn received(&mut self, amount: Money, booking: &Booking, on: Date) {
        booking.entries.iter().for_each(|entry| self.write(entry));
        self.change(booking);
        self.payments.push(Payment {
            id: id::<PaymentId>(&format!("P-{}", self.payments.len())),
            account_id: account(Vec::new()).id,
            amount,
            effective_on: on,
            allocations: booking.allocations.clone(),
            unapplied: booking.unapplied,
            refunded: pesos(0),
        });
    }

    /// Copies credit that was applied, the oldest payment's first.
    pub fn applied(&mut self, booking: &Booking) {
        booking.entries.iter().for_each(|entry| self.write(entry));
        self.change(booking);
        for part in &booking.allocations {
            let mut rest = part.amount.minor();
            for payment in &mut self.payments {
                let taken = rest.min(payment.unapplied.minor());
                if taken > 0 {
                    rest -= taken;
                    payment.unapplied = pesos(payment.unapplied.minor() - taken);
                    payment.allocations.push(Allocation::new(part.invoice_id, pesos(taken)));
                }
            }
            assert_eq!(rest, 0, "more credit was applied than there was");
        }
    }

    /// Copies money that went back.
    pub fn refunded(&mut self, payment: usize, amount: Money, booking: &Booking) {
        booking.entries.iter().for_each(|entry| self.write(entry));
        self.change(booking);
        let payment = &mut self.payments[payment];
        payment.refunded = pesos(payment.refunded.minor() + amount.minor());
        payment.unapplied = pesos(payment.unapplied.minor() - booking.unapplied.minor());
        for part in &booking.allocations {
            let mut rest = part.amount.minor();
            for paid in payment.allocations.iter_mut().rev().filter(|paid| paid.invoice_id == part.invoice_id) {
                let taken = rest.min(paid.amount.minor());
                rest -= taken;
                paid.amount = pesos(paid.amount.minor() - taken);
            }
            assert_eq!(rest, 0, "more was taken from an item than the payment had paid of it");
        }
        payment.allocations.retain(|paid| paid.amount.minor() > 0);
    }

    fn write(&mut self, entry: &JournalEntry) {
        for line in entry.lines() {
            let signed = if line.side == Side::Debit { line.amount.minor() } else { -line.amount.minor() };
            *self.journal.entry(line.ledger_account).or_default() += signed;
            if let (LedgerAccount::Receivable, Some(item)) = (line.ledger_account, line.invoice_id) {
                *self.by_item.entry(item).or_default() += signed;
            }
        }
        self.movements.push(Movement {
            kind: entry.kind(),
            effective_on: entry.effective_on(),
            recorded_at: utc("2026-03-05T15:00:00Z"),
            effect: effect_on_balance(entry.lines(), pesos(0)).unwrap(),
            invoice_numbers: Vec::new(),
        });
    }

    fn change(&mut self, booking: &Booking) {
        for change in &booking.items {
            let open = match change.status {
                InvoiceStatus::Open { outstanding } => outstanding.minor(),
                _ => 0,
            };
            self.open.insert(change.invoice_id, open);
        }
    }

    /// Every line of the chart agrees with what it stands for.
    pub fn agrees(&self) {
        assert_eq!(self.journal.values().sum::<i64>(), 0, "the journal balances");
        assert_eq!(self.sum(LedgerAccount::Receivable), self.owed(), "Receivable is what is open");
        assert_eq!(-self.sum(LedgerAccount::UnappliedCash), self.credit(), "UnappliedCash is the credit");
        let kept = self.payments.iter().map(|payment| payment.amount.minor() - payment.refunded.minor());
        assert_eq!(self.sum(LedgerAccount::ProviderClearing), kept.sum::<i64>(), "clearing is what was kept");
        for (item, open) in &self.open {
            assert_eq!(self.by_item[item], *open, "Receivable of each item is what it has open");
            assert!(*open >= 0, "no item is paid twice");
        }
        for payment in &self.payments {
            let paid: i64 = payment.allocations.iter().map(|part| part.amount.minor()).sum();
            let left = payment.amount.minor() - payment.refunded.minor();
            assert_eq!(paid + payment.unapplied.minor(), left, "a payment is what it pays and its credit");
        }
    }
}
