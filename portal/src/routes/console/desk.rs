//! What finance does on one account that moves no money: disputes, transfers, promises, holds.

use super::accounts;
use crate::pages::console::Trouble;
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::upload;
use crate::routes::visit::ConsoleVisit;
use axum::extract::Path;
use saldo_app::flows::consent::{self, ConsentWish};
use saldo_app::flows::manual_hold::{self, PlaceHold};
use saldo_app::flows::promise::{self, MakePromise};
use saldo_app::flows::{attachment, claim, declared_transfer, dispute, open_statement};
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::dispute::DisputeOutcome;
use saldo_domain::ids::{AttachmentId, DebtorId, DisputeId, HoldId, PromiseId, TransferId};
use saldo_domain::member::Permission;
use saldo_domain::promise::last_date;
use saldo_domain::snapshot::DebtorSnapshot;
use uuid::Uuid;

/// Decides a dispute.
pub async fn resolve(console: ConsoleVisit, Path((id, dispute)): Path<(Uuid, Uuid)>, form: Form) -> Answer {
    console.needs(Permission::Contact)?;
    let done = match DisputeOutcome::find(form.text("outcome")) {
        Some(outcome) => {
            let (actor, note) = (console.actor(), form.text("note"));
            dispute::resolve(console.app(), console.id(), actor, DisputeId(dispute), outcome, note).await.map(|_| ())
        }
        None => Err(Refusal::NotFound.into()),
    };
    finish(&console, id, format!("dispute-{dispute}"), &form, done).await
}

/// A declared transfer was found.
pub async fn match_transfer(console: ConsoleVisit, Path((id, transfer)): Path<(Uuid, Uuid)>, form: Form) -> Answer {
    console.needs(Permission::Money)?;
    let (actor, paid) = (console.actor(), form.parse("payment"));
    let done = declared_transfer::match_to(console.app(), console.id(), actor, TransferId(transfer), paid).await;
    finish(&console, id, format!("match-{transfer}"), &form, done.map(|_| ())).await
}

/// A declared transfer was not found.
pub async fn reject_transfer(console: ConsoleVisit, Path((id, transfer)): Path<(Uuid, Uuid)>, form: Form) -> Answer {
    console.needs(Permission::Money)?;
    let (actor, note) = (console.actor(), form.text("note"));
    let done = declared_transfer::reject(console.app(), console.id(), actor, TransferId(transfer), note).await;
    finish(&console, id, format!("reject-{transfer}"), &form, done.map(|_| ())).await
}

/// Holds reminders.
pub async fn place_hold(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Contact)?;
    let wish = PlaceHold {
        hold_id: HoldId(fresh(&console, &form)),
        reason: form.text("reason").to_owned(),
        until_on: form.parse("until_on").unwrap_or_default(),
    };
    let done = manual_hold::place(console.app(), console.id(), DebtorId(id), console.actor(), wish).await;
    finish(&console, id, "hold".to_owned(), &form, done.map(|_| ())).await
}

/// Notes that the debtor gave or withdrew a channel.
pub async fn consent(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Contact)?;
    let given = form.text("state") == "given";
    let done = match form.text("channel").parse() {
        Ok(channel) => {
            let wish = ConsentWish { channel, given, at: None, proof: form.text("proof").to_owned() };
            consent::record(console.app(), console.id(), DebtorId(id), console.actor(), wish).await.map(|_| ())
        }
        Err(refusal) => Err(Failure::from(refusal)),
    };
    finish(&console, id, "consent".to_owned(), &form, done).await
}

/// Ends a hold before its time.
pub async fn end_hold(console: ConsoleVisit, Path((id, hold)): Path<(Uuid, Uuid)>, form: Form) -> Answer {
    console.needs(Permission::Contact)?;
    let done = manual_hold::end(console.app(), console.id(), console.actor(), HoldId(hold)).await;
    finish(&console, id, "hold".to_owned(), &form, done.map(|_| ())).await
}

/// Notes a promise that the debtor made elsewhere.
pub async fn make_promise(console: ConsoleVisit, Path(id): Path<Uuid>, form: Form) -> Answer {
    console.needs(Permission::Contact)?;
    let done = promise(&console, DebtorId(id), &form).await;
    finish(&console, id, "promise".to_owned(), &form, done).await
}

async fn promise(console: &ConsoleVisit, debtor: DebtorId, form: &Form) -> Result<(), Failure> {
    let snapshot = open_statement::load(console.app(), console.id(), debtor).await?;
    let account_id = form.parse("account").ok_or(Refusal::NotFound)?;
    let account = snapshot.account(account_id).ok_or(Refusal::NotFound)?;
    let locale = console.visit.of_console(&console.creditor).locale;
    let amount = match form.text("amount") {
        "" => None,
        typed => Some(locale.parse_money(typed, account.currency)?),
    };
    let until_on = last_date(claim::today(console.app(), &snapshot))?;
    let promised_on = form.parse("promised_on").ok_or(Refusal::PromiseDate { until_on })?;
    let wish = MakePromise { promise_id: PromiseId(fresh(console, form)), account_id, amount, promised_on };
    promise::make(console.app(), console.id(), debtor, console.actor(), wish).await?;
    Ok(())
}

/// Takes a promise back on the debtor's behalf.
pub async fn withdraw_promise(console: ConsoleVisit, Path((id, promise)): Path<(Uuid, Uuid)>, form: Form) -> Answer {
    console.needs(Permission::Contact)?;
    let actor = console.actor();
    let done = promise::withdraw(console.app(), console.id(), None, actor, PromiseId(promise)).await;
    finish(&console, id, "promise".to_owned(), &form, done.map(|_| ())).await
}

/// A file that a debtor sent, as a download.
pub async fn file(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Read)?;
    let found = attachment::load(console.app(), console.id(), None, AttachmentId(id)).await;
    let found = found.map_err(|failure| Page::failure(&console.visit, failure))?;
    Ok(Page::raw(upload::download(found)))
}

/// The statement as the debtor sees it.
pub async fn preview(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Read)?;
    let snapshot = open_statement::load(console.app(), console.id(), DebtorId(id)).await;
    let snapshot: DebtorSnapshot = snapshot.map_err(|failure| Page::failure(&console.visit, failure))?;
    accounts::preview(&console, snapshot).await
}

/// The id that a form carries, or a new one.
pub fn fresh(console: &ConsoleVisit, form: &Form) -> Uuid {
    form.parse("id").unwrap_or_else(|| console.app().ambient().uuid_v7())
}

/// Back to the account; a refusal is shown beside its field, with all that was filled in.
pub async fn finish(
    console: &ConsoleVisit,
    debtor: Uuid,
    key: String,
    form: &Form,
    done: Result<(), Failure>,
) -> Answer {
    match done {
        Ok(()) => Ok(Page::see_other(&format!("/console/debtors/{debtor}"))),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) if refusal != Refusal::NotFound => {
            accounts::refused(console, DebtorId(debtor), key, form, Trouble::Rule(refusal)).await
        }
        Err(Failure::Refused(AppRefusal::BankReferenceTaken)) => {
            accounts::refused(console, DebtorId(debtor), key, form, Trouble::ReferenceTaken).await
        }
        Err(failure) => Err(Page::failure(&console.visit, failure)),
    }
}
