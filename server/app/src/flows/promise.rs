//! Promises to pay: made by the debtor or on its behalf, and taken back.

use crate::App;
use crate::failure::Failure;
use crate::flows::access_link::later;
use crate::flows::audit::{self, Subject};
use crate::flows::claim::{today, told, touch};
use crate::flows::dispute::found;
use crate::jobs::{self, Job, Progress};
use jiff::SignedDuration;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Date;
use saldo_domain::ids::{AccountId, CreditorId, DebtorId, PromiseId};
use saldo_domain::money::Money;
use saldo_domain::outcome::Outcome;
use saldo_domain::promise::{self, NewPromise, PromiseStanding};
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::job::{self, ClaimedJob};
use saldo_store::{Page, PageRequest, debtor, snapshot};

pub use saldo_store::promise::PromiseRow;

/// What is promised.
pub struct MakePromise {
    /// Made with the page or the request: the same one is the same promise.
    pub promise_id: PromiseId,
    /// Which currency's account.
    pub account_id: AccountId,
    /// How much; none for everything that is owed.
    pub amount: Option<Money>,
    /// The last day.
    pub promised_on: Date,
}

/// Makes a promise. The same id again answers the one that exists.
///
/// # Errors
/// `not_found`, `nothing_to_pay`, `promise_date`, `promise_open`, `amount_not_positive`, `amount_above_balance`.
pub async fn make(
    app: &App,
    creditor: CreditorId,
    debtor_id: DebtorId,
    actor: Actor,
    wish: MakePromise,
) -> Result<PromiseRow, Failure> {
    let tx = app.store().write_of(creditor).await?;
    debtor::lock(&tx, creditor, debtor_id).await?;
    let snapshot = snapshot::load_with_movements(&tx, creditor, debtor_id).await?;
    if let Some(known) = found(saldo_store::promise::load(&tx, creditor, wish.promise_id).await)? {
        return if known.debtor_id == debtor_id { Ok(known) } else { Err(Refusal::NotFound.into()) };
    }
    let account = snapshot.account(wish.account_id).ok_or(Refusal::NotFound)?;
    let known = saldo_store::promise::load_for_debtor(&tx, creditor, debtor_id).await?;
    let (id, amount, promised_on) = (wish.promise_id, wish.amount, wish.promised_on);
    let new = NewPromise { id, amount, promised_on, at: app.now(), by: actor };
    let made = promise::make(account, new, &known, today(app, &snapshot))?;
    let promise = made.executed().ok_or(Refusal::PromiseOpen)?;
    saldo_store::promise::insert(&tx, creditor, debtor_id, &promise).await?;
    let subject = Subject::new("promise", id.0);
    audit::record(app, &tx, creditor, &actor, "promise_made", subject, None, told(&promise)?).await?;
    touch(app, &tx, creditor, debtor_id).await?;
    let over = snapshot.debtor.zone(&snapshot.creditor).end_of(promised_on)?;
    let next_day = later(over, SignedDuration::from_secs(1))?;
    jobs::insert_at(app, &tx, creditor, Job::ReviewPromise { promise_id: id }, next_day).await?;
    tx.commit().await?;
    Ok(PromiseRow { promise, debtor_id })
}

/// The promised day is over: subscribers are told where the money did not come. The standing itself is never written.
///
/// # Errors
/// Faults of the store.
pub(crate) async fn review(app: &App, claimed: &ClaimedJob, id: PromiseId) -> Result<Progress, Failure> {
    let creditor = claimed.creditor_id;
    let tx = app.store().write_of(creditor).await?;
    let row = saldo_store::promise::load(&tx, creditor, id).await?;
    let snapshot = snapshot::lock_and_load(&tx, creditor, row.debtor_id).await?;
    let row = saldo_store::promise::load(&tx, creditor, id).await?;
    match standing(app, &row, &snapshot)? {
        // The debtor lives further west by now, or the clock was put right.
        PromiseStanding::Waiting => return Ok(Progress::Later),
        PromiseStanding::Kept | PromiseStanding::Withdrawn => return Ok(Progress::Done),
        PromiseStanding::Broken => {}
    }
    // In one transaction with the job's end: it is told once.
    if !job::mark_done(&tx, creditor, claimed.id, claimed.fence, app.now()).await? {
        return Ok(Progress::Done);
    }
    saldo_store::promise::tell_broken(&tx, creditor, id);
    tx.commit().await?;
    Ok(Progress::Ended)
}

/// Takes a promise back; `debtor_id` narrows it to one debtor's own.
///
/// # Errors
/// `not_found`.
pub async fn withdraw(
    app: &App,
    creditor: CreditorId,
    debtor_id: Option<DebtorId>,
    actor: Actor,
    id: PromiseId,
) -> Result<PromiseRow, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let row = saldo_store::promise::load(&tx, creditor, id).await?;
    if debtor_id.is_some_and(|own| own != row.debtor_id) {
        return Err(Refusal::NotFound.into());
    }
    debtor::lock(&tx, creditor, row.debtor_id).await?;
    let row = saldo_store::promise::load(&tx, creditor, id).await?;
    let Outcome::Executed(promise) = row.promise.clone().withdraw(app.now(), actor)? else { return Ok(row) };
    saldo_store::promise::update(&tx, creditor, &promise).await?;
    let subject = Subject::new("promise", id.0);
    let (before, after) = (told(&row.promise)?, told(&promise)?);
    audit::record(app, &tx, creditor, &actor, "promise_withdrawn", subject, before, after).await?;
    touch(app, &tx, creditor, row.debtor_id).await?;
    tx.commit().await?;
    Ok(PromiseRow { promise, ..row })
}

/// What became of a promise, by its debtor's books.
///
/// # Errors
/// `not_found` for an account that the debtor does not have.
pub fn standing(app: &App, row: &PromiseRow, snapshot: &DebtorSnapshot) -> Result<PromiseStanding, Refusal> {
    let account = snapshot.account(row.promise.account_id).ok_or(Refusal::NotFound)?;
    row.promise.standing(account, today(app, snapshot))
}

/// A creditor's promises, or one debtor's, newest first, with what became of each.
///
/// # Errors
/// Faults of the store.
pub async fn list(
    app: &App,
    creditor: CreditorId,
    debtor_id: Option<DebtorId>,
    page: PageRequest,
) -> Result<Page<(PromiseRow, PromiseStanding)>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let rows = saldo_store::promise::list(&tx, creditor, debtor_id, page).await?;
    let mut known: Vec<DebtorSnapshot> = Vec::new();
    let mut items = Vec::with_capacity(rows.items.len());
    for row in rows.items {
        let place = known.iter().position(|snapshot| snapshot.debtor.id == row.debtor_id);
        let place = match place {
            Some(place) => place,
            None => {
                known.push(snapshot::load(&tx, creditor, row.debtor_id).await?);
                known.len() - 1
            }
        };
        let standing = standing(app, &row, &known[place])?;
        items.push((row, standing));
    }
    Ok(Page { items, next: rows.next })
}
