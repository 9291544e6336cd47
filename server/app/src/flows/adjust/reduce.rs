use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use crate::flows::book;
use crate::flows::put_debtor::text;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::adjust::{self, Adjustment};
use saldo_domain::calendar::Date;
use saldo_domain::ids::{AccountId, CreditorId, InvoiceId};
use saldo_domain::invoice::OpenItem;
use saldo_domain::money::Money;
use saldo_store::invoice::InvoiceRow;
use saldo_store::{debtor, invoice, journal, snapshot};
use serde_json::json;
use uuid::Uuid;

/// The most characters of a reason.
const REASON_MAX: usize = 500;

/// A claim, or a part of it, that ends without money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reduce {
    /// Made with the form: the same request is carried out once.
    pub request_id: Uuid,
    /// The item.
    pub invoice_id: InvoiceId,
    /// How much.
    pub amount: Money,
    /// Why, 1 to 500 characters.
    pub reason: String,
}

/// The claim was too high: it is reduced.
///
/// # Errors
/// `not_found`, `item_not_open`, `above_outstanding`, `amount_not_positive`, `currency_mismatch`, `text_length`,
/// `card_number_in_text`.
pub async fn credit_note(app: &App, creditor: CreditorId, actor: &Actor, wish: Reduce) -> Result<InvoiceRow, Failure> {
    reduce(app, creditor, actor, wish, "credit_note", adjust::credit_note).await
}

/// The claim is given up.
///
/// # Errors
/// Those of [`credit_note`].
pub async fn write_off(app: &App, creditor: CreditorId, actor: &Actor, wish: Reduce) -> Result<InvoiceRow, Failure> {
    reduce(app, creditor, actor, wish, "write_off", adjust::write_off).await
}

async fn reduce(
    app: &App,
    creditor: CreditorId,
    actor: &Actor,
    wish: Reduce,
    action: &'static str,
    rule: fn(AccountId, &OpenItem, Money, Date) -> Result<Adjustment, Refusal>,
) -> Result<InvoiceRow, Failure> {
    let reason = text("reason", &wish.reason, REASON_MAX)?;
    let tx = app.store().write_of(creditor).await?;
    let before = invoice::load(&tx, creditor, wish.invoice_id).await?;
    let snapshot = snapshot::lock_and_load(&tx, creditor, before.debtor_id).await?;
    let movement_key = format!("console:{}:{action}", wish.request_id);
    if journal::has_movement(&tx, creditor, &movement_key).await? {
        return Ok(before);
    }
    let account = snapshot.account(before.invoice.account_id).ok_or(Refusal::NotFound)?;
    let item = account.items.iter().find(|item| item.invoice_id == wish.invoice_id).ok_or(Refusal::ItemNotOpen)?;
    let Adjustment { entry, item: change } = rule(account.id, item, wish.amount, snapshot.today(app.now()))?;
    book::entries(app, &tx, creditor, before.debtor_id, &[entry], Some(movement_key)).await?;
    book::statuses(&tx, creditor, std::slice::from_ref(&change)).await?;
    if action == "credit_note" {
        let claim = before.invoice.amount.minus(wish.amount)?;
        invoice::set_amount(&tx, creditor, wish.invoice_id, claim).await?;
    }
    let after = invoice::load(&tx, creditor, wish.invoice_id).await?;
    let subject = Subject::new("invoice", wish.invoice_id.0);
    let (was, is) = (json!(before.invoice.status), json!(after.invoice.status));
    let is = json!({ "status": is, "amount": wish.amount, "reason": reason });
    audit::record(app, &tx, creditor, actor, action, subject, Some(json!({ "status": was })), Some(is)).await?;
    debtor::set_next_contact(&tx, creditor, before.debtor_id, Some(app.now())).await?;
    tx.commit().await?;
    Ok(after)
}
