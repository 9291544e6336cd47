//! Finance gives money back: the wish is written, the provider is asked by a job.

use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use crate::flows::put_debtor::text;
use crate::jobs::{self, Job};
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::ids::{CreditorId, PaymentId, RefundId};
use saldo_domain::money::Money;
use saldo_store::refund::{self, RefundRow, RefundState};
use saldo_store::{PAGE_MAX, PageRequest, StoreFault, debtor, payment};

/// What is to be given back.
pub struct RequestRefund {
    /// Made with the page or the request: the same one is the same refund.
    pub refund_id: RefundId,
    /// Of which payment.
    pub payment_id: PaymentId,
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: String,
}

/// Writes the wish. The same id again answers the refund that exists.
///
/// # Errors
/// `not_found`, `amount_not_positive`, `refund_above_payment`, `currency_mismatch`, `text_length`.
pub async fn request(
    app: &App,
    creditor: CreditorId,
    actor: &Actor,
    wish: RequestRefund,
) -> Result<RefundRow, Failure> {
    let reason = text("reason", &wish.reason, 200)?;
    let amount = wish.amount.positive()?;
    let tx = app.store().write_of(creditor).await?;
    let debtor_id = payment::load(&tx, creditor, wish.payment_id).await?.debtor_id;
    debtor::lock(&tx, creditor, debtor_id).await?;
    match refund::load(&tx, creditor, wish.refund_id).await {
        Ok(known) => return Ok(known),
        Err(StoreFault::NotFound(_)) => {}
        Err(fault) => return Err(fault.into()),
    }
    let paid = payment::load(&tx, creditor, wish.payment_id).await?;
    let asked = refund::list(&tx, creditor, Some(wish.payment_id), PageRequest::first(PAGE_MAX)).await?.items;
    let waiting = asked.iter().filter(|row| row.state == RefundState::Requested).map(|row| row.amount);
    let left = paid.payment.amount.minus(paid.payment.refunded)?;
    let left = left.minus(Money::sum(left.currency(), waiting)?)?;
    if amount.minus(left)?.is_positive() || paid.attempt_id.is_none() {
        return Err(Refusal::RefundAbovePayment.into());
    }
    let row = RefundRow {
        id: wish.refund_id,
        payment_id: wish.payment_id,
        amount,
        state: RefundState::Requested,
        provider_reference: None,
        reason,
        failure: None,
        created_at: app.now(),
        settled_at: None,
    };
    refund::insert(&tx, creditor, &row).await?;
    jobs::insert(app, &tx, creditor, Job::SettleRefund { refund_id: row.id }).await?;
    let after = serde_json::json!({ "payment_id": row.payment_id, "amount": row.amount, "reason": row.reason });
    let subject = Subject::new("refund", row.id.0);
    audit::record(app, &tx, creditor, actor, "refund_requested", subject, None, Some(after)).await?;
    tx.commit().await?;
    Ok(row)
}
