//! The debtor gives a payment up, if the provider can still end it.

use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::follow_attempt;
use crate::flows::observe_attempt::observe_in;
use crate::flows::start_session::DebtorSession;
use saldo_domain::attempt::{AttemptOrigin, PaymentAttempt};
use saldo_domain::ids::AttemptId;
use saldo_domain::outcome::Outcome;
use saldo_domain::provider::CheckoutReport;
use saldo_store::{attempt, debtor};

/// Ends an attempt. The provider is asked first: what was paid meanwhile is booked, what is pending stays pending.
///
/// # Errors
/// `not_found`, `provider_unavailable`.
pub async fn cancel(app: &App, session: DebtorSession, id: AttemptId) -> Result<PaymentAttempt, Failure> {
    let known = follow_attempt::read(app, session, id).await?.attempt;
    // A charge to a saved method is with the bank already.
    if matches!(known.origin, AttemptOrigin::Autopay { .. }) {
        return Ok(known);
    }
    let report = match &known.checkout {
        Some(checkout) if known.state.is_open() => {
            let answer = app.provider().expire_checkout(&checkout.reference, app.now()).await;
            answer.map_err(|fault| {
                tracing::warn!(attempt = %id, %fault, "the provider could not end a checkout");
                AppRefusal::ProviderUnavailable
            })?
        }
        _ => CheckoutReport::Expired,
    };
    let tx = app.store().write_of(session.creditor_id).await?;
    debtor::lock(&tx, session.creditor_id, session.debtor_id).await?;
    let attempt = if report == CheckoutReport::Expired {
        let seen = known.checkout;
        let known = attempt::load(&tx, session.creditor_id, id).await?;
        // The provider has opened a page since: it was not asked to end that one.
        if known.checkout != seen {
            return Ok(known);
        }
        match known.clone().cancel(app.now()) {
            Outcome::Executed(canceled) => {
                attempt::update(&tx, &canceled).await?;
                debtor::set_next_contact(&tx, session.creditor_id, session.debtor_id, Some(app.now())).await?;
                canceled
            }
            Outcome::AlreadyApplied => known,
        }
    } else {
        observe_in(app, &tx, session.creditor_id, id, report).await?
    };
    tx.commit().await?;
    Ok(attempt)
}
