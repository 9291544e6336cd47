//! A creditor with a debtor and an account, and short ways to what tests write.

use saldo_domain::calendar::{Date, Timestamp, Zone};
use saldo_domain::creditor::{Brand, Creditor};
use saldo_domain::currency::Currency;
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::{AccountId, CreditorId, DebtorId, EntryId, InvoiceId, PaymentId};
use saldo_domain::invoice::Invoice;
use saldo_domain::ledger::JournalEntry;
use saldo_domain::locale::Language;
use saldo_domain::money::Money;
use saldo_domain::payment::{Booking, Payment};
use saldo_store::invoice::NewInvoice;
use saldo_store::journal::NewEntry;
use saldo_store::payment::PaymentRow;
use saldo_store::{StoreFault, Tx, account, creditor, debtor, invoice, journal, payment};
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

use crate::harness::Db;

/// The next id; ids rise, as those of version 7 do.
pub fn id<T: From<Uuid>>() -> T {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    T::from(Uuid::from_u64_pair(0x0190_0000_0000_7000, COUNT.fetch_add(1, Ordering::Relaxed)))
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Noon (UTC) of a date.
pub fn noon(date: &str) -> Timestamp {
    at(&format!("{date}T12:00:00Z"))
}

pub fn on(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn mxn(minor: i64) -> Money {
    Money::new(minor, Currency::MXN)
}

pub fn a_creditor(name: &str) -> Creditor {
    Creditor {
        id: id(),
        name: name.to_owned(),
        country: "MX".to_owned(),
        zone: Zone::try_new("America/Mexico_City").unwrap(),
        language: Language::Es,
        currency: Currency::MXN,
        reply_to: Some("cobranza@example.com".to_owned()),
        paper: None,
        brand: Brand { colour: "#114477".to_owned(), logo: None },
    }
}

pub fn a_debtor(reference: &str) -> Debtor {
    Debtor {
        id: id(),
        reference: reference.to_owned(),
        name: format!("Deudor {reference}"),
        email: Some(format!("{reference}@Example.com")),
        phone: None,
        language: Some(Language::Pt),
        country: Some("BR".to_owned()),
        zone: Some(Zone::try_new("America/Sao_Paulo").unwrap()),
        postal_address: None,
        tags: Vec::new(),
    }
}

/// A creditor with a debtor that has an account in MXN.
#[derive(Clone)]
pub struct World {
    pub creditor: Creditor,
    pub debtor: Debtor,
    pub account_id: AccountId,
}

impl World {
    pub async fn new(db: &Db) -> Self {
        let tx = db.store.write().await.unwrap();
        let world = Self::in_tx(&tx, "Aceros del Norte").await;
        tx.commit().await.unwrap();
        world
    }

    pub async fn in_tx(tx: &Tx, name: &str) -> Self {
        let (creditor, debtor) = (a_creditor(name), a_debtor("c-001"));
        creditor::insert(tx, &creditor, noon("2026-01-01")).await.unwrap();
        debtor::upsert(tx, creditor.id, &debtor, noon("2026-01-01")).await.unwrap();
        let account_id = account::ensure(tx, creditor.id, debtor.id, Currency::MXN, id()).await.unwrap();
        Self { creditor, debtor, account_id }
    }

    pub fn c(&self) -> CreditorId {
        self.creditor.id
    }

    pub fn d(&self) -> DebtorId {
        self.debtor.id
    }

    pub fn invoice(&self, number: &str, minor: i64) -> NewInvoice {
        let dates = (on("2026-02-01"), on("2026-03-01"));
        let invoice = Invoice::try_new(id(), self.account_id, number.to_owned(), dates.0, dates.1, mxn(minor)).unwrap();
        NewInvoice { invoice, debtor_id: self.debtor.id, import: None }
    }

    /// An invoice with its entry.
    pub async fn issue(&self, tx: &Tx, number: &str, minor: i64) -> InvoiceId {
        let new = self.invoice(number, minor);
        let invoice = new.invoice.clone();
        invoice::insert_many(tx, self.c(), &[new]).await.unwrap();
        let entry = JournalEntry::issue(self.account_id, invoice.id, invoice.amount, invoice.issued_on).unwrap();
        self.book(tx, &entry, None).await.unwrap();
        invoice.id
    }

    pub async fn book(&self, tx: &Tx, entry: &JournalEntry, movement_key: Option<&str>) -> Result<EntryId, StoreFault> {
        let new = NewEntry {
            id: id(),
            entry,
            debtor_id: Some(self.debtor.id),
            movement_key: movement_key.map(str::to_owned),
            recorded_at: noon("2026-02-10"),
        };
        let entry_id = new.id;
        journal::insert_entries(tx, self.c(), &[new]).await?;
        Ok(entry_id)
    }

    /// Everything that a booking of the domain changes, as a flow writes it.
    pub async fn pay(&self, tx: &Tx, booking: &Booking, amount: Money, reference: &str) -> PaymentId {
        self.book(tx, &booking.entries[0], Some(&format!("sandbox:{reference}:capture"))).await.unwrap();
        for change in &booking.items {
            invoice::set_status(tx, self.c(), change).await.unwrap();
        }
        let payment = Payment {
            id: id(),
            account_id: self.account_id,
            amount,
            effective_on: booking.entries[0].effective_on(),
            allocations: booking.allocations.clone(),
            unapplied: booking.unapplied,
            refunded: mxn(0),
        };
        let row = PaymentRow {
            debtor_id: self.debtor.id,
            attempt_id: None,
            provider: "sandbox".to_owned(),
            provider_reference: reference.to_owned(),
            recorded_at: noon("2026-02-10"),
            payment,
        };
        payment::insert(tx, self.c(), &row).await.unwrap();
        row.payment.id
    }
}
