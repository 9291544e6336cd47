//! Bank transfers that debtors declare, and what finance finds of them.

use crate::App;
use crate::failure::Failure;
use crate::flows::attachment::{self, SentFile};
use crate::flows::audit::{self, Subject};
use crate::flows::claim::{today, told, touch};
use crate::flows::dispute::found;
use crate::flows::tell_creditor::Arrived;
use crate::jobs::{self, Job};
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Date;
use saldo_domain::ids::{AccountId, CreditorId, DebtorId, PaymentId, TransferId};
use saldo_domain::money::Money;
use saldo_domain::outcome::Outcome;
use saldo_domain::transfer::{self, DeclaredTransfer, NewTransfer};
use saldo_store::attachment::{AttachedTo, AttachmentRow};
use saldo_store::{Page, PageRequest, Tx, debtor, payment, snapshot};

pub use saldo_store::transfer::{TransferFilter, TransferRow};

/// What is declared.
pub struct DeclareTransfer {
    /// Made with the page or the request: the same one is the same transfer.
    pub transfer_id: TransferId,
    /// Which currency's account.
    pub account_id: AccountId,
    /// How much.
    pub amount: Money,
    /// The day on which it was made.
    pub made_on: Date,
    /// The bank's reference; blank for none.
    pub reference: String,
    /// The proof.
    pub files: Vec<SentFile>,
}

/// Declares a transfer. The same id again answers the one that exists.
///
/// # Errors
/// `not_found`, `amount_not_positive`, `transfer_date`, `text_length`, `card_number_in_text`, `transfers_waiting`,
/// `file_too_large`, `file_type_refused`, `files_too_many`.
pub async fn declare(
    app: &App,
    creditor: CreditorId,
    debtor_id: DebtorId,
    actor: Actor,
    wish: DeclareTransfer,
) -> Result<TransferRow, Failure> {
    let files = attachment::check(wish.files)?;
    let tx = app.store().write_of(creditor).await?;
    let snapshot = snapshot::lock_and_load(&tx, creditor, debtor_id).await?;
    if let Some(known) = found(saldo_store::transfer::load(&tx, creditor, wish.transfer_id).await)? {
        return if known.debtor_id == debtor_id { Ok(known) } else { Err(Refusal::NotFound.into()) };
    }
    let account = snapshot.account(wish.account_id).ok_or(Refusal::NotFound)?;
    Money::zero(account.currency).plus(wish.amount)?;
    let waiting = saldo_store::transfer::load_for_debtor(&tx, creditor, debtor_id).await?;
    let new = NewTransfer {
        id: wish.transfer_id,
        account_id: wish.account_id,
        amount: wish.amount,
        made_on: wish.made_on,
        reference: wish.reference,
        at: app.now(),
        by: actor,
    };
    let declared = transfer::declare(new, &waiting, today(app, &snapshot))?;
    let transfer = declared.executed().ok_or(Refusal::TransfersWaiting)?;
    saldo_store::transfer::insert(&tx, creditor, debtor_id, &transfer).await?;
    let id = transfer.id;
    attachment::insert_all(app, &tx, creditor, debtor_id, AttachedTo::Transfer(id), actor, files).await?;
    let subject = Subject::new("transfer", id.0);
    audit::record(app, &tx, creditor, &actor, "transfer_declared", subject, None, told(&transfer)?).await?;
    touch(app, &tx, creditor, debtor_id).await?;
    if matches!(actor, Actor::Debtor { .. }) {
        jobs::insert(app, &tx, creditor, Job::TellCreditor { arrived: Arrived::Transfer { id } }).await?;
    }
    tx.commit().await?;
    Ok(TransferRow { transfer, debtor_id })
}

/// Notes that the money came, by a payment of the same account where it is in the books.
///
/// # Errors
/// `not_found`, `claim_closed`.
pub async fn match_to(
    app: &App,
    creditor: CreditorId,
    actor: Actor,
    id: TransferId,
    payment_id: Option<PaymentId>,
) -> Result<TransferRow, Failure> {
    let (tx, row) = hold(app, creditor, id).await?;
    if let Some(payment_id) = payment_id {
        let paid = payment::load(&tx, creditor, payment_id).await?;
        if paid.payment.account_id != row.transfer.account_id {
            return Err(Refusal::NotFound.into());
        }
    }
    let next = row.transfer.clone().matched(payment_id, app.now(), actor)?;
    close(app, tx, creditor, actor, "transfer_matched", row, next).await
}

/// Notes that the money did not come.
///
/// # Errors
/// `not_found`, `text_length`, `card_number_in_text`, `claim_closed`.
pub async fn reject(
    app: &App,
    creditor: CreditorId,
    actor: Actor,
    id: TransferId,
    note: &str,
) -> Result<TransferRow, Failure> {
    let (tx, row) = hold(app, creditor, id).await?;
    let next = row.transfer.clone().reject(note, app.now(), actor)?;
    close(app, tx, creditor, actor, "transfer_rejected", row, next).await
}

async fn hold(app: &App, creditor: CreditorId, id: TransferId) -> Result<(Tx, TransferRow), Failure> {
    let tx = app.store().write_of(creditor).await?;
    let row = saldo_store::transfer::load(&tx, creditor, id).await?;
    debtor::lock(&tx, creditor, row.debtor_id).await?;
    let row = saldo_store::transfer::load(&tx, creditor, id).await?;
    Ok((tx, row))
}

async fn close(
    app: &App,
    tx: Tx,
    creditor: CreditorId,
    actor: Actor,
    action: &'static str,
    row: TransferRow,
    next: Outcome<DeclaredTransfer>,
) -> Result<TransferRow, Failure> {
    let Outcome::Executed(transfer) = next else { return Ok(row) };
    saldo_store::transfer::update(&tx, creditor, &transfer).await?;
    let subject = Subject::new("transfer", transfer.id.0);
    let (before, after) = (told(&row.transfer.state)?, told(&transfer.state)?);
    audit::record(app, &tx, creditor, &actor, action, subject, before, after).await?;
    touch(app, &tx, creditor, row.debtor_id).await?;
    tx.commit().await?;
    Ok(TransferRow { transfer, ..row })
}

/// A transfer with its files.
///
/// # Errors
/// `not_found`.
pub async fn show(
    app: &App,
    creditor: CreditorId,
    id: TransferId,
) -> Result<(TransferRow, Vec<AttachmentRow>), Failure> {
    let tx = app.store().read_of(creditor).await?;
    let row = saldo_store::transfer::load(&tx, creditor, id).await?;
    let files = saldo_store::attachment::list(&tx, creditor, AttachedTo::Transfer(id)).await?;
    Ok((row, files))
}

/// A creditor's transfers, newest first.
///
/// # Errors
/// Faults of the store.
pub async fn list(
    app: &App,
    creditor: CreditorId,
    filter: TransferFilter<'_>,
    page: PageRequest,
) -> Result<Page<TransferRow>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(saldo_store::transfer::list(&tx, creditor, filter, page).await?)
}
