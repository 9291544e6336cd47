//! What the flows of disputes, promises, transfers, holds and settlements share.

use crate::App;
use crate::failure::{Failure, Fault};
use saldo_domain::calendar::Date;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::{Tx, debtor};
use serde::Serialize;
use serde_json::Value as Json;

/// Before and after, for the audit log.
pub(super) type Told = (Option<Json>, Option<Json>);

/// A value as the audit log keeps it.
pub(super) fn told<T: Serialize>(value: &T) -> Result<Option<Json>, Failure> {
    serde_json::to_value(value).map(Some).map_err(|error| Fault::Other(error.to_string()).into())
}

/// The debtor is looked at again at once: silence may begin or end here.
pub(super) async fn touch(app: &App, tx: &Tx, creditor: CreditorId, debtor_id: DebtorId) -> Result<(), Failure> {
    Ok(debtor::set_next_contact(tx, creditor, debtor_id, Some(app.now())).await?)
}

/// The date on the debtor's wall.
pub fn today(app: &App, snapshot: &DebtorSnapshot) -> Date {
    snapshot.debtor.zone(&snapshot.creditor).date_at(app.now())
}
