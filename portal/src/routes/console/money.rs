//! What finance does on one account that changes what is owed.

use super::desk::{finish, fresh};
use crate::routes::forms::{Form, rate_bps};
use crate::routes::reply::Answer;
use crate::routes::visit::ConsoleVisit;
use axum::extract::Path;
use saldo_app::Failure;
use saldo_app::flows::adjust::{self, BankPayment, Reduce};
use saldo_app::flows::grant_discount::{self, GrantDiscount};
use saldo_app::flows::open_statement;
use saldo_app::flows::settlement_offer::{self, OfferSettlement};
use saldo_domain::Refusal;
use saldo_domain::ids::{DebtorId, InvoiceId, PaymentId, SettlementOfferId};
use saldo_domain::member::Permission;
use uuid::Uuid;

/// Grants an extra discount within the role's limit.
pub async fn grant_discount(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Contact)?;
    let done = discount(&console, &form).await;
    finish(&console, id, "discount".to_owned(), &form, done).await
}

async fn discount(console: &ConsoleVisit, form: &Form) -> Result<(), Failure> {
    let wish = GrantDiscount {
        invoice_id: form.parse("item").ok_or(Refusal::ItemNotOpen)?,
        rate_bps: rate_bps(form.text("rate"))?,
        until_on: form.parse("until_on").ok_or(Refusal::DateOutOfRange)?,
    };
    let max_bps = console.member.role.extra_discount_max_bps();
    grant_discount::grant(console.app(), console.id(), console.actor(), max_bps, wish).await?;
    Ok(())
}

/// Offers a settlement of everything that an account has open.
pub async fn offer_settlement(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Money)?;
    let done = settlement(&console, DebtorId(id), &form).await;
    finish(&console, id, "settlement".to_owned(), &form, done).await
}

async fn settlement(console: &ConsoleVisit, debtor: DebtorId, form: &Form) -> Result<(), Failure> {
    let snapshot = open_statement::load(console.app(), console.id(), debtor).await?;
    let account_id = form.parse("account").ok_or(Refusal::NotFound)?;
    let account = snapshot.account(account_id).ok_or(Refusal::NotFound)?;
    let locale = console.visit.of_console(&console.creditor).locale;
    let wish = OfferSettlement {
        offer_id: SettlementOfferId(fresh(console, form)),
        account_id,
        items: Vec::new(),
        pay: locale.parse_money(form.text("amount"), account.currency)?,
        until_on: form.parse("until_on").ok_or(Refusal::SettlementDate)?,
    };
    settlement_offer::offer(console.app(), console.id(), debtor, console.actor(), wish).await?;
    Ok(())
}

/// Takes a settlement offer back.
pub async fn withdraw_settlement(console: ConsoleVisit, Path((id, offer)): Path<(Uuid, Uuid)>, form: Form) -> Answer {
    console.needs(Permission::Money)?;
    let actor = console.actor();
    let done = settlement_offer::withdraw(console.app(), console.id(), actor, SettlementOfferId(offer)).await;
    finish(&console, id, "settlement".to_owned(), &form, done.map(|_| ())).await
}

/// Reduces a claim.
pub async fn credit_note(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Money)?;
    let done = async {
        let wish = reduction(&console, DebtorId(id), &form).await?;
        adjust::credit_note(console.app(), console.id(), &console.actor(), wish).await
    };
    let done = done.await.map(|_| ());
    finish(&console, id, "credit-note".to_owned(), &form, done).await
}

/// Gives a claim up.
pub async fn write_off(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Money)?;
    let done = async {
        let wish = reduction(&console, DebtorId(id), &form).await?;
        adjust::write_off(console.app(), console.id(), &console.actor(), wish).await
    };
    let done = done.await.map(|_| ());
    finish(&console, id, "write-off".to_owned(), &form, done).await
}

async fn reduction(console: &ConsoleVisit, debtor: DebtorId, form: &Form) -> Result<Reduce, Failure> {
    let snapshot = open_statement::load(console.app(), console.id(), debtor).await?;
    let invoice_id: InvoiceId = form.parse("item").ok_or(Refusal::ItemNotOpen)?;
    let mut items = snapshot.accounts.iter().flat_map(|account| &account.items);
    let item = items.find(|item| item.invoice_id == invoice_id).ok_or(Refusal::ItemNotOpen)?;
    let locale = console.visit.of_console(&console.creditor).locale;
    let amount = locale.parse_money(form.text("amount"), item.outstanding.currency())?;
    Ok(Reduce { request_id: fresh(console, form), invoice_id, amount, reason: form.text("reason").to_owned() })
}

/// Records money that the bank shows.
pub async fn bank_payment(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Money)?;
    let done = record(&console, DebtorId(id), &form).await;
    finish(&console, id, "bank-payment".to_owned(), &form, done).await
}

async fn record(console: &ConsoleVisit, debtor_id: DebtorId, form: &Form) -> Result<(), Failure> {
    let snapshot = open_statement::load(console.app(), console.id(), debtor_id).await?;
    let account_id = form.parse("account").ok_or(Refusal::NotFound)?;
    let account = snapshot.account(account_id).ok_or(Refusal::NotFound)?;
    let locale = console.visit.of_console(&console.creditor).locale;
    let wish = BankPayment {
        payment_id: PaymentId(fresh(console, form)),
        debtor_id,
        account_id,
        amount: locale.parse_money(form.text("amount"), account.currency)?,
        value_on: form.parse("value_on").ok_or(Refusal::DateOutOfRange)?,
        reference: form.text("reference").to_owned(),
        invoice_ids: Vec::new(),
    };
    adjust::record_bank_payment(console.app(), console.id(), &console.actor(), wish).await?;
    Ok(())
}
