//! Everything that a decision about a debtor needs, in a fixed number of queries.

use crate::bulk::{ByDebtor, by_debtor};
use crate::codec::{currency, day, instant, word};
use crate::rare::{Owners, Rare, of_owners};
use crate::{
    StoreFault, Tx, account, attempt, consent, contact_preference, creditor, debtor, freshness, hold, open_item,
    paid_history, payment_plan, policy, promise, reminder, settlement_offer, transfer,
};
use saldo_domain::currency::Currency;
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::{AccountId, CreditorId, DebtorId};
use saldo_domain::money::Money;
use saldo_domain::reminder::{ActiveDunning, HistoryRule};
use saldo_domain::snapshot::{AccountSnapshot, DebtorSnapshot, Movement};
use sea_orm::prelude::DateTimeUtc;
use sea_orm::{QueryResult, TryGetable};
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
    let mut found = load_many(tx, creditor_id, &[debtor_id]).await?;
    let mut snapshot = found.pop().ok_or(StoreFault::NotFound("debtor"))?;
    let mut history = paid_history::count_for_debtors(tx, creditor_id, &[debtor_id]).await?;
    snapshot.history = history.remove(&debtor_id).unwrap_or_default();
    let mut movements = load_movements(tx, creditor_id, debtor_id).await?;
    for account in &mut snapshot.accounts {
        let told = movements.remove(&account.id.0).unwrap_or_default();
        account.carried_forward = carried_forward(&told, account.currency)?;
        account.movements = told.into_iter().map(|told| told.read(account.currency)).collect::<Result<_, _>>()?;
    }
    Ok(snapshot)
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

/// Reads what decisions and messages need of many debtors, in as many queries as of one: everything but what changed their
/// balances so far, and how they paid before only where a published ladder asks for it. In the order of the ids; debtors
/// that the creditor does not have are left out.
///
/// # Errors
/// `NotFound` without the creditor.
pub async fn load_many(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<Vec<DebtorSnapshot>, StoreFault> {
    let creditor = creditor::load(tx, creditor_id).await?;
    let dunning = policy::list_dunning(tx, creditor_id).await?;
    let found = debtor::find_many(tx, creditor_id, debtor_ids).await?;
    let mut debtors: HashMap<DebtorId, Debtor> = found.into_iter().map(|debtor| (debtor.id, debtor)).collect();
    let owners = Owners::find(tx, creditor_id, debtor_ids).await?;
    let mut accounts = load_accounts(tx, creditor_id, debtor_ids).await?;
    let mut attempts = of_owners!(owners, Rare::OpenAttempt, attempt::load_open_for_debtors, tx, creditor_id);
    let mut contacts = reminder::load_contacts(tx, creditor_id, debtor_ids, &owners.of(Rare::Call)).await?;
    let mut plans = of_owners!(owners, Rare::Plan, payment_plan::load_for_debtors, tx, creditor_id);
    let mut promises = of_owners!(owners, Rare::Promise, promise::load_for_debtors, tx, creditor_id);
    let mut holds = of_owners!(owners, Rare::Hold, hold::load_for_debtors, tx, creditor_id);
    let mut transfers = of_owners!(owners, Rare::Transfer, transfer::load_for_debtors, tx, creditor_id);
    let mut offers = of_owners!(owners, Rare::SettlementOffer, settlement_offer::load_for_debtors, tx, creditor_id);
    let mut consents = of_owners!(owners, Rare::Consent, consent::load_for_debtors, tx, creditor_id);
    let mut preferences = of_owners!(owners, Rare::Preference, contact_preference::load_for_debtors, tx, creditor_id);
    let asks = |active: &ActiveDunning| active.policy.audience.history != HistoryRule::Any;
    let mut histories = match dunning.iter().any(asks) {
        true => paid_history::count_for_debtors(tx, creditor_id, debtor_ids).await?,
        false => HashMap::new(),
    };
    let data_fresh_at = freshness::find(tx, creditor_id).await?;
    let snapshot = |id: &DebtorId| {
        Some(DebtorSnapshot {
            debtor: debtors.remove(id)?,
            creditor: creditor.clone(),
            dunning: dunning.clone(),
            consents: consents.remove(id).unwrap_or_default(),
            preference: preferences.remove(id),
            history: histories.remove(id).unwrap_or_default(),
            data_fresh_at,
            accounts: accounts.remove(id).unwrap_or_default(),
            open_attempts: attempts.remove(id).unwrap_or_default(),
            contacts: contacts.remove(id).unwrap_or_default(),
            plans: plans.remove(id).unwrap_or_default(),
            promises: promises.remove(id).unwrap_or_default(),
            holds: holds.remove(id).unwrap_or_default(),
            transfers: transfers.remove(id).unwrap_or_default(),
            settlement_offers: offers.remove(id).unwrap_or_default(),
        })
    };
    Ok(debtor_ids.iter().filter_map(snapshot).collect())
}

/// [`load_many`] while the debtors are held until the transaction ends.
///
/// # Errors
/// `NotFound` when one is missing.
pub async fn lock_and_load_many(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<Vec<DebtorSnapshot>, StoreFault> {
    debtor::lock_many(tx, creditor_id, debtor_ids).await?;
    load_many(tx, creditor_id, debtor_ids).await
}

async fn load_accounts(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<ByDebtor<AccountSnapshot>, StoreFault> {
    let rows = account::load_for_debtors(tx, creditor_id, debtor_ids).await?;
    let mut items = open_item::load_for_debtors(tx, creditor_id, debtor_ids).await?;
    by_debtor(rows.into_iter().map(|row| {
        let currency = currency(&row.currency)?;
        let account = AccountSnapshot {
            id: AccountId(row.id),
            currency,
            balance_version: row.balance_version,
            items: items.remove(&row.id).unwrap_or_default(),
            unapplied: Money::new(row.unapplied_minor, currency),
            carried_forward: Money::zero(currency),
            movements: Vec::new(),
        };
        Ok((DebtorId(row.debtor_id), account))
    }))
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
