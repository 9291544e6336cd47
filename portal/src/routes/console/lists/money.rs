use super::{List, head};
use crate::Chrome;
use crate::pages::console::{Cell, Column, Section, Tint};
use saldo_app::Failure;
use saldo_app::flows::read_lists::Opened;
use saldo_app::lists::{INVOICES, Listing, PAYMENTS};
use saldo_domain::calendar::Date;
use saldo_domain::invoice::{Invoice, InvoiceStatus};
use saldo_domain::money::Money;

/// What is owed.
pub struct Invoices;

impl List for Invoices {
    const LISTING: &'static Listing = INVOICES;
    const SECTION: Section = Section::Invoices;

    fn words(chrome: &Chrome) -> (String, String) {
        (chrome.t("console-invoices"), chrome.t("invoices-none"))
    }

    fn columns(chrome: &Chrome) -> Vec<Column> {
        vec![
            Column::new(chrome.t("column-number")).by("number").noted(chrome.t("column-debtor")),
            Column::new(chrome.t("column-issued")).by("issued").wide(),
            Column::new(chrome.t("column-due")).by("due").wide(),
            Column::of_amounts(chrome.t("field-amount")).by("amount").wide(),
            Column::of_amounts(chrome.t("field-outstanding")),
            Column::new(chrome.t("column-state")),
        ]
    }

    async fn rows(opened: &Opened, chrome: &Chrome) -> Result<Vec<Vec<Cell>>, Failure> {
        let rows = opened.invoices().await?;
        let cells = rows.into_iter().map(|named| {
            let invoice = named.row.invoice;
            let (tint, state) = standing(&invoice, opened.today, chrome);
            vec![
                Cell::Head {
                    href: format!("/console/debtors/{}", named.debtor_id),
                    text: invoice.number.clone(),
                    note: Some(named.debtor.name),
                },
                Cell::Day(invoice.issued_on),
                Cell::Day(invoice.due_on),
                Cell::Amounts(vec![invoice.amount]),
                Cell::Amounts(vec![outstanding(&invoice)]),
                Cell::State(tint, state),
            ]
        });
        Ok(cells.collect())
    }
}

fn outstanding(invoice: &Invoice) -> Money {
    match invoice.status {
        InvoiceStatus::Open { outstanding } => outstanding,
        _ => Money::zero(invoice.amount.currency()),
    }
}

fn standing(invoice: &Invoice, today: Date, chrome: &Chrome) -> (Tint, String) {
    match invoice.status {
        _ if invoice.disputed => (Tint::Info, chrome.t("state-disputed")),
        InvoiceStatus::Open { .. } if invoice.due_on < today => (Tint::Careful, chrome.t("state-overdue")),
        InvoiceStatus::Open { .. } => (Tint::Plain, chrome.t("state-open")),
        InvoiceStatus::Paid { .. } => (Tint::Good, chrome.t("state-paid")),
        InvoiceStatus::Void { .. } => (Tint::Plain, chrome.t("state-void")),
        InvoiceStatus::WrittenOff { .. } => (Tint::Bad, chrome.t("state-written-off")),
    }
}

/// What came in.
pub struct Payments;

impl List for Payments {
    const LISTING: &'static Listing = PAYMENTS;
    const SECTION: Section = Section::Payments;

    fn words(chrome: &Chrome) -> (String, String) {
        (chrome.t("console-payments"), chrome.t("list-payments-none"))
    }

    fn columns(chrome: &Chrome) -> Vec<Column> {
        vec![
            Column::new(chrome.t("column-debtor")).noted(chrome.t("column-reference")),
            Column::new(chrome.t("column-when")).by("date"),
            Column::new(chrome.t("column-provider")).wide(),
            Column::new(chrome.t("column-provider-reference")).wide(),
            Column::of_amounts(chrome.t("field-amount")).by("amount"),
            Column::of_amounts(chrome.t("state-unapplied")).wide(),
            Column::of_amounts(chrome.t("state-refunded")).wide(),
        ]
    }

    async fn rows(opened: &Opened, _chrome: &Chrome) -> Result<Vec<Vec<Cell>>, Failure> {
        let rows = opened.payments().await?;
        let some = |amount: Money| Cell::Amounts(if amount.is_zero() { Vec::new() } else { vec![amount] });
        let cells = rows.into_iter().map(|named| {
            let payment = named.row.payment;
            vec![
                head(named.debtor_id, &named.debtor),
                Cell::Day(payment.effective_on),
                Cell::Text(named.row.provider),
                Cell::Text(named.row.provider_reference),
                Cell::Amounts(vec![payment.amount]),
                some(payment.unapplied),
                some(payment.refunded),
            ]
        });
        Ok(cells.collect())
    }
}
