//! Telephone numbers of a batch, in the form of E.164: read as they are written where the debtor is.

use crate::phone::parse_phone;
use saldo_domain::ids::CreditorId;
use saldo_domain::import::ImportRow;
use saldo_store::{StoreFault, Tx, debtor};

/// Brings each number into the form of E.164: by the country of its row, else of the debtor that is there already, else of
/// the creditor. Answers the rows whose number cannot be read, with what stood there; they have none any more.
pub(super) async fn read(
    tx: &Tx,
    creditor_id: CreditorId,
    home: &str,
    rows: &mut [ImportRow],
) -> Result<Vec<(u64, String)>, StoreFault> {
    let unsure = rows.iter().map(|row| &row.debtor).filter(|cells| cells.phone.is_some() && cells.country.is_none());
    let references: Vec<&str> = unsure.map(|cells| cells.reference.as_str()).collect();
    let known = debtor::find_by_references(tx, creditor_id, &references).await?;
    let mut unreadable = Vec::new();
    for row in rows {
        let cells = &mut row.debtor;
        let Some(written) = cells.phone.take() else { continue };
        let known = known.get(&cells.reference).and_then(|debtor| debtor.country.as_deref());
        match parse_phone(&written, cells.country.as_deref().or(known).unwrap_or(home)) {
            Ok(number) => cells.phone = Some(number),
            Err(_) => unreadable.push((row.line, written)),
        }
    }
    Ok(unreadable)
}
