//! Everything that a decision about one debtor needs, in a fixed number of queries.

use crate::codec::{currency, day, instant, money, word};
use crate::{
    StoreFault, Tx, account, attempt, consent, contact_preference, creditor, debtor, hold, invoice, paid_history,
    payment_plan, policy, promise, reminder, settlement_offer, transfer,
};
use saldo_domain::currency::Currency;
use saldo_domain::ids::{AccountId, CreditorId, DebtorId};
use saldo_domain::invoice::OpenItem;
use saldo_domain::money::Money;
use saldo_domain::snapshot::{AccountSnapshot, DebtorSnapshot, Movement};
use sea_orm::prelude::DateTimeUtc;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, TryGetable};
use std::collections::HashMap;
use uuid::Uuid;

/// How many of an account's movements are told one by one; the sum of those before is carried forward.
pub const MOVEMENTS_MAX: i64 = 200;

/// The latest movements of each account with the sum of all of them, from the journal alone.
const MOVEMENTS: &str = "
SELECT id, account_id, kind, effective_on, recorded_at, effect_minor, CAST(total AS BIGINT) AS total FROM (
    SELECT id, account_id, kind, effective_on, recorded_at, effect_minor,
           ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY effective_on DESC, id DESC) AS place,
           SUM(effect_minor) OVER (PARTITION BY account_id) AS total
    FROM journal_entries WHERE creditor_id = $1 AND debtor_id = $2 AND account_id IS NOT NULL
) AS entries WHERE place <= $3 ORDER BY account_id, effective_on, id";

/// The numbers of the invoices that those movements concern.
const NUMBERS: &str = "
SELECT DISTINCT journal_lines.entry_id, invoices.number FROM journal_lines
JOIN invoices ON invoices.creditor_id = journal_lines.creditor_id AND invoices.id = journal_lines.invoice_id
WHERE journal_lines.creditor_id = $1 AND journal_lines.entry_id IN (
    SELECT id FROM (
        SELECT id, ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY effective_on DESC, id DESC) AS place
        FROM journal_entries WHERE creditor_id = $1 AND debtor_id = $2 AND account_id IS NOT NULL
    ) AS entries WHERE place <= $3
) ORDER BY journal_lines.entry_id, invoices.number";

/// Reads a debtor's snapshot.
///
/// # Errors
/// `NotFound` for a debtor that this creditor does not have.
pub async fn load(tx: &Tx, creditor_id: CreditorId, debtor_id: DebtorId) -> Result<DebtorSnapshot, StoreFault> {
    let creditor = creditor::load(tx, creditor_id).await?;
    let debtor = debtor::load(tx, creditor_id, debtor_id).await?;
    let accounts = load_accounts(tx, creditor_id, debtor_id).await?;
    Ok(DebtorSnapshot {
        creditor,
        debtor,
        accounts,
        open_attempts: load_open_attempts(tx, creditor_id, debtor_id).await?,
        contacts: reminder::load_contacts(tx, creditor_id, debtor_id).await?,
        dunning: policy::list_dunning(tx, creditor_id).await?,
        consents: consent::load_for_debtor(tx, creditor_id, debtor_id).await?,
        preference: contact_preference::find(tx, creditor_id, debtor_id).await?,
        history: paid_history::count(tx, creditor_id, debtor_id).await?,
        data_fresh_at: None,
        plans: payment_plan::load_for_debtor(tx, creditor_id, debtor_id).await?,
        promises: promise::load_for_debtor(tx, creditor_id, debtor_id).await?,
        holds: hold::load_for_debtor(tx, creditor_id, debtor_id).await?,
        transfers: transfer::load_for_debtor(tx, creditor_id, debtor_id).await?,
        settlement_offers: settlement_offer::load_for_debtor(tx, creditor_id, debtor_id).await?,
    })
}

/// [`load`] while the debtor is held until the transaction ends.
///
/// # Errors
/// Those of [`load`].
pub async fn lock_and_load(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
) -> Result<DebtorSnapshot, StoreFault> {
    debtor::lock(tx, creditor_id, debtor_id).await?;
    load(tx, creditor_id, debtor_id).await
}

async fn load_open_attempts(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
) -> Result<Vec<saldo_domain::attempt::PaymentAttempt>, StoreFault> {
    use attempt::table::{Column, Entity, Model};
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::DebtorId.eq(debtor_id.0))
        .filter(sea_orm::sea_query::Expr::col(Column::IsOpen))
        .order_by_asc(Column::Id);
    select.all(tx.connection()).await?.into_iter().map(Model::read).collect()
}

async fn load_accounts(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
) -> Result<Vec<AccountSnapshot>, StoreFault> {
    use account::table::{Column, Entity};
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::DebtorId.eq(debtor_id.0))
        .order_by_asc(Column::Currency);
    let rows = select.all(tx.connection()).await?;
    let mut items = load_items(tx, creditor_id, debtor_id).await?;
    let mut movements = load_movements(tx, creditor_id, debtor_id).await?;
    let account = |row: account::table::Model| {
        let currency = currency(&row.currency)?;
        let told = movements.remove(&row.id).unwrap_or_default();
        Ok(AccountSnapshot {
            id: AccountId(row.id),
            currency,
            balance_version: row.balance_version,
            items: items.remove(&row.id).unwrap_or_default(),
            unapplied: money(row.unapplied_minor, &row.currency)?,
            carried_forward: carried_forward(&told, currency)?,
            movements: told.into_iter().map(|told| told.read(currency)).collect::<Result<_, _>>()?,
        })
    };
    rows.into_iter().map(account).collect()
}

async fn load_items(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
) -> Result<HashMap<Uuid, Vec<OpenItem>>, StoreFault> {
    use invoice::table::{Column, Entity};
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::DebtorId.eq(debtor_id.0))
        .filter(Column::Status.eq(invoice::StatusWord::Open.name()))
        .order_by_asc(Column::DueOn)
        .order_by_asc(Column::IssuedOn)
        .order_by_asc(Column::Number);
    let mut items: HashMap<Uuid, Vec<OpenItem>> = HashMap::new();
    for row in select.all(tx.connection()).await? {
        let account = row.account_id;
        items.entry(account).or_default().extend(row.read_invoice()?.open_item());
    }
    Ok(items)
}

/// A movement as it is read, with the sum of all of its account.
struct Told {
    kind: String,
    effective_on: chrono::NaiveDate,
    recorded_at: DateTimeUtc,
    effect_minor: i64,
    total: i64,
    invoice_numbers: Vec<String>,
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

async fn load_movements(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
) -> Result<HashMap<Uuid, Vec<Told>>, StoreFault> {
    let values = || vec![creditor_id.0.into(), debtor_id.0.into(), MOVEMENTS_MAX.into()];
    let mut numbers: HashMap<Uuid, Vec<String>> = HashMap::new();
    for row in tx.query(NUMBERS, values()).await? {
        numbers.entry(column(&row, "entry_id")?).or_default().push(column(&row, "number")?);
    }
    let mut movements: HashMap<Uuid, Vec<Told>> = HashMap::new();
    for row in tx.query(MOVEMENTS, values()).await? {
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
    Ok(movements)
}

fn column<T: TryGetable>(row: &QueryResult, name: &str) -> Result<T, StoreFault> {
    Ok(row.try_get("", name)?)
}
