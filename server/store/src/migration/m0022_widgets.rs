use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0022_widgets"
    }
}

/// Keys of widgets, sessions that come from one, and banners that were put away.
#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        super::run(manager, TABLES).await?;
        match super::dialect(manager) {
            Dialect::Sqlite => super::run(manager, STATISTICS).await,
            Dialect::Postgres => Ok(()),
        }
    }
}

const TABLES: &str = "
CREATE TABLE widget_keys (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    name TEXT NOT NULL,
    algorithm TEXT NOT NULL CHECK (algorithm IN ('HS256', 'EdDSA')),
    sealed_secret {bytes},
    public_key {bytes},
    created_at {instant} NOT NULL,
    revoked_at {instant},
    PRIMARY KEY (creditor_id, id),
    CHECK ((algorithm = 'HS256') = (sealed_secret IS NOT NULL)),
    CHECK ((algorithm = 'EdDSA') = (public_key IS NOT NULL)),
    FOREIGN KEY (creditor_id) REFERENCES creditors (id)
) {clustered};
ALTER TABLE sessions ADD COLUMN widget_scopes TEXT;
ALTER TABLE sessions ADD COLUMN return_url TEXT;
ALTER TABLE banners ADD COLUMN dismissed_at {instant};
ALTER TABLE banners ADD COLUMN snoozed_until {instant};
";

const STATISTICS: &str = "
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('widget_keys', 'widget_keys', '1000 5 1');
ANALYZE sqlite_schema;
";
