//! The lists of the console and of the API: one page of each, with the names that its rows need.

use crate::App;
use crate::failure::Failure;
use saldo_domain::calendar::Date;
use saldo_domain::ids::{CreditorId, DebtorId, DisputeId, InvoiceId, PaymentId, PlanId, PromiseId};
use saldo_store::debtor::{self, DebtorName, DebtorRow};
use saldo_store::dispute::{self, DisputeRow};
use saldo_store::invoice::{self, InvoiceRow};
use saldo_store::list::{self, AskFault, Asked, Found, Frame, Listing, Wanted, in_order};
use saldo_store::payment::{self, PaymentRow};
use saldo_store::payment_plan::{self, PlanRow};
use saldo_store::promise::{self, PromiseRow};
use saldo_store::{Tx, creditor};
use std::collections::HashMap;

/// A page of a list whose rows are still to be read, in the same database transaction.
pub struct Opened {
    tx: Tx,
    creditor_id: CreditorId,
    found: Found,
    /// What was asked, in the list's own terms.
    pub wanted: Wanted,
    /// The first thing that was asked and cannot be read.
    pub fault: Option<AskFault>,
    /// The creditor's date.
    pub today: Date,
}

/// A row with the debtor that it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<R> {
    /// The row.
    pub row: R,
    /// Whose it is.
    pub debtor_id: DebtorId,
    /// What the debtor is called.
    pub debtor: DebtorName,
}

/// Finds one page of a list.
///
/// # Errors
/// Faults of the store.
pub async fn open(
    app: &App,
    creditor_id: CreditorId,
    listing: &'static Listing,
    asked: &Asked,
    limit: u64,
) -> Result<Opened, Failure> {
    let tx = app.store().read_of(creditor_id).await?;
    let today = creditor::load(&tx, creditor_id).await?.zone.date_at(app.now());
    let (wanted, fault) = listing.wanted(asked, Frame { today, limit });
    let found = list::page(&tx, creditor_id, listing, &wanted).await?;
    Ok(Opened { tx, creditor_id, found, wanted, fault, today })
}

impl Opened {
    /// Where the next page begins; none at the end.
    pub fn next(&self) -> Option<&str> {
        self.found.next.as_deref()
    }

    fn ids<T>(&self, id: impl Fn(uuid::Uuid) -> T) -> Vec<T> {
        self.found.ids.iter().copied().map(id).collect()
    }

    async fn named<R>(&self, rows: Vec<(DebtorId, R)>) -> Result<Vec<Named<R>>, Failure> {
        let ids: Vec<DebtorId> = rows.iter().map(|(id, _)| *id).collect();
        let names = debtor::list_names(&self.tx, self.creditor_id, &ids).await?;
        let named = |(debtor_id, row)| names.get(&debtor_id).cloned().map(|debtor| Named { row, debtor_id, debtor });
        Ok(rows.into_iter().filter_map(named).collect())
    }

    /// The page as debtors with what they owe.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn debtors(&self) -> Result<Vec<DebtorRow>, Failure> {
        Ok(debtor::list_owing(&self.tx, self.creditor_id, &self.ids(DebtorId), self.today).await?)
    }

    /// The page as invoices.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn invoices(&self) -> Result<Vec<Named<InvoiceRow>>, Failure> {
        let rows = invoice::find_many(&self.tx, self.creditor_id, &self.ids(InvoiceId)).await?;
        let rows = in_order(&self.found.ids, rows, |row| row.invoice.id.0);
        self.named(rows.into_iter().map(|row| (row.debtor_id, row)).collect()).await
    }

    /// The page as payments.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn payments(&self) -> Result<Vec<Named<PaymentRow>>, Failure> {
        let rows = payment::find_many(&self.tx, self.creditor_id, &self.ids(PaymentId)).await?;
        let rows = in_order(&self.found.ids, rows, |row| row.payment.id.0);
        self.named(rows.into_iter().map(|row| (row.debtor_id, row)).collect()).await
    }

    /// The page as payment plans.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn plans(&self) -> Result<Vec<Named<PlanRow>>, Failure> {
        let rows = payment_plan::find_many(&self.tx, self.creditor_id, &self.ids(PlanId)).await?;
        let rows = in_order(&self.found.ids, rows, |row| row.plan.id.0);
        self.named(rows.into_iter().map(|row| (row.debtor_id, row)).collect()).await
    }

    /// The page as disputes, each with its invoice's number.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn disputes(&self) -> Result<Vec<Named<(DisputeRow, String)>>, Failure> {
        let rows = dispute::find_many(&self.tx, self.creditor_id, &self.ids(DisputeId)).await?;
        let rows = in_order(&self.found.ids, rows, |row| row.dispute.id.0);
        let invoices: Vec<InvoiceId> = rows.iter().map(|row| row.dispute.invoice_id).collect();
        let invoices = invoice::find_many(&self.tx, self.creditor_id, &invoices).await?;
        let numbers: HashMap<InvoiceId, String> =
            invoices.into_iter().map(|row| (row.invoice.id, row.invoice.number)).collect();
        let numbered = |row: DisputeRow| {
            let number = numbers.get(&row.dispute.invoice_id).cloned().unwrap_or_default();
            (row.debtor_id, (row, number))
        };
        self.named(rows.into_iter().map(numbered).collect()).await
    }

    /// The page as promises.
    ///
    /// # Errors
    /// Faults of the store.
    pub async fn promises(&self) -> Result<Vec<Named<PromiseRow>>, Failure> {
        let rows = promise::find_many(&self.tx, self.creditor_id, &self.ids(PromiseId)).await?;
        let rows = in_order(&self.found.ids, rows, |row| row.promise.id.0);
        self.named(rows.into_iter().map(|row| (row.debtor_id, row)).collect()).await
    }
}
