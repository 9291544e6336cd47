use crate::codec::to_instant;
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::CreditorId;

/// Every debtor with an open item, that nobody would look at before that moment.
const WAKE: &str = "
UPDATE debtors SET next_contact_at = $2
WHERE creditor_id = $1 AND (next_contact_at IS NULL OR next_contact_at > $2) AND EXISTS (
    SELECT 1 FROM invoices WHERE invoices.creditor_id = debtors.creditor_id AND invoices.debtor_id = debtors.id
    AND invoices.status = 'open')";

/// Has every debtor who owes looked at from a moment on at the latest: a policy begins or ends then. Answers how many.
///
/// # Errors
/// The database's.
pub async fn wake_all(tx: &Tx, creditor_id: CreditorId, at: Timestamp) -> Result<u64, StoreFault> {
    tx.execute(WAKE, vec![creditor_id.0.into(), to_instant(at).into()]).await
}
