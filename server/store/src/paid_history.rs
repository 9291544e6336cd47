//! Past invoices with what came in for them: what a discount policy is replayed over.

use crate::bulk::{KEYS_MAX, among_at, ids_value};
use crate::codec::{day, json};
use crate::{StoreFault, Tx, debtor, invoice, payment};
use saldo_domain::currency::Currency;
use saldo_domain::discount::{InvoiceFacts, PaidInvoice, PaidPart};
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::money::Money;
use saldo_domain::reminder::PaymentHistory;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

/// The newest paid invoices in a currency, newest first, at most `limit`. Charges are not among them. What a payment gave
/// up counts as paid with it: the invoice is replayed as if nobody had taken a discount.
///
/// # Errors
/// The database's; amounts that do not fit.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    currency: Currency,
    limit: u64,
) -> Result<Vec<PaidInvoice>, StoreFault> {
    use invoice::table::{Column, Entity};
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Status.eq("paid"))
        .filter(Column::Currency.eq(currency.code()))
        .filter(Column::Kind.eq("invoice"))
        .order_by_desc(Column::Id)
        .limit(limit);
    let invoices = select.all(tx.connection()).await?;
    let ids: Vec<Uuid> = invoices.iter().map(|row| row.id).collect();
    let mut debtors: Vec<Uuid> = invoices.iter().map(|row| row.debtor_id).collect();
    debtors.sort();
    debtors.dedup();
    let mut parts = parts(tx, creditor_id, &ids, currency).await?;
    let tags = tags(tx, creditor_id, &debtors).await?;
    let mut history = Vec::with_capacity(invoices.len());
    for row in invoices {
        let Some(mut payments) = parts.remove(&row.id) else { continue };
        payments.sort_by_key(|part| part.on);
        let amount = Money::sum(currency, payments.iter().map(|part| part.amount)).map_err(StoreFault::corrupt)?;
        let facts = InvoiceFacts {
            issued_on: day(row.issued_on)?,
            due_on: day(row.due_on)?,
            amount,
            tax: row.tax_minor.map(|minor| Money::new(minor, currency)),
            tags: tags.get(&row.debtor_id).cloned().unwrap_or_default(),
        };
        history.push(PaidInvoice { facts, payments });
    }
    Ok(history)
}

/// What was paid on each invoice, and when it counts.
async fn parts(
    tx: &Tx,
    creditor_id: CreditorId,
    ids: &[Uuid],
    currency: Currency,
) -> Result<HashMap<Uuid, Vec<PaidPart>>, StoreFault> {
    use payment::allocation_table::{Column as Part, Entity as Parts};
    use payment::table::{Column, Entity};
    let mut rows = Vec::new();
    for chunk in ids.chunks(KEYS_MAX) {
        let select = Parts::find()
            .filter(Part::CreditorId.eq(creditor_id.0))
            .filter(Part::InvoiceId.is_in(chunk.iter().copied()));
        rows.extend(select.all(tx.connection()).await?);
    }
    let mut payments: Vec<Uuid> = rows.iter().map(|row| row.payment_id).collect();
    payments.sort();
    payments.dedup();
    let mut dates = HashMap::with_capacity(payments.len());
    for chunk in payments.chunks(KEYS_MAX) {
        let select =
            Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::Id.is_in(chunk.iter().copied()));
        for row in select.all(tx.connection()).await? {
            dates.insert(row.id, day(row.effective_on)?);
        }
    }
    let mut parts: HashMap<Uuid, Vec<PaidPart>> = HashMap::new();
    for row in rows {
        let minor = row.amount_minor.checked_add(row.concession_minor);
        let minor = minor.ok_or_else(|| StoreFault::corrupt("an allocation too large"))?;
        let Some(on) = dates.get(&row.payment_id).filter(|_| minor > 0) else { continue };
        parts.entry(row.invoice_id).or_default().push(PaidPart { on: *on, amount: Money::new(minor, currency) });
    }
    Ok(parts)
}

async fn tags(tx: &Tx, creditor_id: CreditorId, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<String>>, StoreFault> {
    use debtor::table::{Column, Entity};
    let mut tags = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(KEYS_MAX) {
        let select = Entity::find()
            .select_only()
            .column(Column::Id)
            .column(Column::Tags)
            .filter(Column::CreditorId.eq(creditor_id.0))
            .filter(Column::Id.is_in(chunk.iter().copied()));
        let rows: Vec<(Uuid, serde_json::Value)> = select.into_tuple().all(tx.connection()).await?;
        for (id, value) in rows {
            tags.insert(id, json(value)?);
        }
    }
    Ok(tags)
}

/// How debtors paid the invoices that are closed: all that were paid, and those that were paid after their due date. Who
/// has paid none is left out.
///
/// # Errors
/// The database's.
pub async fn count_for_debtors(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<HashMap<DebtorId, PaymentHistory>, StoreFault> {
    let sql = format!(
        "SELECT debtor_id, COUNT(*) AS paid, \
         CAST(COALESCE(SUM(CASE WHEN closed_on > due_on THEN 1 ELSE 0 END), 0) AS BIGINT) AS late \
         FROM invoices WHERE creditor_id = $1 AND status = 'paid' AND kind = 'invoice' AND {} GROUP BY debtor_id",
        among_at(tx, "debtor_id", 2)
    );
    let values = vec![creditor_id.0.into(), ids_value(tx, debtor_ids.iter().map(|id| id.0))];
    let mut histories = HashMap::new();
    for row in tx.query(&sql, values).await? {
        let count = |name| {
            let count: i64 = row.try_get("", name)?;
            u32::try_from(count).map_err(StoreFault::corrupt)
        };
        let history = PaymentHistory { paid_count: count("paid")?, paid_late_count: count("late")? };
        histories.insert(DebtorId(row.try_get("", "debtor_id")?), history);
    }
    Ok(histories)
}
