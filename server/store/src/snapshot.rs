//! Everything that a decision about a debtor needs, in a fixed number of queries.

use crate::bulk::{ByDebtor, by_debtor};
use crate::codec::currency;
use crate::rare::{Owners, Rare, of_owners};
use crate::{
    StoreFault, Tx, account, attempt, consent, contact_preference, creditor, debtor, freshness, hold, movement,
    open_item, paid_history, payment_plan, policy, promise, reminder, settlement_offer, transfer,
};
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::{AccountId, CreditorId, DebtorId};
use saldo_domain::money::Money;
use saldo_domain::reminder::{ActiveDunning, HistoryRule};
use saldo_domain::snapshot::{AccountSnapshot, DebtorSnapshot};
use std::collections::HashMap;

pub use crate::movement::MOVEMENTS_MAX;

/// Reads a debtor's snapshot: all that decisions and messages need.
///
/// # Errors
/// `NotFound` for a debtor that this creditor does not have.
pub async fn load(tx: &Tx, creditor_id: CreditorId, debtor_id: DebtorId) -> Result<DebtorSnapshot, StoreFault> {
    load_many(tx, creditor_id, &[debtor_id]).await?.pop().ok_or(StoreFault::NotFound("debtor"))
}

/// [`load`] with what changed the balances so far, for a statement.
///
/// # Errors
/// Those of [`load`].
pub async fn load_with_movements(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
) -> Result<DebtorSnapshot, StoreFault> {
    let mut snapshot = load(tx, creditor_id, debtor_id).await?;
    let mut told = movement::load(tx, creditor_id, debtor_id).await?;
    for account in &mut snapshot.accounts {
        (account.movements, account.carried_forward) = told.of(account.id, account.currency)?;
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
    if tx.locks_rows() {
        debtor::lock(tx, creditor_id, debtor_id).await?;
    }
    load(tx, creditor_id, debtor_id).await
}

/// Reads what decisions and messages need of many debtors, in as many queries as of one: what changed their balances only
/// for those who promised something, and how they paid before only where a published ladder asks for it. In the order of the
/// ids; debtors that the creditor does not have are left out.
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
    tell_promisers(tx, creditor_id, &owners.of(Rare::Promise), &mut accounts).await?;
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

/// Whether a promise was kept follows from what came in since.
async fn tell_promisers(
    tx: &Tx,
    creditor_id: CreditorId,
    promisers: &[DebtorId],
    accounts: &mut ByDebtor<AccountSnapshot>,
) -> Result<(), StoreFault> {
    if promisers.is_empty() {
        return Ok(());
    }
    let mut told = movement::load_nameless(tx, creditor_id, promisers).await?;
    for id in promisers {
        for account in accounts.get_mut(id).into_iter().flatten() {
            (account.movements, account.carried_forward) = told.of(account.id, account.currency)?;
        }
    }
    Ok(())
}

/// How debtors paid before, for a ladder that asks and is not published.
///
/// # Errors
/// Faults of the database.
pub async fn add_history(tx: &Tx, creditor_id: CreditorId, snapshots: &mut [DebtorSnapshot]) -> Result<(), StoreFault> {
    let ids: Vec<DebtorId> = snapshots.iter().map(|snapshot| snapshot.debtor.id).collect();
    let mut histories = paid_history::count_for_debtors(tx, creditor_id, &ids).await?;
    for snapshot in snapshots {
        snapshot.history = histories.remove(&snapshot.debtor.id).unwrap_or_default();
    }
    Ok(())
}
