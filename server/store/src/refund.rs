//! Refunds: asked for by us, settled by the provider.

use crate::bulk::insert_one;
use crate::codec::{instant, instant_opt, money, to_instant, to_word, word};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{CreditorId, PaymentId, RefundId};
use saldo_domain::money::Money;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "refunds")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) payment_id: Uuid,
        pub(crate) amount_minor: i64,
        pub(crate) currency: String,
        pub(crate) state: String,
        pub(crate) provider_reference: Option<String>,
        pub(crate) reason: String,
        pub(crate) failure: Option<String>,
        pub(crate) created_at: DateTimeUtc,
        pub(crate) settled_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// Where a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundState {
    /// Written before the provider was asked.
    Requested,
    /// The provider gave the money back.
    Succeeded,
    /// It did not reach the debtor.
    Failed,
}

/// A refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRow {
    /// Its id.
    pub id: RefundId,
    /// What it gives back of.
    pub payment_id: PaymentId,
    /// How much, above zero.
    pub amount: Money,
    /// Where it stands.
    pub state: RefundState,
    /// The provider's name of it, once known.
    pub provider_reference: Option<String>,
    /// Why it was asked for.
    pub reason: String,
    /// Why it failed.
    pub failure: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it succeeded or failed.
    pub settled_at: Option<Timestamp>,
}

impl Model {
    fn read(self) -> Result<RefundRow, StoreFault> {
        Ok(RefundRow {
            id: RefundId(self.id),
            payment_id: PaymentId(self.payment_id),
            amount: money(self.amount_minor, &self.currency)?,
            state: word(&self.state)?,
            provider_reference: self.provider_reference,
            reason: self.reason,
            failure: self.failure,
            created_at: instant(self.created_at)?,
            settled_at: instant_opt(self.settled_at)?,
        })
    }
}

/// Writes a refund.
///
/// # Errors
/// `Conflict("refund")` when the id is taken.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, refund: &RefundRow) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        id: refund.id.0,
        payment_id: refund.payment_id.0,
        amount_minor: refund.amount.minor(),
        currency: refund.amount.currency().code().to_owned(),
        state: to_word(&refund.state)?,
        provider_reference: refund.provider_reference.clone(),
        reason: refund.reason.clone(),
        failure: refund.failure.clone(),
        created_at: to_instant(refund.created_at),
        settled_at: refund.settled_at.map(to_instant),
    };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("refund")) }
}

/// The refund with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: RefundId) -> Result<RefundRow, StoreFault> {
    let row = Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("refund"))?.read()
}

/// The refund of a payment with the provider's name of it.
///
/// # Errors
/// The database's.
pub async fn find_by_reference(
    tx: &Tx,
    creditor_id: CreditorId,
    payment_id: PaymentId,
    provider_reference: &str,
) -> Result<Option<RefundRow>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::PaymentId.eq(payment_id.0))
        .filter(Column::ProviderReference.eq(provider_reference));
    select.one(tx.connection()).await?.map(Model::read).transpose()
}

/// Requested to succeeded; or refused to succeeded, where the provider tells of it after all. `false` when it is neither.
///
/// # Errors
/// The database's.
pub async fn mark_succeeded(
    tx: &Tx,
    creditor_id: CreditorId,
    id: RefundId,
    provider_reference: &str,
    at: Timestamp,
) -> Result<bool, StoreFault> {
    let columns = [(Column::ProviderReference, Some(provider_reference)), (Column::Failure, None)];
    settle(tx, creditor_id, id, RefundState::Succeeded, columns, at).await
}

/// Requested to failed, with the provider's name of it where it had got so far there; a refused one is named after all.
/// `false` when it is neither.
///
/// # Errors
/// The database's.
pub async fn mark_failed(
    tx: &Tx,
    creditor_id: CreditorId,
    id: RefundId,
    (provider_reference, failure): (Option<&str>, &str),
    at: Timestamp,
) -> Result<bool, StoreFault> {
    let columns = [(Column::ProviderReference, provider_reference), (Column::Failure, Some(failure))];
    settle(tx, creditor_id, id, RefundState::Failed, columns, at).await
}

/// Succeeded to failed: the money came back to the provider. `false` when it did not succeed.
///
/// # Errors
/// The database's.
pub async fn mark_returned(
    tx: &Tx,
    creditor_id: CreditorId,
    id: RefundId,
    failure: &str,
    at: Timestamp,
) -> Result<bool, StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to_word(&RefundState::Failed)?))
        .col_expr(Column::SettledAt, Expr::value(to_instant(at)))
        .col_expr(Column::Failure, Expr::value(failure))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(to_word(&RefundState::Succeeded)?));
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

async fn settle(
    tx: &Tx,
    creditor_id: CreditorId,
    id: RefundId,
    state: RefundState,
    columns: [(Column, Option<&str>); 2],
    at: Timestamp,
) -> Result<bool, StoreFault> {
    // A provider that refuses what it has begun to do is heard once more: a failed refund without a name is one of which it
    // told nothing else.
    let is_named = columns.iter().any(|(column, text)| matches!(column, Column::ProviderReference) && text.is_some());
    let mut in_question = Condition::any().add(Column::State.eq(to_word(&RefundState::Requested)?));
    if is_named {
        let failed = Column::State.eq(to_word(&RefundState::Failed)?);
        in_question = in_question.add(Condition::all().add(failed).add(Column::ProviderReference.is_null()));
    }
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(to_word(&state)?))
        .col_expr(Column::SettledAt, Expr::value(to_instant(at)))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0))
        .filter(in_question);
    for (column, text) in columns {
        update = update.col_expr(column, Expr::value(text.map(str::to_owned)));
    }
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// A creditor's refunds, or one payment's, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    payment_id: Option<PaymentId>,
    page: PageRequest,
) -> Result<Page<RefundRow>, StoreFault> {
    let mut select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0));
    if let Some(payment_id) = payment_id {
        select = select.filter(Column::PaymentId.eq(payment_id.0));
    }
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}

/// Refunds of every creditor that are asked for and not settled, the oldest first.
///
/// # Errors
/// The database's.
pub async fn list_open(tx: &Tx, limit: u64) -> Result<Vec<(CreditorId, RefundRow)>, StoreFault> {
    let select = Entity::find()
        .filter(Expr::cust("state = 'requested'"))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::CreditorId)
        .order_by_asc(Column::Id)
        .limit(limit.min(crate::PAGE_MAX));
    let rows = select.all(tx.connection()).await?;
    rows.into_iter().map(|row| Ok((CreditorId(row.creditor_id), row.read()?))).collect()
}

impl RefundState {
    /// The word under which it is stored and shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
        }
    }
}
