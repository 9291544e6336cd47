//! What happens because time passes, not because somebody asked.

use crate::App;
use crate::failure::{Failure, Fault};
use crate::flows;

/// One look at everything that time brings: plans, due reminders, open attempts, callers gone quiet.
///
/// # Errors
/// Faults of the store.
pub async fn tick(app: &App) -> Result<(), Failure> {
    flows::payment_plan::review_due(app).await?;
    if app.config().reminders.enabled {
        flows::plan_reminders::plan(app).await?;
    }
    flows::reconcile_attempts::reconcile(app).await?;
    flows::method_setup::reconcile(app).await?;
    flows::charge_late::begin(app).await?;
    flows::run_autopay::run(app).await?;
    app.limiters().forget_quiet();
    let tx = app.store().write_across(saldo_store::Across::Clock).await?;
    saldo_store::session::delete_expired(&tx, app.now()).await?;
    saldo_store::member_token::delete_expired(&tx, app.now()).await?;
    flows::request_code::forget_old(app, &tx).await?;
    flows::decision_log::forget_old(app, &tx).await?;
    flows::subscribers::forget_old(app, &tx).await?;
    Ok(tx.commit().await?)
}

/// Carries the sandbox's events to the same door that a real provider's come to.
///
/// # Errors
/// Faults of the sandbox and of the store: the event stays and is carried again.
pub async fn deliver_sandbox_events(app: &App) -> Result<usize, Failure> {
    let Some(sandbox) = app.sandbox() else { return Ok(0) };
    let fault = |error: saldo_providers::payment::sandbox::SandboxFault| Fault::Other(error.to_string());
    let due = sandbox.due_events(app.now()).map_err(fault)?;
    let count = due.len();
    for delivery in due {
        let header = |name: &str| delivery.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let signature = header(app.provider().signature_header());
        let (provider, creditor) = (app.provider().name(), delivery.creditor_id);
        match flows::receive_event::receive(app, provider, creditor, signature, &delivery.body).await {
            Ok(()) | Err(Failure::Refused(_)) => sandbox.mark_delivered(&delivery.delivery_id).map_err(fault)?,
            Err(failure) => return Err(failure),
        }
    }
    Ok(count)
}
