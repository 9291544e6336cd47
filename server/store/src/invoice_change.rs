use crate::codec::{to_day, to_json};
use crate::invoice::columns;
use crate::invoice::table::{Column, Entity};
use crate::outbox::Change;
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Date;
use saldo_domain::discount::DiscountTerms;
use saldo_domain::ids::{CreditorId, InvoiceId};
use saldo_domain::invoice::InvoiceStatus;
use saldo_domain::money::Money;
use saldo_domain::payment::ItemChange;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, UpdateMany};

fn one(creditor_id: CreditorId, id: InvoiceId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::CreditorId.eq(creditor_id.0)).filter(Column::Id.eq(id.0))
}

/// Writes what is open of an invoice now, as a booking says.
///
/// # Errors
/// `NotFound`, also when what is open is not in the invoice's currency.
pub async fn set_status(tx: &Tx, creditor_id: CreditorId, change: &ItemChange) -> Result<(), StoreFault> {
    let (status, outstanding_minor, closed_on) = columns(change.status);
    let mut update = one(creditor_id, change.invoice_id)
        .col_expr(Column::Status, Expr::value(status.name()))
        .col_expr(Column::OutstandingMinor, Expr::value(outstanding_minor))
        .col_expr(Column::ClosedOn, Expr::value(closed_on.map(to_day)));
    if let InvoiceStatus::Open { outstanding } = change.status {
        update = update.filter(Column::Currency.eq(outstanding.currency().code()));
    }
    tx.note(creditor_id, Change::Invoice(change.invoice_id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "invoice")
}

/// Moves the due date.
///
/// # Errors
/// `NotFound`.
pub async fn set_due_on(tx: &Tx, creditor_id: CreditorId, id: InvoiceId, due_on: Date) -> Result<(), StoreFault> {
    tx.note(creditor_id, Change::Invoice(id.0));
    let update = one(creditor_id, id).col_expr(Column::DueOn, Expr::value(to_day(due_on)));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "invoice")
}

/// Writes what an invoice claims after an amendment; what is open of it is [`set_status`]'s.
///
/// # Errors
/// `NotFound`, also when the amount is not in the invoice's currency.
pub async fn set_amount(tx: &Tx, creditor_id: CreditorId, id: InvoiceId, amount: Money) -> Result<(), StoreFault> {
    tx.note(creditor_id, Change::Invoice(id.0));
    let update = one(creditor_id, id)
        .col_expr(Column::AmountMinor, Expr::value(amount.minor()))
        .filter(Column::Currency.eq(amount.currency().code()));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "invoice")
}

/// Writes what paying an invoice early saves.
///
/// # Errors
/// `NotFound`.
pub async fn set_discounts(
    tx: &Tx,
    creditor_id: CreditorId,
    id: InvoiceId,
    discounts: &[DiscountTerms],
) -> Result<(), StoreFault> {
    let update = one(creditor_id, id).col_expr(Column::Discounts, Expr::value(to_json(&discounts)?));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "invoice")
}

/// Notes whether the debtor contests an invoice.
///
/// # Errors
/// `NotFound`.
pub async fn set_disputed(tx: &Tx, creditor_id: CreditorId, id: InvoiceId, disputed: bool) -> Result<(), StoreFault> {
    let update = one(creditor_id, id).col_expr(Column::Disputed, Expr::value(disputed));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "invoice")
}
