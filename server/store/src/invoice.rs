//! Invoices, with what is still open of each: a projection of the journal that the flows keep and [`crate::journal::parity`]
//! checks.

use crate::bulk::{KEYS_MAX, insert_free};
use crate::codec::{day, json, money, to_day, to_json};
use crate::outbox::Change;
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Date;
use saldo_domain::ids::{AccountId, CreditorId, DebtorId, ImportId, InvoiceId, PlanId};
use saldo_domain::invoice::{Invoice, InvoiceStatus, ItemKind};
use saldo_domain::money::Money;
use saldo_domain::planted::{self, Bug};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter};

pub use crate::invoice_change::{set_amount, set_discounts, set_disputed, set_due_on, set_status};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "invoices")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) account_id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) number: String,
        pub(crate) description: Option<String>,
        pub(crate) issued_on: Date,
        pub(crate) due_on: Date,
        pub(crate) amount_minor: i64,
        pub(crate) currency: String,
        pub(crate) status: String,
        pub(crate) outstanding_minor: i64,
        pub(crate) closed_on: Option<Date>,
        pub(crate) disputed: bool,
        pub(crate) import_id: Option<Uuid>,
        pub(crate) import_line: Option<i64>,
        pub(crate) kind: String,
        pub(crate) parent_id: Option<Uuid>,
        pub(crate) tax_minor: Option<i64>,
        pub(crate) discounts: Json,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// An invoice to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvoice {
    /// The invoice, in any status.
    pub invoice: Invoice,
    /// Whose account it is on.
    pub debtor_id: DebtorId,
    /// The import and the line that it came from.
    pub import: Option<(ImportId, u32)>,
}

/// An invoice as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceRow {
    /// The invoice.
    pub invoice: Invoice,
    /// Whose account it is on.
    pub debtor_id: DebtorId,
    /// The import that it came from.
    pub import_id: Option<ImportId>,
    /// The line of that file.
    pub import_line: Option<u32>,
}

/// The word of a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusWord {
    /// Something is owed.
    Open,
    /// Nothing is owed any more.
    Paid,
    /// It should not have been issued.
    Void,
    /// The claim was given up.
    WrittenOff,
}

impl StatusWord {
    /// The word as it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Paid => "paid",
            Self::Void => "void",
            Self::WrittenOff => "written_off",
        }
    }
}

/// Which invoices are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InvoiceFilter {
    /// In this status.
    pub status: Option<StatusWord>,
    /// Of this debtor.
    pub debtor_id: Option<DebtorId>,
}

/// Status word, outstanding minor units, date of closing.
pub(crate) fn columns(status: InvoiceStatus) -> (StatusWord, i64, Option<Date>) {
    match status {
        InvoiceStatus::Open { outstanding } => (StatusWord::Open, outstanding.minor(), None),
        InvoiceStatus::Paid { paid_on } => (StatusWord::Paid, 0, Some(paid_on)),
        InvoiceStatus::Void { voided_on } => (StatusWord::Void, 0, Some(voided_on)),
        InvoiceStatus::WrittenOff { written_off_on } => (StatusWord::WrittenOff, 0, Some(written_off_on)),
    }
}

/// The word of a kind, and what it is for.
fn kind_columns(kind: ItemKind) -> (&'static str, Option<uuid::Uuid>) {
    match kind {
        ItemKind::Invoice => ("invoice", None),
        ItemKind::LateFee { of } => ("late_fee", Some(of.0)),
        ItemKind::Interest { of } => ("interest", Some(of.0)),
        ItemKind::PlanCharge { plan_id } => ("plan_charge", Some(plan_id.0)),
    }
}

pub(crate) fn read_kind(word: &str, parent: Option<uuid::Uuid>) -> Result<ItemKind, StoreFault> {
    match (word, parent) {
        ("invoice", None) => Ok(ItemKind::Invoice),
        ("late_fee", Some(of)) => Ok(ItemKind::LateFee { of: InvoiceId(of) }),
        ("interest", Some(of)) => Ok(ItemKind::Interest { of: InvoiceId(of) }),
        ("plan_charge", Some(plan)) => Ok(ItemKind::PlanCharge { plan_id: PlanId(plan) }),
        _ => Err(StoreFault::Corrupt(format!("item kind {word}"))),
    }
}

impl Model {
    pub(crate) fn read_invoice(self) -> Result<Invoice, StoreFault> {
        let closed_on = || day(self.closed_on.ok_or_else(|| StoreFault::corrupt("closed without a date"))?);
        let status = match self.status.as_str() {
            "open" => InvoiceStatus::Open { outstanding: money(self.outstanding_minor, &self.currency)? },
            "paid" => InvoiceStatus::Paid { paid_on: closed_on()? },
            "void" => InvoiceStatus::Void { voided_on: closed_on()? },
            "written_off" => InvoiceStatus::WrittenOff { written_off_on: closed_on()? },
            other => return Err(StoreFault::Corrupt(format!("invoice status {other}"))),
        };
        Ok(Invoice {
            id: InvoiceId(self.id),
            account_id: AccountId(self.account_id),
            issued_on: day(self.issued_on)?,
            due_on: day(self.due_on)?,
            amount: money(self.amount_minor, &self.currency)?,
            status,
            disputed: self.disputed,
            kind: read_kind(&self.kind, self.parent_id)?,
            tax: self.tax_minor.map(|minor| money(minor, &self.currency)).transpose()?,
            discounts: json(self.discounts)?,
            number: self.number,
            description: self.description,
        })
    }

    pub(crate) fn read(self) -> Result<InvoiceRow, StoreFault> {
        Ok(InvoiceRow {
            debtor_id: DebtorId(self.debtor_id),
            import_id: self.import_id.map(ImportId),
            import_line: self.import_line.map(crate::codec::count).transpose()?,
            invoice: self.read_invoice()?,
        })
    }

    fn of(creditor_id: CreditorId, new: &NewInvoice) -> Result<Self, StoreFault> {
        let invoice = &new.invoice;
        let (status, outstanding_minor, closed_on) = columns(invoice.status);
        Ok(Self {
            creditor_id: creditor_id.0,
            id: invoice.id.0,
            account_id: invoice.account_id.0,
            debtor_id: new.debtor_id.0,
            number: invoice.number.clone(),
            description: invoice.description.clone(),
            issued_on: to_day(invoice.issued_on),
            due_on: to_day(invoice.due_on),
            amount_minor: invoice.amount.minor(),
            currency: invoice.amount.currency().code().to_owned(),
            status: status.name().to_owned(),
            outstanding_minor,
            closed_on: closed_on.map(to_day),
            disputed: invoice.disputed,
            import_id: new.import.map(|(id, _)| id.0),
            import_line: new.import.map(|(_, line)| i64::from(line)),
            kind: kind_columns(invoice.kind).0.to_owned(),
            parent_id: kind_columns(invoice.kind).1,
            tax_minor: invoice.tax.map(Money::minor),
            discounts: to_json(&invoice.discounts)?,
        })
    }
}

/// Writes new invoices, all or none.
///
/// # Errors
/// `Conflict("invoice_number")` when a number is taken.
pub async fn insert_many(tx: &Tx, creditor_id: CreditorId, invoices: &[NewInvoice]) -> Result<(), StoreFault> {
    let rows: Vec<Model> = invoices.iter().map(|new| Model::of(creditor_id, new)).collect::<Result<_, _>>()?;
    let expected = u64::try_from(rows.len()).map_err(StoreFault::corrupt)?;
    let part = tx.savepoint().await?;
    if insert_free::<Entity>(&part, rows).await? == expected {
        invoices.iter().for_each(|new| tx.note(creditor_id, Change::Issued(new.invoice.id.0)));
        part.commit().await
    } else {
        part.rollback().await?;
        Err(StoreFault::Conflict("invoice_number"))
    }
}

/// The invoices with some of the creditor's numbers; numbers that nobody has are left out.
///
/// # Errors
/// The database's.
pub async fn find_by_numbers(
    tx: &Tx,
    creditor_id: CreditorId,
    numbers: &[String],
) -> Result<Vec<InvoiceRow>, StoreFault> {
    let mut found = Vec::new();
    for chunk in numbers.chunks(KEYS_MAX) {
        let select = Entity::find()
            .filter(Column::CreditorId.eq(creditor_id.0))
            .filter(Column::Number.is_in(chunk.iter().map(String::as_str)));
        for row in select.all(tx.connection()).await? {
            found.push(row.read()?);
        }
    }
    Ok(found)
}

/// The invoices with some ids; ids that the creditor does not have are left out.
///
/// # Errors
/// The database's.
pub async fn find_many(tx: &Tx, creditor_id: CreditorId, ids: &[InvoiceId]) -> Result<Vec<InvoiceRow>, StoreFault> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(KEYS_MAX) {
        let select = Entity::find()
            .filter(Column::CreditorId.eq(creditor_id.0))
            .filter(Column::Id.is_in(chunk.iter().map(|id| id.0)));
        for row in select.all(tx.connection()).await? {
            found.push(row.read()?);
        }
    }
    Ok(found)
}

/// The invoice with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: InvoiceId) -> Result<InvoiceRow, StoreFault> {
    let select = match planted::is(Bug::CreditorFilterDropped) {
        true => Entity::find().filter(Column::Id.eq(id.0)),
        false => Entity::find_by_id((creditor_id.0, id.0)),
    };
    select.one(tx.connection()).await?.ok_or(StoreFault::NotFound("invoice"))?.read()
}

/// A creditor's invoices, oldest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    filter: InvoiceFilter,
    page: PageRequest,
) -> Result<Page<InvoiceRow>, StoreFault> {
    let mut select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0));
    if let Some(status) = filter.status {
        select = select.filter(Column::Status.eq(status.name()));
    }
    if let Some(debtor_id) = filter.debtor_id {
        select = select.filter(Column::DebtorId.eq(debtor_id.0));
    }
    by_id(tx, select, Column::Id, Order::Asc, page, |row| row.id, Model::read).await
}
