use super::accept::insert;
use super::notify::{self, PlanNotice};
use super::offer::File;
use super::show;
use crate::App;
use crate::failure::Failure;
use crate::flows::audit::{self, Subject};
use saldo_domain::Refusal;
use saldo_domain::actor::Actor;
use saldo_domain::ids::{AccountId, CreditorId, DebtorId, InvoiceId, PlanId, PolicyId};
use saldo_domain::outcome::Outcome;
use saldo_domain::plan::{Approved, PlanChoice, PlanRequest, propose as propose_plan};
use saldo_store::payment_plan::PlanRow;
use saldo_store::{debtor, payment_plan};

/// What the creditor's people propose.
#[derive(Debug, Clone)]
pub struct ProposePlan {
    /// Made with the page or the request: the same one is the same plan.
    pub plan_id: PlanId,
    /// To whom.
    pub debtor_id: DebtorId,
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
    /// Whether who proposes it may approve it too: then nobody else is asked.
    pub approves: bool,
}

/// Proposes a plan to a debtor, who learns of it by mail and agrees or declines in the portal.
///
/// # Errors
/// `not_found`, `balance_changed`, `plan_not_offered`, `item_in_plan`, `payment_under_way`, `plan_not_open`, and those of
/// [`saldo_domain::plan::schedule`].
pub async fn propose(app: &App, creditor: CreditorId, by: Actor, wish: ProposePlan) -> Result<PlanRow, Failure> {
    let debtor_id = wish.debtor_id;
    let tx = app.store().write_of(creditor).await?;
    debtor::lock(&tx, creditor, debtor_id).await?;
    let file = File::read(app, &tx, creditor, debtor_id).await?;
    if payment_plan::find(&tx, creditor, wish.plan_id).await?.is_some_and(|row| row.debtor_id != debtor_id) {
        return Err(Refusal::NotFound.into());
    }
    let request = PlanRequest {
        plan_id: wish.plan_id,
        template_id: wish.template_id,
        choice: wish.choice,
        autopay: wish.autopay,
        balance_version: wish.balance_version,
    };
    let applicant = file.applicant(wish.account_id)?;
    let Outcome::Executed(mut plan) = propose_plan(&request, &file.pairs(), &applicant, by, app.now())? else {
        return Ok(payment_plan::load(&tx, creditor, wish.plan_id).await?);
    };
    if wish.approves {
        let approved = Approved { by, at: app.now() };
        let principal = plan.schedule.principal;
        let unused = InvoiceId(app.ambient().uuid_v7());
        if let Outcome::Executed(next) = plan.clone().approve(approved, principal, file.today, unused)? {
            plan = next;
        }
    }
    insert(app, &tx, creditor, debtor_id, &file, &plan).await?;
    let after = Some(show::audited(&plan));
    let subject = Subject::new("payment_plan", plan.id.0);
    audit::record(app, &tx, creditor, &by, "plan_proposed", subject, None, after).await?;
    notify::plan(app, &tx, creditor, debtor_id, plan.id, PlanNotice::Proposed).await?;
    tx.commit().await?;
    Ok(PlanRow { debtor_id, plan })
}
