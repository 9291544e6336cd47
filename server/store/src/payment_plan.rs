//! Payment plans with their items. What is paid of a plan stands in the books alone.

use crate::bulk::{ByDebtor, among, insert_free, insert_one};
use crate::codec::{json, to_instant, to_json};
use crate::outbox::Change;
use crate::{StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, DebtorId, InvoiceId, PlanId};
use saldo_domain::outcome::Outcome;
use saldo_domain::plan::PaymentPlan;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

pub use crate::payment_plan_list::{PlanFilter, find_many, list, list_due, mark_for_review};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "payment_plans")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) account_id: Uuid,
        pub(crate) template_id: Uuid,
        pub(crate) currency: String,
        pub(crate) total_minor: i64,
        pub(crate) state: String,
        pub(crate) waits_for: Option<String>,
        pub(crate) body: Json,
        pub(crate) accepted_at: Option<DateTimeUtc>,
        pub(crate) accepted_text: Option<String>,
        pub(crate) accepted_from: Option<String>,
        pub(crate) accepted_in: Option<String>,
        pub(crate) proposed_at: DateTimeUtc,
        pub(crate) review_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod items {
    pub(super) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "payment_plan_items")]
    pub(super) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(super) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(super) plan_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(super) invoice_id: Uuid,
        pub(super) is_live: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// The words of the states in which a plan holds its items.
pub(crate) const LIVE: [&str; 2] = ["proposed", "active"];
/// How many ended plans of a debtor are read: its last two years, and more than anybody makes.
const ENDED_MAX: usize = 50;

/// A plan as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRow {
    /// Whose account it is on.
    pub debtor_id: DebtorId,
    /// The plan.
    pub plan: PaymentPlan,
}

/// Who must act on a proposed plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanWaitsFor {
    /// The debtor.
    Debtor,
    /// Finance.
    Finance,
}

impl PlanWaitsFor {
    /// The word under which it is stored and shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Debtor => "debtor",
            Self::Finance => "finance",
        }
    }

    fn of(plan: &PaymentPlan) -> Option<Self> {
        if plan.waits_for_finance() { Some(Self::Finance) } else { plan.waits_for_debtor().then_some(Self::Debtor) }
    }
}

impl Model {
    pub(crate) fn read(self) -> Result<PlanRow, StoreFault> {
        Ok(PlanRow { debtor_id: DebtorId(self.debtor_id), plan: json(self.body)? })
    }

    fn of(
        creditor_id: CreditorId,
        debtor_id: DebtorId,
        plan: &PaymentPlan,
        review_at: Option<Timestamp>,
    ) -> Result<Self, StoreFault> {
        let acceptance = plan.state.acceptance();
        Ok(Self {
            creditor_id: creditor_id.0,
            id: plan.id.0,
            debtor_id: debtor_id.0,
            account_id: plan.account_id.0,
            template_id: plan.template_id.0,
            currency: plan.schedule.total.currency().code().to_owned(),
            total_minor: plan.schedule.total.minor(),
            state: plan.state.name().to_owned(),
            waits_for: PlanWaitsFor::of(plan).map(|who| who.name().to_owned()),
            body: to_json(plan)?,
            accepted_at: acceptance.map(|how| to_instant(how.accepted_at)),
            accepted_text: acceptance.map(|how| how.text_version.clone()),
            accepted_from: acceptance.map(|how| how.address.clone()),
            accepted_in: acceptance.map(|how| how.language.tag().to_owned()),
            proposed_at: to_instant(plan.proposed_at),
            review_at: review_at.filter(|_| plan.is_live()).map(to_instant),
        })
    }
}

/// Writes a new plan and takes its items.
///
/// # Errors
/// `Conflict("item_in_plan")` when another live plan has one of them: nothing is written then.
pub async fn insert(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    plan: &PaymentPlan,
    review_at: Timestamp,
) -> Result<Outcome<()>, StoreFault> {
    let part = tx.savepoint().await?;
    let row = Model::of(creditor_id, debtor_id, plan, Some(review_at))?;
    if !insert_one::<Entity>(&part, row).await? {
        part.rollback().await?;
        return Ok(Outcome::AlreadyApplied);
    }
    tx.note(creditor_id, Change::Plan(plan.id.0));
    match take(&part, creditor_id, plan.id, &plan.items).await {
        Ok(()) => part.commit().await.map(|()| Outcome::Executed(())),
        Err(fault) => {
            part.rollback().await?;
            Err(fault)
        }
    }
}

async fn take(tx: &Tx, creditor_id: CreditorId, plan_id: PlanId, invoices: &[InvoiceId]) -> Result<(), StoreFault> {
    let row = |invoice: &InvoiceId| items::Model {
        creditor_id: creditor_id.0,
        plan_id: plan_id.0,
        invoice_id: invoice.0,
        is_live: true,
    };
    let rows: Vec<items::Model> = invoices.iter().map(row).collect();
    let expected = u64::try_from(rows.len()).map_err(StoreFault::corrupt)?;
    let free = insert_free::<items::Entity>(tx, rows).await?;
    if free == expected { Ok(()) } else { Err(StoreFault::Conflict("item_in_plan")) }
}

/// Writes how a plan stands now, with the item of its charge once it has one; an ended plan lets its items go.
///
/// # Errors
/// `NotFound`.
pub async fn update(
    tx: &Tx,
    creditor_id: CreditorId,
    plan: &PaymentPlan,
    review_at: Option<Timestamp>,
) -> Result<(), StoreFault> {
    let before = load(tx, creditor_id, plan.id).await?;
    if before.plan.state.name() != plan.state.name() {
        tx.note(creditor_id, Change::Plan(plan.id.0));
    }
    let row = Model::of(creditor_id, before.debtor_id, plan, review_at)?;
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(row.state))
        .col_expr(Column::WaitsFor, Expr::value(row.waits_for))
        .col_expr(Column::Body, Expr::value(row.body))
        .col_expr(Column::AcceptedAt, Expr::value(row.accepted_at))
        .col_expr(Column::AcceptedText, Expr::value(row.accepted_text))
        .col_expr(Column::AcceptedFrom, Expr::value(row.accepted_from))
        .col_expr(Column::AcceptedIn, Expr::value(row.accepted_in))
        .col_expr(Column::ReviewAt, Expr::value(row.review_at))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(plan.id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "plan")?;
    if !plan.is_live() {
        let free = items::Entity::update_many()
            .col_expr(items::Column::IsLive, Expr::value(false))
            .filter(items::Column::CreditorId.eq(creditor_id.0))
            .filter(items::Column::PlanId.eq(plan.id.0));
        free.exec(tx.connection()).await?;
        return Ok(());
    }
    let known: Vec<InvoiceId> = items_of(tx, creditor_id, plan.id).await?;
    let new: Vec<InvoiceId> = plan.items.iter().copied().filter(|item| !known.contains(item)).collect();
    if new.is_empty() { Ok(()) } else { take(tx, creditor_id, plan.id, &new).await }
}

async fn items_of(tx: &Tx, creditor_id: CreditorId, id: PlanId) -> Result<Vec<InvoiceId>, StoreFault> {
    let select = items::Entity::find()
        .filter(items::Column::CreditorId.eq(creditor_id.0))
        .filter(items::Column::PlanId.eq(id.0));
    Ok(select.all(tx.connection()).await?.into_iter().map(|row| InvoiceId(row.invoice_id)).collect())
}

/// The plan with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: PlanId) -> Result<PlanRow, StoreFault> {
    find(tx, creditor_id, id).await?.ok_or(StoreFault::NotFound("plan"))
}

/// The plan with an id, if this creditor has it.
///
/// # Errors
/// The database's.
pub async fn find(tx: &Tx, creditor_id: CreditorId, id: PlanId) -> Result<Option<PlanRow>, StoreFault> {
    Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?.map(Model::read).transpose()
}

/// A debtor's plans, oldest first: all live ones and the latest that ended.
///
/// # Errors
/// The database's.
pub async fn load_for_debtor(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
) -> Result<Vec<PaymentPlan>, StoreFault> {
    Ok(load_for_debtors(tx, creditor_id, &[debtor_id]).await?.remove(&debtor_id).unwrap_or_default())
}

/// [`load_for_debtor`] for many.
pub(crate) async fn load_for_debtors(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<ByDebtor<PaymentPlan>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(among(tx, Column::DebtorId, debtor_ids.iter().map(|id| id.0)))
        .order_by_desc(Column::Id);
    let mut found: ByDebtor<PaymentPlan> = ByDebtor::new();
    let mut ended: std::collections::HashMap<uuid::Uuid, usize> = std::collections::HashMap::new();
    for row in select.all(tx.connection()).await? {
        let ended = ended.entry(row.debtor_id).or_default();
        *ended += usize::from(!LIVE.contains(&row.state.as_str()));
        if LIVE.contains(&row.state.as_str()) || *ended <= ENDED_MAX {
            found.entry(DebtorId(row.debtor_id)).or_default().push(row.read()?.plan);
        }
    }
    found.values_mut().for_each(|plans| plans.reverse());
    Ok(found)
}
