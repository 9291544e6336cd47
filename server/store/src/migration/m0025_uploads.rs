use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0025_uploads"
    }
}

/// Uploads that wait to be booked, where every node finds them.
#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        super::run(manager, TABLES).await?;
        match super::dialect(manager) {
            Dialect::Sqlite => super::run(manager, STATISTICS).await,
            Dialect::Postgres => super::run(manager, WALL).await,
        }
    }
}

const TABLES: &str = "
CREATE TABLE import_pieces (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    import_id {id} NOT NULL,
    place {number} NOT NULL CHECK (place >= 0),
    bytes {bytes} NOT NULL,
    PRIMARY KEY (creditor_id, import_id, place)
) {heap};
";

const STATISTICS: &str = "
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('import_pieces', 'sqlite_autoindex_import_pieces_1', '1000 200 50 1');
ANALYZE sqlite_schema;
";

const WALL: &str = "
ALTER TABLE import_pieces ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_pieces FORCE ROW LEVEL SECURITY;
CREATE POLICY wall ON import_pieces USING (creditor_id = current_setting('app.creditor', true)::uuid);
";
