use super::notify::{self, PlanNotice};
use super::offer::File;
use super::review::next_review;
use super::{charge, show};
use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use crate::flows::put_debtor::text;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::ids::{CreditorId, InvoiceId, PlanId};
use saldo_domain::outcome::Outcome;
use saldo_domain::plan::{Approved, PaymentPlan, progress};
use saldo_store::payment_plan::PlanRow;
use saldo_store::{Tx, debtor, payment_plan};

/// A plan with what it is decided on, its debtor held.
struct Held {
    row: PlanRow,
    file: File,
}

async fn hold(app: &App, tx: &Tx, creditor: CreditorId, id: PlanId) -> Result<Held, Failure> {
    let debtor_id = payment_plan::load(tx, creditor, id).await?.debtor_id;
    debtor::lock(tx, creditor, debtor_id).await?;
    let row = payment_plan::load(tx, creditor, id).await?;
    let file = File::read(app, tx, creditor, debtor_id).await?;
    Ok(Held { row, file })
}

/// Finance agrees. Where the debtor has agreed already the plan is active from now on.
///
/// # Errors
/// `not_found`, `plan_not_open`, `plan_amount_changed`, `first_date_out_of_range`.
pub async fn approve(app: &App, creditor: CreditorId, id: PlanId, by: Actor) -> Result<PlanRow, Failure> {
    let tx = app.store().write_of(creditor).await?;
    let Held { row, file } = hold(app, &tx, creditor, id).await?;
    let debtor_id = row.debtor_id;
    let account = file.snapshot.account(row.plan.account_id).ok_or(Refusal::NotFound)?;
    let principal = show::open_of(&row.plan, &account.items)?;
    let charge_item = InvoiceId(app.ambient().uuid_v7());
    let approved = Approved { by, at: app.now() };
    let before = row.plan.clone();
    let Outcome::Executed(plan) = row.plan.approve(approved, principal, file.today, charge_item)? else {
        return Ok(PlanRow { debtor_id, plan: before });
    };
    charge::begin(app, &tx, creditor, debtor_id, &plan, file.today).await?;
    payment_plan::update(&tx, creditor, &plan, Some(next_review(app, &file, &plan)?)).await?;
    if plan.is_active() {
        notify::plan(app, &tx, creditor, debtor_id, plan.id, PlanNotice::Active).await?;
    }
    finish(app, tx, creditor, by, "plan_approved", &before, PlanRow { debtor_id, plan }).await
}

/// Finance does not agree; the debtor learns it by mail.
///
/// # Errors
/// `not_found`, `plan_not_open`, `text_length`.
pub async fn reject(
    app: &App,
    creditor: CreditorId,
    id: PlanId,
    by: Actor,
    note: Option<String>,
) -> Result<PlanRow, Failure> {
    let note = checked(note)?;
    let tx = app.store().write_of(creditor).await?;
    let Held { row, .. } = hold(app, &tx, creditor, id).await?;
    let (debtor_id, before) = (row.debtor_id, row.plan.clone());
    let Outcome::Executed(plan) = row.plan.reject(by, note, app.now())? else {
        return Ok(PlanRow { debtor_id, plan: before });
    };
    payment_plan::update(&tx, creditor, &plan, None).await?;
    notify::plan(app, &tx, creditor, debtor_id, plan.id, PlanNotice::Rejected).await?;
    finish(app, tx, creditor, by, "plan_rejected", &before, PlanRow { debtor_id, plan }).await
}

/// A plan ends by decision of finance, or of the debtor while it is proposed. What is open of its items is due by their
/// own dates; of the charge stays what is earned, as the template says.
///
/// # Errors
/// `not_found`, `plan_not_open`, `text_length`.
pub async fn cancel(
    app: &App,
    creditor: CreditorId,
    id: PlanId,
    by: Actor,
    note: Option<String>,
) -> Result<PlanRow, Failure> {
    let note = checked(note)?;
    let tx = app.store().write_of(creditor).await?;
    let Held { row, file } = hold(app, &tx, creditor, id).await?;
    let (debtor_id, before) = (row.debtor_id, row.plan.clone());
    let items = &file.snapshot.account(before.account_id).ok_or(Refusal::NotFound)?.items;
    let paid = progress(&before, items, file.today)?.paid;
    let Outcome::Executed(plan) = row.plan.cancel(by, note, paid, app.now())? else {
        return Ok(PlanRow { debtor_id, plan: before });
    };
    if before.is_active() {
        charge::end(app, &tx, creditor, debtor_id, &before, items, file.today).await?;
    }
    payment_plan::update(&tx, creditor, &plan, None).await?;
    if !matches!(by, Actor::Debtor { .. }) {
        notify::plan(app, &tx, creditor, debtor_id, plan.id, PlanNotice::Canceled).await?;
    }
    finish(app, tx, creditor, by, "plan_canceled", &before, PlanRow { debtor_id, plan }).await
}

fn checked(note: Option<String>) -> Result<Option<String>, Refusal> {
    let note = note.filter(|note| !note.trim().is_empty());
    note.map(|note| text("note", &note, 500)).transpose()
}

async fn finish(
    app: &App,
    tx: Tx,
    creditor: CreditorId,
    by: Actor,
    action: &'static str,
    before: &PaymentPlan,
    row: PlanRow,
) -> Result<PlanRow, Failure> {
    let (before, after) = (Some(show::audited(before)), Some(show::audited(&row.plan)));
    let subject = Subject::new("payment_plan", row.plan.id.0);
    audit::record(app, &tx, creditor, &by, action, subject, before, after).await?;
    debtor::set_next_contact(&tx, creditor, row.debtor_id, Some(app.now())).await?;
    tx.commit().await?;
    Ok(row)
}
