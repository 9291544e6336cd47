//! A database of its own for every test.

use std::collections::hash_map::RandomState;
use std::env;
use std::hash::{BuildHasher, Hasher};
use std::thread;

use sea_orm::{ConnectionTrait, Database as Connections, DbErr};
use tokio::runtime;

use crate::needs;

/// A fresh PostgreSQL database, dropped with this value.
pub struct Database {
    name: String,
    server: String,
    /// Its address for a superuser, who sees past row-level security.
    pub url: String,
    /// Its address for a role like that of a real installation: it owns this database and nothing else.
    pub walled_url: String,
}

impl Database {
    /// Makes one on the server of `SALDO_TEST_POSTGRES_URL`; without a server the test is skipped, loudly.
    ///
    /// # Panics
    /// When the server refuses, or is missing under `tests/run`.
    pub async fn create() -> Option<Self> {
        let Ok(server) = env::var("SALDO_TEST_POSTGRES_URL") else {
            needs::missing("PostgreSQL (SALDO_TEST_POSTGRES_URL)");
            return None;
        };
        let name = format!("saldo_{:x}_{:x}", std::process::id(), RandomState::new().build_hasher().finish());
        execute(&server, ROLE).await.expect("a superuser makes roles");
        let create = format!("CREATE DATABASE {name} OWNER saldo_walled");
        execute(&server, &create).await.expect("a superuser makes databases");
        let url = with_database(&server, &name);
        let walled_url = with_role(&url, "saldo_walled");
        Some(Self { name, server, url, walled_url })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (server, sql) = (self.server.clone(), format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        // A thread of its own: the test's runtime is busy ending, or unwinding.
        let dropped = thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build().ok()?;
            runtime.block_on(execute(&server, &sql)).ok()
        });
        let _ = dropped.join();
    }
}

async fn execute(url: &str, sql: &str) -> Result<(), DbErr> {
    let connection = Connections::connect(url).await?;
    connection.execute_unprepared(sql).await?;
    connection.close().await
}

/// Tests that run at once make it once.
const ROLE: &str = "DO $$ BEGIN CREATE ROLE saldo_walled LOGIN; \
                    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$";

/// `postgres://user@host` for another role, without a password: tests trust who comes.
fn with_role(url: &str, role: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
    let place = rest.split_once('@').map_or(rest, |(_, place)| place);
    format!("{scheme}://{role}@{place}")
}

/// `postgres://user@host:port/postgres?x=y` with another database.
fn with_database(server: &str, name: &str) -> String {
    let (base, query) = server.split_once('?').map_or((server, None), |(base, query)| (base, Some(query)));
    let authority_end = base.find("://").map_or(0, |at| at + 3);
    let path = base[authority_end..].find('/').map_or(base.len(), |at| authority_end + at);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}/{name}{query}", &base[..path])
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn the_database_of_a_url_is_replaced_and_nothing_else() {
        for (server, expected) in [
            ("postgres://saldo@127.0.0.1:5433/postgres", "postgres://saldo@127.0.0.1:5433/one"),
            ("postgres://saldo@127.0.0.1:5433", "postgres://saldo@127.0.0.1:5433/one"),
            ("postgres://a:b@h/p?sslmode=disable", "postgres://a:b@h/one?sslmode=disable"),
        ] {
            assert_eq!(with_database(server, "one"), expected);
        }
    }
}
