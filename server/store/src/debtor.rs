//! Debtors, and when each is to be looked at next.

use crate::bulk::insert_free;
use crate::codec::{instant_opt, to_instant, to_word, word};
use crate::{StoreFault, Tx};
use saldo_domain::calendar::{Timestamp, Zone};
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::{CreditorId, DebtorId};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use std::collections::HashMap;

pub use crate::debtor_list::{DebtorFilter, DebtorRow, list};

pub(crate) mod table {
    pub(crate) use crate::table::Relation;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "debtors")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) creditor_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: Uuid,
        pub(crate) reference: String,
        pub(crate) name: String,
        pub(crate) email: Option<String>,
        pub(crate) email_key: Option<String>,
        pub(crate) phone: Option<String>,
        pub(crate) language: Option<String>,
        pub(crate) country: Option<String>,
        pub(crate) zone: Option<String>,
        pub(crate) email_opt_out_at: Option<DateTimeUtc>,
        pub(crate) next_contact_at: Option<DateTimeUtc>,
        pub(crate) search_text: String,
        pub(crate) created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// The most debtors that [`find_by_email`] names.
pub const SAME_EMAIL_MAX: u64 = 100;

impl Model {
    pub(crate) fn read(self) -> Result<Debtor, StoreFault> {
        Ok(Debtor {
            id: DebtorId(self.id),
            reference: self.reference,
            name: self.name,
            email: self.email,
            phone: self.phone,
            language: self.language.as_deref().map(word).transpose()?,
            country: self.country,
            zone: self.zone.as_deref().map(Zone::try_new).transpose().map_err(StoreFault::corrupt)?,
            email_opt_out_at: instant_opt(self.email_opt_out_at)?,
        })
    }

    fn of(creditor_id: CreditorId, debtor: &Debtor, at: Timestamp) -> Result<Self, StoreFault> {
        let email = debtor.email.as_deref().unwrap_or_default();
        Ok(Self {
            creditor_id: creditor_id.0,
            id: debtor.id.0,
            reference: debtor.reference.clone(),
            name: debtor.name.clone(),
            email: debtor.email.clone(),
            email_key: debtor.email.as_deref().map(str::to_lowercase),
            phone: debtor.phone.clone(),
            language: debtor.language.as_ref().map(to_word).transpose()?,
            country: debtor.country.clone(),
            zone: debtor.zone.as_ref().map(|zone| zone.name().to_owned()),
            email_opt_out_at: debtor.email_opt_out_at.map(to_instant),
            next_contact_at: None,
            search_text: search_text(&debtor.name, &debtor.reference, email),
            created_at: to_instant(at),
        })
    }
}

fn search_text(name: &str, reference: &str, email: &str) -> String {
    format!("{name}\n{reference}\n{email}").to_lowercase()
}

fn of_creditor(creditor_id: CreditorId) -> Select<Entity> {
    Entity::find().filter(Column::CreditorId.eq(creditor_id.0))
}

/// Writes a debtor, or brings the one with the same reference up to date; answers the id under which it is kept.
/// What the new version does not know (`None`) stays as it was; so does an opt-out.
///
/// # Errors
/// The database's.
pub async fn upsert(tx: &Tx, creditor_id: CreditorId, debtor: &Debtor, at: Timestamp) -> Result<DebtorId, StoreFault> {
    let ids = upsert_many(tx, creditor_id, std::slice::from_ref(debtor), at).await?;
    ids.first().copied().ok_or(StoreFault::NotFound("debtor"))
}

/// [`upsert`] for many; the ids stand in the order of the debtors. Of a reference that is there twice the last one counts.
///
/// # Errors
/// `Conflict("debtor")` when the id of a new debtor is taken.
pub async fn upsert_many(
    tx: &Tx,
    creditor_id: CreditorId,
    debtors: &[Debtor],
    at: Timestamp,
) -> Result<Vec<DebtorId>, StoreFault> {
    let references: Vec<&str> = debtors.iter().map(|debtor| debtor.reference.as_str()).collect();
    let latest: HashMap<&str, &Debtor> = debtors.iter().map(|debtor| (debtor.reference.as_str(), debtor)).collect();
    let known = find_by_references(tx, creditor_id, &references).await?;
    let mut fresh = Vec::new();
    for debtor in latest.values().filter(|debtor| !known.contains_key(&debtor.reference)) {
        fresh.push(Model::of(creditor_id, debtor, at)?);
    }
    fresh.sort_by_key(|row| row.id);
    insert_free::<Entity>(tx, fresh).await?;
    // Another node may have written some of them meanwhile: what stands there now is brought up to date like the others.
    let known = find_by_references(tx, creditor_id, &references).await?;
    for debtor in latest.values() {
        let before = known.get(&debtor.reference).ok_or(StoreFault::Conflict("debtor"))?;
        if merge(before, debtor) != *before {
            update(tx, creditor_id, before, debtor).await?;
        }
    }
    references.iter().map(|key| known.get(*key).map(|row| row.id).ok_or(StoreFault::Conflict("debtor"))).collect()
}

fn merge(before: &Debtor, now: &Debtor) -> Debtor {
    Debtor {
        id: before.id,
        reference: before.reference.clone(),
        name: now.name.clone(),
        email: now.email.clone().or_else(|| before.email.clone()),
        phone: now.phone.clone().or_else(|| before.phone.clone()),
        language: now.language.or(before.language),
        country: now.country.clone().or_else(|| before.country.clone()),
        zone: now.zone.clone().or_else(|| before.zone.clone()),
        email_opt_out_at: before.email_opt_out_at,
    }
}

async fn update(tx: &Tx, creditor_id: CreditorId, before: &Debtor, now: &Debtor) -> Result<(), StoreFault> {
    let debtor = merge(before, now);
    let email = debtor.email.as_deref().unwrap_or_default();
    let update = Entity::update_many()
        .col_expr(Column::Name, Expr::value(debtor.name.clone()))
        .col_expr(Column::Email, Expr::value(debtor.email.clone()))
        .col_expr(Column::EmailKey, Expr::value(debtor.email.as_deref().map(str::to_lowercase)))
        .col_expr(Column::Phone, Expr::value(debtor.phone.clone()))
        .col_expr(Column::Language, Expr::value(debtor.language.as_ref().map(to_word).transpose()?))
        .col_expr(Column::Country, Expr::value(debtor.country.clone()))
        .col_expr(Column::Zone, Expr::value(debtor.zone.as_ref().map(|zone| zone.name().to_owned())))
        .col_expr(Column::SearchText, Expr::value(search_text(&debtor.name, &debtor.reference, email)))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(debtor.id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "debtor")
}

/// The debtor with an id.
///
/// # Errors
/// `NotFound`.
pub async fn load(tx: &Tx, creditor_id: CreditorId, id: DebtorId) -> Result<Debtor, StoreFault> {
    let row = of_creditor(creditor_id).filter(Column::Id.eq(id.0)).one(tx.connection()).await?;
    row.ok_or(StoreFault::NotFound("debtor"))?.read()
}

/// The debtor with the creditor's own key.
///
/// # Errors
/// The database's.
pub async fn find_by_reference(
    tx: &Tx,
    creditor_id: CreditorId,
    reference: &str,
) -> Result<Option<Debtor>, StoreFault> {
    let row = of_creditor(creditor_id).filter(Column::Reference.eq(reference)).one(tx.connection()).await?;
    row.map(Model::read).transpose()
}

/// The debtors with the creditor's own keys, by key; keys that nobody has are left out.
///
/// # Errors
/// The database's.
pub async fn find_by_references(
    tx: &Tx,
    creditor_id: CreditorId,
    references: &[&str],
) -> Result<HashMap<String, Debtor>, StoreFault> {
    let mut found = HashMap::with_capacity(references.len());
    for chunk in references.chunks(crate::bulk::KEYS_MAX) {
        let select = of_creditor(creditor_id).filter(Column::Reference.is_in(chunk.iter().copied()));
        for row in select.all(tx.connection()).await? {
            found.insert(row.reference.clone(), row.read()?);
        }
    }
    Ok(found)
}

/// The debtors with an address in any case, oldest first, at most [`SAME_EMAIL_MAX`].
///
/// # Errors
/// The database's.
pub async fn find_by_email(tx: &Tx, creditor_id: CreditorId, email: &str) -> Result<Vec<Debtor>, StoreFault> {
    let select = of_creditor(creditor_id)
        .filter(Column::EmailKey.eq(email.trim().to_lowercase()))
        .order_by_asc(Column::Id)
        .limit(SAME_EMAIL_MAX);
    select.all(tx.connection()).await?.into_iter().map(Model::read).collect()
}

/// Notes that a debtor withdrew e-mail. The first moment stays.
///
/// # Errors
/// `NotFound`.
pub async fn mark_opted_out(tx: &Tx, creditor_id: CreditorId, id: DebtorId, at: Timestamp) -> Result<(), StoreFault> {
    let first = Expr::col(Column::EmailOptOutAt).if_null(to_instant(at));
    let update = Entity::update_many()
        .col_expr(Column::EmailOptOutAt, first)
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "debtor")
}

/// Holds a debtor until the transaction ends: whoever else locks it waits, then sees what this one wrote.
///
/// # Errors
/// `NotFound`.
pub async fn lock(tx: &Tx, creditor_id: CreditorId, id: DebtorId) -> Result<(), StoreFault> {
    lock_many(tx, creditor_id, &[id]).await
}

/// [`lock`] for many, always in the order of their ids, so that two who lock the same debtors cannot wait for each other.
///
/// # Errors
/// `NotFound` when one is missing.
pub async fn lock_many(tx: &Tx, creditor_id: CreditorId, ids: &[DebtorId]) -> Result<(), StoreFault> {
    let mut sorted: Vec<uuid::Uuid> = ids.iter().map(|id| id.0).collect();
    sorted.sort_unstable();
    sorted.dedup();
    for chunk in sorted.chunks(crate::bulk::KEYS_MAX) {
        let select = of_creditor(creditor_id).select_only().column(Column::Id);
        let mut select = select.filter(Column::Id.is_in(chunk.iter().copied())).order_by_asc(Column::Id);
        if tx.locks_rows() {
            // Not FOR UPDATE: rows that point at the debtor may be inserted meanwhile.
            select = select.lock(LockType::NoKeyUpdate);
        }
        let held: Vec<uuid::Uuid> = select.into_tuple().all(tx.connection()).await?;
        if held.len() != chunk.len() {
            return Err(StoreFault::NotFound("debtor"));
        }
    }
    Ok(())
}

/// Debtors of every creditor whose next look has come, the longest waiting first. In a transaction that writes on
/// PostgreSQL they are held, and those that another node holds are passed over.
///
/// # Errors
/// The database's.
pub async fn list_due(tx: &Tx, now: Timestamp, limit: u64) -> Result<Vec<(CreditorId, DebtorId)>, StoreFault> {
    let mut select = due(now, limit);
    if tx.locks_rows() {
        select = select.lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked);
    }
    let rows: Vec<(uuid::Uuid, uuid::Uuid)> = select.into_tuple().all(tx.connection()).await?;
    Ok(rows.into_iter().map(|(creditor, debtor)| (CreditorId(creditor), DebtorId(debtor))).collect())
}

pub(crate) fn due(now: Timestamp, limit: u64) -> Select<Entity> {
    Entity::find()
        .select_only()
        .column(Column::CreditorId)
        .column(Column::Id)
        .filter(Column::NextContactAt.lte(to_instant(now)))
        .order_by_asc(Column::NextContactAt)
        .order_by_asc(Column::CreditorId)
        .order_by_asc(Column::Id)
        .limit(Ord::min(limit, crate::PAGE_MAX))
}

/// Sets when a debtor is to be looked at next; `None` for not until something changes.
///
/// # Errors
/// `NotFound`.
pub async fn set_next_contact(
    tx: &Tx,
    creditor_id: CreditorId,
    id: DebtorId,
    at: Option<Timestamp>,
) -> Result<(), StoreFault> {
    StoreFault::found(set_next_contact_many(tx, creditor_id, &[id], at).await?, "debtor")
}

/// [`set_next_contact`] for many at one moment; answers how many there were.
///
/// # Errors
/// The database's.
pub async fn set_next_contact_many(
    tx: &Tx,
    creditor_id: CreditorId,
    ids: &[DebtorId],
    at: Option<Timestamp>,
) -> Result<u64, StoreFault> {
    let mut changed = 0;
    for chunk in ids.chunks(crate::bulk::KEYS_MAX) {
        let update = Entity::update_many()
            .col_expr(Column::NextContactAt, Expr::value(at.map(to_instant)))
            .filter(Column::CreditorId.eq(creditor_id.0))
            .filter(Column::Id.is_in(chunk.iter().map(|id| id.0)));
        changed += update.exec(tx.connection()).await?.rows_affected;
    }
    Ok(changed)
}
