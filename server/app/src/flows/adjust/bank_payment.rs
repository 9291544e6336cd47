use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::audit::{self, Subject};
use crate::flows::book;
use crate::flows::put_debtor::text;
use crate::jobs::{self, Job};
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::allocation::AllocationOrder;
use saldo_domain::asked::active_plan;
use saldo_domain::calendar::Date;
use saldo_domain::concession::{Concession, ConcessionKind, Honour, ItemConcession};
use saldo_domain::discount::price_by_value_date;
use saldo_domain::ids::{AccountId, CreditorId, DebtorId, InvoiceId, PaymentId};
use saldo_domain::ledger::LedgerAccount;
use saldo_domain::money::Money;
use saldo_domain::payment::{Payment, receive};
use saldo_domain::snapshot::{AccountSnapshot, DebtorSnapshot};
use saldo_store::payment::{self, PaymentRow};
use saldo_store::{StoreFault, debtor, snapshot};
use serde_json::json;

/// The name of the way on which such money came.
const PROVIDER: &str = "bank";
/// The most characters of a bank's reference.
const REFERENCE_MAX: usize = 80;

/// Money that the creditor's bank shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankPayment {
    /// Made with the form: the same id is the same payment.
    pub payment_id: PaymentId,
    /// Who paid.
    pub debtor_id: DebtorId,
    /// On which account.
    pub account_id: AccountId,
    /// How much.
    pub amount: Money,
    /// The bank's value date: it decides over discounts.
    pub value_on: Date,
    /// The bank's reference, unique for the creditor.
    pub reference: String,
    /// What it pays; the oldest due first where nothing is named.
    pub invoice_ids: Vec<InvoiceId>,
}

/// Records money that came by bank. The value date, and not the day of recording, decides over an early-payment discount.
///
/// # Errors
/// `not_found`, `date_in_future`, `bank_reference_taken`, `amount_not_positive`, `currency_mismatch`, `text_length`,
/// `card_number_in_text`.
pub async fn record(app: &App, creditor: CreditorId, actor: &Actor, wish: BankPayment) -> Result<PaymentRow, Failure> {
    let reference = text("reference", &wish.reference, REFERENCE_MAX)?;
    let tx = app.store().write_of(creditor).await?;
    let snapshot = snapshot::lock_and_load(&tx, creditor, wish.debtor_id).await?;
    match payment::find_by_reference(&tx, creditor, PROVIDER, &reference).await? {
        Some(known) if known.payment.id == wish.payment_id => return Ok(known),
        Some(_) => return Err(AppRefusal::BankReferenceTaken.into()),
        None => {}
    }
    if wish.value_on > snapshot.today(app.now()) {
        return Err(Refusal::DateInFuture.into());
    }
    let account = snapshot.account(wish.account_id).ok_or(Refusal::NotFound)?;
    let order = match wish.invoice_ids.is_empty() {
        true => AllocationOrder::OldestDueFirst,
        false => AllocationOrder::Selected(wish.invoice_ids.clone()),
    };
    let concessions = in_time(&snapshot, account, wish.value_on)?;
    let booking = receive(account, wish.amount, &order, &concessions, LedgerAccount::Bank, wish.value_on)?;
    let movement_key = format!("{PROVIDER}:{}:capture", wish.payment_id);
    book::booking(app, &tx, creditor, wish.debtor_id, &booking, Some(movement_key)).await?;
    let payment = Payment {
        id: wish.payment_id,
        account_id: wish.account_id,
        amount: wish.amount,
        effective_on: wish.value_on,
        allocations: booking.allocations,
        unapplied: booking.unapplied,
        refunded: Money::zero(wish.amount.currency()),
    };
    let row = PaymentRow {
        payment,
        debtor_id: wish.debtor_id,
        attempt_id: None,
        provider: PROVIDER.to_owned(),
        provider_reference: reference,
        recorded_at: app.now(),
    };
    payment::insert(&tx, creditor, &row).await.map_err(|fault| match fault {
        StoreFault::Conflict(_) => AppRefusal::BankReferenceTaken.into(),
        fault => Failure::from(fault),
    })?;
    let subject = Subject::new("payment", wish.payment_id.0);
    let after = json!({ "amount": wish.amount, "value_on": wish.value_on, "reference": row.provider_reference });
    audit::record(app, &tx, creditor, actor, "bank_payment", subject, None, Some(after)).await?;
    debtor::set_next_contact(&tx, creditor, wish.debtor_id, Some(app.now())).await?;
    jobs::insert(app, &tx, creditor, Job::SendReceipt { payment_id: wish.payment_id, by_hand: None }).await?;
    tx.commit().await?;
    Ok(row)
}

/// The discounts that money with a value date earns.
fn in_time(
    snapshot: &DebtorSnapshot,
    account: &AccountSnapshot,
    value_on: Date,
) -> Result<Vec<ItemConcession>, Failure> {
    let mut earned = Vec::new();
    for item in &account.items {
        if active_plan(&snapshot.plans, item.invoice_id).is_some() {
            continue;
        }
        if let Some(price) = price_by_value_date(item, value_on)? {
            earned.push(ItemConcession {
                invoice_id: item.invoice_id,
                concession: Concession { kind: ConcessionKind::Discount, amount: price.saved },
                proportional: price.proportional,
                honour: Honour { until_at: price.last_moment, grace_minutes: price.grace_minutes },
            });
        }
    }
    Ok(earned)
}
