use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0020_call_work"
    }
}

/// Calls that were made, and the way to the messages of a period.
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
CREATE TABLE calls (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    task_id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    called_at {instant} NOT NULL,
    called_by {json} NOT NULL,
    agent_id {id},
    outcome TEXT CHECK (outcome IN ('reached', 'no_answer', 'wrong_number', 'promised', 'disputed', 'call_again')),
    note TEXT NOT NULL,
    call_back_at {instant},
    ended_at {instant},
    step_offset {number} NOT NULL,
    step_due_on {date} NOT NULL,
    PRIMARY KEY (creditor_id, id),
    CHECK ((ended_at IS NULL) = (outcome IS NULL)),
    FOREIGN KEY (creditor_id, task_id) REFERENCES call_tasks (creditor_id, id),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};
CREATE INDEX calls_by_task ON calls (creditor_id, task_id, id);
CREATE INDEX calls_by_debtor ON calls (creditor_id, debtor_id, called_at);
CREATE INDEX calls_by_day ON calls (creditor_id, called_at, agent_id, outcome);
CREATE UNIQUE INDEX calls_under_way ON calls (creditor_id, task_id) WHERE ended_at IS NULL;
CREATE INDEX decisions_by_reason ON decisions (creditor_id, why, id);
CREATE INDEX reminders_by_hand_off ON reminders (creditor_id, handed_off_at, id) WHERE handed_off_at IS NOT NULL;
";

const STATISTICS: &str = "
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('calls', 'calls', '100000 20000 1'),
    ('calls', 'calls_by_task', '100000 20000 2 1'),
    ('calls', 'calls_by_debtor', '100000 20000 5 1'),
    ('calls', 'calls_under_way', '100 20 1'),
    ('decisions', 'decisions_by_reason', '1000000 200000 20000 1'),
    ('calls', 'calls_by_day', '100000 20000 2 1 1'),
    ('reminders', 'reminders_by_hand_off', '1000000 200000 2 1');
ANALYZE sqlite_schema;
";
