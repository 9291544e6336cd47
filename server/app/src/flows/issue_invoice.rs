//! One invoice is issued.

use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::book;
use crate::flows::policy::{discounts_in_force, ensure_ladder};
use crate::flows::put_debtor::text;
use crate::flows::send_invoice;
use saldo_contract::invoice::IssueInvoice;
use saldo_domain::Refusal;
use saldo_domain::debtor::Debtor;
use saldo_domain::discount::{InvoiceFacts, grant};
use saldo_domain::ids::{AccountId, CreditorId, DebtorId, InvoiceId};
use saldo_domain::invoice::Invoice;
use saldo_domain::money::Money;
use saldo_domain::payment::apply_credit;
use saldo_store::invoice::InvoiceRow;
use saldo_store::{Tx, account, debtor, freshness, invoice, payment, snapshot};

/// Issues an invoice to a debtor that exists. The same number with the same content answers what is there.
///
/// # Errors
/// `not_found` without such a debtor, `number_taken` with another content, `text_length`, `amount_not_positive`,
/// `due_before_issue`, `tax_above_amount`, `card_number_in_text`.
pub async fn issue(app: &App, creditor: CreditorId, wish: IssueInvoice) -> Result<InvoiceRow, Failure> {
    let number = text("number", &wish.number, 64)?;
    let description = wish.description.as_deref().map(|words| text("description", words, 500)).transpose()?;
    let amount = Money::from(wish.amount);
    let tx = app.store().write_of(creditor).await?;
    let found = debtor::find_by_reference(&tx, creditor, wish.debtor_reference.trim()).await?;
    let debtor_row = found.ok_or(Refusal::NotFound)?;
    let debtor_id = debtor_row.id;
    debtor::lock(&tx, creditor, debtor_id).await?;
    if let Some(known) = invoice::find_by_numbers(&tx, creditor, std::slice::from_ref(&number)).await?.pop() {
        let invoice = &known.invoice;
        let same = (known.debtor_id, invoice.issued_on, invoice.due_on, invoice.amount)
            == (debtor_id, wish.issued_on, wish.due_on, amount);
        return if same { Ok(known) } else { Err(AppRefusal::NumberTaken.into()) };
    }
    let owner = saldo_store::creditor::load(&tx, creditor).await?;
    ensure_ladder(app.ambient(), &tx, &owner, amount.currency()).await?;
    let new_account = AccountId(app.ambient().uuid_v7());
    let account_id = account::ensure(&tx, creditor, debtor_id, amount.currency(), new_account).await?;
    let id = InvoiceId(app.ambient().uuid_v7());
    let mut invoice = Invoice::try_new(id, account_id, number, wish.issued_on, wish.due_on, amount)?;
    invoice.description = description;
    invoice.tax = wish.tax.map(Money::from);
    check_tax(&invoice)?;
    freeze(app, &tx, creditor, &debtor_row, &mut invoice).await?;
    book::item(app, &tx, creditor, debtor_id, invoice).await?;
    freshness::mark(&tx, creditor, app.now()).await?;
    use_credit(app, &tx, creditor, debtor_id, account_id).await?;
    debtor::set_next_contact(&tx, creditor, debtor_id, Some(app.now())).await?;
    let row = invoice::load(&tx, creditor, id).await?;
    send_invoice::plan(app, &tx, creditor, &row.invoice, wish.send).await?;
    tx.commit().await?;
    Ok(row)
}

fn check_tax(invoice: &Invoice) -> Result<(), Refusal> {
    let Some(tax) = invoice.tax else { return Ok(()) };
    let rest = invoice.amount.minus(tax)?;
    if tax.minor() < 0 || rest.minor() < 0 { Err(Refusal::TaxAboveAmount) } else { Ok(()) }
}

/// Freezes on an invoice what the discount policies in force now promise for it.
async fn freeze(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    debtor: &Debtor,
    invoice: &mut Invoice,
) -> Result<(), Failure> {
    let policies = discounts_in_force(tx, creditor, app.now()).await?;
    if policies.is_empty() {
        return Ok(());
    }
    let creditor = saldo_store::creditor::load(tx, creditor).await?;
    let facts = InvoiceFacts {
        issued_on: invoice.issued_on,
        due_on: invoice.due_on,
        amount: invoice.amount,
        tax: invoice.tax,
        tags: debtor.tags.clone(),
    };
    invoice.discounts = grant(&policies, &facts, debtor.zone(&creditor))?.into_iter().collect();
    Ok(())
}

/// Credit that the debtor has pays the oldest items first.
async fn use_credit(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    debtor_id: DebtorId,
    account_id: AccountId,
) -> Result<(), Failure> {
    let snapshot = snapshot::load(tx, creditor, debtor_id).await?;
    let account = snapshot.account(account_id).ok_or(Refusal::NotFound)?;
    let today = snapshot.debtor.zone(&snapshot.creditor).date_at(app.now());
    if let Some(booking) = apply_credit(account, today)? {
        book::booking(app, tx, creditor, debtor_id, &booking, None).await?;
        payment::apply_credit(tx, creditor, account_id, &booking).await?;
    }
    Ok(())
}
