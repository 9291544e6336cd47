//! Debtors, and when each is to be looked at next.

use crate::bulk::{among_at, ids_value};
use crate::codec::{to_instant, to_json};
use crate::{Dialect, StoreFault, Tx};
use saldo_domain::calendar::Timestamp;
use saldo_domain::debtor::Debtor;
use saldo_domain::ids::{CreditorId, DebtorId};
use saldo_domain::locale::Language;
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use std::collections::HashMap;

pub(crate) use crate::debtor_known::find_many;
pub use crate::debtor_list::{DebtorName, DebtorRow, find_owing, list_names, list_owing};
pub use crate::debtor_upsert::{upsert, upsert_many};
pub use crate::debtor_wake::wake_all;

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
        pub(crate) postal_address: Option<String>,
        pub(crate) tags: Json,
        pub(crate) next_contact_at: Option<DateTimeUtc>,
        pub(crate) search_text: String,
        pub(crate) created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use table::{Column, Entity, Model};

/// The most debtors that [`find_by_email`] names.
pub const SAME_EMAIL_MAX: u64 = 100;

fn of_creditor(creditor_id: CreditorId) -> Select<Entity> {
    Entity::find().filter(Column::CreditorId.eq(creditor_id.0))
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

/// Holds a debtor until the transaction ends: whoever else locks it waits, then sees what this one wrote.
///
/// # Errors
/// `NotFound`.
pub async fn lock(tx: &Tx, creditor_id: CreditorId, id: DebtorId) -> Result<(), StoreFault> {
    let sql = format!("SELECT id FROM debtors WHERE creditor_id = $1 AND id = $2 {}", lock_words(tx));
    let held = tx.query(&sql, vec![creditor_id.0.into(), id.0.into()]).await?;
    StoreFault::found(u64::from(!held.is_empty()), "debtor")
}

/// [`lock`] for many that are known to be there, always in the order of their ids, so that two who lock the same debtors cannot
/// wait for each other. On SQLite a transaction that writes is alone: nothing is asked.
///
/// # Errors
/// The database's.
pub async fn lock_many(tx: &Tx, creditor_id: CreditorId, ids: &[DebtorId]) -> Result<(), StoreFault> {
    if !tx.locks_rows() {
        return Ok(());
    }
    let mut sorted: Vec<uuid::Uuid> = ids.iter().map(|id| id.0).collect();
    sorted.sort_unstable();
    sorted.dedup();
    let sql = format!(
        "SELECT count(*) FROM (SELECT id FROM debtors WHERE creditor_id = $1 AND {} ORDER BY id {}) AS held",
        among_at(tx, "id", 2),
        lock_words(tx)
    );
    for chunk in sorted.chunks(crate::bulk::KEYS_MAX) {
        tx.query(&sql, vec![creditor_id.0.into(), ids_value(tx, chunk.iter().copied())]).await?;
    }
    Ok(())
}

/// Not `FOR UPDATE`: rows that point at the debtor may be inserted meanwhile.
fn lock_words(tx: &Tx) -> &'static str {
    if tx.locks_rows() { "FOR NO KEY UPDATE" } else { "" }
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
        .limit(limit)
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

/// Sets when each of some debtors is to be looked at next.
///
/// # Errors
/// The database's.
pub async fn set_next_contacts(
    tx: &Tx,
    creditor_id: CreditorId,
    moments: &[(DebtorId, Option<Timestamp>)],
) -> Result<(), StoreFault> {
    if tx.dialect() == Dialect::Sqlite {
        return set_by_moment(tx, creditor_id, moments).await;
    }
    for chunk in moments.chunks(1_000) {
        let rows: Vec<String> = (0..chunk.len()).map(|row| format!("(${}, ${})", row * 2 + 2, row * 2 + 3)).collect();
        let mut values: Vec<sea_orm::Value> = vec![creditor_id.0.into()];
        for (id, at) in chunk {
            values.extend([id.0.into(), at.map(to_instant).into()]);
        }
        let also = crate::bulk::also_among(tx, "debtors.id", chunk.iter().map(|(id, _)| id.0), &mut values);
        let sql = format!(
            "WITH change (debtor_id, at) AS (VALUES {}) UPDATE debtors SET next_contact_at = change.at \
             FROM change WHERE debtors.creditor_id = $1 AND debtors.id = change.debtor_id{also}",
            rows.join(", ")
        );
        tx.execute(&sql, values).await?;
    }
    Ok(())
}

/// One statement for each moment, of which a group has few: joined with a list of values, SQLite would read every debtor of
/// the creditor for a filter of their ids.
async fn set_by_moment(
    tx: &Tx,
    creditor_id: CreditorId,
    moments: &[(DebtorId, Option<Timestamp>)],
) -> Result<(), StoreFault> {
    let mut groups: HashMap<Option<Timestamp>, Vec<DebtorId>> = HashMap::new();
    for (id, at) in moments {
        groups.entry(*at).or_default().push(*id);
    }
    let sql = format!("UPDATE debtors SET next_contact_at = $2 WHERE creditor_id = $1 AND {}", among_at(tx, "id", 3));
    for (at, ids) in groups {
        let ids = ids_value(tx, ids.iter().map(|id| id.0));
        tx.execute(&sql, vec![creditor_id.0.into(), at.map(to_instant).into(), ids]).await?;
    }
    Ok(())
}

/// Sets the creditor's own words for a debtor, in place of those before.
///
/// # Errors
/// `NotFound`.
pub async fn set_tags(tx: &Tx, creditor_id: CreditorId, id: DebtorId, tags: &[String]) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::Tags, Expr::value(to_json(&tags)?))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "debtor")
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

/// Keeps the language that the debtor chose.
///
/// # Errors
/// `NotFound`.
pub async fn set_language(
    tx: &Tx,
    creditor_id: CreditorId,
    id: DebtorId,
    language: Language,
) -> Result<(), StoreFault> {
    let update = Entity::update_many()
        .col_expr(Column::Language, Expr::value(language.tag()))
        .filter(Column::CreditorId.eq(creditor_id.0))
        .filter(Column::Id.eq(id.0));
    StoreFault::found(update.exec(tx.connection()).await?.rows_affected, "debtor")
}
