use crate::App;
use crate::failure::Failure;
use crate::flows::start_session::DebtorSession;
use saldo_domain::Refusal;
use saldo_domain::creditor::Creditor;
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::{CreditorId, PlanId};
use saldo_domain::invoice::OpenItem;
use saldo_domain::money::Money;
use saldo_domain::plan::{EarlyPayment, PaymentPlan, PlanProgress, progress, settle_early};
use saldo_store::invoice::{self, InvoiceRow};
use saldo_store::payment_plan::{self, PlanFilter, PlanRow};
use saldo_store::{Page, PageRequest, Tx, account, creditor as creditors, debtor};

/// A plan as people look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanView {
    /// Who agreed to it, or shall.
    pub debtor: Debtor,
    /// The plan.
    pub plan: PaymentPlan,
    /// What it holds; the item of its charge too.
    pub items: Vec<InvoiceRow>,
    /// How it stands.
    pub progress: PlanProgress,
    /// What paying all of it now asks, while it is active.
    pub early: Option<EarlyPayment>,
    /// The balance of its account.
    pub balance_version: i64,
}

/// A creditor's plans with how they stand, newest first.
///
/// # Errors
/// Faults of the store.
pub async fn page_of_views(
    app: &App,
    creditor: CreditorId,
    filter: PlanFilter<'_>,
    page: PageRequest,
) -> Result<Page<PlanView>, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let rows = payment_plan::list(&tx, creditor, filter, page).await?;
    let creditor = creditors::load(&tx, creditor).await?;
    let mut items = Vec::with_capacity(rows.items.len());
    for row in rows.items {
        items.push(read(app, &tx, &creditor, row).await?);
    }
    Ok(Page { items, next: rows.next })
}

/// One plan with how it stands.
///
/// # Errors
/// `not_found`.
pub async fn one_view(app: &App, creditor: CreditorId, id: PlanId) -> Result<PlanView, Failure> {
    let tx = app.store().read_of(creditor).await?;
    let row = payment_plan::load(&tx, creditor, id).await?;
    read(app, &tx, &creditors::load(&tx, creditor).await?, row).await
}

async fn read(app: &App, tx: &Tx, creditor: &Creditor, row: PlanRow) -> Result<PlanView, Failure> {
    let debtor = debtor::load(tx, creditor.id, row.debtor_id).await?;
    let items = invoice::find_many(tx, creditor.id, &row.plan.items).await?;
    let open: Vec<OpenItem> = items.iter().filter_map(|row| row.invoice.open_item()).collect();
    let today = debtor.zone(creditor).date_at(app.now());
    Ok(PlanView {
        progress: progress(&row.plan, &open, today)?,
        early: settle_early(&row.plan, &open, today).ok(),
        balance_version: account::load(tx, creditor.id, row.plan.account_id).await?.balance_version,
        plan: row.plan,
        debtor,
        items,
    })
}

/// One plan of the session's debtor.
///
/// # Errors
/// `not_found`, also for another debtor's.
pub async fn show_own(app: &App, session: DebtorSession, id: PlanId) -> Result<PlanView, Failure> {
    let shown = one_view(app, session.creditor_id, id).await?;
    if shown.debtor.id == session.debtor_id { Ok(shown) } else { Err(Refusal::NotFound.into()) }
}

/// The plans of the session's debtor, the latest first.
///
/// # Errors
/// Faults of the store.
pub async fn views(app: &App, session: DebtorSession) -> Result<Vec<PlanView>, Failure> {
    let tx = app.store().read_of(session.creditor_id).await?;
    let creditor = creditors::load(&tx, session.creditor_id).await?;
    let mut shown = Vec::new();
    for plan in payment_plan::load_for_debtor(&tx, creditor.id, session.debtor_id).await?.into_iter().rev() {
        shown.push(read(app, &tx, &creditor, PlanRow { debtor_id: session.debtor_id, plan }).await?);
    }
    Ok(shown)
}

/// What is open of a plan's items.
pub(super) fn open_of(plan: &PaymentPlan, open: &[OpenItem]) -> Result<Money, Refusal> {
    let own = open.iter().filter(|item| plan.items.contains(&item.invoice_id));
    Money::sum(plan.schedule.total.currency(), own.map(|item| item.outstanding))
}

/// What the audit log keeps of a plan.
pub(super) fn audited(plan: &PaymentPlan) -> serde_json::Value {
    let instalments = plan.schedule.instalments.iter().map(|one| (one.due_on.to_string(), one.amount.minor()));
    serde_json::json!({
        "state": plan.state,
        "template_id": plan.template_id,
        "items": plan.items,
        "total": plan.schedule.total,
        "instalments": instalments.collect::<Vec<_>>(),
    })
}
