use std::fs;
use std::time::Duration;

use saldo_store::{Store, StoreOptions, TableDigest};
use sea_orm::{ConnectionTrait, Database as Connections, DbBackend, Statement};

use crate::installation::Installation;

/// What a database is at a moment.
pub struct Standing {
    /// The steps that are noted.
    pub applied: Vec<String>,
    /// All that is defined, in a text.
    pub schema: String,
    /// What each table holds.
    pub rows: Vec<TableDigest>,
}

const SQLITE: &str = "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') AS line FROM sqlite_schema \
    WHERE tbl_name <> 'seaql_migrations' ORDER BY 1";

const POSTGRES: &str = "
SELECT line FROM (
    SELECT 'column ' || table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable || ' '
           || COALESCE(column_default, '') || ' ' || COALESCE(collation_name, '') AS line
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'seaql_migrations'
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'seaql_migrations'
    UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid <> COALESCE(to_regclass('seaql_migrations')::oid, 0)
    UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT tablename || ' ' || policyname || ' ' || COALESCE(qual, '') FROM pg_policies
) AS lines ORDER BY line COLLATE \"C\"";

impl Standing {
    /// Looks at a database past the product's rules.
    pub async fn of(url: &str) -> Self {
        let store = Store::connect(url, StoreOptions::default()).await.expect("the database answers");
        let mut rows = store.moment().await.expect("a moment").digest().await.expect("every row is read");
        rows.retain(|table| table.table != "seaql_migrations");
        let applied = store.applied_migrations().await.expect("the steps");
        store.close().await.expect("it closes");
        Self { applied, schema: schema(url).await, rows }
    }
}

async fn schema(url: &str) -> String {
    let connection = Connections::connect(url).await.expect("the database answers");
    let backend = connection.get_database_backend();
    let sql = if backend == DbBackend::Postgres { POSTGRES } else { SQLITE };
    let lines = connection.query_all_raw(Statement::from_string(backend, sql)).await.expect("an answer");
    connection.close().await.expect("it closes");
    lines.iter().map(|row| row.try_get::<String>("", "line").expect("a line") + "\n").collect()
}

/// Whether a database has exactly the schema of the steps that it says it has been through.
pub fn schema_is(now: &Standing, schemas: &[String]) -> bool {
    schemas.get(now.applied.len()) == Some(&now.schema)
}

/// A copy of an installation's database that nobody uses.
pub struct Copied {
    /// Where it can be upgraded.
    pub place: Installation,
    /// On PostgreSQL: its server and its name, by which it is dropped again.
    dropped: Option<(String, String)>,
}

impl Copied {
    /// Copies it as it is.
    pub async fn of(from: &Installation) -> Self {
        let url = from.database_url();
        if let Some((server, name)) = url.rsplit_once('/').filter(|_| url.starts_with("postgres")) {
            let (copy, server) = (format!("{name}_copy"), format!("{server}/postgres"));
            let sql = format!("CREATE DATABASE {copy} TEMPLATE {name}");
            // The server lets go of a killed node's connections when it sees that they are broken.
            while let Err(error) = execute(&server, &sql).await {
                assert!(error.contains("being accessed"), "{sql}: {error}");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            let place = Installation::new(Some(&url.replace(name, &copy))).expect("it was there");
            return Self { place, dropped: Some((server, copy)) };
        }
        let place = Installation::new(None).expect("it was there");
        let store = Store::connect(&url, StoreOptions::default()).await.expect("the database answers");
        fs::create_dir_all(place.data()).expect("a folder");
        store.copy_into(&place.data().join("saldo.db")).await.expect("a copy");
        store.close().await.expect("it closes");
        Self { place, dropped: None }
    }

    /// Done with it.
    pub async fn drop_it(self) {
        if let Some((server, name)) = self.dropped {
            execute(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await.expect("it is dropped");
        }
    }
}

async fn execute(url: &str, sql: &str) -> Result<(), String> {
    let connection = Connections::connect(url).await.expect("the server answers");
    let done = connection.execute_unprepared(sql).await;
    connection.close().await.expect("it closes");
    done.map(|_| ()).map_err(|error| error.to_string())
}
