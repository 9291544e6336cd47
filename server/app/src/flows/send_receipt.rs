//! The confirmation of a payment, by mail.

use crate::App;
use crate::failure::Failure;
use crate::flows::access_link;
use crate::flows::deliver::{Delivery, deliver_by_hand};
use crate::jobs::Progress;
use crate::mail;
use saldo_domain::ids::{CreditorId, PaymentId};
use saldo_store::message::{ByHand, MessagePurpose};
use saldo_store::{invoice, payment, snapshot};

/// Sends a receipt where there is an address, or sends it once more for a person. It carries the payment's id as its
/// message id, so that a repetition after a crash is one mail for the reader.
///
/// # Errors
/// Faults of the store and of the channel: the job is tried again.
pub async fn send(
    app: &App,
    creditor: CreditorId,
    id: PaymentId,
    by_hand: Option<ByHand>,
) -> Result<Progress, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let paid = payment::load(&tx, creditor, id).await?;
    let snapshot = snapshot::load(&tx, creditor, paid.debtor_id).await?;
    if snapshot.debtor.email.is_none() {
        return Ok(Progress::Done);
    }
    let ids: Vec<_> = paid.payment.allocations.iter().map(|part| part.invoice_id).collect();
    let invoices = invoice::find_many(&tx, creditor, &ids).await?;
    let number = |id| invoices.iter().find(|row| row.invoice.id == id).map(|row| row.invoice.number.clone());
    let numbers: Vec<String> = ids.into_iter().map(|id| number(id).unwrap_or_default()).collect();
    let link = access_link::mint(app, &tx, creditor, paid.debtor_id, "full").await?;
    let message = mail::receipt(app, &snapshot, &paid, &numbers, &link.url)?;
    tx.commit().await?;
    deliver_by_hand(app, Delivery::to_debtor(&snapshot, MessagePurpose::Receipt, "receipt"), message, by_hand).await
}
