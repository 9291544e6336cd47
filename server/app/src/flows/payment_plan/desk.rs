use super::show::{PlanView, one_view};
use crate::App;
use crate::failure::Failure;
use saldo_domain::attempt::{AttemptOrigin, PaymentAttempt};
use saldo_domain::ids::{CreditorId, PlanId};
use saldo_store::{PageRequest, attempt};

/// How many of a debtor's attempts are looked through.
const ATTEMPTS: u64 = 200;

/// A plan as finance looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanDesk {
    /// The plan.
    pub shown: PlanView,
    /// What was tried with the saved method, the latest first.
    pub autopay: Vec<PaymentAttempt>,
}

/// One plan with what its saved method did.
///
/// # Errors
/// `not_found`.
pub async fn desk(app: &App, creditor: CreditorId, id: PlanId) -> Result<PlanDesk, Failure> {
    let shown = one_view(app, creditor, id).await?;
    let tx = app.store().read_of(creditor).await?;
    let attempts = attempt::list(&tx, creditor, Some(shown.debtor.id), PageRequest::first(ATTEMPTS)).await?.items;
    let own =
        |attempt: &PaymentAttempt| matches!(attempt.origin, AttemptOrigin::Autopay { plan_id, .. } if plan_id == id);
    Ok(PlanDesk { shown, autopay: attempts.into_iter().filter(own).collect() })
}
