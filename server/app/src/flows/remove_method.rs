//! A saved method is removed: nothing is charged to it any more, and the provider forgets it.

use crate::App;
use crate::failure::{Failure, Fault};
use crate::flows::audit::{self, Subject};
use crate::jobs::{self, Job, Progress};
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::ids::{CreditorId, DebtorId, SavedMethodId};
use saldo_domain::outcome::Outcome;
use saldo_providers::payment::ProviderFault;
use saldo_store::{debtor, saved_method};
use serde_json::json;

pub use saldo_store::saved_method::SavedMethodRow;

/// A debtor's methods that can be charged, the newest first.
///
/// # Errors
/// `not_found` for a debtor of another creditor.
pub async fn list(app: &App, creditor: CreditorId, debtor_id: DebtorId) -> Result<Vec<SavedMethodRow>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    debtor::load(&tx, creditor, debtor_id).await?;
    Ok(saved_method::list_live(&tx, creditor, debtor_id).await?)
}

/// A debtor's own method.
///
/// # Errors
/// `not_found` for another debtor's, and for one that was removed.
pub async fn show(
    app: &App,
    creditor: CreditorId,
    debtor_id: DebtorId,
    id: SavedMethodId,
) -> Result<SavedMethodRow, Failure> {
    let methods = list(app, creditor, debtor_id).await?;
    methods.into_iter().find(|method| method.id == id).ok_or_else(|| Refusal::NotFound.into())
}

/// Removes a method. `own` limits it to one debtor's; a charge that is under way is not stopped by it.
///
/// # Errors
/// `not_found`.
pub async fn remove(
    app: &App,
    creditor: CreditorId,
    own: Option<DebtorId>,
    id: SavedMethodId,
    actor: Actor,
) -> Result<Outcome<()>, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let known = saved_method::load(&tx, creditor, id).await?;
    if own.is_some_and(|own| own != known.debtor_id) {
        return Err(Refusal::NotFound.into());
    }
    debtor::lock(&tx, creditor, known.debtor_id).await?;
    if !saved_method::mark_removed(&tx, creditor, id, app.now()).await? {
        return Ok(Outcome::AlreadyApplied);
    }
    let facts = &known.facts;
    let label = json!({"kind": facts.kind, "brand": facts.brand, "last4": facts.last4});
    let subject = Subject::new("saved_method", id.0);
    audit::record(app, &tx, creditor, &actor, "method_removed", subject, Some(label), None).await?;
    jobs::insert(app, &tx, creditor, Job::DetachMethod { method_id: id }).await?;
    tx.commit().await?;
    Ok(Outcome::Executed(()))
}

/// Makes the provider forget a removed method.
///
/// # Errors
/// Faults of the store, and of a provider that cannot be reached: the job is tried again.
pub async fn detach(app: &App, creditor: CreditorId, id: SavedMethodId) -> Result<Progress, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let known = saved_method::load(&tx, creditor, id).await?;
    drop(tx);
    match app.provider().detach_method(&known.facts.method_reference, app.now()).await {
        Ok(()) => Ok(Progress::Done),
        Err(ProviderFault::Refused { code, detail }) => {
            tracing::warn!(method = %id, code, detail, "the provider did not forget a method");
            Ok(Progress::Done)
        }
        Err(fault) => Err(Fault::Provider(fault).into()),
    }
}
