//! What changed the balances of accounts, from the journal alone.

use crate::bulk::{among_at, ids_value};
use crate::codec::{day, instant, word};
use crate::{StoreFault, Tx};
use saldo_domain::currency::Currency;
use saldo_domain::ids::{AccountId, CreditorId, DebtorId};
use saldo_domain::money::Money;
use saldo_domain::snapshot::Movement;
use sea_orm::prelude::DateTimeUtc;
use sea_orm::{QueryResult, TryGetable};
use std::collections::HashMap;
use uuid::Uuid;

/// How many of an account's movements are told one by one; the sum of those before is carried forward.
pub const MOVEMENTS_MAX: i64 = 200;

/// The numbers of the invoices that the latest movements of a debtor's accounts concern.
const NUMBERS: &str = "
SELECT DISTINCT journal_lines.entry_id, invoices.number FROM journal_lines
JOIN invoices ON invoices.creditor_id = journal_lines.creditor_id AND invoices.id = journal_lines.invoice_id
WHERE journal_lines.creditor_id = $1 AND journal_lines.entry_id IN (
    SELECT id FROM (
        SELECT id, ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY effective_on DESC, id DESC) AS place
        FROM journal_entries WHERE creditor_id = $1 AND debtor_id = $2 AND account_id IS NOT NULL
    ) AS entries WHERE place <= $3
) ORDER BY journal_lines.entry_id, invoices.number";

/// The latest movements of accounts.
#[derive(Debug, Default)]
pub(crate) struct Movements(HashMap<Uuid, Vec<Told>>);

/// A movement as it is read, with the sum of all of its account.
#[derive(Debug)]
struct Told {
    kind: String,
    effective_on: chrono::NaiveDate,
    recorded_at: DateTimeUtc,
    effect_minor: i64,
    total: i64,
    invoice_numbers: Vec<String>,
}

impl Movements {
    /// An account's, and the sum of those before.
    pub(crate) fn of(&mut self, id: AccountId, currency: Currency) -> Result<(Vec<Movement>, Money), StoreFault> {
        let told = self.0.remove(&id.0).unwrap_or_default();
        let carried = carried_forward(&told, currency)?;
        Ok((told.into_iter().map(|told| told.read(currency)).collect::<Result<_, _>>()?, carried))
    }
}

impl Told {
    fn read(self, currency: Currency) -> Result<Movement, StoreFault> {
        Ok(Movement {
            kind: word(&self.kind)?,
            effective_on: day(self.effective_on)?,
            recorded_at: instant(self.recorded_at)?,
            effect: Money::new(self.effect_minor, currency),
            invoice_numbers: self.invoice_numbers,
        })
    }
}

fn carried_forward(told: &[Told], currency: Currency) -> Result<Money, StoreFault> {
    let Some(last) = told.last() else { return Ok(Money::zero(currency)) };
    let minor = told.iter().try_fold(last.total, |rest, told| rest.checked_sub(told.effect_minor));
    minor.map(|minor| Money::new(minor, currency)).ok_or_else(|| StoreFault::corrupt("balance out of range"))
}

/// A debtor's, with the numbers of their invoices.
pub(crate) async fn load(tx: &Tx, creditor_id: CreditorId, debtor_id: DebtorId) -> Result<Movements, StoreFault> {
    let mut numbers: HashMap<Uuid, Vec<String>> = HashMap::new();
    let values = vec![creditor_id.0.into(), debtor_id.0.into(), MOVEMENTS_MAX.into()];
    for row in tx.query(NUMBERS, values).await? {
        numbers.entry(column(&row, "entry_id")?).or_default().push(column(&row, "number")?);
    }
    read(tx, creditor_id, &[debtor_id], numbers).await
}

/// Those of many debtors, without the numbers of their invoices.
pub(crate) async fn load_nameless(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<Movements, StoreFault> {
    read(tx, creditor_id, debtor_ids, HashMap::new()).await
}

async fn read(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
    mut numbers: HashMap<Uuid, Vec<String>>,
) -> Result<Movements, StoreFault> {
    let sql = format!(
        "SELECT id, account_id, kind, effective_on, recorded_at, effect_minor, CAST(total AS BIGINT) AS total FROM (
            SELECT id, account_id, kind, effective_on, recorded_at, effect_minor,
                   ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY effective_on DESC, id DESC) AS place,
                   SUM(effect_minor) OVER (PARTITION BY account_id) AS total
            FROM journal_entries WHERE creditor_id = $1 AND account_id IS NOT NULL AND {}
        ) AS entries WHERE place <= $3 ORDER BY account_id, effective_on, id",
        among_at(tx, "debtor_id", 2)
    );
    let ids = ids_value(tx, debtor_ids.iter().map(|id| id.0));
    let mut movements: HashMap<Uuid, Vec<Told>> = HashMap::new();
    for row in tx.query(&sql, vec![creditor_id.0.into(), ids, MOVEMENTS_MAX.into()]).await? {
        let id: Uuid = column(&row, "id")?;
        movements.entry(column(&row, "account_id")?).or_default().push(Told {
            kind: column(&row, "kind")?,
            effective_on: column(&row, "effective_on")?,
            recorded_at: column(&row, "recorded_at")?,
            effect_minor: column(&row, "effect_minor")?,
            total: column(&row, "total")?,
            invoice_numbers: numbers.remove(&id).unwrap_or_default(),
        });
    }
    Ok(Movements(movements))
}

fn column<T: TryGetable>(row: &QueryResult, name: &str) -> Result<T, StoreFault> {
    Ok(row.try_get("", name)?)
}
