use crate::bulk::KEYS_MAX;
use crate::codec::{money, to_day};
use crate::debtor::table::{Column, Entity};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Date;
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::money::Money;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::HashMap;
use uuid::Uuid;

/// One line of the list of debtors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DebtorRow {
    /// The debtor.
    pub debtor: Debtor,
    /// What it owes, one amount for each currency that it owes in.
    pub outstanding: Vec<Money>,
    /// What of it is past due, in the same order; zero amounts are there.
    pub overdue: Vec<Money>,
}

/// Who a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DebtorName {
    /// The creditor's own key.
    pub reference: String,
    /// The name.
    pub name: String,
}

/// Debtors with what they owe as of a date, in the order of their ids here; who is missing is left out.
///
/// # Errors
/// The database's.
pub async fn list_owing(
    tx: &Tx,
    creditor_id: CreditorId,
    ids: &[DebtorId],
    as_of: Date,
) -> Result<Vec<DebtorRow>, StoreFault> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut found = Vec::with_capacity(ids.len());
    let mut owed: Owed = HashMap::new();
    for chunk in ids.chunks(KEYS_MAX) {
        let select =
            Entity::find().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::Id.is_in(chunk.iter().copied()));
        for row in select.all(tx.connection()).await? {
            found.push(row.read()?);
        }
        add_owed(tx, creditor_id, chunk, as_of, &mut owed).await?;
    }
    let row = |debtor: Debtor| {
        let (outstanding, overdue) = owed.remove(&debtor.id.0).unwrap_or_default().into_iter().unzip();
        DebtorRow { debtor, outstanding, overdue }
    };
    let rows = found.into_iter().map(row).collect();
    Ok(crate::list::in_order(&ids, rows, |row: &DebtorRow| row.debtor.id.0))
}

/// The names of some debtors.
///
/// # Errors
/// The database's.
pub async fn list_names(
    tx: &Tx,
    creditor_id: CreditorId,
    ids: &[DebtorId],
) -> Result<HashMap<DebtorId, DebtorName>, StoreFault> {
    let mut sorted: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    sorted.sort_unstable();
    sorted.dedup();
    let mut names = HashMap::with_capacity(sorted.len());
    for chunk in sorted.chunks(KEYS_MAX) {
        let select = Entity::find()
            .select_only()
            .column(Column::Id)
            .column(Column::Reference)
            .column(Column::Name)
            .filter(Column::CreditorId.eq(creditor_id.0))
            .filter(Column::Id.is_in(chunk.iter().copied()));
        let rows: Vec<(Uuid, String, String)> = select.into_tuple().all(tx.connection()).await?;
        names.extend(rows.into_iter().map(|(id, reference, name)| (DebtorId(id), DebtorName { reference, name })));
    }
    Ok(names)
}

/// One debtor on whom something is open; none where nothing is.
///
/// # Errors
/// The database's.
pub async fn find_owing(tx: &Tx, creditor_id: CreditorId) -> Result<Option<DebtorId>, StoreFault> {
    let sql = "SELECT debtor_id FROM invoices WHERE creditor_id = $1 AND status = 'open' ORDER BY debtor_id LIMIT 1";
    let rows = tx.query(sql, vec![creditor_id.0.into()]).await?;
    Ok(rows.first().map(|row| row.try_get("", "debtor_id").map(DebtorId)).transpose()?)
}

type Owed = HashMap<Uuid, Vec<(Money, Money)>>;

/// The index of open items by debtor holds every column of this query. Its condition is written out: a bound value would
/// hide that index.
async fn add_owed(
    tx: &Tx,
    creditor_id: CreditorId,
    ids: &[Uuid],
    as_of: Date,
    owed: &mut Owed,
) -> Result<(), StoreFault> {
    let places: Vec<String> = (0..ids.len()).map(|at| format!("${}", at + 3)).collect();
    let sql = format!(
        "SELECT debtor_id, currency, CAST(SUM(outstanding_minor) AS BIGINT) AS outstanding, \
         CAST(SUM(CASE WHEN due_on < $2 THEN outstanding_minor ELSE 0 END) AS BIGINT) AS overdue \
         FROM invoices WHERE creditor_id = $1 AND status = 'open' AND debtor_id IN ({}) \
         GROUP BY debtor_id, currency ORDER BY debtor_id, currency",
        places.join(", ")
    );
    let mut values = vec![creditor_id.0.into(), to_day(as_of).into()];
    values.extend(ids.iter().map(|id| sea_orm::Value::from(*id)));
    for row in tx.query(&sql, values).await? {
        let currency: String = row.try_get("", "currency")?;
        let outstanding = money(row.try_get("", "outstanding")?, &currency)?;
        let overdue = money(row.try_get("", "overdue")?, &currency)?;
        owed.entry(row.try_get("", "debtor_id")?).or_default().push((outstanding, overdue));
    }
    Ok(())
}
