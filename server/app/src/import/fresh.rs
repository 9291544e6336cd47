use super::{Ending, ImportReport};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::CreditorId;
use saldo_store::{Store, StoreFault, freshness};

/// A file that was taken says that the books are as they are now, also where all of it was there already.
pub(crate) async fn mark_fresh(
    store: &Store,
    creditor_id: CreditorId,
    report: &ImportReport,
    at: Timestamp,
) -> Result<(), StoreFault> {
    if matches!(report.ending, Ending::Booked | Ending::Unchanged) {
        let tx = store.write_of(creditor_id).await?;
        freshness::mark(&tx, creditor_id, at).await?;
        tx.commit().await?;
    }
    Ok(())
}
