//! A dispute or a proof of payment has arrived, or nothing has for too long: the creditor's own address gets a mail.

use crate::App;
use crate::failure::Failure;
use crate::flows::deliver::{Delivery, deliver};
use crate::jobs::Progress;
use crate::mail;
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DisputeId, SubscriberId, TransferId};
use saldo_store::{creditor, dispute, invoice, snapshot, subscriber, transfer};
use serde::{Deserialize, Serialize};

/// What has arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Arrived {
    /// A dispute.
    Dispute {
        /// Which.
        id: DisputeId,
    },
    /// A declared transfer.
    Transfer {
        /// Which.
        id: TransferId,
    },
    /// Nothing: the books are older than a ladder allows, and reminders wait.
    StaleBooks {
        /// Since when they wait.
        since: Timestamp,
    },
    /// A subscriber of events said that it is gone: it is told nothing more.
    SubscriberGone {
        /// Which.
        id: SubscriberId,
    },
    /// A subscriber of events has not taken some for five days: they were given up.
    EventsDead {
        /// Whose.
        id: SubscriberId,
    },
}

impl Arrived {
    /// The id of what has arrived.
    pub fn id(self) -> uuid::Uuid {
        match self {
            Self::Dispute { id } => id.0,
            Self::Transfer { id } => id.0,
            Self::SubscriberGone { id } | Self::EventsDead { id } => id.0,
            Self::StaleBooks { since } => uuid::Uuid::from_u128(since.as_microsecond().unsigned_abs().into()),
        }
    }
}

/// Sends the mail where the creditor has an address for answers. What the debtor wrote is not in it: it is read in the
/// console.
///
/// # Errors
/// Faults of the store and of the channel: the job is tried again.
pub async fn send(app: &App, creditor: CreditorId, arrived: Arrived) -> Result<Progress, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let message = match arrived {
        Arrived::Dispute { id } => {
            let row = dispute::load(&tx, creditor, id).await?;
            let snapshot = snapshot::load(&tx, creditor, row.debtor_id).await?;
            let claim = invoice::load(&tx, creditor, row.dispute.invoice_id).await?;
            mail::dispute_arrived(app, &snapshot, &row.dispute, &claim.invoice)?
        }
        Arrived::Transfer { id } => {
            let row = transfer::load(&tx, creditor, id).await?;
            let snapshot = snapshot::load(&tx, creditor, row.debtor_id).await?;
            mail::transfer_arrived(app, &snapshot, &row.transfer)?
        }
        Arrived::SubscriberGone { id } | Arrived::EventsDead { id } => {
            let owner = creditor::load(&tx, creditor).await?;
            let row = subscriber::load(&tx, creditor, id).await?;
            let is_gone = matches!(arrived, Arrived::SubscriberGone { .. });
            mail::events_stopped(app, &owner, &row.name, (id, is_gone))?
        }
        Arrived::StaleBooks { since } => mail::books_stale(app, &creditor::load(&tx, creditor).await?, since)?,
    };
    drop(tx);
    match message {
        Some(message) => deliver(app, Delivery::to_creditor(creditor, "arrival"), message).await,
        None => Ok(Progress::Done),
    }
}
