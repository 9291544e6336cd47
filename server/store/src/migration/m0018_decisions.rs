use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0018_decisions"
    }
}

/// Why each reminder was sent or held; how fresh a creditor's books are; what was tried for a rung. A dead job no longer
/// keeps the key of its work: the same work may be asked for again.
#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        super::run(manager, TABLES).await?;
        match super::dialect(manager) {
            Dialect::Sqlite => super::run(manager, STATISTICS).await,
            Dialect::Postgres => super::run(manager, BELL).await,
        }
    }
}

const TABLES: &str = "
CREATE TABLE decisions (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    decided_at {instant} NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('send', 'wait', 'stop')),
    why TEXT NOT NULL,
    until_at {instant} CHECK ((outcome = 'wait') = (until_at IS NOT NULL)),
    step_offset {number},
    step_due_on {date} CHECK ((step_offset IS NULL) = (step_due_on IS NULL)),
    channel TEXT,
    policy_id {id},
    rules TEXT NOT NULL,
    rules_version {number} NOT NULL,
    PRIMARY KEY (creditor_id, id)
) {clustered};
CREATE INDEX decisions_by_debtor ON decisions (creditor_id, debtor_id, id);
CREATE INDEX decisions_by_age ON decisions (decided_at, creditor_id, id);

CREATE TABLE freshness (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    fresh_at {instant} NOT NULL,
    told_at {instant},
    PRIMARY KEY (creditor_id)
) {clustered};
INSERT INTO freshness (creditor_id, fresh_at)
    SELECT creditor_id, MAX(created_at) FROM imports WHERE state = 'booked' GROUP BY creditor_id;

ALTER TABLE reminders ADD COLUMN tried {json} NOT NULL DEFAULT '[]';

DROP INDEX jobs_once;
CREATE UNIQUE INDEX jobs_once ON jobs (creditor_id, dedupe_key)
    WHERE dedupe_key IS NOT NULL AND state IN ('ready', 'leased');
";

/// Every node that waits for jobs hears of new ones when they are committed.
const BELL: &str = "
CREATE FUNCTION ring_for_jobs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('saldo_jobs', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER jobs_ring AFTER INSERT ON jobs FOR EACH STATEMENT EXECUTE FUNCTION ring_for_jobs();
";

const STATISTICS: &str = "
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('decisions', 'decisions', '1000000 200000 1'),
    ('decisions', 'decisions_by_debtor', '1000000 200000 20 1'),
    ('decisions', 'decisions_by_age', '1000000 2 2 1'),
    ('freshness', 'freshness', '1000 1'),
    ('jobs', 'jobs_once', '1000 200 1');
ANALYZE sqlite_schema;
";
