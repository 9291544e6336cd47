//! Inserts of many rows, inserts that may find their key taken, and reading by many keys.

use crate::{Dialect, StoreFault, Tx};
use saldo_domain::ids::DebtorId;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, Iterable};
use serde::Serialize;
use std::collections::HashMap;
use uuid::Uuid;

/// SQLite takes 32,766 variables a statement; PostgreSQL 65,535. Larger statements are not faster than this.
const VARIABLES_MAX: usize = 8_000;

/// How many keys one `IN` names.
pub(crate) const KEYS_MAX: usize = 2_000;

/// What each of some debtors has; who has nothing is left out.
pub(crate) type ByDebtor<T> = HashMap<DebtorId, Vec<T>>;

/// Whether a column is one of some ids. They are one value: the statement reads the same however many there are, so that it
/// is prepared once.
pub(crate) fn among<C: ColumnTrait>(tx: &Tx, column: C, ids: impl Iterator<Item = Uuid>) -> Expr {
    let name = column.as_str();
    match tx.dialect() {
        Dialect::Sqlite => {
            Expr::cust_with_values(format!("{name} IN (SELECT unhex(value) FROM json_each(?))"), [json_ids(ids)])
        }
        Dialect::Postgres => Expr::cust_with_values(any_of(name, 1), [array_of_ids(ids)]),
    }
}

/// [`among`] for a statement in words, with the ids as the value at `place`.
pub(crate) fn among_at(tx: &Tx, column: &str, place: usize) -> String {
    match tx.dialect() {
        Dialect::Sqlite => format!("{column} IN (SELECT unhex(value) FROM json_each(${place}))"),
        Dialect::Postgres => any_of(column, place),
    }
}

/// The text is read once, in a query of its own, and not for every row that it is compared with. As a list and not as a table
/// to join with, the ids always go down an index: joined, a table that PostgreSQL has not counted yet is read whole.
fn any_of(column: &str, place: usize) -> String {
    format!("{column} = ANY((SELECT CAST(${place} AS uuid[]))::uuid[])")
}

/// Changes to join a table with, as a part of `FROM` called `change`: an `id`, and columns with their kinds for PostgreSQL. They
/// are one value, lists of texts and numbers. From a list of `VALUES`, which it takes for very long, SQLite would read every row
/// of the creditor for a filter of their ids.
pub(crate) fn changes_at(tx: &Tx, columns: &[(&str, &str)], place: usize) -> String {
    let is_sqlite = tx.dialect() == Dialect::Sqlite;
    let gets: String = (1..)
        .zip(columns)
        .map(|(at, (name, kind))| match is_sqlite {
            true => format!(", value ->> {at} AS {name}"),
            false => format!(", CAST(value ->> {at} AS {kind}) AS {name}"),
        })
        .collect();
    match is_sqlite {
        true => format!("(SELECT unhex(value ->> 0) AS id{gets} FROM json_each(${place})) AS change"),
        false => format!(
            "(SELECT CAST(value ->> 0 AS uuid) AS id{gets} FROM jsonb_array_elements(CAST(${place} AS jsonb))) AS change"
        ),
    }
}

/// The value that [`changes_at`] wants: for each change the id's digits without dashes, then what it gets.
pub(crate) fn changes_value(changes: impl Iterator<Item = impl Serialize>) -> Result<sea_orm::Value, StoreFault> {
    let listed: Vec<_> = changes.collect();
    Ok(serde_json::to_string(&listed).map_err(StoreFault::corrupt)?.into())
}

/// A condition that names once more the ids of a list of changes which a statement joins with, for PostgreSQL: joined alone,
/// a table that it has not counted yet is read whole. SQLite knows better and gets none.
pub(crate) fn also_among(
    tx: &Tx,
    column: &str,
    ids: impl Iterator<Item = Uuid>,
    values: &mut Vec<sea_orm::Value>,
) -> String {
    if tx.dialect() == Dialect::Sqlite {
        return String::new();
    }
    values.push(array_of_ids(ids).into());
    format!(" AND {}", any_of(column, values.len()))
}

/// The value that [`among_at`] wants.
pub(crate) fn ids_value(tx: &Tx, ids: impl Iterator<Item = Uuid>) -> sea_orm::Value {
    match tx.dialect() {
        Dialect::Sqlite => json_ids(ids).into(),
        Dialect::Postgres => array_of_ids(ids).into(),
    }
}

fn json_ids(ids: impl Iterator<Item = Uuid>) -> String {
    listed(ids, "[\"", "\",\"", "\"]")
}

fn array_of_ids(ids: impl Iterator<Item = Uuid>) -> String {
    listed(ids, "{", ",", "}")
}

fn listed(ids: impl Iterator<Item = Uuid>, open: &str, between: &str, close: &str) -> String {
    let mut text = String::with_capacity(ids.size_hint().0 * 36 + 4);
    let mut digits = Uuid::encode_buffer();
    for id in ids {
        text.push_str(if text.is_empty() { open } else { between });
        text.push_str(id.simple().encode_lower(&mut digits));
    }
    // No id at all: an empty list in either form.
    if text.is_empty() { format!("{}{}", &open[..1], &close[close.len() - 1..]) } else { text + close }
}

/// Rows by their debtor, in the order in which they were read.
pub(crate) fn by_debtor<T>(
    rows: impl Iterator<Item = Result<(DebtorId, T), StoreFault>>,
) -> Result<ByDebtor<T>, StoreFault> {
    let mut found: ByDebtor<T> = HashMap::new();
    for row in rows {
        let (debtor_id, row) = row?;
        found.entry(debtor_id).or_default().push(row);
    }
    Ok(found)
}

pub(crate) fn rows_max<E: EntityTrait>() -> usize {
    (VARIABLES_MAX / E::Column::iter().count().max(1)).max(1)
}

/// Inserts rows whose keys must be free.
pub(crate) async fn insert_all<E>(tx: &Tx, mut rows: Vec<E::Model>) -> Result<(), StoreFault>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(rows_max::<E>()));
        let chunk = rows.into_iter().map(IntoActiveModel::into_active_model);
        E::insert_many::<E::ActiveModel, _>(chunk).exec_without_returning(tx.connection()).await?;
        rows = rest;
    }
    Ok(())
}

/// Inserts the rows whose keys are free, and counts them.
pub(crate) async fn insert_free<E>(tx: &Tx, mut rows: Vec<E::Model>) -> Result<u64, StoreFault>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let mut inserted = 0;
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(rows_max::<E>()));
        let chunk = rows.into_iter().map(IntoActiveModel::into_active_model);
        let nothing = OnConflict::new().do_nothing().to_owned();
        let insert = E::insert_many::<E::ActiveModel, _>(chunk).on_conflict(nothing);
        inserted += insert.exec_without_returning(tx.connection()).await?;
        rows = rest;
    }
    Ok(inserted)
}

/// Inserts one row; whether its keys were free.
pub(crate) async fn insert_one<E>(tx: &Tx, row: E::Model) -> Result<bool, StoreFault>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    Ok(insert_free::<E>(tx, vec![row]).await? == 1)
}
