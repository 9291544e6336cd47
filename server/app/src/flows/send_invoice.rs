//! The invoice itself goes to the debtor: once, while it is open, to the address on file.

use crate::App;
use crate::ambient::Ambient;
use crate::failure::Failure;
use crate::flows::access_link;
use crate::flows::audit::{self, Subject};
use crate::flows::deliver::{Delivery, deliver_by_hand};
use crate::jobs::{self, Job, Progress};
use crate::mail;
use saldo_domain::actor::Actor;
use saldo_domain::ids::{CreditorId, ImportId, InvoiceId, MessageId};
use saldo_domain::invoice::{Invoice, InvoiceStatus};
use saldo_store::message::{ByHand, MessagePurpose};
use saldo_store::{Tx, import, invoice, invoice_sending, snapshot};
use serde_json::json;

/// How many invoices of an import one job looks at.
const BATCH: u64 = 200;

/// Leaves the sending of one invoice to a job, where the creditor or the caller wants it.
///
/// # Errors
/// Faults of the store.
pub(super) async fn plan(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    invoice: &Invoice,
    wish: Option<bool>,
) -> Result<(), Failure> {
    let wanted = match wish {
        Some(wanted) => wanted,
        None => invoice_sending::is_enabled(tx, creditor).await?,
    };
    if wanted && is_sent(invoice) {
        jobs::insert(app, tx, creditor, Job::SendInvoice { invoice_id: invoice.id, by_hand: None }).await?;
    }
    Ok(())
}

/// Leaves the current invoices of an import to jobs, where the creditor wants it.
///
/// # Errors
/// Faults of the store.
pub(super) async fn plan_import(
    ambient: &Ambient,
    tx: &Tx,
    creditor: CreditorId,
    import_id: ImportId,
) -> Result<(), Failure> {
    if invoice_sending::is_enabled(tx, creditor).await? {
        let job = Job::SendInvoices { import_id, after: None, with_overdue: false };
        jobs::insert_by(ambient, tx, creditor, job).await?;
    }
    Ok(())
}

/// Sends the invoices of an import because somebody asks, those that are overdue too where that is asked.
///
/// # Errors
/// `not_found`.
pub async fn send_import(
    app: &App,
    creditor: CreditorId,
    actor: &Actor,
    import_id: ImportId,
    with_overdue: bool,
) -> Result<(), Failure> {
    let tx = app.store().write_of(creditor).await?;
    import::load(&tx, creditor, import_id).await?;
    jobs::insert(app, &tx, creditor, Job::SendInvoices { import_id, after: None, with_overdue }).await?;
    let (subject, after) = (Subject::new("import", import_id.0), json!({ "with_overdue": with_overdue }));
    audit::record(app, &tx, creditor, actor, "invoices_sent", subject, None, Some(after)).await?;
    Ok(tx.commit().await?)
}

/// What is open and claims goods or services; fees and interest stand on the statement.
pub(super) fn is_sent(invoice: &Invoice) -> bool {
    matches!(invoice.status, InvoiceStatus::Open { .. }) && invoice.kind.is_invoice()
}

/// Sends an invoice, if it is still open and was not sent before, or a person sends it once more.
///
/// # Errors
/// Faults of the store and of the channel: the job is tried again.
pub async fn send(
    app: &App,
    creditor: CreditorId,
    id: InvoiceId,
    by_hand: Option<ByHand>,
) -> Result<Progress, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let row = invoice::load(&tx, creditor, id).await?;
    let snapshot = snapshot::lock_and_load(&tx, creditor, row.debtor_id).await?;
    let has_left = by_hand.is_none() && invoice_sending::find(&tx, creditor, id).await?.is_some();
    if !is_sent(&row.invoice) || row.invoice.disputed || has_left || snapshot.debtor.email.is_none() {
        return Ok(Progress::Done);
    }
    let link = access_link::mint(app, &tx, creditor, row.debtor_id, "full").await?;
    let message = mail::invoice(app, &snapshot, &row.invoice, &link.url)?;
    tx.commit().await?;
    let delivery = Delivery::to_debtor(&snapshot, MessagePurpose::Invoice, "invoice");
    let progress = deliver_by_hand(app, delivery, message, by_hand).await?;
    // The name of the message keeps it from leaving twice; this row says so where it is asked for by its invoice.
    let tx = app.store().write_of(creditor).await?;
    invoice_sending::claim(&tx, creditor, id, MessageId(app.ambient().uuid_v7()), app.now()).await?;
    tx.commit().await?;
    Ok(progress)
}

/// Leaves the invoices of an import to jobs, batch by batch: those that are open and, unless the caller asked for all, not
/// due before the day of the import.
///
/// # Errors
/// Faults of the store: the job is tried again.
pub async fn spread(
    app: &App,
    creditor: CreditorId,
    import_id: ImportId,
    after: Option<InvoiceId>,
    with_overdue: bool,
) -> Result<Progress, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let owner = saldo_store::creditor::load(&tx, creditor).await?;
    let today = owner.zone.date_at(app.now());
    let rows = invoice_sending::list_of_import(&tx, creditor, import_id, after, BATCH).await?;
    let last = rows.last().map(|row| row.invoice.id).filter(|_| rows.len() as u64 == BATCH);
    for row in rows {
        if is_sent(&row.invoice) && (with_overdue || row.invoice.due_on >= today) {
            jobs::insert(app, &tx, creditor, Job::SendInvoice { invoice_id: row.invoice.id, by_hand: None }).await?;
        }
    }
    if let Some(last) = last {
        let job = Job::SendInvoices { import_id, after: Some(last), with_overdue };
        jobs::insert(app, &tx, creditor, job).await?;
    }
    tx.commit().await?;
    Ok(Progress::Done)
}
