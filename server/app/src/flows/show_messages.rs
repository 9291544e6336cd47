//! The log of messages, what is in trouble first of all.

use crate::App;
use crate::failure::Failure;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_store::debtor::{self, DebtorName};
use saldo_store::message;
use saldo_store::{Page, PageRequest};

pub use saldo_store::message::{MessageFilter, MessagePurpose, MessageRow, MessageState};

/// A message with its debtor's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The message.
    pub row: MessageRow,
    /// To whom.
    pub debtor: DebtorName,
}

/// A creditor's messages, newest first.
///
/// # Errors
/// Faults of the store.
pub async fn list(
    app: &App,
    creditor: CreditorId,
    filter: MessageFilter,
    page: PageRequest,
) -> Result<Page<Sent>, Failure> {
    let tx = app.store().read().await?;
    let found = message::list(&tx, creditor, filter, page).await?;
    let ids: Vec<DebtorId> = found.items.iter().map(|row| row.debtor_id).collect();
    let names = debtor::list_names(&tx, creditor, &ids).await?;
    let named = |row: MessageRow| {
        let debtor = names.get(&row.debtor_id)?.clone();
        Some(Sent { row, debtor })
    };
    Ok(Page { items: found.items.into_iter().filter_map(named).collect(), next: found.next })
}
