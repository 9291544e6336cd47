use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0005_work"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        super::run(manager, TABLES).await
    }
}

const TABLES: &str = "
CREATE TABLE jobs (
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
) {clustered};
CREATE INDEX jobs_claimable ON jobs (claimable_at, creditor_id, id) WHERE claimable_at IS NOT NULL;
CREATE UNIQUE INDEX jobs_once ON jobs (creditor_id, dedupe_key) WHERE dedupe_key IS NOT NULL AND state <> 'done';
CREATE INDEX jobs_dead ON jobs (creditor_id, id) WHERE state = 'dead';
CREATE INDEX jobs_finished ON jobs (finished_at) WHERE state = 'done';

CREATE TABLE idempotency_keys (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    idempotency_key TEXT NOT NULL,
    request_hash {bytes} NOT NULL,
    status {number} NOT NULL,
    body {bytes} NOT NULL,
    created_at {instant} NOT NULL,
    PRIMARY KEY (creditor_id, idempotency_key)
) {heap};
CREATE INDEX idempotency_keys_by_date ON idempotency_keys (created_at);

CREATE TABLE demo_mail (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    headers {json} NOT NULL,
    sent_at {instant} NOT NULL,
    PRIMARY KEY (creditor_id, id)
) {heap};
CREATE INDEX demo_mail_by_id ON demo_mail (id);
";
