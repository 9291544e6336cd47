use crate::pages::console::{
    DebtorView, Desk, LinkRow, PaymentRow, PreviewStatementView, RefundForm, ReminderLine, Tried, Trouble,
};
use crate::pages::{History, StatementView};
use crate::routes::debtor::claims;
use crate::routes::forms::Form;
use crate::routes::reply::{Answer, Page};
use crate::routes::visit::ConsoleVisit;
use axum::extract::Path;
use axum::http::StatusCode;
use saldo_app::flows::show_account::{self, Account};
use saldo_app::flows::{access_link, claim, request_refund, show_claims};
use saldo_app::lists::ReminderState;
use saldo_app::{AppRefusal, Failure};
use saldo_domain::Refusal;
use saldo_domain::ids::{AccessLinkId, DebtorId, PaymentId, RefundId};
use saldo_domain::member::Permission;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_domain::statement;
use uuid::Uuid;

/// One account as finance sees it.
pub async fn show(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Read)?;
    page(&console, DebtorId(id), StatusCode::OK, Shown::default()).await
}

/// A fresh link, shown once.
pub async fn create_link(console: ConsoleVisit, Path(id): Path<Uuid>) -> Answer {
    console.needs(Permission::Contact)?;
    let link = access_link::create_by(console.app(), console.id(), &console.actor(), DebtorId(id)).await;
    let link = link.map_err(|failure| Page::failure(&console.visit, failure))?;
    let shown = Shown { fresh_link: Some(link.url), ..Shown::default() };
    page(&console, DebtorId(id), StatusCode::OK, shown).await
}

/// Withdraws a link.
pub async fn revoke_link(console: ConsoleVisit, Path((id, link)): Path<(Uuid, Uuid)>) -> Answer {
    console.needs(Permission::Contact)?;
    let revoked = access_link::revoke_by(console.app(), console.id(), &console.actor(), AccessLinkId(link)).await;
    revoked.map_err(|failure| Page::failure(&console.visit, failure))?;
    Ok(Page::see_other(&format!("/console/debtors/{id}")))
}

/// Replaces a link by a fresh one, shown once.
pub async fn renew_link(console: ConsoleVisit, Path((id, link)): Path<(Uuid, Uuid)>) -> Answer {
    console.needs(Permission::Contact)?;
    let fresh = access_link::renew(console.app(), console.id(), &console.actor(), AccessLinkId(link)).await;
    let fresh = fresh.map_err(|failure| Page::failure(&console.visit, failure))?;
    let shown = Shown { fresh_link: Some(fresh.url), ..Shown::default() };
    page(&console, DebtorId(id), StatusCode::OK, shown).await
}

/// Gives money back.
pub async fn refund(console: ConsoleVisit, Path((id, payment)): Path<(Uuid, Uuid)>, form: Form) -> Answer {
    console.needs(Permission::Money)?;
    let (debtor, payment_id) = (DebtorId(id), PaymentId(payment));
    match request(&console, debtor, payment_id, &form).await {
        Ok(()) => Ok(Page::see_other(&format!("/console/debtors/{id}"))),
        Err(Failure::Refused(AppRefusal::Domain(refusal))) if refusal != Refusal::NotFound => {
            let shown = Shown { refund: Some((payment_id, refusal)), ..Shown::default() };
            page(&console, debtor, StatusCode::UNPROCESSABLE_ENTITY, shown).await
        }
        Err(failure) => Err(Page::failure(&console.visit, failure)),
    }
}

async fn request(console: &ConsoleVisit, debtor: DebtorId, payment_id: PaymentId, form: &Form) -> Result<(), Failure> {
    let account = show_account::show(console.app(), console.id(), debtor).await?;
    let paid = account.payments.iter().find(|row| row.payment.id == payment_id).ok_or(Refusal::NotFound)?;
    let chrome = console.visit.of_console(&console.creditor);
    let wish = request_refund::RequestRefund {
        refund_id: form.parse::<RefundId>("refund").ok_or(Refusal::NotFound)?,
        payment_id,
        amount: chrome.locale.parse_money(form.text("amount"), paid.payment.amount.currency())?,
        reason: form.text("reason").to_owned(),
    };
    request_refund::request(console.app(), console.id(), &console.actor(), wish).await?;
    Ok(())
}

/// A form of the desk that was refused: the page again, with what was filled in.
pub async fn refused(console: &ConsoleVisit, debtor: DebtorId, key: String, form: &Form, trouble: Trouble) -> Answer {
    let tried = Tried { form: key, fields: form.fields(), trouble };
    let shown = Shown { tried: Some(tried), ..Shown::default() };
    page(console, debtor, StatusCode::UNPROCESSABLE_ENTITY, shown).await
}

/// The statement as its debtor sees it, with nothing to press.
pub async fn preview(console: &ConsoleVisit, snapshot: DebtorSnapshot) -> Answer {
    let failed = |failure| Page::failure(&console.visit, failure);
    let claims = show_claims::load(console.app(), console.id(), &snapshot).await.map_err(failed)?;
    let statement = statement::build(&snapshot, console.app().now()).map_err(|refusal| failed(refusal.into()))?;
    let known = claims::Known { snapshot, claims };
    let lines = claims::lines(&console.visit, &known);
    let now = console.app().now();
    let live = known.snapshot.settlement_offers.iter().filter(|offer| now <= offer.until_at);
    let statement = StatementView {
        statement,
        history: History::Recent,
        receipts: Vec::new(),
        claims: lines,
        ways: Vec::new(),
        plans: known.snapshot.plans.clone(),
        settlements: live.cloned().collect(),
        now,
    };
    let chrome = crate::Chrome { language_switch: None, ..console.visit.of_debtor(&known.snapshot) };
    Ok(Page::ok(&PreviewStatementView { statement }, &chrome))
}

/// What a page shows once.
#[derive(Default)]
struct Shown {
    fresh_link: Option<String>,
    refund: Option<(PaymentId, Refusal)>,
    tried: Option<Tried>,
}

async fn page(console: &ConsoleVisit, debtor: DebtorId, status: StatusCode, shown: Shown) -> Answer {
    let account = show_account::show(console.app(), console.id(), debtor).await;
    let account = account.map_err(|failure| Page::failure(&console.visit, failure))?;
    let fresh = console.app().ambient().uuid_v7();
    let refund = RefundForm { refund_id: RefundId(fresh), problem: shown.refund };
    let today = claim::today(console.app(), &account.snapshot);
    let desk = Desk { role: console.member.role, fresh, today, tried: shown.tried };
    let view = view(account, shown.fresh_link, refund, desk, console.app().now());
    let chrome = crate::Chrome { language_switch: None, ..console.visit.of_console(&console.creditor) };
    Ok(Page::with(status, &view, &chrome))
}

fn view(
    account: Account,
    fresh_link: Option<String>,
    refund: RefundForm,
    desk: Desk,
    now: jiff::Timestamp,
) -> DebtorView {
    let name = account.snapshot.debtor.name.clone();
    let payments = account.payments.into_iter().map(|row| PaymentRow {
        payment: row.payment,
        debtor_id: row.debtor_id,
        debtor_name: name.clone(),
        provider: row.provider,
        reference: row.provider_reference,
        recorded_at: row.recorded_at,
    });
    let reminders = account.reminders.into_iter().map(|row| ReminderLine {
        step: row.step,
        state: row.state.name().to_owned(),
        at: row.handed_off_at.unwrap_or(row.planned_at),
        items: row.items.len() as u64,
        note: row.error.or_else(|| (row.state == ReminderState::Suppressed).then_some(row.reason)),
    });
    let links = account.links.into_iter().map(|row| LinkRow {
        id: row.id,
        issued_at: row.issued_at,
        expires_at: row.expires_at,
        revoked_at: row.revoked_at,
        last_opened_at: row.last_opened_at,
    });
    DebtorView {
        statement: account.statement,
        decision: account.decision,
        attempts: account.attempts,
        payments: payments.collect(),
        reminders: reminders.collect(),
        replies: account.replies,
        links: links.collect(),
        fresh_link,
        refund,
        plans: account.snapshot.plans,
        claims: account.claims,
        consents: account.consents,
        desk,
        now,
    }
}
