//! What is open, of many debtors at once: only the columns that a decision or a message reads.

use crate::bulk::{among_at, ids_value};
use crate::codec::{day, json, money};
use crate::invoice::read_kind;
use crate::{StoreFault, Tx};
use saldo_domain::ids::{CreditorId, DebtorId, InvoiceId};
use saldo_domain::invoice::OpenItem;
use sea_orm::prelude::Json;
use sea_orm::{FromQueryResult, QueryResult};
use std::collections::HashMap;
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    account_id: Uuid,
    number: String,
    description: Option<String>,
    issued_on: chrono::NaiveDate,
    due_on: chrono::NaiveDate,
    amount_minor: i64,
    currency: String,
    outstanding_minor: i64,
    disputed: bool,
    kind: String,
    parent_id: Option<Uuid>,
    tax_minor: Option<i64>,
    discounts: Option<Json>,
}

impl Row {
    fn read(self) -> Result<OpenItem, StoreFault> {
        Ok(OpenItem {
            invoice_id: InvoiceId(self.id),
            number: self.number,
            description: self.description,
            issued_on: day(self.issued_on)?,
            due_on: day(self.due_on)?,
            amount: money(self.amount_minor, &self.currency)?,
            outstanding: money(self.outstanding_minor, &self.currency)?,
            disputed: self.disputed,
            kind: read_kind(&self.kind, self.parent_id)?,
            tax: self.tax_minor.map(|minor| money(minor, &self.currency)).transpose()?,
            discounts: self.discounts.map(json).transpose()?.unwrap_or_default(),
        })
    }
}

/// The open items of some debtors by their account, the oldest due first. Most have no discount: then none is sent over.
pub(crate) async fn load_for_debtors(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<HashMap<Uuid, Vec<OpenItem>>, StoreFault> {
    let sql = format!(
        "SELECT id, account_id, number, description, issued_on, due_on, amount_minor, currency, outstanding_minor, \
         disputed, kind, parent_id, tax_minor, NULLIF(discounts, '[]') AS discounts FROM invoices \
         WHERE creditor_id = $1 AND status = 'open' AND {}",
        among_at(tx, "debtor_id", 2)
    );
    let values = vec![creditor_id.0.into(), ids_value(tx, debtor_ids.iter().map(|id| id.0))];
    let rows: Vec<QueryResult> = tx.query(&sql, values).await?;
    let mut items: HashMap<Uuid, Vec<OpenItem>> = HashMap::with_capacity(debtor_ids.len());
    for row in &rows {
        let row = Row::from_query_result(row, "")?;
        items.entry(row.account_id).or_default().push(row.read()?);
    }
    for of_account in items.values_mut() {
        of_account.sort_by(|a, b| (a.due_on, a.issued_on, &a.number).cmp(&(b.due_on, b.issued_on, &b.number)));
    }
    Ok(items)
}
