//! Payments that card holders dispute at their bank.

use crate::bulk::insert_one;
use crate::codec::{instant, instant_opt, money, to_instant, to_word, word};
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::ids::{ChargebackId, CreditorId, DebtorId, PaymentId};
use saldo_domain::money::Money;
use saldo_domain::provider::ChargebackStanding;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "chargebacks")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) payment_id: Uuid,
        pub(crate) provider: String,
        pub(crate) reference: String,
        pub(crate) amount_minor: i64,
        pub(crate) currency: String,
        pub(crate) standing: String,
        pub(crate) opened_at: DateTimeUtc,
        pub(crate) ended_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// A chargeback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargebackRow {
    /// Its id.
    pub id: ChargebackId,
    /// Who had paid.
    pub debtor_id: DebtorId,
    /// Which payment.
    pub payment_id: PaymentId,
    /// The provider's name.
    pub provider: String,
    /// The provider's name of it, unique for creditor and provider.
    pub reference: String,
    /// What is disputed.
    pub amount: Money,
    /// Where it stands.
    pub standing: ChargebackStanding,
    /// When it opened.
    pub opened_at: Timestamp,
    /// When it was won or lost.
    pub ended_at: Option<Timestamp>,
}

impl Model {
    fn read(self) -> Result<ChargebackRow, StoreFault> {
        Ok(ChargebackRow {
            id: ChargebackId(self.id),
            debtor_id: DebtorId(self.debtor_id),
            payment_id: PaymentId(self.payment_id),
            provider: self.provider,
            reference: self.reference,
            amount: money(self.amount_minor, &self.currency)?,
            standing: word(&self.standing)?,
            opened_at: instant(self.opened_at)?,
            ended_at: instant_opt(self.ended_at)?,
        })
    }
}

/// Writes a chargeback.
///
/// # Errors
/// `Conflict("chargeback")` when the id or the provider's reference is taken.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, chargeback: &ChargebackRow) -> Result<(), StoreFault> {
    let row = Model {
        creditor_id: creditor_id.0,
        id: chargeback.id.0,
        debtor_id: chargeback.debtor_id.0,
        payment_id: chargeback.payment_id.0,
        provider: chargeback.provider.clone(),
        reference: chargeback.reference.clone(),
        amount_minor: chargeback.amount.minor(),
        currency: chargeback.amount.currency().code().to_owned(),
        standing: to_word(&chargeback.standing)?,
        opened_at: to_instant(chargeback.opened_at),
        ended_at: chargeback.ended_at.map(to_instant),
    };
    if insert_one::<Entity>(tx, row).await? { Ok(()) } else { Err(StoreFault::Conflict("chargeback")) }
}

/// The chargeback with a provider's name of it.
///
/// # Errors
/// The database's.
pub async fn find_by_reference(
    tx: &Tx,
    creditor_id: CreditorId,
    provider: &str,
    reference: &str,
) -> Result<Option<ChargebackRow>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Provider.eq(provider))
        .filter(Column::Reference.eq(reference));
    select.one(tx.connection()).await?.map(Model::read).transpose()
}

/// Opened to won or lost. `false` when it is not open any more.
///
/// # Errors
/// The database's.
pub async fn mark_ended(
    tx: &Tx,
    creditor_id: CreditorId,
    id: ChargebackId,
    standing: ChargebackStanding,
    at: Timestamp,
) -> Result<bool, StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::Standing, Expr::value(to_word(&standing)?))
        .col_expr(Column::EndedAt, Expr::value(to_instant(at)))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0))
        .filter(Column::Standing.eq(to_word(&ChargebackStanding::Opened)?));
    Ok(update.exec(tx.connection()).await?.rows_affected == 1)
}

/// A creditor's chargebacks, or one debtor's, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: Option<DebtorId>,
    page: PageRequest,
) -> Result<Page<ChargebackRow>, StoreFault> {
    let mut select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0));
    if let Some(debtor_id) = debtor_id {
        select = select.filter(Column::DebtorId.eq(debtor_id.0));
    }
    by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Model::read).await
}
