//! Attempts that stay open are asked about: for events that were lost.

use crate::App;
use crate::failure::Failure;
use crate::flows::access_link::later;
use crate::flows::charge_instalment;
use crate::flows::observe_attempt::observe;
use jiff::{SignedDuration, Timestamp};
use saldo_domain::attempt::{AttemptOrigin, PaymentAttempt};
use saldo_domain::ids::AttemptId;
use saldo_domain::outcome::Outcome;
use saldo_store::{Across, attempt, debtor};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// How long an attempt is left alone before the provider is asked.
const PATIENCE: SignedDuration = SignedDuration::from_mins(2);
/// The longest that one is left alone between two questions: what was taken is booked soon, also when its event is lost.
const PATIENCE_MAX: SignedDuration = SignedDuration::from_mins(10);
/// How many open attempts are looked over: those that stay pending for days must not stand before the others.
const LISTED: u64 = saldo_store::PAGE_MAX;
/// How many are asked about at once.
const BATCH: usize = 50;
/// After so many questions in a row without an answer the provider is left alone until the next time: each waits as long as
/// a request may, and reminders wait behind them.
const SILENT_MAX: u32 = 3;

/// When this node asked about which attempt: one that stays pending is asked about less often, never seldom.
#[derive(Default)]
pub struct Asked(Mutex<HashMap<AttemptId, Timestamp>>);

impl Asked {
    /// The attempts whose turn it is, noted as asked about now.
    fn due(&self, open: Vec<PaymentAttempt>, now: Timestamp) -> Vec<PaymentAttempt> {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        asked.retain(|id, _| open.iter().any(|attempt| attempt.id == *id));
        let due = open.into_iter().filter(|attempt| {
            let pause = (now.duration_since(attempt.created_at) / 4).clamp(PATIENCE, PATIENCE_MAX);
            asked.get(&attempt.id).is_none_or(|last| now.duration_since(*last) >= pause)
        });
        let due: Vec<PaymentAttempt> = due.take(BATCH).collect();
        asked.extend(due.iter().map(|attempt| (attempt.id, now)));
        due
    }

    /// Attempts whose turn did not come.
    fn forget(&self, attempts: &[PaymentAttempt]) {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        asked.retain(|id, _| attempts.iter().all(|attempt| attempt.id != *id));
    }
}

/// Asks about open attempts, the oldest first. Returns how many it asked about.
///
/// # Errors
/// Faults of the store; a provider that cannot be reached is logged and asked again later.
pub async fn reconcile(app: &App) -> Result<usize, Failure> {
    let before = later(app.now(), -PATIENCE)?;
    let tx = app.store().read_across(Across::Clock).await?;
    let open = attempt::list_to_reconcile(&tx, before, LISTED).await?;
    drop(tx);
    let open = app.asked().due(open, app.now());
    let mut silent = 0;
    for (place, known) in open.iter().enumerate() {
        match ask(app, known).await {
            Ok(Heard::Answer) => silent = 0,
            Ok(Heard::Nothing) => silent += 1,
            Err(failure) => tracing::warn!(attempt = %known.id, %failure, "an open attempt could not be reconciled"),
        }
        if silent == SILENT_MAX {
            app.asked().forget(&open[place + 1..]);
            return Ok(place + 1);
        }
    }
    Ok(open.len())
}

/// Whether the provider answered.
enum Heard {
    Answer,
    Nothing,
}

async fn ask(app: &App, known: &PaymentAttempt) -> Result<Heard, Failure> {
    if known.provider != app.provider().name() {
        return Ok(Heard::Answer);
    }
    if matches!(known.origin, AttemptOrigin::Autopay { .. }) {
        charge_instalment::resume(app, known).await?;
        return Ok(Heard::Answer);
    }
    match &known.checkout {
        Some(checkout) => match app.provider().find_checkout(&checkout.reference, app.now()).await {
            Ok(report) => {
                observe(app, known.creditor_id, known.id, report).await?;
            }
            Err(fault) => {
                tracing::warn!(attempt = %known.id, %fault, "the provider could not be asked");
                return Ok(if fault.may_retry() { Heard::Nothing } else { Heard::Answer });
            }
        },
        None => give_up(app, known).await?,
    }
    Ok(Heard::Answer)
}

/// Its node died before the provider answered: nobody has the address, so nothing can be paid on it.
pub(super) async fn give_up(app: &App, known: &PaymentAttempt) -> Result<(), Failure> {
    let tx = app.store().write_of(known.creditor_id).await?;
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
