//! What became of a message is told: verified, archived, answered; the work is a job.

use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::jobs::{self, Job};
use saldo_domain::ids::{CreditorId, InboundEventId};
use saldo_domain::outcome::Outcome;
use saldo_providers::channel::Knock;
use saldo_store::inbound_event::{self, InboundEventRow, InboundEventState};

/// Verifies a request and archives it under the provider's name of the delivery. A repetition is a success.
///
/// # Errors
/// `provider_unknown`, `event_refused`, `not_found` for an unknown creditor.
pub async fn receive(app: &App, provider: &str, creditor: CreditorId, knock: &Knock<'_>) -> Result<(), Failure> {
    let source = app.channels().source(provider).ok_or(AppRefusal::ProviderUnknown)?;
    let now = app.now();
    let told = source.read(knock, now).map_err(|refused| {
        tracing::warn!(provider, code = refused.code(), "an event was refused at the door");
        app.metrics().event(provider, "refused");
        AppRefusal::EventRefused
    })?;
    let row = InboundEventRow {
        id: InboundEventId(app.ambient().uuid_v7()),
        creditor_id: creditor,
        provider: provider.to_owned(),
        event_reference: told.event_reference,
        received_at: now,
        body: knock.body.to_vec(),
        state: if told.events.is_empty() { InboundEventState::Ignored } else { InboundEventState::Received },
        note: None,
        worked_at: None,
    };
    let tx = app.store().write_of(creditor).await?;
    saldo_store::creditor::load(&tx, creditor).await?;
    match inbound_event::insert(&tx, &row).await? {
        Outcome::AlreadyApplied => app.metrics().event(provider, "repeated"),
        Outcome::Executed(()) => {
            if !told.events.is_empty() {
                let job = Job::WorkMessageEvent { inbound_event_id: row.id, events: told.events };
                jobs::insert(app, &tx, creditor, job).await?;
            }
            app.metrics().event(provider, "received");
        }
    }
    Ok(tx.commit().await?)
}

/// The answer to a provider that asks whether the door is ours.
///
/// # Errors
/// `provider_unknown` where it does not ask, `event_refused` for another's word, `not_found` for an unknown creditor.
pub async fn challenge(app: &App, provider: &str, creditor: CreditorId, query: &str) -> Result<String, Failure> {
    let source = app.channels().source(provider).ok_or(AppRefusal::ProviderUnknown)?;
    let answer = source.challenge(query).map_err(|_| AppRefusal::EventRefused)?.ok_or(AppRefusal::ProviderUnknown)?;
    let tx = app.store().read_of(creditor).await?;
    saldo_store::creditor::load(&tx, creditor).await?;
    Ok(answer)
}
