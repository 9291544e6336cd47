//! Attempts that stay open are asked about: for events that were lost.

use crate::App;
use crate::failure::Failure;
use crate::flows::access_link::later;
use crate::flows::observe_attempt::observe;
use jiff::SignedDuration;
use saldo_domain::attempt::PaymentAttempt;
use saldo_domain::outcome::Outcome;
use saldo_store::{attempt, debtor};

/// How long an attempt is left alone before the provider is asked.
const PATIENCE: SignedDuration = SignedDuration::from_mins(2);
/// How many are asked about at once.
const BATCH: u64 = 50;

/// Asks about open attempts, those asked about longest ago first. Returns how many it asked about.
///
/// # Errors
/// Faults of the store; a provider that cannot be reached is logged and asked again later.
pub async fn reconcile(app: &App) -> Result<usize, Failure> {
    let before = later(app.now(), -PATIENCE)?;
    let tx = app.store().read().await?;
    let open = attempt::list_to_reconcile(&tx, before, BATCH).await?;
    drop(tx);
    let count = open.len();
    for attempt in open {
        let id = attempt.id;
        if let Err(failure) = ask(app, attempt).await {
            tracing::warn!(attempt = %id, %failure, "an open attempt could not be reconciled");
        }
    }
    Ok(count)
}

async fn ask(app: &App, known: PaymentAttempt) -> Result<(), Failure> {
    if known.provider != app.provider().name() {
        return Ok(());
    }
    match &known.checkout {
        Some(checkout) => match app.provider().find_checkout(&checkout.reference, app.now()).await {
            Ok(report) => {
                observe(app, known.creditor_id, known.id, report).await?;
            }
            Err(fault) => tracing::warn!(attempt = %known.id, %fault, "the provider could not be asked"),
        },
        None => give_up(app, &known).await?,
    }
    let tx = app.store().write().await?;
    attempt::mark_asked(&tx, known.creditor_id, known.id, app.now()).await?;
    Ok(tx.commit().await?)
}

/// Its node died before the provider answered: nobody has the address, so nothing can be paid on it.
async fn give_up(app: &App, known: &PaymentAttempt) -> Result<(), Failure> {
    let tx = app.store().write().await?;
    debtor::lock(&tx, known.creditor_id, known.debtor_id).await?;
    let attempt = attempt::load(&tx, known.creditor_id, known.id).await?;
    if attempt.checkout.is_none()
        && let Outcome::Executed(canceled) = attempt.cancel(app.now())
    {
        attempt::update(&tx, &canceled).await?;
        debtor::set_next_contact(&tx, known.creditor_id, known.debtor_id, Some(app.now())).await?;
    }
    Ok(tx.commit().await?)
}
