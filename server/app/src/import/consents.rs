//! What a file says of the channels that debtors allow. No file gives back what a debtor withdrew itself.

use super::debtors::Debtors;
use crate::failure::Failure;
use saldo_domain::calendar::{Timestamp, Zone};
use saldo_domain::consent::{self, ChannelConsent, ConsentSource, ConsentState};
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::import::{ConsentCell, ImportRow};
use saldo_domain::reminder::Channel;
use saldo_store::{Tx, debtor};
use std::collections::{BTreeSet, HashMap};

/// What a batch says of channels.
#[derive(Default)]
pub(super) struct Consents {
    /// Whose channels are changed by it.
    pub(super) changed: BTreeSet<DebtorId>,
    /// The lines that allow what the debtor itself withdrew, each with the channel.
    pub(super) overridden: Vec<(u64, Channel)>,
}

/// Writes what is new of a batch's rows. The debtors that were there before are held.
pub(super) async fn bring_up_to_date(
    tx: &Tx,
    creditor_id: CreditorId,
    rows: &[ImportRow],
    debtors: &Debtors,
    (zone, now): (&Zone, Timestamp),
) -> Result<Consents, Failure> {
    let said = || rows.iter().zip(&debtors.ids).filter(|(row, _)| !row.debtor.consents.is_empty());
    let mut ids: Vec<DebtorId> = said().map(|(_, id)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut consents = Consents::default();
    if ids.is_empty() {
        return Ok(consents);
    }
    let mut known = saldo_store::consent::load_for_debtors(tx, creditor_id, &ids).await?;
    let references: Vec<&str> = said().map(|(row, _)| row.debtor.reference.as_str()).collect();
    let people: HashMap<_, _> = debtor::find_by_references(tx, creditor_id, &references).await?;
    for (row, id) in said() {
        let Some(person) = people.get(&row.debtor.reference) else { continue };
        for cell in &row.debtor.consents {
            let of_debtor = known.entry(*id).or_default();
            let before = of_debtor.iter().find(|consent| consent.channel == cell.channel);
            if cell.given && before.is_some_and(|before| before.state.is_no()) {
                consents.overridden.push((row.line, cell.channel));
            }
            let address = consent::address(person, cell.channel).filter(|address| !address.is_empty());
            let new = read(cell, address.map(str::to_owned), zone, now)?;
            let Some(new) = consent::change(before, new)?.executed() else { continue };
            saldo_store::consent::insert(tx, creditor_id, *id, &new, now).await?;
            of_debtor.retain(|consent| consent.channel != new.channel);
            of_debtor.push(new);
            consents.changed.insert(*id);
        }
    }
    Ok(consents)
}

/// A day counts from its beginning where the creditor is.
fn read(
    cell: &ConsentCell,
    address: Option<String>,
    zone: &Zone,
    now: Timestamp,
) -> Result<ChannelConsent, saldo_domain::Refusal> {
    let at = cell.on.map(|on| zone.moment(on, jiff::civil::Time::midnight())).transpose()?.unwrap_or(now);
    Ok(ChannelConsent {
        channel: cell.channel,
        state: if cell.given { ConsentState::Given } else { ConsentState::Withdrawn },
        at: at.min(now),
        source: ConsentSource::Import,
        proof: cell.proof.clone(),
        address,
    })
}
