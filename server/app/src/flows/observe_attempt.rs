//! What a provider says of an attempt is taken in: the one door for return page, webhook and reconciler.

use crate::App;
use crate::failure::Failure;
use crate::flows::{record_payment, run_autopay};
use saldo_domain::attempt::{AttemptOrigin, Observed, PaymentAttempt};
use saldo_domain::ids::{AttemptId, CreditorId};
use saldo_domain::outcome::Outcome;
use saldo_domain::provider::CheckoutReport;
use saldo_store::{Tx, attempt, debtor, snapshot};

/// Takes a report in, in a database transaction of its own.
///
/// # Errors
/// `not_found`, `report_mismatch`.
pub async fn observe(
    app: &App,
    creditor: CreditorId,
    attempt: AttemptId,
    report: CheckoutReport,
) -> Result<PaymentAttempt, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let attempt = observe_in(app, &tx, creditor, attempt, report).await?;
    tx.commit().await?;
    Ok(attempt)
}

/// Takes a report in, in a database transaction that does more than that.
///
/// # Errors
/// `not_found`, `report_mismatch`.
pub async fn observe_in(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    id: AttemptId,
    report: CheckoutReport,
) -> Result<PaymentAttempt, Failure> {
    let debtor_id = attempt::load(tx, creditor, id).await?.debtor_id;
    let snapshot = snapshot::lock_and_load(tx, creditor, debtor_id).await?;
    let known = attempt::load(tx, creditor, id).await?;
    let Outcome::Executed(Observed { attempt, capture }) = known.clone().observe(report, app.now())? else {
        return Ok(known);
    };
    attempt::update(tx, &attempt).await?;
    debtor::set_next_contact(tx, creditor, debtor_id, Some(app.now())).await?;
    if let AttemptOrigin::Autopay { plan_id, .. } = attempt.origin {
        run_autopay::enrol(app, tx, creditor, debtor_id, plan_id).await?;
    }
    if let Some(capture) = capture {
        record_payment::record(app, tx, &snapshot, &attempt, &capture).await?;
    }
    Ok(attempt)
}
