//! The built-in mailbox of test mode.

use crate::App;
use crate::failure::Failure;
use saldo_store::{Across, StoreFault, mail};
use uuid::Uuid;

pub use saldo_store::mail::DemoMail;

/// How many mails are listed.
const LISTED: u64 = 200;

/// The latest mails, newest first.
///
/// # Errors
/// Faults of the store.
pub async fn list(app: &App) -> Result<Vec<DemoMail>, Failure> {
    let tx = app.store().read_across(Across::Operator).await?;
    Ok(mail::list(&tx, LISTED).await?)
}

/// One mail.
///
/// # Errors
/// Faults of the store.
pub async fn find(app: &App, id: Uuid) -> Result<Option<DemoMail>, Failure> {
    let tx = app.store().read_across(Across::Operator).await?;
    match mail::load(&tx, id).await {
        Ok(mail) => Ok(Some(mail)),
        Err(StoreFault::NotFound(_)) => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}
