use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0023_outbound"
    }
}

/// Subscribers, what happened, and who was told of it.
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
CREATE TABLE subscribers (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    kinds TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('enabled', 'disabled', 'gone')),
    sealed_secret {bytes} NOT NULL,
    sealed_former {bytes},
    former_until {instant},
    created_at {instant} NOT NULL,
    failure_count {number} NOT NULL,
    failing_since {instant},
    paused_until {instant},
    lease_until {instant},
    fence {amount} NOT NULL,
    PRIMARY KEY (creditor_id, id),
    CHECK ((sealed_former IS NULL) = (former_until IS NULL)),
    FOREIGN KEY (creditor_id) REFERENCES creditors (id)
) {clustered};

CREATE TABLE outbound_events (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    kind TEXT NOT NULL,
    object_id {id} NOT NULL,
    sequence {amount} NOT NULL CHECK (sequence > 0),
    data TEXT NOT NULL,
    occurred_at {instant} NOT NULL,
    PRIMARY KEY (creditor_id, id),
    FOREIGN KEY (creditor_id) REFERENCES creditors (id)
) {clustered};
CREATE UNIQUE INDEX outbound_events_order ON outbound_events (creditor_id, object_id, sequence);
CREATE INDEX outbound_events_by_kind ON outbound_events (creditor_id, kind, id);
CREATE INDEX outbound_events_by_age ON outbound_events (occurred_at, creditor_id, id);

CREATE TABLE outbound_deliveries (
    creditor_id {id} NOT NULL,
    subscriber_id {id} NOT NULL,
    event_id {id} NOT NULL,
    object_id {id} NOT NULL,
    sequence {amount} NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead')),
    queued_at {instant} NOT NULL,
    due_at {instant},
    attempt_count {number} NOT NULL,
    attempted_at {instant},
    status_code {number},
    error TEXT,
    PRIMARY KEY (creditor_id, subscriber_id, event_id),
    CHECK ((state = 'waiting') = (due_at IS NOT NULL)),
    FOREIGN KEY (creditor_id, subscriber_id) REFERENCES subscribers (creditor_id, id),
    FOREIGN KEY (creditor_id, event_id) REFERENCES outbound_events (creditor_id, id)
) {clustered};
CREATE INDEX outbound_deliveries_due ON outbound_deliveries (creditor_id, subscriber_id, due_at, event_id) WHERE due_at IS NOT NULL;
CREATE UNIQUE INDEX outbound_deliveries_order ON outbound_deliveries (creditor_id, subscriber_id, object_id, sequence) WHERE due_at IS NOT NULL;
CREATE INDEX outbound_deliveries_dead ON outbound_deliveries (creditor_id, subscriber_id, event_id) WHERE state = 'dead';
CREATE INDEX outbound_deliveries_by_event ON outbound_deliveries (creditor_id, event_id);
";

const STATISTICS: &str = "
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('subscribers', 'subscribers', '1000 2 1'),
    ('outbound_events', 'outbound_events', '1000000 200000 1'),
    ('outbound_events', 'outbound_events_order', '1000000 200000 5 1'),
    ('outbound_events', 'outbound_events_by_kind', '1000000 200000 20000 1'),
    ('outbound_events', 'outbound_events_by_age', '1000000 2 1 1'),
    ('outbound_deliveries', 'outbound_deliveries', '1000000 200000 100000 1'),
    ('outbound_deliveries', 'outbound_deliveries_due', '1000 500 200 5 1'),
    ('outbound_deliveries', 'outbound_deliveries_order', '1000 500 200 2 1'),
    ('outbound_deliveries', 'outbound_deliveries_dead', '100 50 20 1'),
    ('outbound_deliveries', 'outbound_deliveries_by_event', '1000000 200000 2');
ANALYZE sqlite_schema;
";
