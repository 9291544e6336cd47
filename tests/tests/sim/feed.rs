//! What the database commits, row by row and in order: triggers write each change beside the change, and the auditor reads on.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::Value;

/// A committed change of one row.
pub struct Change {
    pub relation: String,
    /// `insert`, `update` or `delete`.
    pub act: String,
    pub row: Value,
}

/// The tables that the auditor reads.
const TABLES: [&str; 17] = [
    "accounts",
    "journal_entries",
    "journal_lines",
    "payments",
    "allocations",
    "attempts",
    "invoices",
    "reminders",
    "messages",
    "channel_consents",
    "disputes",
    "promises",
    "transfers",
    "holds",
    "payment_plans",
    "payment_plan_items",
    "policies",
];

/// Lets the database tell its changes from here on.
pub async fn install(database: &DatabaseConnection) {
    let sqlite = database.get_database_backend() == DbBackend::Sqlite;
    let mut sql = match sqlite {
        true => "CREATE TABLE sim_feed (seq INTEGER PRIMARY KEY AUTOINCREMENT, relation TEXT, act TEXT, content TEXT);",
        false => POSTGRES,
    }
    .to_owned();
    for table in TABLES {
        if sqlite {
            let columns = columns(database, table).await;
            for (act, row) in [("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")] {
                let parts: Vec<String> = columns.iter().map(|(name, kind)| value(row, name, kind)).collect();
                sql += &format!(
                    "CREATE TRIGGER sim_{act}_{table} AFTER {act} ON {table} BEGIN \
                     INSERT INTO sim_feed (relation, act, content) \
                     VALUES ('{table}', '{act}', json_object({})); END;",
                    parts.join(", ")
                );
            }
        } else {
            sql += &format!(
                "CREATE TRIGGER sim_{table} AFTER INSERT OR UPDATE OR DELETE ON {table} \
                 FOR EACH ROW EXECUTE FUNCTION sim_tell();"
            );
        }
    }
    database.execute_unprepared(&sql).await.expect("the feed is made");
}

const POSTGRES: &str = "
CREATE TABLE sim_feed (seq BIGSERIAL PRIMARY KEY, relation TEXT, act TEXT, content TEXT);
CREATE FUNCTION sim_tell() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    INSERT INTO sim_feed (relation, act, content)
    VALUES (TG_TABLE_NAME, lower(TG_OP), to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END)::text);
    RETURN NULL;
END; $body$;";

fn value(row: &str, name: &str, kind: &str) -> String {
    match kind {
        "BLOB" => format!("'{name}', lower(hex({row}.\"{name}\"))"),
        _ => format!("'{name}', {row}.\"{name}\""),
    }
}

async fn columns(database: &DatabaseConnection, table: &str) -> Vec<(String, String)> {
    let rows = query(database, &format!("SELECT name, type FROM pragma_table_info('{table}')")).await;
    let column = |row: &sea_orm::QueryResult, name| row.try_get::<String>("", name).expect("a column");
    rows.iter().map(|row| (column(row, "name"), column(row, "type"))).collect()
}

async fn query(database: &DatabaseConnection, sql: &str) -> Vec<sea_orm::QueryResult> {
    let statement = Statement::from_string(database.get_database_backend(), sql.to_owned());
    database.query_all_raw(statement).await.expect("the auditor may read")
}

/// A count, under the name `number`.
pub async fn count(database: &DatabaseConnection, sql: &str) -> i64 {
    query(database, sql).await[0].try_get("", "number").expect("a number")
}

/// Rows of one text, under the name `line`.
pub async fn lines(database: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = query(database, sql).await;
    rows.iter().map(|row| row.try_get::<Option<String>>("", "line").expect("a text").unwrap_or_default()).collect()
}

/// What was committed since the last look.
pub async fn read(database: &DatabaseConnection, after: &mut i64) -> Vec<Change> {
    let sql = "SELECT seq, relation, act, content FROM sim_feed WHERE seq > $1 ORDER BY seq";
    let statement = Statement::from_sql_and_values(database.get_database_backend(), sql, [(*after).into()]);
    let mut changes = Vec::new();
    for row in database.query_all_raw(statement).await.expect("the auditor may read") {
        let text = |name| row.try_get::<String>("", name).expect("a text");
        *after = row.try_get("", "seq").expect("a number");
        let content = text("content");
        let row = serde_json::from_str(&content).expect("a row is JSON");
        changes.push(Change { relation: text("relation"), act: text("act"), row });
    }
    changes
}

/// A column as text; ids without their dashes.
pub fn text(row: &Value, name: &str) -> String {
    let text = row[name].as_str().unwrap_or_default();
    let is_id = name == "id" || name.ends_with("_id");
    if is_id { text.replace('-', "").to_ascii_lowercase() } else { text.to_owned() }
}

/// A column as a number.
pub fn number(row: &Value, name: &str) -> i64 {
    row[name].as_i64().unwrap_or_default()
}

pub fn truth(row: &Value, name: &str) -> bool {
    row[name].as_bool().unwrap_or_else(|| number(row, name) == 1)
}

pub fn moment(row: &Value, name: &str) -> Option<Timestamp> {
    row[name].as_str()?.parse().ok()
}

/// A column of JSON: a text on SQLite.
pub fn json(row: &Value, name: &str) -> Value {
    match &row[name] {
        Value::String(text) => serde_json::from_str(text).unwrap_or(Value::Null),
        other => other.clone(),
    }
}

/// Every id that stands anywhere in it.
pub fn ids(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if text.len() == 36 => {
            found.insert(text.replace('-', "").to_ascii_lowercase());
        }
        Value::Array(parts) => parts.iter().for_each(|part| ids(part, found)),
        Value::Object(parts) => parts.values().for_each(|part| ids(part, found)),
        _ => {}
    }
}
