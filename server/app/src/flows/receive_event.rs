//! A provider's event arrives: verified, archived, answered; the work is a job.

use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::jobs::{self, Job};
use saldo_domain::ids::{CreditorId, InboundEventId};
use saldo_domain::outcome::Outcome;
use saldo_domain::planted::{self, Bug};
use saldo_store::inbound_event::{self, InboundEventRow, InboundEventState};

/// Verifies the raw body and archives it under the provider's name of the event. A repetition is a success.
///
/// # Errors
/// `provider_unknown`, `event_refused`, `not_found` for an unknown creditor.
pub async fn receive(
    app: &App,
    provider: &str,
    creditor: CreditorId,
    signature: Option<&str>,
    body: &[u8],
) -> Result<(), Failure> {
    if provider != app.provider().name() {
        return Err(AppRefusal::ProviderUnknown.into());
    }
    let now = app.now();
    let event = app.provider().verify_event(signature, body, now).map_err(|refused| {
        tracing::warn!(provider, code = refused.code(), "an event was refused at the door");
        app.metrics().event(provider, "refused");
        AppRefusal::EventRefused
    })?;
    let row = InboundEventRow {
        id: InboundEventId(app.ambient().uuid_v7()),
        creditor_id: creditor,
        provider: provider.to_owned(),
        event_reference: event.event_reference.clone(),
        received_at: now,
        body: body.to_vec(),
        state: InboundEventState::Received,
        note: None,
        worked_at: None,
    };
    let tx = app.store().write_of(creditor).await?;
    saldo_store::creditor::load(&tx, creditor).await?;
    match inbound_event::insert(&tx, &row).await? {
        Outcome::AlreadyApplied => app.metrics().event(provider, "repeated"),
        Outcome::Executed(()) => {
            jobs::insert(app, &tx, creditor, Job::WorkEvent { inbound_event_id: row.id, event: Box::new(event) })
                .await?;
            app.metrics().event(provider, "received");
        }
    }
    if planted::is(Bug::AcknowledgeBeforeCommit) {
        tokio::spawn(async move { tx.commit().await });
        return Ok(());
    }
    Ok(tx.commit().await?)
}
