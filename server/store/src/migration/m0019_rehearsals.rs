use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0019_rehearsals"
    }
}

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
CREATE TABLE rehearsals (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    id {id} NOT NULL,
    policy_id {id} NOT NULL,
    revision {amount} NOT NULL,
    policy {json} NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'broken_off')),
    started_at {instant} NOT NULL,
    started_by {json} NOT NULL,
    finished_at {instant},
    from_at {instant} NOT NULL,
    until_at {instant} NOT NULL,
    debtor_count {amount} NOT NULL,
    done_count {amount} NOT NULL,
    after_debtor_id {id},
    line_count {amount} NOT NULL,
    summary {json} NOT NULL,
    PRIMARY KEY (creditor_id, id)
) {clustered};
CREATE INDEX rehearsals_by_policy ON rehearsals (creditor_id, policy_id, id);

CREATE TABLE rehearsal_lines (
    creditor_id {id} NOT NULL,
    rehearsal_id {id} NOT NULL,
    place {amount} NOT NULL,
    debtor_id {id} NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('same', 'added', 'removed', 'moved')),
    channel TEXT NOT NULL,
    line {json} NOT NULL,
    PRIMARY KEY (creditor_id, rehearsal_id, place),
    FOREIGN KEY (creditor_id, rehearsal_id) REFERENCES rehearsals (creditor_id, id) ON DELETE CASCADE
) {clustered};

CREATE INDEX debtors_by_creditor_contact ON debtors (creditor_id, next_contact_at, id) WHERE next_contact_at IS NOT NULL;
";

const STATISTICS: &str = "
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('rehearsals', 'rehearsals', '100 20 1'),
    ('rehearsals', 'rehearsals_by_policy', '100 20 2 1'),
    ('rehearsal_lines', 'rehearsal_lines', '1000000 200000 20000 1'),
    ('debtors', 'debtors_by_creditor_contact', '100000 20000 2 1');
ANALYZE sqlite_schema;
";
