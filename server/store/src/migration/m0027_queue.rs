use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0027_queue"
    }
}

/// In a table without row ids SQLite reads whole rows to find one of them, and what a job is about is long: the queue becomes
/// a table with row ids, whose index holds the keys alone. In PostgreSQL every table is one. And a debtor's reminders, which are
/// few, are found by the index of their rungs as well.
#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        super::run(manager, "DROP INDEX reminders_by_debtor;").await?;
        match super::dialect(manager) {
            Dialect::Sqlite => super::run(manager, TABLES).await,
            Dialect::Postgres => Ok(()),
        }
    }
}

const TABLES: &str = "
CREATE TABLE jobs_with_rowid (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    kind TEXT NOT NULL,
    payload {json} NOT NULL,
    dedupe_key TEXT,
    state TEXT NOT NULL CHECK (state IN ('ready', 'leased', 'done', 'dead')),
    run_at {instant} NOT NULL,
    claimable_at {instant} CHECK ((state IN ('done', 'dead')) = (claimable_at IS NULL)),
    fence {amount} NOT NULL,
    attempt_count {number} NOT NULL,
    attempts_max {number} NOT NULL,
    last_error TEXT,
    finished_at {instant},
    PRIMARY KEY (creditor_id, id)
) {heap};
INSERT INTO jobs_with_rowid (creditor_id, id, kind, payload, dedupe_key, state, run_at, claimable_at, fence, attempt_count,
    attempts_max, last_error, finished_at)
    SELECT creditor_id, id, kind, payload, dedupe_key, state, run_at, claimable_at, fence, attempt_count, attempts_max,
    last_error, finished_at FROM jobs;
DROP TABLE jobs;
ALTER TABLE jobs_with_rowid RENAME TO jobs;
CREATE INDEX jobs_claimable ON jobs (claimable_at, creditor_id, id) WHERE claimable_at IS NOT NULL;
CREATE UNIQUE INDEX jobs_once ON jobs (creditor_id, dedupe_key)
    WHERE dedupe_key IS NOT NULL AND state IN ('ready', 'leased');
CREATE INDEX jobs_dead ON jobs (creditor_id, id) WHERE state = 'dead';
CREATE INDEX jobs_finished ON jobs (finished_at) WHERE state = 'done';
DELETE FROM sqlite_stat1 WHERE tbl IN ('jobs', 'jobs_with_rowid');
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('jobs', 'sqlite_autoindex_jobs_1', '1000000 200000 1'),
    ('jobs', 'jobs_claimable', '1000 2 2 1'),
    ('jobs', 'jobs_once', '1000 200 1'),
    ('jobs', 'jobs_dead', '1000 200 1'),
    ('jobs', 'jobs_finished', '1000 2');
ANALYZE sqlite_schema;
";
