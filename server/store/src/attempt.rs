//! Payment attempts.

use crate::bulk::{ByDebtor, among, by_debtor, insert_one};
use crate::codec::{instant, json, money, to_instant, to_json};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::attempt::{Checkout, PaymentAttempt};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{AccountId, AttemptId, CreditorId, DebtorId};
use saldo_domain::outcome::Outcome;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "attempts")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) account_id: Uuid,
        pub(crate) provider: String,
        pub(crate) amount_minor: i64,
        pub(crate) currency: String,
        pub(crate) allocation_order: Json,
        pub(crate) balance_version: i64,
        pub(crate) created_at: DateTimeUtc,
        pub(crate) expires_at: DateTimeUtc,
        pub(crate) checkout_reference: Option<String>,
        pub(crate) checkout_url: Option<String>,
        pub(crate) state_name: String,
        pub(crate) state: Json,
        pub(crate) is_open: bool,
        pub(crate) concessions: Json,
        pub(crate) origin: Json,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

impl Model {
    pub(crate) fn read(self) -> Result<PaymentAttempt, StoreFault> {
        let checkout = self.checkout_reference.zip(self.checkout_url);
        Ok(PaymentAttempt {
            id: AttemptId(self.id),
            creditor_id: CreditorId(self.creditor_id),
            debtor_id: DebtorId(self.debtor_id),
            account_id: AccountId(self.account_id),
            provider: self.provider,
            amount: money(self.amount_minor, &self.currency)?,
            order: json(self.allocation_order)?,
            concessions: json(self.concessions)?,
            origin: json(self.origin)?,
            balance_version: self.balance_version,
            created_at: instant(self.created_at)?,
            expires_at: instant(self.expires_at)?,
            checkout: checkout.map(|(reference, url)| Checkout { reference, url }),
            state: json(self.state)?,
        })
    }
}

/// The attempts of some debtors from which money may still come, oldest first.
pub(crate) async fn load_open_for_debtors(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_ids: &[DebtorId],
) -> Result<ByDebtor<PaymentAttempt>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(among(tx, Column::DebtorId, debtor_ids.iter().map(|id| id.0)))
        .filter(Expr::col(Column::IsOpen))
        .order_by_asc(Column::Id);
    let rows = select.all(tx.connection()).await?.into_iter();
    by_debtor(rows.map(|row| row.read().map(|attempt| (attempt.debtor_id, attempt))))
}

/// Writes a new attempt. `AlreadyApplied` when this creditor has one with that id: load it and look.
///
/// # Errors
/// `Conflict("attempt")` when another creditor has that id.
pub async fn insert(tx: &Tx, attempt: &PaymentAttempt) -> Result<Outcome<()>, StoreFault> {
    if find_any(tx, attempt.id).await?.is_some_and(|other| other.creditor_id != attempt.creditor_id) {
        return Err(StoreFault::Conflict("attempt"));
    }
    let row = Model {
        creditor_id: attempt.creditor_id.0,
        id: attempt.id.0,
        debtor_id: attempt.debtor_id.0,
        account_id: attempt.account_id.0,
        provider: attempt.provider.clone(),
        amount_minor: attempt.amount.minor(),
        currency: attempt.amount.currency().code().to_owned(),
        allocation_order: to_json(&attempt.order)?,
        balance_version: attempt.balance_version,
        created_at: to_instant(attempt.created_at),
        expires_at: to_instant(attempt.expires_at),
        checkout_reference: attempt.checkout.as_ref().map(|checkout| checkout.reference.clone()),
        checkout_url: attempt.checkout.as_ref().map(|checkout| checkout.url.clone()),
        state_name: attempt.state.name().to_owned(),
        state: to_json(&attempt.state)?,
        is_open: attempt.state.is_open(),
        concessions: to_json(&attempt.concessions)?,
        origin: to_json(&attempt.origin)?,
    };
    Ok(if insert_one::<Entity>(tx, row).await? { Outcome::Executed(()) } else { Outcome::AlreadyApplied })
}

/// The attempt with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: AttemptId) -> Result<PaymentAttempt, StoreFault> {
    find(tx, creditor_id, id).await?.ok_or(StoreFault::NotFound("attempt"))
}

/// The attempt with an id, if this creditor has it.
///
/// # Errors
/// The database's.
pub async fn find(tx: &Tx, creditor_id: CreditorId, id: AttemptId) -> Result<Option<PaymentAttempt>, StoreFault> {
    Entity::find_by_id((creditor_id.0, id.0)).one(tx.connection()).await?.map(Model::read).transpose()
}

/// The attempt with an id, of whichever creditor: a provider's event names nothing else.
///
/// # Errors
/// The database's.
pub async fn find_any(tx: &Tx, id: AttemptId) -> Result<Option<PaymentAttempt>, StoreFault> {
    let select = Entity::find().filter(Column::Id.eq(id.0)).order_by_asc(Column::CreatedAt);
    select.one(tx.connection()).await?.map(Model::read).transpose()
}

/// Writes an attempt's checkout and state; nothing else of it ever changes.
///
/// # Errors
/// `NotFound`.
pub async fn update(tx: &Tx, attempt: &PaymentAttempt) -> Result<(), StoreFault> {
    let checkout = attempt.checkout.as_ref();
    let update = Entity::update_many()
        .col_expr(Column::CheckoutReference, Expr::value(checkout.map(|checkout| checkout.reference.clone())))
        .col_expr(Column::CheckoutUrl, Expr::value(checkout.map(|checkout| checkout.url.clone())))
        .col_expr(Column::StateName, Expr::value(attempt.state.name()))
        .col_expr(Column::State, Expr::value(to_json(&attempt.state)?))
        .col_expr(Column::IsOpen, Expr::value(attempt.state.is_open()))
        .filter(Column::CreditorId.eq(attempt.creditor_id.0))
        .filter(Column::Id.eq(attempt.id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "attempt")
}

/// Open attempts of every creditor that began at or before a moment, the oldest first.
///
/// # Errors
/// The database's.
pub async fn list_to_reconcile(tx: &Tx, older_than: Timestamp, limit: u64) -> Result<Vec<PaymentAttempt>, StoreFault> {
    let select = Entity::find()
        .filter(Expr::col(Column::IsOpen))
        .filter(Column::CreatedAt.lte(to_instant(older_than)))
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::CreditorId)
        .order_by_asc(Column::Id)
        .limit(limit.min(crate::PAGE_MAX));
    select.all(tx.connection()).await?.into_iter().map(Model::read).collect()
}

/// A creditor's attempts, or one debtor's, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: Option<DebtorId>,
    page: PageRequest,
) -> Result<Page<PaymentAttempt>, StoreFault> {
    let mut select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0));
    if let Some(debtor_id) = debtor_id {
        select = select.filter(Column::DebtorId.eq(debtor_id.0));
    }
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}
