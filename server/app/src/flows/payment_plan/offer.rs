use crate::App;
use crate::failure::{Failure, Fault};
use crate::flows::start_session::DebtorSession;
use saldo_domain::Refusal;
use saldo_domain::calendar::Date;
use saldo_domain::ids::{AccountId, CreditorId, DebtorId, PolicyId};
use saldo_domain::plan::{
    Applicant, PlanChoice, PlanOffer, PlanTemplate, Schedule, offer_of, offers as offered, schedule,
};
use saldo_domain::policy::PolicyKind;
use saldo_domain::snapshot::DebtorSnapshot;
use saldo_store::{Tx, policy, snapshot};

/// A plan that may be agreed to now, on one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedPlan {
    /// The account.
    pub account_id: AccountId,
    /// The balance on which it stands: the acceptance names it.
    pub balance_version: i64,
    /// What finance calls the template.
    pub name: String,
    /// What is possible.
    pub offer: PlanOffer,
}

/// Which plan is looked at before it is agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The account.
    pub account_id: AccountId,
    /// The template's version.
    pub template_id: PolicyId,
    /// How many instalments, from when.
    pub choice: PlanChoice,
}

/// A template in force.
pub(super) struct Template {
    pub(super) id: PolicyId,
    pub(super) name: String,
    pub(super) template: PlanTemplate,
}

/// Everything that plans of one debtor are decided on.
pub(super) struct File {
    pub(super) snapshot: DebtorSnapshot,
    pub(super) templates: Vec<Template>,
    pub(super) today: Date,
}

impl File {
    /// Reads it; the caller holds the debtor where it changes anything.
    pub(super) async fn read(app: &App, tx: &Tx, creditor: CreditorId, debtor_id: DebtorId) -> Result<Self, Failure> {
        let snapshot = snapshot::load_with_movements(tx, creditor, debtor_id).await?;
        let rows = policy::list_in_force(tx, creditor, PolicyKind::PlanTemplate, app.now()).await?;
        let template = |row: policy::PolicyRow| {
            let template = serde_json::from_value(row.body);
            let template = template.map_err(|error| Fault::Other(format!("plan template {}: {error}", row.id)))?;
            Ok::<_, Failure>(Template { id: row.id, name: row.name, template })
        };
        let templates = rows.into_iter().map(template).collect::<Result<_, _>>()?;
        let today = snapshot.debtor.zone(&snapshot.creditor).date_at(app.now());
        Ok(Self { snapshot, templates, today })
    }

    pub(super) fn applicant(&self, account_id: AccountId) -> Result<Applicant<'_>, Refusal> {
        let account = self.snapshot.account(account_id).ok_or(Refusal::NotFound)?;
        Ok(Applicant {
            account,
            tags: &self.snapshot.debtor.tags,
            plans: &self.snapshot.plans,
            attempts: &self.snapshot.open_attempts,
            today: self.today,
        })
    }

    pub(super) fn pairs(&self) -> Vec<(PolicyId, PlanTemplate)> {
        self.templates.iter().map(|one| (one.id, one.template.clone())).collect()
    }
}

/// What the debtor of a session may agree to itself.
///
/// # Errors
/// Faults of the store.
pub async fn offers(app: &App, session: DebtorSession) -> Result<Vec<OfferedPlan>, Failure> {
    let tx = app.store().read_of(session.creditor_id).await?;
    Ok(offers_beside(app, &tx, session.creditor_id, session.debtor_id).await?.1)
}

/// A debtor with what it may agree to itself, read in a database transaction that reads more than that.
///
/// # Errors
/// `not_found`.
pub async fn offers_beside(
    app: &App,
    tx: &Tx,
    creditor: CreditorId,
    debtor_id: DebtorId,
) -> Result<(DebtorSnapshot, Vec<OfferedPlan>), Failure> {
    let file = File::read(app, tx, creditor, debtor_id).await?;
    let pairs = file.pairs();
    let mut found = Vec::new();
    for account in &file.snapshot.accounts {
        let applicant = file.applicant(account.id)?;
        found.extend(offered(&pairs, &applicant).into_iter().map(|offer| named(&file, account.id, offer)));
    }
    Ok((file.snapshot, found))
}

/// What finance may propose to a debtor: also what a broken plan keeps the debtor from choosing.
///
/// # Errors
/// `not_found`.
pub async fn offers_for(app: &App, creditor: CreditorId, debtor_id: DebtorId) -> Result<Vec<OfferedPlan>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let file = File::read(app, &tx, creditor, debtor_id).await?;
    let mut found = Vec::new();
    for account in &file.snapshot.accounts {
        let applicant = file.applicant(account.id)?;
        let possible = file.templates.iter().filter_map(|one| offer_of(one.id, &one.template, &applicant).ok());
        found.extend(possible.map(|offer| named(&file, account.id, offer)));
    }
    Ok(found)
}

fn named(file: &File, account_id: AccountId, offer: PlanOffer) -> OfferedPlan {
    let name = file.templates.iter().find(|one| one.id == offer.template_id).map(|one| one.name.clone());
    let account = file.snapshot.account(account_id);
    OfferedPlan {
        account_id,
        balance_version: account.map_or(0, |account| account.balance_version),
        name: name.unwrap_or_default(),
        offer,
    }
}

/// All dates and amounts of a choice, as it would be agreed to today.
///
/// # Errors
/// `not_found`, `plan_not_offered`, and those of [`schedule`].
pub async fn preview(app: &App, session: DebtorSession, wanted: &Wanted) -> Result<Schedule, Failure> {
    let tx = app.store().read_of(session.creditor_id).await?;
    let file = File::read(app, &tx, session.creditor_id, session.debtor_id).await?;
    let applicant = file.applicant(wanted.account_id)?;
    let offer = offered(&file.pairs(), &applicant).into_iter().find(|offer| offer.template_id == wanted.template_id);
    let offer = offer.ok_or(Refusal::PlanNotOffered)?;
    Ok(schedule(&offer.template, offer.principal, &wanted.choice, file.today)?)
}
