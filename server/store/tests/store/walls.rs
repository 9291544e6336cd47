//! PostgreSQL's row-level security: a transaction of one creditor sees no row of another in any table, whatever it asks.

use crate::harness::{Db, on_both};
use crate::tenants::write_rows;
use crate::world::World;
use saldo_domain::ids::CreditorId;
use saldo_store::{Across, Dialect, Store, StoreFault, StoreOptions, Wall, debtor, invoice, job, session};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement, TransactionTrait};

const ROLE: &str = "
DO $$ BEGIN CREATE ROLE saldo_walled LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT ALL ON ALL TABLES IN SCHEMA public TO saldo_walled;";

/// The database's address for a role that owns nothing and goes past nothing.
async fn walled(db: &Db) -> String {
    db.raw().await.execute_unprepared(ROLE).await.unwrap();
    let (scheme, rest) = db.url.split_once("://").unwrap();
    let place = rest.split_once('@').map_or(rest, |(_, place)| place);
    format!("{scheme}://saldo_walled@{place}")
}

/// The database as an ordinary role has it: on PostgreSQL behind the wall.
pub async fn ordinary(db: &Db) -> Store {
    match db.store.dialect() {
        Dialect::Sqlite => db.store.clone(),
        Dialect::Postgres => Store::connect(&walled(db).await, StoreOptions::default()).await.unwrap(),
    }
}

async fn texts(raw: &impl ConnectionTrait, sql: &str) -> Vec<String> {
    let rows = raw.query_all_raw(Statement::from_string(raw.get_database_backend(), sql)).await.unwrap();
    rows.into_iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// Every table with rows of creditors, and the column that says whose.
async fn tables(raw: &DatabaseConnection) -> Vec<(String, &'static str)> {
    let named = "SELECT table_name::text FROM information_schema.columns WHERE table_schema = 'public' \
                 AND column_name = 'creditor_id' ORDER BY 1";
    let mut tables: Vec<(String, &str)> =
        texts(raw, named).await.into_iter().map(|table| (table, "creditor_id")).collect();
    tables.push(("creditors".to_owned(), "id"));
    assert!(tables.len() > 50, "{tables:?}");
    tables
}

/// The tables of which a transaction with these settings sees rows that are not this creditor's.
async fn seen(raw: &DatabaseConnection, settings: &str, own: CreditorId) -> Vec<String> {
    let tables = tables(raw).await;
    let tx = raw.begin().await.unwrap();
    tx.execute_unprepared(settings).await.unwrap();
    let mut seen = Vec::new();
    for (table, owner) in tables {
        let sql = format!("SELECT '{table}' FROM {table} WHERE {owner} <> '{own}' LIMIT 1");
        seen.extend(texts(&tx, &sql).await);
    }
    tx.rollback().await.unwrap();
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_of_one_creditor_sees_no_row_of_another_in_any_table() {
    on_both(async |db| {
        if db.store.dialect() == Dialect::Sqlite {
            assert_eq!(db.store.wall().await.unwrap(), Wall::Absent);
            return;
        }
        let rows = write_rows(db).await;
        let tx = db.store.write().await.unwrap();
        let stranger = World::in_tx(&tx, "Stranger").await;
        tx.commit().await.unwrap();
        let url = walled(db).await;
        let raw = Database::connect(&url).await.unwrap();
        let nobody = "SET LOCAL app.creditor = '00000000-0000-0000-0000-000000000000'";
        let none = CreditorId(uuid::Uuid::nil());
        assert_eq!(seen(&raw, nobody, none).await, Vec::<String>::new(), "nobody is named");
        let own = format!("SET LOCAL app.creditor = '{}'", stranger.c());
        assert_eq!(seen(&raw, &own, stranger.c()).await, Vec::<String>::new(), "the stranger is named");
        let across = format!("{own}; SET LOCAL app.across = 'clock'");
        let opened = seen(&raw, &across, stranger.c()).await;
        for table in ["jobs", "sessions", "debtors", "creditors", "attempts"] {
            assert!(opened.iter().any(|one| one == table) || table == "sessions", "{table} is an entrance: {opened:?}");
        }
        for table in ["invoices", "accounts", "payments", "journal_lines", "journal_entries", "reminders", "refunds"] {
            assert!(!opened.iter().any(|one| one == table), "{table} is never read across creditors");
        }
        let theirs = format!("SET LOCAL app.creditor = '{}'", rows.world.c());
        assert!(!seen(&raw, &theirs, none).await.is_empty(), "the owner sees its own");
        raw.close().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_store_keeps_to_the_creditor_that_a_transaction_was_begun_for() {
    on_both(async |db| {
        if db.store.dialect() == Dialect::Sqlite {
            return;
        }
        let rows = write_rows(db).await;
        let tx = db.store.write().await.unwrap();
        let stranger = World::in_tx(&tx, "Stranger").await;
        tx.commit().await.unwrap();
        let store = Store::connect(&walled(db).await, StoreOptions::default()).await.unwrap();
        assert_eq!(store.wall().await.unwrap(), Wall::Stands);
        assert!(matches!(db.store.wall().await.unwrap(), Wall::Bypassed { .. }));
        let (owner, invoice_id) = (rows.world.c(), rows.invoice_id);

        // The wall is about the transaction, not about the query's own filter, which names the owner each time.
        let tx = store.read_of(owner).await.unwrap();
        invoice::load(&tx, owner, invoice_id).await.unwrap();
        drop(tx);
        let tx = store.read_of(stranger.c()).await.unwrap();
        assert!(matches!(invoice::load(&tx, owner, invoice_id).await, Err(StoreFault::NotFound(_))));
        assert!(matches!(debtor::load(&tx, owner, rows.world.d()).await, Err(StoreFault::NotFound(_))));
        drop(tx);
        let tx = store.read_across(Across::Clock).await.unwrap();
        debtor::load(&tx, owner, rows.world.d()).await.unwrap();
        assert!(matches!(invoice::load(&tx, owner, invoice_id).await, Err(StoreFault::NotFound(_))));
        tx.enter(stranger.c()).await.unwrap();
        assert!(matches!(debtor::load(&tx, owner, rows.world.d()).await, Err(StoreFault::NotFound(_))));
        tx.enter(owner).await.unwrap();
        invoice::load(&tx, owner, invoice_id).await.unwrap();
        drop(tx);

        // A row of another cannot be written either, and the next transaction of the connection begins with nothing.
        let tx = store.write_of(stranger.c()).await.unwrap();
        let foreign = job::NewJob {
            id: crate::world::id(),
            creditor_id: owner,
            kind: "receipt".to_owned(),
            payload: serde_json::json!({}),
            run_at: crate::world::noon("2026-02-01"),
            dedupe_key: None,
            attempts_max: 3,
        };
        assert!(matches!(job::insert(&tx, &foreign).await, Err(StoreFault::Db(_))));
        tx.rollback().await.unwrap();
        let tx = store.write().await.unwrap();
        assert!(matches!(debtor::load(&tx, owner, rows.world.d()).await, Err(StoreFault::NotFound(_))));
        assert!(session::find(&tx, &[9; 32], crate::world::noon("2026-02-01")).await.unwrap().is_none());
        drop(tx);
        store.close().await.unwrap();
    })
    .await;
}
