//! The debtors of a batch are there, and as the file says.

use crate::ambient::Ambient;
use crate::import::report::Counts;
use saldo_domain::calendar::{Timestamp, Zone};
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::import::ImportRow;
use saldo_domain::import::row::DebtorCells;
use saldo_store::{StoreFault, Tx, debtor};
use std::collections::{HashMap, HashSet};

/// The debtors of a batch.
pub(super) struct Debtors {
    /// Of each row, in the order of the rows.
    pub(super) ids: Vec<DebtorId>,
    /// Those that were there before this batch. They are held until the transaction ends.
    pub(super) known: HashSet<DebtorId>,
    /// What of each decides over the terms of its invoices.
    pub(super) who: HashMap<DebtorId, Who>,
}

/// What of a debtor decides over the terms of its invoices.
#[derive(Debug, Clone, Default)]
pub(crate) struct Who {
    /// Where it lives, where known.
    pub(super) zone: Option<Zone>,
    /// Its tags.
    pub(super) tags: Vec<String>,
}

/// Writes what is new and what differs; of a debtor that several rows name the last row counts.
pub(super) async fn bring_up_to_date(
    tx: &Tx,
    creditor_id: CreditorId,
    rows: &[ImportRow],
    ambient: &Ambient,
    counts: &mut Counts,
    at: Timestamp,
) -> Result<Debtors, StoreFault> {
    let mut seen = HashSet::with_capacity(rows.len());
    let references: Vec<&str> =
        rows.iter().map(|row| row.debtor.reference.as_str()).filter(|reference| seen.insert(*reference)).collect();
    let before = debtor::find_by_references(tx, creditor_id, &references).await?;
    let mut after: HashMap<&str, Debtor> = HashMap::with_capacity(references.len());
    for row in rows {
        let reference = row.debtor.reference.as_str();
        let debtor = after.entry(reference).or_insert_with(|| {
            before.get(reference).cloned().unwrap_or_else(|| unknown(DebtorId(ambient.uuid_v7()), reference))
        });
        merge(debtor, &row.debtor);
    }
    let differs = |reference: &&str| before.get(*reference) != after.get(*reference);
    let changed: Vec<Debtor> =
        references.iter().filter(|reference| differs(reference)).filter_map(|key| after.get(*key).cloned()).collect();
    let new_count = references.iter().filter(|reference| !before.contains_key(**reference)).count();
    counts.debtors_new += u64::try_from(new_count).unwrap_or(u64::MAX);
    counts.debtors_changed += u64::try_from(changed.len() - new_count).unwrap_or(u64::MAX);
    let known: Vec<DebtorId> = before.values().map(|debtor| debtor.id).collect();
    debtor::lock_many(tx, creditor_id, &known).await?;
    if !changed.is_empty() {
        let written = debtor::upsert_many(tx, creditor_id, &changed, at).await?;
        // Another node may have made one of them meanwhile, under its own id.
        for (debtor, id) in changed.iter().zip(written) {
            if let Some(debtor) = after.get_mut(debtor.reference.as_str()) {
                debtor.id = id;
            }
        }
    }
    let id_of = |row: &ImportRow| after.get(row.debtor.reference.as_str()).map(|debtor| debtor.id);
    let ids = rows.iter().map(|row| id_of(row).ok_or(StoreFault::NotFound("debtor"))).collect::<Result<_, _>>()?;
    let who = after.into_values().map(|debtor| (debtor.id, Who { zone: debtor.zone, tags: debtor.tags })).collect();
    Ok(Debtors { ids, who, known: known.into_iter().collect() })
}

fn unknown(id: DebtorId, reference: &str) -> Debtor {
    Debtor {
        id,
        reference: reference.to_owned(),
        name: reference.to_owned(),
        email: None,
        phone: None,
        language: None,
        country: None,
        zone: None,
        postal_address: None,
        tags: Vec::new(),
    }
}

/// What a row leaves blank stays as it is.
fn merge(debtor: &mut Debtor, cells: &DebtorCells) {
    fn set<T: Clone>(to: &mut Option<T>, from: &Option<T>) {
        if from.is_some() {
            to.clone_from(from);
        }
    }
    if let Some(name) = &cells.name {
        debtor.name.clone_from(name);
    }
    set(&mut debtor.email, &cells.email);
    set(&mut debtor.phone, &cells.phone);
    set(&mut debtor.language, &cells.language);
    set(&mut debtor.country, &cells.country);
    set(&mut debtor.zone, &cells.zone);
    set(&mut debtor.postal_address, &cells.postal_address);
}
