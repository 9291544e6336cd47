use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0014_codes"
    }
}

/// Fresh codes, and the sessions that entered one.
#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        super::run(manager, CODES).await?;
        match super::dialect(manager) {
            Dialect::Sqlite => super::run(manager, STATISTICS).await,
            Dialect::Postgres => Ok(()),
        }
    }
}

const CODES: &str = "
ALTER TABLE sessions ADD COLUMN fresh_until {instant};

CREATE TABLE codes (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    session_hash {bytes} NOT NULL,
    code_hash {bytes} NOT NULL,
    issued_at {instant} NOT NULL,
    expires_at {instant} NOT NULL,
    tries_left {number} NOT NULL CHECK (tries_left >= 0),
    used_at {instant},
    PRIMARY KEY (creditor_id, id),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};
CREATE INDEX codes_by_debtor ON codes (creditor_id, debtor_id, id);
CREATE INDEX codes_by_end ON codes (expires_at);
";

const STATISTICS: &str = "
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('codes', 'codes', '10000 2000 1'),
    ('codes', 'codes_by_debtor', '10000 2000 3 1'),
    ('codes', 'codes_by_end', '10000 2');
ANALYZE sqlite_schema;
";
