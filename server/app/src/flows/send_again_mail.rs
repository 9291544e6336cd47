//! A receipt or an invoice leaves once more, where the first one failed or nobody knows of it and a person asks.

use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use crate::flows::deliver::word_of;
use crate::flows::send_invoice::is_sent;
use crate::jobs::{self, Job};
use saldo_domain::actor::Actor;
use saldo_domain::ids::{CreditorId, InvoiceId, PaymentId};
use saldo_domain::{OutreachRefusal, Refusal};
use saldo_store::message::{self, ByHand, MessagePurpose, MessageRow, MessageState};
use saldo_store::{Tx, debtor, invoice};
use serde_json::json;

/// What a mail is about, by its name.
enum About {
    Payment(PaymentId),
    Invoice(InvoiceId),
}

fn about(row: &MessageRow) -> Option<About> {
    let word = word_of(row.provider_reference.as_deref()?);
    match row.purpose {
        MessagePurpose::Receipt => word.parse().ok().map(PaymentId).map(About::Payment),
        MessagePurpose::Invoice => word.strip_prefix("invoice.")?.parse().ok().map(InvoiceId).map(About::Invoice),
        _ => None,
    }
}

/// Whether a receipt or an invoice may be asked for once more: it failed or nobody knows, and it is the latest of its name.
///
/// # Errors
/// Faults of the store.
pub(super) async fn is_open(tx: &Tx, creditor: CreditorId, row: &MessageRow) -> Result<bool, Failure> {
    if !matches!(row.state, MessageState::Failed | MessageState::Unknown) || about(row).is_none() {
        return Ok(false);
    }
    let word = word_of(row.provider_reference.as_deref().unwrap_or_default());
    let latest = message::find_latest_named(tx, creditor, row.debtor_id, row.purpose, word).await?;
    Ok(latest == Some(row.id))
}

/// Leaves it to a job. One that its own job still tries by itself is not asked for twice, and an invoice that is no longer
/// open does not leave.
///
/// # Errors
/// `message_not_again`; faults of the store.
pub(super) async fn plan(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    actor: Actor,
    (row, reason): (&MessageRow, String),
) -> Result<(), Failure> {
    let refused = || Failure::from(Refusal::Outreach(OutreachRefusal::MessageNotAgain));
    debtor::lock(tx, creditor, row.debtor_id).await?;
    let about = if is_open(tx, creditor, row).await? { about(row) } else { None };
    let by_hand = ByHand { by: actor, reason: reason.clone(), of: row.id };
    let job = match about.ok_or_else(refused)? {
        About::Payment(payment_id) => Job::SendReceipt { payment_id, by_hand: Some(by_hand) },
        About::Invoice(invoice_id) => {
            let found = invoice::load(tx, creditor, invoice_id).await?.invoice;
            if !is_sent(&found) || found.disputed {
                return Err(refused());
            }
            Job::SendInvoice { invoice_id, by_hand: Some(by_hand) }
        }
    };
    if !jobs::insert_first(app, tx, creditor, job).await? {
        return Err(refused());
    }
    let before = json!({"state": row.state.as_str(), "handed_off_at": row.handed_off_at});
    let after = json!({"purpose": row.purpose.as_str(), "reason": reason});
    let subject = Subject::new("message", row.id.0);
    audit::record(app, tx, creditor, &actor, "message_sent_again", subject, Some(before), Some(after)).await
}
