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

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
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
    outcome TEXT NOT NULL CHECK (outcome IN ('reached', 'no_answer', 'wrong_number', 'promised', 'disputed', 'call_again')),
    note TEXT NOT NULL,
    call_back_at {instant},
    step_offset {number} NOT NULL,
    step_due_on {date} NOT NULL,
    PRIMARY KEY (creditor_id, id),
    FOREIGN KEY (creditor_id, task_id) REFERENCES call_tasks (creditor_id, id),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};
CREATE INDEX calls_by_task ON calls (creditor_id, task_id, id);
CREATE INDEX calls_by_debtor ON calls (creditor_id, debtor_id, called_at);
CREATE INDEX calls_by_day ON calls (creditor_id, called_at, agent_id, outcome);
CREATE INDEX messages_of_reminders ON messages (creditor_id, handed_off_at, id) WHERE purpose = 'reminder';
";

const STATISTICS: &str = "
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('calls', 'calls', '100000 20000 1'),
    ('calls', 'calls_by_task', '100000 20000 2 1'),
    ('calls', 'calls_by_debtor', '100000 20000 5 1'),
    ('calls', 'calls_by_day', '100000 20000 2 1 1'),
    ('messages', 'messages_of_reminders', '1000000 200000 2 1');
ANALYZE sqlite_schema;
";
