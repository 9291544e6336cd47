//! The outbox: a transaction notes what it changed, and writes the events of it as it commits. What was rolled back tells
//! nothing; what stands in the books and has a subscriber is always told.

use crate::{StoreFault, Tx, outbound_delivery, outbound_event, outbox_data, subscriber};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::CreditorId;
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use uuid::Uuid;

/// How many changes are read and written at once.
const CHUNK: usize = 500;

/// Where events have their moments and ids from: the clock and the randomness of the app.
pub trait Stamps: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
    /// A new id that sorts by time.
    fn id(&self) -> Uuid;
}

/// What a transaction changed: a hint at rows to read when it commits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Change {
    /// An invoice is new.
    Issued(Uuid),
    /// An invoice is another.
    Invoice(Uuid),
    /// A payment is new.
    Payment(Uuid),
    /// Money of a payment went back, by the key of the movement.
    GivenBack(String),
    /// It counts again.
    Restored(String),
    /// A plan came to another state.
    Plan(Uuid),
    /// A promise was made or taken back.
    Promise(Uuid),
    /// A promise's day has passed without the money.
    BrokenPromise(Uuid),
    /// A dispute was opened or ended.
    Dispute(Uuid),
    /// A message came to another state.
    Message(Uuid),
    /// An account's balance.
    Account(Uuid),
}

/// Shared by the clones of a store: set once by the app.
#[derive(Clone, Default)]
pub(crate) struct Telling(Arc<OnceLock<Arc<dyn Stamps>>>);

impl Telling {
    pub(crate) fn begin(&self, stamps: Arc<dyn Stamps>) {
        let _ = self.0.set(stamps);
    }

    pub(crate) fn outbox(&self) -> Option<Arc<Outbox>> {
        let stamps = self.0.get()?;
        Some(Arc::new(Outbox { stamps: Arc::clone(stamps), changes: Mutex::default() }))
    }
}

impl fmt::Debug for Telling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Telling({})", self.0.get().is_some())
    }
}

/// What one transaction has to tell.
pub(crate) struct Outbox {
    stamps: Arc<dyn Stamps>,
    changes: Mutex<Vec<(CreditorId, Change)>>,
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outbox")
    }
}

impl Outbox {
    pub(crate) fn note(&self, creditor_id: CreditorId, change: Change) {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner).push((creditor_id, change));
    }

    fn take(&self) -> BTreeMap<CreditorId, Vec<Change>> {
        let noted = std::mem::take(&mut *self.changes.lock().unwrap_or_else(PoisonError::into_inner));
        let mut known = HashSet::new();
        let mut by_creditor: BTreeMap<CreditorId, Vec<Change>> = BTreeMap::new();
        for (creditor_id, change) in noted {
            if known.insert((creditor_id, change.clone())) {
                by_creditor.entry(creditor_id).or_default().push(change);
            }
        }
        by_creditor
    }
}

/// Writes the events of what a transaction has noted, for creditors that have a subscriber.
pub(crate) async fn flush(tx: &Tx, outbox: &Outbox) -> Result<(), StoreFault> {
    let noted = outbox.take();
    let several = noted.len() > 1;
    for (creditor_id, changes) in noted {
        if several {
            tx.enter(creditor_id).await?;
        }
        let readers = subscriber::readers(tx, creditor_id).await?;
        if readers.is_empty() {
            continue;
        }
        let is_wanted = |kind| readers.iter().any(|reader| reader.wants(kind));
        for chunk in changes.chunks(CHUNK) {
            let told = outbox_data::read(tx, creditor_id, chunk, &is_wanted).await?;
            let (now, id) = (outbox.stamps.now(), || outbox.stamps.id());
            let events = outbound_event::insert_new(tx, creditor_id, told, now, id).await?;
            outbound_delivery::queue_new(tx, creditor_id, &readers, &events).await?;
        }
    }
    Ok(())
}
