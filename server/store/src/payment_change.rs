use crate::bulk::insert_all;
use crate::payment::allocation_table::{Column as Part, Entity as Parts, Model as PartRow};
use crate::payment::table::{Column, Entity, Model};
use crate::payment::{load_allocations, part_row};
use crate::{StoreFault, Tx};
use saldo_domain::ids::{AccountId, CreditorId, PaymentId};
use saldo_domain::payment::Booking;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Takes the booking of money that went back off what a payment pays and off its credit, and counts it as given back. The
/// caller holds the debtor.
///
/// # Errors
/// `NotFound`; `Corrupt` when the booking takes more than the payment has.
pub async fn apply_given_back(
    tx: &Tx,
    creditor_id: CreditorId,
    payment_id: PaymentId,
    booking: &Booking,
) -> Result<(), StoreFault> {
    let payment = Entity::find_by_id((creditor_id.0, payment_id.0)).one(tx.connection()).await?;
    let payment = payment.ok_or(StoreFault::NotFound("payment"))?;
    let mut parts = load_allocations(tx, creditor_id, vec![payment_id.0]).await?;
    let mut given_back = booking.unapplied.minor();
    for taken in &booking.allocations {
        let mut rest = taken.amount.minor();
        let mut reversed = taken.concession.map_or(0, |given| given.amount.minor());
        given_back = given_back.checked_add(rest).ok_or_else(|| StoreFault::corrupt("refund out of range"))?;
        for part in parts.iter_mut().rev().filter(|part| part.invoice_id == taken.invoice_id.0) {
            let (less, fewer) = (rest.min(part.amount_minor), reversed.min(part.concession_minor));
            if less > 0 || fewer > 0 {
                part.amount_minor -= less;
                part.concession_minor -= fewer;
                rest -= less;
                reversed -= fewer;
                set_part(tx, part).await?;
            }
        }
        if rest != 0 || reversed != 0 {
            return Err(StoreFault::corrupt("a refund of more than the payment pays"));
        }
    }
    let unapplied = payment.unapplied_minor - booking.unapplied.minor();
    let refunded = payment.refunded_minor.saturating_add(given_back);
    if unapplied < 0 || refunded > payment.amount_minor {
        return Err(StoreFault::corrupt("a refund of more than the payment has"));
    }
    set_payment(tx, &payment, unapplied, refunded).await
}

/// Counts money of a payment again that had gone back, as a booking of [`restore`](saldo_domain::payment::restore) says.
/// The caller holds the debtor.
///
/// # Errors
/// `NotFound`; `Corrupt` when more is counted again than went back.
pub async fn apply_restored(
    tx: &Tx,
    creditor_id: CreditorId,
    payment_id: PaymentId,
    booking: &Booking,
) -> Result<(), StoreFault> {
    let payment = Entity::find_by_id((creditor_id.0, payment_id.0)).one(tx.connection()).await?;
    let payment = payment.ok_or(StoreFault::NotFound("payment"))?;
    let known = load_allocations(tx, creditor_id, vec![payment_id.0]).await?;
    let mut last = known.last().map_or(0, |part| part.line_number);
    let mut again = booking.unapplied.minor();
    let mut fresh = Vec::with_capacity(booking.allocations.len());
    for part in &booking.allocations {
        last += 1;
        again = again.checked_add(part.amount.minor()).ok_or_else(|| StoreFault::corrupt("amount out of range"))?;
        fresh.push(part_row(creditor_id, payment_id.0, last, part)?);
    }
    let (unapplied, refunded) = (payment.unapplied_minor + booking.unapplied.minor(), payment.refunded_minor - again);
    if refunded < 0 {
        return Err(StoreFault::corrupt("more counted again than went back"));
    }
    insert_all::<Parts>(tx, fresh).await?;
    set_payment(tx, &payment, unapplied, refunded).await
}

/// Moves credit of an account's payments, the oldest first, to the items that a booking of
/// [`apply_credit`](saldo_domain::payment::apply_credit) pays. The caller holds the debtor.
///
/// # Errors
/// `Corrupt` when the payments have less credit than the booking takes.
pub async fn apply_credit(
    tx: &Tx,
    creditor_id: CreditorId,
    account_id: AccountId,
    booking: &Booking,
) -> Result<(), StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::AccountId.eq(account_id.0))
        .filter(Expr::cust("unapplied_minor > 0"))
        .order_by_asc(Column::Id);
    let payments = select.all(tx.connection()).await?;
    let known = load_allocations(tx, creditor_id, payments.iter().map(|payment| payment.id).collect()).await?;
    let mut last_line: BTreeMap<Uuid, i32> = BTreeMap::new();
    for part in &known {
        last_line.insert(part.payment_id, part.line_number);
    }
    let mut wanted = booking.allocations.iter().map(|allocation| (allocation.invoice_id.0, allocation.amount.minor()));
    let mut open = wanted.next();
    let mut fresh = Vec::new();
    for payment in payments {
        let mut credit = payment.unapplied_minor;
        while let Some((invoice_id, rest)) = open.filter(|_| credit > 0) {
            let amount_minor = rest.min(credit);
            let line = last_line.entry(payment.id).or_insert(0);
            *line += 1;
            let (creditor_id, payment_id, line_number) = (creditor_id.0, payment.id, *line);
            let (concession_kind, concession_minor) = (None, 0);
            fresh.push(PartRow {
                creditor_id,
                payment_id,
                line_number,
                invoice_id,
                amount_minor,
                concession_kind,
                concession_minor,
            });
            credit -= amount_minor;
            open = if rest > amount_minor { Some((invoice_id, rest - amount_minor)) } else { wanted.next() };
        }
        if credit != payment.unapplied_minor {
            set_payment(tx, &payment, credit, payment.refunded_minor).await?;
        }
    }
    if open.is_some() {
        return Err(StoreFault::corrupt("more credit applied than the payments have"));
    }
    insert_all::<Parts>(tx, fresh).await
}

async fn set_part(tx: &Tx, part: &PartRow) -> Result<(), StoreFault> {
    let update = Parts::update_many()
        .col_expr(Part::AmountMinor, Expr::value(part.amount_minor))
        .col_expr(Part::ConcessionMinor, Expr::value(part.concession_minor))
        .filter(Part::CreditorId.eq(part.creditor_id))
        .filter(Part::PaymentId.eq(part.payment_id))
        .filter(Part::LineNumber.eq(part.line_number));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "allocation")
}

async fn set_payment(tx: &Tx, payment: &Model, unapplied: i64, refunded: i64) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::UnappliedMinor, Expr::value(unapplied))
        .col_expr(Column::RefundedMinor, Expr::value(refunded))
        .filter(Column::CreditorId.eq(payment.creditor_id))
        .filter(Column::Id.eq(payment.id));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "payment")
}
