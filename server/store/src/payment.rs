//! Payments and what each of them pays.

use crate::bulk::{KEYS_MAX, insert_all, insert_free};
use crate::codec::{day, instant, money, to_day, to_instant, to_word, word};
use crate::outbox::Change;
use crate::page::by_id;
use crate::{Page, PageRequest, StoreFault, Tx};
use saldo_domain::allocation::Allocation;
use saldo_domain::calendar::Timestamp;
use saldo_domain::concession::Concession;
use saldo_domain::currency::Currency;
use saldo_domain::ids::{AccountId, AttemptId, CreditorId, DebtorId, InvoiceId, PaymentId};
use saldo_domain::money::Money;
use saldo_domain::payment::Payment;
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, Select};
use std::collections::HashMap;
use uuid::Uuid;

pub use crate::payment_change::{apply_credit, apply_given_back, apply_restored};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "payments")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) account_id: Uuid,
        pub(crate) debtor_id: Uuid,
        pub(crate) attempt_id: Option<Uuid>,
        pub(crate) provider: String,
        pub(crate) provider_reference: String,
        pub(crate) amount_minor: i64,
        pub(crate) currency: String,
        pub(crate) effective_on: Date,
        pub(crate) unapplied_minor: i64,
        pub(crate) refunded_minor: i64,
        pub(crate) recorded_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod allocation_table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "allocations")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) payment_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) line_number: i32,
        pub(crate) invoice_id: Uuid,
        pub(crate) amount_minor: i64,
        pub(crate) concession_kind: Option<String>,
        pub(crate) concession_minor: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// A payment with where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRow {
    /// The payment.
    pub payment: Payment,
    /// Who paid.
    pub debtor_id: DebtorId,
    /// The attempt that it came of.
    pub attempt_id: Option<AttemptId>,
    /// The provider's name, or the name of another way: `import`, `bank`.
    pub provider: String,
    /// The provider's name of it, unique for creditor and provider.
    pub provider_reference: String,
    /// When it was written.
    pub recorded_at: Timestamp,
}

fn of(creditor_id: CreditorId, row: &PaymentRow) -> Model {
    let payment = &row.payment;
    Model {
        creditor_id: creditor_id.0,
        id: payment.id.0,
        account_id: payment.account_id.0,
        debtor_id: row.debtor_id.0,
        attempt_id: row.attempt_id.map(|id| id.0),
        provider: row.provider.clone(),
        provider_reference: row.provider_reference.clone(),
        amount_minor: payment.amount.minor(),
        currency: payment.amount.currency().code().to_owned(),
        effective_on: to_day(payment.effective_on),
        unapplied_minor: payment.unapplied.minor(),
        refunded_minor: payment.refunded.minor(),
        recorded_at: to_instant(row.recorded_at),
    }
}

/// Writes a payment with its allocations.
///
/// # Errors
/// `Conflict("payment")` when the id or the provider's reference is taken: nothing was written.
pub async fn insert(tx: &Tx, creditor_id: CreditorId, row: &PaymentRow) -> Result<(), StoreFault> {
    insert_many(tx, creditor_id, std::slice::from_ref(row)).await
}

/// [`insert`] for many, all or none.
///
/// # Errors
/// Those of [`insert`].
pub async fn insert_many(tx: &Tx, creditor_id: CreditorId, rows: &[PaymentRow]) -> Result<(), StoreFault> {
    let mut allocations = Vec::with_capacity(rows.len());
    for row in rows {
        for (line_number, allocation) in (1..).zip(&row.payment.allocations) {
            allocations.push(part_row(creditor_id, row.payment.id.0, line_number, allocation)?);
        }
    }
    let part = tx.savepoint().await?;
    let payments = rows.iter().map(|row| of(creditor_id, row)).collect();
    if insert_free::<Entity>(&part, payments).await? != u64::try_from(rows.len()).map_err(StoreFault::corrupt)? {
        part.rollback().await?;
        return Err(StoreFault::Conflict("payment"));
    }
    insert_all::<allocation_table::Entity>(&part, allocations).await?;
    rows.iter().for_each(|row| tx.note(creditor_id, Change::Payment(row.payment.id.0)));
    part.commit().await
}

/// The payment with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: PaymentId) -> Result<PaymentRow, StoreFault> {
    let select = Entity::find_by_id((creditor_id.0, id.0));
    find_one(tx, creditor_id, select).await?.ok_or(StoreFault::NotFound("payment"))
}

/// The payments with some ids; ids that the creditor does not have are left out.
///
/// # Errors
/// The database's.
pub async fn find_many(tx: &Tx, creditor_id: CreditorId, ids: &[PaymentId]) -> Result<Vec<PaymentRow>, StoreFault> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(KEYS_MAX) {
        let select = Entity::find()
            .filter(Column::CreditorId.eq(creditor_id.0))
            .filter(Column::Id.is_in(chunk.iter().map(|id| id.0)));
        found.extend(select.all(tx.connection()).await?);
    }
    read_all(tx, creditor_id, found).await
}

/// The payment with a provider's name of it.
///
/// # Errors
/// The database's.
pub async fn find_by_reference(
    tx: &Tx,
    creditor_id: CreditorId,
    provider: &str,
    reference: &str,
) -> Result<Option<PaymentRow>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Provider.eq(provider))
        .filter(Column::ProviderReference.eq(reference));
    find_one(tx, creditor_id, select).await
}

/// The payments that came of one attempt, oldest first: more than one when the provider took more than once.
///
/// # Errors
/// The database's.
pub async fn list_for_attempt(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: DebtorId,
    attempt_id: AttemptId,
) -> Result<Vec<PaymentRow>, StoreFault> {
    let select = Entity::find()
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::DebtorId.eq(debtor_id.0))
        .filter(Column::AttemptId.eq(attempt_id.0))
        .order_by_asc(Column::Id);
    let rows = select.all(tx.connection()).await?;
    read_all(tx, creditor_id, rows).await
}

/// A creditor's payments, or one debtor's, newest first.
///
/// # Errors
/// The database's.
pub async fn list(
    tx: &Tx,
    creditor_id: CreditorId,
    debtor_id: Option<DebtorId>,
    page: PageRequest,
) -> Result<Page<PaymentRow>, StoreFault> {
    let mut select = Entity::find().filter(Column::CreditorId.eq(creditor_id.0));
    if let Some(debtor_id) = debtor_id {
        select = select.filter(Column::DebtorId.eq(debtor_id.0));
    }
    let rows = by_id(tx, select, Column::Id, Order::Desc, page, |row| row.id, Ok).await?;
    Ok(Page { items: read_all(tx, creditor_id, rows.items).await?, next: rows.next })
}

async fn find_one(tx: &Tx, creditor_id: CreditorId, select: Select<Entity>) -> Result<Option<PaymentRow>, StoreFault> {
    let rows = select.one(tx.connection()).await?.into_iter().collect();
    Ok(read_all(tx, creditor_id, rows).await?.pop())
}

pub(crate) async fn load_allocations(
    tx: &Tx,
    creditor_id: CreditorId,
    payment_ids: Vec<Uuid>,
) -> Result<Vec<allocation_table::Model>, StoreFault> {
    use allocation_table::Column as Part;
    let mut rows = Vec::new();
    for chunk in payment_ids.chunks(KEYS_MAX) {
        let select = allocation_table::Entity::find()
            .filter(Part::CreditorId.eq(creditor_id.0))
            .filter(Part::PaymentId.is_in(chunk.iter().copied()))
            .order_by_asc(Part::PaymentId)
            .order_by_asc(Part::LineNumber);
        rows.extend(select.all(tx.connection()).await?);
    }
    Ok(rows)
}

async fn read_all(tx: &Tx, creditor_id: CreditorId, rows: Vec<Model>) -> Result<Vec<PaymentRow>, StoreFault> {
    let mut parts: HashMap<Uuid, Vec<allocation_table::Model>> = HashMap::with_capacity(rows.len());
    for row in load_allocations(tx, creditor_id, rows.iter().map(|row| row.id).collect()).await? {
        if row.amount_minor > 0 || row.concession_minor > 0 {
            parts.entry(row.payment_id).or_default().push(row);
        }
    }
    rows.into_iter().map(|row| read(parts.remove(&row.id).unwrap_or_default(), row)).collect()
}

/// The row of a part of a payment.
pub(crate) fn part_row(
    creditor_id: CreditorId,
    payment_id: Uuid,
    line_number: i32,
    part: &Allocation,
) -> Result<allocation_table::Model, StoreFault> {
    Ok(allocation_table::Model {
        creditor_id: creditor_id.0,
        payment_id,
        line_number,
        invoice_id: part.invoice_id.0,
        amount_minor: part.amount.minor(),
        concession_kind: part.concession.map(|given| to_word(&given.kind)).transpose()?,
        concession_minor: part.concession.map_or(0, |given| given.amount.minor()),
    })
}

fn read_part(row: &allocation_table::Model, currency: Currency) -> Result<Allocation, StoreFault> {
    let given = row.concession_kind.as_deref().filter(|_| row.concession_minor > 0);
    let concession = given.map(|kind| {
        Ok::<_, StoreFault>(Concession { kind: word(kind)?, amount: Money::new(row.concession_minor, currency) })
    });
    Ok(Allocation {
        invoice_id: InvoiceId(row.invoice_id),
        amount: Money::new(row.amount_minor, currency),
        concession: concession.transpose()?,
    })
}

fn read(parts: Vec<allocation_table::Model>, row: Model) -> Result<PaymentRow, StoreFault> {
    let amount = money(row.amount_minor, &row.currency)?;
    let of_payment = |minor| Money::new(minor, amount.currency());
    let allocations = parts.iter().map(|part| read_part(part, amount.currency()));
    Ok(PaymentRow {
        payment: Payment {
            id: PaymentId(row.id),
            account_id: AccountId(row.account_id),
            amount,
            effective_on: day(row.effective_on)?,
            allocations: allocations.collect::<Result<_, _>>()?,
            unapplied: of_payment(row.unapplied_minor),
            refunded: of_payment(row.refunded_minor),
        },
        debtor_id: DebtorId(row.debtor_id),
        attempt_id: row.attempt_id.map(AttemptId),
        provider: row.provider,
        provider_reference: row.provider_reference,
        recorded_at: instant(row.recorded_at)?,
    })
}
