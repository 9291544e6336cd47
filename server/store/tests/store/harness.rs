//! Fresh databases: SQLite in a temporary folder, PostgreSQL as a database of its own on the server that
//! `SALDO_TEST_POSTGRES_URL` names (a superuser's address).

use futures::FutureExt;
use saldo_store::{Dialect, Store, StoreOptions};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::atomic::{AtomicU64, Ordering};

/// A migrated database with its address.
pub struct Db {
    pub store: Store,
    pub url: String,
}

impl Db {
    /// Another pool on the same database, as another process has it.
    pub async fn another_store(&self) -> Store {
        Store::connect(&self.url, options()).await.unwrap()
    }

    /// A way around the store, for what the store itself has no way to do.
    pub async fn raw(&self) -> DatabaseConnection {
        Database::connect(&self.url).await.unwrap()
    }

    /// A hexadecimal literal of 16 bytes as this database writes an id.
    pub fn id_literal(&self, id: uuid::Uuid) -> String {
        match self.store.dialect() {
            Dialect::Sqlite => format!("x'{}'", id.simple()),
            Dialect::Postgres => format!("'{id}'"),
        }
    }
}

fn options() -> StoreOptions {
    StoreOptions::default()
}

/// Runs a test on SQLite and then on PostgreSQL, each on a migrated database of its own.
pub async fn on_both(test: impl AsyncFn(&Db)) {
    on_both_empty(async |db| {
        db.store.migrate().await.unwrap();
        test(db).await;
    })
    .await;
}

/// [`on_both`] without the migrations.
pub async fn on_both_empty(test: impl AsyncFn(&Db)) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("deep/saldo.db").display());
    let db = Db { store: Store::connect(&url, options()).await.unwrap(), url };
    test(&db).await;
    db.store.close().await.unwrap();

    let complete = std::env::var("SALDO_TESTS_COMPLETE").is_ok_and(|value| value == "1");
    match std::env::var("SALDO_TEST_POSTGRES_URL") {
        Ok(server) => on_postgres(&server, test).await,
        Err(_) if complete => panic!("SALDO_TEST_POSTGRES_URL is missing"),
        Err(_) => eprintln!("#### skipped: PostgreSQL (SALDO_TEST_POSTGRES_URL is not set)"),
    }
}

async fn on_postgres(server: &str, test: impl AsyncFn(&Db)) {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let name = format!("saldo_store_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let admin = Database::connect(server).await.unwrap();
    admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let url = with_database(server, &name);
    let db = Db { store: Store::connect(&url, options()).await.unwrap(), url };
    let outcome = AssertUnwindSafe(test(&db)).catch_unwind().await;
    let _ = db.store.close().await;
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    admin.close().await.unwrap();
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

fn with_database(server: &str, name: &str) -> String {
    let (address, query) = server.split_once('?').map_or((server, None), |(address, query)| (address, Some(query)));
    let (scheme, rest) = address.split_once("://").expect("a postgres:// address");
    let host = rest.split('/').next().unwrap_or(rest);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{scheme}://{host}/{name}{query}")
}
