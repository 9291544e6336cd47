use super::notify::{self, PlanNotice};
use super::offer::File;
use super::review::next_review;
use super::{charge, show};
use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use crate::flows::start_session::DebtorSession;
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::ids::{AccountId, CreditorId, DebtorId, InvoiceId, PlanId, PolicyId};
use saldo_domain::locale::Language;
use saldo_domain::outcome::Outcome;
use saldo_domain::plan::{Acceptance, PaymentPlan, PlanChoice, PlanRequest, propose};
use saldo_store::payment_plan::PlanRow;
use saldo_store::{StoreFault, Tx, debtor, payment_plan, saved_method};

/// The most characters of a text's version, and of a network address.
const EVIDENCE_CHARS_MAX: usize = 64;

/// What a debtor agrees to: a template and the choice, never an amount.
#[derive(Debug, Clone)]
pub struct AcceptPlan {
    /// Made with the page: the same form is the same plan.
    pub plan_id: PlanId,
    /// On which account.
    pub account_id: AccountId,
    /// The template's version.
    pub template_id: PolicyId,
    /// How many instalments, from when.
    pub choice: PlanChoice,
    /// Whether a saved method shall pay them.
    pub autopay: bool,
    /// The balance that was shown.
    pub balance_version: i64,
    /// The version of the words above the button.
    pub text_version: String,
    /// The network address that it came from.
    pub address: String,
    /// The language in which it was read.
    pub language: Language,
}

/// The debtor agrees to what finance proposed.
#[derive(Debug, Clone)]
pub struct AcceptProposed {
    /// The plan.
    pub plan_id: PlanId,
    /// The balance that was shown.
    pub balance_version: i64,
    /// The version of the words above the button.
    pub text_version: String,
    /// The network address that it came from.
    pub address: String,
    /// The language in which it was read.
    pub language: Language,
}

/// The debtor agrees to a plan of its own choice. Terms and amounts are made anew from the template in force and the books;
/// the charge is booked, the agreement kept, and all dates and amounts are mailed. The same agreement again answers the
/// plan that exists.
///
/// # Errors
/// `not_found`, `balance_changed`, `plan_not_offered`, `item_in_plan`, `payment_under_way`, `plan_not_open`,
/// `method_needed`, `text_length`, and those of [`saldo_domain::plan::schedule`].
pub async fn accept(app: &App, session: DebtorSession, wish: AcceptPlan) -> Result<PlanRow, Failure> {
    let (creditor, debtor_id) = (session.creditor_id, session.debtor_id);
    let acceptance = acceptance(app, &wish.text_version, &wish.address, wish.language)?;
    let tx = app.store().write_of(creditor).await?;
    debtor::lock(&tx, creditor, debtor_id).await?;
    let file = File::read(app, &tx, creditor, debtor_id).await?;
    let known = payment_plan::find(&tx, creditor, wish.plan_id).await?;
    if known.is_some_and(|row| row.debtor_id != debtor_id) {
        return Err(Refusal::NotFound.into());
    }
    let request = PlanRequest {
        plan_id: wish.plan_id,
        template_id: wish.template_id,
        choice: wish.choice,
        autopay: wish.autopay,
        balance_version: wish.balance_version,
    };
    let by = Actor::Debtor { id: debtor_id };
    let applicant = file.applicant(wish.account_id)?;
    let Outcome::Executed(plan) = propose(&request, &file.pairs(), &applicant, by, app.now())? else {
        return Ok(payment_plan::load(&tx, creditor, wish.plan_id).await?);
    };
    needs_method(app, &tx, session, &plan).await?;
    let principal = plan.schedule.principal;
    let charge_item = InvoiceId(app.ambient().uuid_v7());
    let Outcome::Executed(plan) = plan.accept(acceptance, principal, file.today, charge_item)? else {
        return Err(Refusal::PlanNotOpen.into());
    };
    charge::begin(app, &tx, creditor, debtor_id, &plan, file.today).await?;
    insert(app, &tx, creditor, debtor_id, &file, &plan).await?;
    let after = Some(show::audited(&plan));
    let subject = Subject::new("payment_plan", plan.id.0);
    audit::record(app, &tx, creditor, &by, "plan_accepted", subject, None, after).await?;
    follow_up(app, &tx, creditor, debtor_id, &plan).await?;
    tx.commit().await?;
    Ok(PlanRow { debtor_id, plan })
}

/// The debtor agrees to what finance proposed, on the balance and the amount that were proposed.
///
/// # Errors
/// `not_found`, `balance_changed`, `plan_amount_changed`, `plan_not_open`, `first_date_out_of_range`, `method_needed`,
/// `text_length`.
pub async fn accept_proposed(app: &App, session: DebtorSession, wish: AcceptProposed) -> Result<PlanRow, Failure> {
    let (creditor, debtor_id) = (session.creditor_id, session.debtor_id);
    let acceptance = acceptance(app, &wish.text_version, &wish.address, wish.language)?;
    let tx = app.store().write_of(creditor).await?;
    debtor::lock(&tx, creditor, debtor_id).await?;
    let row = own(&tx, session, wish.plan_id).await?;
    let file = File::read(app, &tx, creditor, debtor_id).await?;
    let applicant = file.applicant(row.plan.account_id)?;
    let principal = show::open_of(&row.plan, &applicant.account.items)?;
    let charge_item = InvoiceId(app.ambient().uuid_v7());
    let before = row.plan.clone();
    if before.waits_for_debtor() {
        needs_method(app, &tx, session, &before).await?;
    }
    let Outcome::Executed(plan) = row.plan.accept(acceptance, principal, file.today, charge_item)? else {
        return Ok(PlanRow { debtor_id, plan: before });
    };
    if wish.balance_version != applicant.account.balance_version {
        let current = applicant.account.balance_version;
        return Err(Refusal::BalanceChanged { seen: wish.balance_version, current }.into());
    }
    charge::begin(app, &tx, creditor, debtor_id, &plan, file.today).await?;
    payment_plan::update(&tx, creditor, &plan, Some(next_review(app, &file, &plan)?)).await?;
    let by = Actor::Debtor { id: debtor_id };
    let (before, after) = (Some(show::audited(&before)), Some(show::audited(&plan)));
    let subject = Subject::new("payment_plan", plan.id.0);
    audit::record(app, &tx, creditor, &by, "plan_accepted", subject, before, after).await?;
    follow_up(app, &tx, creditor, debtor_id, &plan).await?;
    tx.commit().await?;
    Ok(PlanRow { debtor_id, plan })
}

/// The debtor does not want what is proposed.
///
/// # Errors
/// `not_found`, `plan_not_open`.
pub async fn decline(app: &App, session: DebtorSession, plan_id: PlanId) -> Result<PlanRow, Failure> {
    let tx = app.store().read_of(session.creditor_id).await?;
    own(&tx, session, plan_id).await?;
    drop(tx);
    super::cancel(app, session.creditor_id, plan_id, Actor::Debtor { id: session.debtor_id }, None).await
}

/// Passes a plan that no saved method pays, or one of whose debtor there is a method.
async fn needs_method(app: &App, tx: &Tx, session: DebtorSession, plan: &PaymentPlan) -> Result<(), Failure> {
    if !plan.terms.autopay {
        return Ok(());
    }
    let methods = saved_method::list_live(tx, session.creditor_id, session.debtor_id).await?;
    let there = methods.iter().any(|method| method.provider == app.provider().name());
    if there { Ok(()) } else { Err(Refusal::MethodNeeded.into()) }
}

/// A plan of the session's debtor.
async fn own(tx: &Tx, session: DebtorSession, plan_id: PlanId) -> Result<PlanRow, Failure> {
    let row = payment_plan::find(tx, session.creditor_id, plan_id).await?;
    Ok(row.filter(|row| row.debtor_id == session.debtor_id).ok_or(Refusal::NotFound)?)
}

fn acceptance(app: &App, text_version: &str, address: &str, language: Language) -> Result<Acceptance, Failure> {
    Ok(Acceptance {
        accepted_at: app.now(),
        text_version: short("text", text_version)?,
        address: short("address", address)?,
        language,
    })
}

fn short(field: &'static str, value: &str) -> Result<String, Refusal> {
    let value = value.trim();
    let fits = (1..=EVIDENCE_CHARS_MAX).contains(&value.chars().count());
    if fits { Ok(value.to_owned()) } else { Err(Refusal::TextLength { field, max: EVIDENCE_CHARS_MAX }) }
}

/// Writes a new plan. What the snapshot could not know, the database refuses: another live plan of an item.
pub(super) async fn insert(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    debtor_id: DebtorId,
    file: &File,
    plan: &PaymentPlan,
) -> Result<(), Failure> {
    let review_at = next_review(app, file, plan)?;
    match payment_plan::insert(tx, creditor, debtor_id, plan, review_at).await {
        Ok(Outcome::Executed(())) => Ok(()),
        Ok(Outcome::AlreadyApplied) => Err(Refusal::PlanNotOpen.into()),
        Err(StoreFault::Conflict(_)) => Err(Refusal::ItemInPlan.into()),
        Err(fault) => Err(fault.into()),
    }
}

async fn follow_up(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    debtor_id: DebtorId,
    plan: &PaymentPlan,
) -> Result<(), Failure> {
    let notice = if plan.is_active() { PlanNotice::Active } else { PlanNotice::Waiting };
    notify::plan(app, tx, creditor, debtor_id, plan.id, notice).await?;
    Ok(debtor::set_next_contact(tx, creditor, debtor_id, Some(app.now())).await?)
}
