//! Inserts of many rows, inserts that may find their key taken, and reading by many keys.

use crate::{Dialect, StoreFault, Tx};
use saldo_domain::ids::DebtorId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IdenStatic, Iterable, ModelTrait, QueryResult, Value};
use serde::Serialize;
use std::collections::HashMap;
use std::fmt::Write as _;
use uuid::Uuid;

/// SQLite takes 32,766 variables a statement; PostgreSQL 65,535. Larger statements are not faster than this.
const VARIABLES_MAX: usize = 10_000;

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
pub(crate) fn changes_value(changes: impl Iterator<Item = impl Serialize>) -> Result<Value, StoreFault> {
    let listed: Vec<_> = changes.collect();
    Ok(serde_json::to_string(&listed).map_err(StoreFault::corrupt)?.into())
}

/// A condition that names once more the ids of a list of changes which a statement joins with, for PostgreSQL: joined alone,
/// a table that it has not counted yet is read whole. SQLite knows better and gets none.
pub(crate) fn also_among(tx: &Tx, column: &str, ids: impl Iterator<Item = Uuid>, values: &mut Vec<Value>) -> String {
    if tx.dialect() == Dialect::Sqlite {
        return String::new();
    }
    values.push(array_of_ids(ids).into());
    format!(" AND {}", any_of(column, values.len()))
}

/// The value that [`among_at`] wants.
pub(crate) fn ids_value(tx: &Tx, ids: impl Iterator<Item = Uuid>) -> Value {
    match tx.dialect() {
        Dialect::Sqlite => json_ids(ids).into(),
        Dialect::Postgres => array_of_ids(ids).into(),
    }
}

/// Whether a column is one of some texts, which are the one value at `place`.
pub(crate) fn texts_at(tx: &Tx, column: &str, place: usize) -> String {
    match tx.dialect() {
        Dialect::Sqlite => format!("{column} IN (SELECT value FROM json_each(${place}))"),
        Dialect::Postgres => format!(
            "{column} = ANY((SELECT array_agg(value) FROM jsonb_array_elements_text(CAST(${place} AS jsonb)))::text[])"
        ),
    }
}

/// The value that [`texts_at`] wants.
pub(crate) fn texts_value(texts: &[&str]) -> Result<Value, StoreFault> {
    Ok(serde_json::to_string(texts).map_err(StoreFault::corrupt)?.into())
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

/// One `INSERT` of some rows, to which a clause can be added. Its text depends on the table, on the number of rows and on what
/// none of many has, so that it is seldom prepared anew.
pub(crate) struct Insert {
    sql: String,
    values: Vec<Value>,
    numbered: bool,
}

impl Insert {
    pub(crate) fn of<E: EntityTrait>(tx: &Tx, rows: &[E::Model]) -> Self {
        let columns: Vec<E::Column> = E::Column::iter().collect();
        let names: Vec<&str> = columns.iter().map(|column| column.as_str()).collect();
        let mut insert = Self {
            sql: format!("INSERT INTO {} ({}) VALUES ", E::default().table_name(), names.join(", ")),
            values: Vec::with_capacity(rows.len() * columns.len() + 1),
            numbered: tx.dialect() == Dialect::Postgres,
        };
        insert.sql.reserve(rows.len() * columns.len() * if insert.numbered { 7 } else { 2 });
        let empty: Vec<bool> = columns.iter().map(|column| is_empty(rows, *column)).collect();
        for (at, row) in rows.iter().enumerate() {
            insert.sql.push_str(if at == 0 { "(" } else { ", (" });
            for (at, (column, empty)) in columns.iter().zip(&empty).enumerate() {
                insert.sql.push_str(if at == 0 { "" } else { "," });
                match empty {
                    true => insert.sql.push_str("NULL"),
                    false => insert.push_value(row.get(*column)),
                }
            }
            insert.sql.push(')');
        }
        insert
    }

    /// A value of the clause, in its place.
    pub(crate) fn push_value(&mut self, value: Value) {
        self.values.push(value);
        if self.numbered {
            let _ = write!(self.sql, "${}", self.values.len());
        } else {
            self.sql.push('?');
        }
    }

    pub(crate) fn push_words(&mut self, words: &str) {
        self.sql.push_str(words);
    }

    async fn execute(self, tx: &Tx) -> Result<u64, StoreFault> {
        tx.execute(&self.sql, self.values).await
    }

    pub(crate) async fn query(self, tx: &Tx) -> Result<Vec<QueryResult>, StoreFault> {
        tx.query(&self.sql, self.values).await
    }
}

/// Whether none of many rows has anything in a column: that needs no value.
fn is_empty<M: ModelTrait>(rows: &[M], column: <M::Entity as EntityTrait>::Column) -> bool {
    let is_null = |value: Value| value == value.as_null();
    rows.len() > 1 && rows.iter().all(|row| is_null(row.get(column)))
}

/// Inserts rows whose keys must be free.
pub(crate) async fn insert_all<E: EntityTrait>(tx: &Tx, rows: Vec<E::Model>) -> Result<(), StoreFault> {
    for chunk in rows.chunks(rows_max::<E>()) {
        Insert::of::<E>(tx, chunk).execute(tx).await?;
    }
    Ok(())
}

/// Inserts the rows whose keys are free, and counts them.
pub(crate) async fn insert_free<E: EntityTrait>(tx: &Tx, rows: Vec<E::Model>) -> Result<u64, StoreFault> {
    let mut inserted = 0;
    for chunk in rows.chunks(rows_max::<E>()) {
        let mut insert = Insert::of::<E>(tx, chunk);
        insert.push_words(" ON CONFLICT DO NOTHING");
        inserted += insert.execute(tx).await?;
    }
    Ok(inserted)
}

/// Inserts one row; whether its keys were free.
pub(crate) async fn insert_one<E: EntityTrait>(tx: &Tx, row: E::Model) -> Result<bool, StoreFault> {
    Ok(insert_free::<E>(tx, vec![row]).await? == 1)
}
