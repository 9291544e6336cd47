//! Disputes: opened by the debtor or on its behalf, decided by finance, taken back.

use crate::App;
use crate::failure::Failure;
use crate::flows::attachment::{self, SentFile};
use crate::flows::audit::{self, Subject};
use crate::flows::claim::{Told, told, touch};
use crate::flows::tell_creditor::Arrived;
use crate::jobs::{self, Job};
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::dispute::{self, Dispute, DisputeOutcome, DisputeReason, NewDispute};
use saldo_domain::ids::{CreditorId, DebtorId, DisputeId, InvoiceId};
use saldo_domain::outcome::Outcome;
use saldo_store::attachment::{AttachedTo, AttachmentRow};
use saldo_store::invoice::InvoiceRow;
use saldo_store::{Page, PageRequest, StoreFault, Tx, debtor, invoice};

pub use saldo_store::dispute::{DisputeFilter, DisputeRow};

/// What is contested.
pub struct OpenDispute {
    /// Made with the page or the request: the same one is the same dispute.
    pub dispute_id: DisputeId,
    /// Which invoice.
    pub invoice_id: InvoiceId,
    /// Why.
    pub reason: DisputeReason,
    /// In the debtor's words.
    pub message: String,
    /// What comes with it.
    pub files: Vec<SentFile>,
}

/// A dispute with what belongs to it.
pub struct DisputeShown {
    /// The dispute.
    pub row: DisputeRow,
    /// The claim.
    pub invoice: InvoiceRow,
    /// Its files.
    pub files: Vec<AttachmentRow>,
}

/// Opens a dispute; `debtor_id` narrows it to one debtor's own invoices. The same id again answers the one that exists.
///
/// # Errors
/// `not_found`, `text_length`, `card_number_in_text`, `invoice_not_open`, `dispute_open`, `file_too_large`,
/// `file_type_refused`, `files_too_many`.
pub async fn open(
    app: &App,
    creditor: CreditorId,
    debtor_id: Option<DebtorId>,
    actor: Actor,
    wish: OpenDispute,
) -> Result<DisputeRow, Failure> {
    let files = attachment::check(wish.files)?;
    let tx = app.store().write_of(creditor).await?;
    let claim = invoice::load(&tx, creditor, wish.invoice_id).await?;
    if debtor_id.is_some_and(|own| own != claim.debtor_id) {
        return Err(Refusal::NotFound.into());
    }
    debtor::lock(&tx, creditor, claim.debtor_id).await?;
    let known = saldo_store::dispute::load(&tx, creditor, wish.dispute_id).await;
    if let Some(known) = found(known)? {
        let same = known.dispute.invoice_id == wish.invoice_id;
        return if same { Ok(known) } else { Err(Refusal::NotFound.into()) };
    }
    let claim = invoice::load(&tx, creditor, wish.invoice_id).await?;
    let open = saldo_store::dispute::find_open(&tx, creditor, wish.invoice_id).await?.map(|row| row.dispute);
    let (id, reason, message) = (wish.dispute_id, wish.reason, wish.message);
    let new = NewDispute { id, reason, message, at: app.now(), by: actor };
    let Outcome::Executed(dispute) = dispute::open(&claim.invoice, new, open.as_ref())? else {
        return Ok(saldo_store::dispute::load(&tx, creditor, id).await?);
    };
    saldo_store::dispute::insert(&tx, creditor, claim.debtor_id, &dispute).await?;
    attachment::insert_all(app, &tx, creditor, claim.debtor_id, AttachedTo::Dispute(id), actor, files).await?;
    let subject = Subject::new("dispute", id.0);
    audit::record(app, &tx, creditor, &actor, "dispute_opened", subject, None, told(&dispute)?).await?;
    touch(app, &tx, creditor, claim.debtor_id).await?;
    if matches!(actor, Actor::Debtor { .. }) {
        jobs::insert(app, &tx, creditor, Job::TellCreditor { arrived: Arrived::Dispute { id } }).await?;
    }
    tx.commit().await?;
    Ok(DisputeRow { dispute, debtor_id: claim.debtor_id })
}

/// A row, or none where there is none.
pub(super) fn found<T>(row: Result<T, StoreFault>) -> Result<Option<T>, Failure> {
    match row {
        Ok(row) => Ok(Some(row)),
        Err(StoreFault::NotFound(_)) => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}

/// Decides a dispute. What follows for the books is another command.
///
/// # Errors
/// `not_found`, `text_length`, `card_number_in_text`, `claim_closed`.
pub async fn resolve(
    app: &App,
    creditor: CreditorId,
    actor: Actor,
    id: DisputeId,
    outcome: DisputeOutcome,
    note: &str,
) -> Result<DisputeRow, Failure> {
    let (tx, row) = hold(app, creditor, id).await?;
    let next = row.dispute.clone().resolve(outcome, note, app.now(), actor)?;
    close(app, tx, creditor, actor, "dispute_resolved", row, next).await
}

/// Takes a dispute back; `debtor_id` narrows it to one debtor's own.
///
/// # Errors
/// `not_found`, `claim_closed`.
pub async fn withdraw(
    app: &App,
    creditor: CreditorId,
    debtor_id: Option<DebtorId>,
    actor: Actor,
    id: DisputeId,
) -> Result<DisputeRow, Failure> {
    let (tx, row) = hold(app, creditor, id).await?;
    if debtor_id.is_some_and(|own| own != row.debtor_id) {
        return Err(Refusal::NotFound.into());
    }
    let next = row.dispute.clone().withdraw(app.now(), actor)?;
    close(app, tx, creditor, actor, "dispute_withdrawn", row, next).await
}

async fn hold(app: &App, creditor: CreditorId, id: DisputeId) -> Result<(Tx, DisputeRow), Failure> {
    let tx = app.store().write_of(creditor).await?;
    let row = saldo_store::dispute::load(&tx, creditor, id).await?;
    debtor::lock(&tx, creditor, row.debtor_id).await?;
    let row = saldo_store::dispute::load(&tx, creditor, id).await?;
    Ok((tx, row))
}

async fn close(
    app: &App,
    tx: Tx,
    creditor: CreditorId,
    actor: Actor,
    action: &'static str,
    row: DisputeRow,
    next: Outcome<Dispute>,
) -> Result<DisputeRow, Failure> {
    let Outcome::Executed(dispute) = next else { return Ok(row) };
    saldo_store::dispute::update(&tx, creditor, &dispute).await?;
    let (before, after): Told = (told(&row.dispute.state)?, told(&dispute.state)?);
    let subject = Subject::new("dispute", dispute.id.0);
    audit::record(app, &tx, creditor, &actor, action, subject, before, after).await?;
    touch(app, &tx, creditor, row.debtor_id).await?;
    tx.commit().await?;
    Ok(DisputeRow { dispute, ..row })
}

/// A dispute with its invoice and files.
///
/// # Errors
/// `not_found`.
pub async fn show(app: &App, creditor: CreditorId, id: DisputeId) -> Result<DisputeShown, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let row = saldo_store::dispute::load(&tx, creditor, id).await?;
    let invoice = invoice::load(&tx, creditor, row.dispute.invoice_id).await?;
    let files = saldo_store::attachment::list(&tx, creditor, AttachedTo::Dispute(id)).await?;
    Ok(DisputeShown { row, invoice, files })
}

/// A creditor's disputes, newest first.
///
/// # Errors
/// Faults of the store.
pub async fn list(
    app: &App,
    creditor: CreditorId,
    filter: DisputeFilter<'_>,
    page: PageRequest,
) -> Result<Page<DisputeRow>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(saldo_store::dispute::list(&tx, creditor, filter, page).await?)
}
