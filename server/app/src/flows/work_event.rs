//! An archived event is worked on: matched to what it is about, and booked once.

use crate::App;
use crate::failure::{AppRefusal, Failure};
use crate::flows::observe_attempt::observe_in;
use crate::flows::{record_chargeback, record_refund};
use crate::jobs::{self, Job, Progress};
use saldo_domain::Refusal;
use saldo_domain::ids::{AttemptId, CreditorId, InboundEventId};
use saldo_domain::planted::{self, Bug};
use saldo_domain::provider::{Capture, CheckoutReport, EventSubject, ProviderEvent, ProviderRefund};
use saldo_store::inbound_event::{self, InboundEventState as EventState};
use saldo_store::{Across, Tx, attempt, method_setup, payment};

/// Tries for which an event waits for the local record that it is about.
const TRIES_FOR_A_MATCH: u32 = 5;
/// Until which try one that is shown as unmatched is looked at again, each half an hour: three days, in which a provider
/// repeats what came before it and was lost on the way.
const LOOKS_FOR_A_MATCH: u32 = TRIES_FOR_A_MATCH + 144;

/// What became of an event.
struct Verdict {
    state: EventState,
    note: Option<String>,
    /// It may have come before what it follows from.
    waits: bool,
}

impl Verdict {
    fn worked() -> Self {
        Self { state: EventState::Worked, note: None, waits: false }
    }

    fn new(state: EventState, note: &str) -> Self {
        Self { state, note: Some(note.to_owned()), waits: false }
    }

    fn waiting(state: EventState, note: &str) -> Self {
        Self { waits: true, ..Self::new(state, note) }
    }
}

/// Works on an event in one database transaction. What cannot be matched is kept and shown.
///
/// # Errors
/// Faults of the store: the job is tried again.
pub async fn work(
    app: &App,
    creditor: CreditorId,
    id: InboundEventId,
    event: ProviderEvent,
    tries: u32,
) -> Result<Progress, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let applied = match foreign(app, &event) {
        Some(verdict) => Ok(Some(verdict)),
        None => apply(app, &tx, creditor, subject(event)).await,
    };
    let (tx, verdict) = match applied {
        Ok(Some(verdict)) => (tx, verdict),
        Ok(None) if tries < TRIES_FOR_A_MATCH => return Ok(Progress::Retry("its record is not there yet".to_owned())),
        Ok(None) => (tx, Verdict::waiting(EventState::Unmatched, "no record of ours")),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) => {
            tx.rollback().await?;
            // What took the payment may be given back by an event that is still on its way.
            let waits = refusal == Refusal::RefundAbovePayment;
            let verdict = Verdict { waits, ..Verdict::new(EventState::Refused, refusal.code()) };
            (app.store().write_of(creditor).await?, verdict)
        }
        Err(failure) => return Err(failure),
    };
    let outcome = verdict.state.name();
    inbound_event::mark(&tx, creditor, id, verdict.state, verdict.note.as_deref(), app.now()).await?;
    tx.commit().await?;
    app.metrics().event(app.provider().name(), outcome);
    Ok(if verdict.waits && tries < LOOKS_FOR_A_MATCH { Progress::Later } else { Progress::Done })
}

fn foreign(app: &App, event: &ProviderEvent) -> Option<Verdict> {
    let provider = app.provider();
    if event.live != provider.mode().is_live() {
        return Some(Verdict::new(EventState::Refused, "live_mode_mismatch"));
    }
    match (provider.account(), event.provider_account.as_deref()) {
        (Some(own), Some(theirs)) if own != theirs => Some(Verdict::new(EventState::Refused, "account_mismatch")),
        _ => None,
    }
}

/// What to say of an attempt that is not this creditor's: nothing yet, where nobody has it.
async fn of_another(tx: &Tx, creditor: CreditorId, id: AttemptId) -> Result<Option<Verdict>, Failure> {
    tx.leave(Across::Entrance).await?;
    let is_there = attempt::find_any(tx, id).await?.is_some();
    tx.enter(creditor).await?;
    Ok(is_there.then(|| Verdict::new(EventState::Ignored, "it belongs to another creditor here")))
}

fn subject(event: ProviderEvent) -> EventSubject {
    match event.subject {
        EventSubject::Checkout { attempt_id, checkout_reference, report: CheckoutReport::Captured(capture) }
            if planted::is(Bug::DedupeByEventId) =>
        {
            let report = CheckoutReport::Captured(Capture { payment_reference: event.event_reference, ..capture });
            EventSubject::Checkout { attempt_id, checkout_reference, report }
        }
        subject => subject,
    }
}

async fn apply(app: &App, tx: &Tx, creditor: CreditorId, subject: EventSubject) -> Result<Option<Verdict>, Failure> {
    match subject {
        EventSubject::Checkout { attempt_id: None, .. } => {
            Ok(Some(Verdict::new(EventState::Unmatched, "a checkout that is not ours")))
        }
        EventSubject::Checkout { attempt_id: Some(attempt_id), report, .. } => {
            let Some(known) = attempt::find(tx, creditor, attempt_id).await? else {
                return of_another(tx, creditor, attempt_id).await;
            };
            if let CheckoutReport::Captured(capture) = &report
                && capture.amount.currency() != known.amount.currency()
            {
                return Ok(Some(Verdict::new(EventState::Refused, "currency_mismatch")));
            }
            observe_in(app, tx, creditor, attempt_id, report).await?;
            Ok(Some(Verdict::worked()))
        }
        EventSubject::Refund(refund) => give_back(app, tx, creditor, refund).await,
        EventSubject::RefundFailed { refund_id: Some(refund_id), refund_reference } => {
            let told = (Some(refund_reference.as_str()), "the provider says so");
            if saldo_store::refund::mark_failed(tx, creditor, refund_id, told, app.now()).await?
                || record_refund::take_back(app, tx, creditor, refund_id).await?
            {
                return Ok(Some(Verdict::worked()));
            }
            Ok(Some(Verdict::new(EventState::Ignored, "a refund that had failed before")))
        }
        EventSubject::RefundFailed { refund_id: None, .. } => {
            Ok(Some(Verdict::new(EventState::Unmatched, "a refund that is not ours")))
        }
        EventSubject::Setup { setup_id: None, .. } => {
            Ok(Some(Verdict::new(EventState::Unmatched, "a page for saving that is not ours")))
        }
        EventSubject::Setup { setup_id: Some(setup_id), .. } => {
            if method_setup::find(tx, creditor, setup_id).await?.is_none() {
                return Ok(None);
            }
            jobs::insert(app, tx, creditor, Job::FinishSetup { setup_id }).await?;
            Ok(Some(Verdict::worked()))
        }
        EventSubject::Chargeback(told) => {
            let provider = app.provider().name();
            let paid = payment::find_by_reference(tx, creditor, provider, &told.payment_reference).await?;
            let Some(paid) = paid else { return Ok(None) };
            record_chargeback::record(app, tx, creditor, &paid, &told).await?;
            Ok(Some(Verdict::worked()))
        }
        // A pending refund is told again when it is settled.
        EventSubject::Other { kind, .. } if kind == "refund.created" => {
            Ok(Some(Verdict::new(EventState::Ignored, &kind)))
        }
        EventSubject::Other { kind, .. } => Ok(Some(Verdict::new(EventState::Unmatched, &kind))),
    }
}

async fn give_back(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    refund: ProviderRefund,
) -> Result<Option<Verdict>, Failure> {
    let provider = app.provider().name();
    let paid = payment::find_by_reference(tx, creditor, provider, &refund.payment_reference).await?;
    let Some(paid) = paid else { return Ok(None) };
    record_refund::record(app, tx, creditor, &paid, &refund).await?;
    Ok(Some(Verdict::worked()))
}
