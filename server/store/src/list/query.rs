use super::cursor::Value;
use super::{Kind, Listing, MATCHES_MAX, Wanted};
use crate::Dialect;
use crate::codec::to_day;
use crate::debtor_words::words_of;
use saldo_domain::ids::CreditorId;
use sea_orm::Value as SqlValue;

/// How many debtors a search follows to their rows.
const DEBTORS_MAX: u64 = 50;

/// How many words of a search count.
const WORDS_MAX: usize = 5;

/// A statement while it is written: each value gets the next number.
struct Draft {
    dialect: Dialect,
    values: Vec<SqlValue>,
}

impl Draft {
    fn bind(&mut self, value: impl Into<SqlValue>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// A text in small letters, in the order of bytes, where the listing says `lowered`.
    fn column(&self, column: &str) -> String {
        match (column.strip_prefix("lowered "), self.dialect) {
            (None, _) => column.to_owned(),
            (Some(text), Dialect::Sqlite) => format!("lower({text})"),
            (Some(text), Dialect::Postgres) => format!("{text}_key"),
        }
    }

    /// What begins so, in the order of bytes.
    fn begins(&mut self, column: &str, beginning: &str) -> String {
        let (low, high) = (self.bind(beginning), self.bind(format!("{beginning}\u{10ffff}")));
        format!("{column} >= {low} AND {column} < {high}")
    }
}

/// The one query of a page. `$1` is the creditor.
pub(crate) fn statement(
    dialect: Dialect,
    creditor_id: CreditorId,
    listing: &Listing,
    wanted: &Wanted,
) -> (String, Vec<SqlValue>) {
    let mut draft = Draft { dialect, values: vec![creditor_id.0.into()] };
    let mut conditions = vec!["t.creditor_id = $1".to_owned()];
    let table = listing.table;
    let from = match &wanted.search {
        None => format!("{table} t"),
        Some(text) => {
            conditions.push("t.id = c.id".to_owned());
            format!("({}) c CROSS JOIN {table} t", matches(&mut draft, listing, text))
        }
    };
    if let Some(debtor_id) = wanted.debtor_id {
        let id = draft.bind(debtor_id.0);
        conditions.push(format!("{} = {id}", listing.debtor));
    }
    if let Some(state) = wanted.state {
        let condition = match state.condition.contains("{today}") {
            true => {
                let today = draft.bind(to_day(wanted.today));
                state.condition.replace("{today}", &today)
            }
            false => state.condition.to_owned(),
        };
        conditions.push(condition);
    }
    if let Some(period) = listing.period.and_then(|name| listing.order(name)) {
        for (date, sign) in [(wanted.from, ">="), (wanted.until, "<=")] {
            if let Some(date) = date {
                let date = draft.bind(to_day(date));
                conditions.push(format!("{} {sign} {date}", period.column));
            }
        }
    }
    let column = draft.column(wanted.order.column);
    conditions.extend(after(&mut draft, &column, wanted));
    let direction = if wanted.descending { "DESC" } else { "ASC" };
    let order = match wanted.order.kind {
        Kind::Id => format!("{column} {direction}"),
        _ => format!("{column} {direction}, t.id {direction}"),
    };
    let (conditions, limit) = (conditions.join(" AND "), wanted.limit + 1);
    let sql =
        format!("SELECT t.id AS id, {column} AS value FROM {from} WHERE {conditions} ORDER BY {order} LIMIT {limit}");
    (sql, draft.values)
}

fn after(draft: &mut Draft, column: &str, wanted: &Wanted) -> Option<String> {
    let place = wanted.after.as_ref()?;
    let sign = if wanted.descending { "<" } else { ">" };
    let value: SqlValue = match &place.value {
        Value::None => {
            let id = draft.bind(place.id);
            return Some(format!("{column} {sign} {id}"));
        }
        Value::Day(day) => (*day).into(),
        Value::Amount(minor) => (*minor).into(),
        Value::Text(text) => text.clone().into(),
    };
    let (value, id) = (draft.bind(value), draft.bind(place.id));
    Some(format!("({column}, t.id) {sign} ({value}, {id})"))
}

/// The ids of what a search may mean.
fn matches(draft: &mut Draft, listing: &Listing, text: &str) -> String {
    let table = listing.table;
    let own = listing.own_key.map(|key| {
        let key = draft.column(key);
        let begins = draft.begins(&key, &text.to_ascii_lowercase());
        format!(
            "SELECT id FROM (SELECT t.id FROM {table} t WHERE t.creditor_id = $1 AND {begins} \
             ORDER BY {key}, t.id LIMIT {MATCHES_MAX}) own"
        )
    });
    let debtors_max = if listing.debtor == "t.id" { MATCHES_MAX } else { DEBTORS_MAX };
    let debtors = debtors(draft, text, debtors_max).map(|debtors| match listing.debtor {
        "t.id" => debtors,
        debtor => format!(
            "SELECT id FROM (SELECT t.id FROM ({debtors}) d CROSS JOIN {table} t WHERE t.creditor_id = $1 \
             AND {debtor} = d.id LIMIT {MATCHES_MAX}) theirs"
        ),
    });
    match (own, debtors) {
        (Some(own), Some(debtors)) => format!("{own} UNION {debtors}"),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => format!("SELECT t.id FROM {table} t WHERE t.creditor_id = $1 AND 1 = 0"),
    }
}

/// The debtors that have a word for each word of the search. None without words.
fn debtors(draft: &mut Draft, text: &str, max: u64) -> Option<String> {
    let words = words_of(text);
    let (first, rest) = words.split_first()?;
    let mut conditions = vec!["w.creditor_id = $1".to_owned(), draft.begins("w.word", first)];
    for word in rest.iter().take(WORDS_MAX - 1) {
        let begins = draft.begins("x.word", word);
        conditions.push(format!(
            "EXISTS (SELECT 1 FROM debtor_words x WHERE x.creditor_id = $1 AND x.debtor_id = w.debtor_id AND {begins})"
        ));
    }
    let conditions = conditions.join(" AND ");
    Some(format!("SELECT DISTINCT w.debtor_id AS id FROM debtor_words w WHERE {conditions} LIMIT {max}"))
}
