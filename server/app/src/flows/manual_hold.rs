//! Manual holds: silence towards one debtor, with a reason and an end.

use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use crate::flows::claim::{today, told, touch};
use crate::flows::dispute::found;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::calendar::Date;
use saldo_domain::hold::{self, NewHold};
use saldo_domain::ids::{CreditorId, DebtorId, HoldId};
use saldo_domain::outcome::Outcome;
use saldo_store::{Page, PageRequest, snapshot};

pub use saldo_store::hold::HoldRow;

/// What is to be held.
pub struct PlaceHold {
    /// Made with the page or the request: the same one is the same hold.
    pub hold_id: HoldId,
    /// Why.
    pub reason: String,
    /// The last day of silence.
    pub until_on: Date,
}

/// Holds reminders to a debtor. The same id again answers the hold that exists.
///
/// # Errors
/// `not_found`, `text_length`, `card_number_in_text`, `hold_date`, `hold_open`.
pub async fn place(
    app: &App,
    creditor: CreditorId,
    debtor_id: DebtorId,
    actor: Actor,
    wish: PlaceHold,
) -> Result<HoldRow, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let snapshot = snapshot::lock_and_load(&tx, creditor, debtor_id).await?;
    if let Some(known) = found(saldo_store::hold::load(&tx, creditor, wish.hold_id).await)? {
        return if known.debtor_id == debtor_id { Ok(known) } else { Err(Refusal::NotFound.into()) };
    }
    let known = saldo_store::hold::load_for_debtor(&tx, creditor, debtor_id).await?;
    let PlaceHold { hold_id: id, reason, until_on } = wish;
    let new = NewHold { id, reason, until_on, at: app.now(), by: actor };
    let placed = hold::hold(new, &known, today(app, &snapshot))?;
    let hold = placed.executed().ok_or(Refusal::HoldOpen)?;
    saldo_store::hold::insert(&tx, creditor, debtor_id, &hold).await?;
    let subject = Subject::new("hold", id.0);
    audit::record(app, &tx, creditor, &actor, "hold_placed", subject, None, told(&hold)?).await?;
    touch(app, &tx, creditor, debtor_id).await?;
    tx.commit().await?;
    Ok(HoldRow { hold, debtor_id })
}

/// Ends a hold before its time.
///
/// # Errors
/// `not_found`.
pub async fn end(app: &App, creditor: CreditorId, actor: Actor, id: HoldId) -> Result<HoldRow, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let debtor_id = saldo_store::hold::load(&tx, creditor, id).await?.debtor_id;
    let snapshot = snapshot::lock_and_load(&tx, creditor, debtor_id).await?;
    let row = saldo_store::hold::load(&tx, creditor, id).await?;
    let ended = row.hold.clone().end(app.now(), actor, today(app, &snapshot))?;
    let Outcome::Executed(hold) = ended else { return Ok(row) };
    saldo_store::hold::update(&tx, creditor, &hold).await?;
    let subject = Subject::new("hold", id.0);
    let (before, after) = (told(&row.hold)?, told(&hold)?);
    audit::record(app, &tx, creditor, &actor, "hold_ended", subject, before, after).await?;
    touch(app, &tx, creditor, debtor_id).await?;
    tx.commit().await?;
    Ok(HoldRow { hold, debtor_id })
}

/// A creditor's holds, or one debtor's, newest first.
///
/// # Errors
/// Faults of the store.
pub async fn list(
    app: &App,
    creditor: CreditorId,
    debtor_id: Option<DebtorId>,
    page: PageRequest,
) -> Result<Page<HoldRow>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    Ok(saldo_store::hold::list(&tx, creditor, debtor_id, page).await?)
}
