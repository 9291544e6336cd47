//! What was acknowledged, and what the database has of it.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, Database as Connections, DbBackend, Statement};

/// What kind of thing was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An invoice, by its number.
    Invoice,
    /// Money that came by bank, by its reference.
    Bank,
    /// A payment at the provider, by its attempt: the provider has taken it.
    Card,
    /// A hold that finance placed in the console, by its reason.
    Hold,
    /// A webhook, by the sender's name of it.
    Event,
    /// A promise to pay, by its id.
    Promise,
}

/// An accepted request.
#[derive(Debug, Clone)]
pub struct Ack {
    pub kind: Kind,
    pub name: String,
    /// How much the disk's log held when the answer was there.
    pub at: u64,
}

/// How often the database has each thing.
pub struct Book {
    counts: HashMap<(Kind, String), i64>,
    booked: HashMap<String, i64>,
}

const QUESTIONS: [(Kind, &str); 6] = [
    (Kind::Invoice, "SELECT number AS name, COUNT(*) AS count FROM invoices GROUP BY number"),
    (
        Kind::Bank,
        "SELECT provider_reference AS name, COUNT(*) AS count FROM payments WHERE provider = 'bank' GROUP BY provider_reference",
    ),
    (Kind::Card, "SELECT {id} AS name, COUNT(*) AS count FROM attempts GROUP BY id"),
    (Kind::Hold, "SELECT reason AS name, COUNT(*) AS count FROM holds GROUP BY reason"),
    (
        Kind::Event,
        "SELECT event_reference AS name, COUNT(*) AS count FROM inbound_events WHERE provider = 'mail' GROUP BY event_reference",
    ),
    (Kind::Promise, "SELECT {id} AS name, COUNT(*) AS count FROM promises GROUP BY id"),
];

const BOOKED: &str =
    "SELECT {attempt_id} AS name, COUNT(*) AS count FROM payments WHERE attempt_id IS NOT NULL GROUP BY attempt_id";

const WAITING: &str = "SELECT state AS name, COUNT(*) AS count FROM jobs WHERE state IN ('ready', 'leased', 'dead') \
    AND kind NOT IN ('work_message_event', 'review_promise') GROUP BY state";

impl Book {
    /// Reads it past the product.
    pub async fn read(url: &str) -> Self {
        let mut counts = HashMap::new();
        for (kind, sql) in QUESTIONS {
            counts.extend(ask(url, sql).await.into_iter().map(|(name, count)| ((kind, name), count)));
        }
        Self { counts, booked: ask(url, BOOKED).await.into_iter().collect() }
    }

    /// Everything acknowledged is there, once.
    pub fn assert_has(&self, acks: &[Ack], when: &str) {
        for Ack { kind, name, .. } in acks {
            match self.counts.get(&(*kind, name.clone())) {
                Some(1) => {}
                Some(count) => panic!("an acknowledged request is there {count} times: {kind:?} {name}, {when}"),
                None => panic!("P8: an acknowledged request is lost: {kind:?} {name}, {when}"),
            }
        }
        let doubled: Vec<_> = self.counts.iter().filter(|(_, count)| **count > 1).collect();
        assert!(doubled.is_empty(), "doubled, {when}: {doubled:?}");
        let doubled: Vec<_> = self.booked.iter().filter(|(_, count)| **count > 1).collect();
        assert!(doubled.is_empty(), "booked twice, {when}: {doubled:?}");
    }

    /// The payments of these that the provider has taken and the ledger does not know yet.
    pub fn not_booked<'a>(&self, acks: &'a [Ack]) -> Vec<&'a str> {
        let cards = acks.iter().filter(|ack| ack.kind == Kind::Card);
        cards.map(|ack| ack.name.as_str()).filter(|name| !self.booked.contains_key(*name)).collect()
    }
}

/// Jobs that wait or that were given up, by their state; but those that look for a mail which never was.
pub async fn jobs(url: &str) -> HashMap<String, i64> {
    ask(url, WAITING).await.into_iter().collect()
}

/// An id as [`Book`] names it.
pub fn bare(id: &str) -> String {
    id.replace('-', "").to_ascii_lowercase()
}

async fn ask(url: &str, sql: &str) -> Vec<(String, i64)> {
    let connection = Connections::connect(url).await.expect("the database answers");
    let backend = connection.get_database_backend();
    let id = |name: &str| match backend {
        DbBackend::Postgres => format!("REPLACE(CAST({name} AS TEXT), '-', '')"),
        _ => format!("LOWER(HEX({name}))"),
    };
    let sql = sql.replace("{id}", &id("id")).replace("{attempt_id}", &id("attempt_id"));
    let rows = connection.query_all_raw(Statement::from_string(backend, sql)).await.expect("an answer");
    connection.close().await.expect("it closes");
    let read = |row: &sea_orm::QueryResult| {
        (row.try_get("", "name").expect("a name"), row.try_get("", "count").expect("a count"))
    };
    rows.iter().map(read).collect()
}
