use crate::codec::{currency, instant, to_json};
use crate::{Dialect, StoreFault};
use saldo_domain::actor::Actor;
use saldo_domain::policy::PolicyState;
use saldo_domain::reminder::DunningPolicy;
use sea_orm::prelude::DateTimeUtc;
use sea_orm::{ConnectionTrait, DbErr, Statement, Value as SqlValue};
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};
use uuid::Uuid;

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0015_dunning"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match super::dialect(manager) {
            Dialect::Sqlite => super::run(manager, KINDS_SQLITE).await?,
            Dialect::Postgres => super::run(manager, KINDS_POSTGRES).await?,
        }
        standard_ladders(manager).await?;
        super::run(manager, REMINDERS).await
    }
}

/// Who had the standard ladder keeps it, as a published policy in the creditor's own currency. No door ever wrote another.
async fn standard_ladders(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let (connection, backend) = (manager.get_connection(), manager.get_database_backend());
    let corrupt = |fault: StoreFault| DbErr::Custom(fault.to_string());
    for row in connection.query_all_raw(Statement::from_string(backend, LADDERS)).await? {
        let (creditor_id, id): (Uuid, Uuid) = (row.try_get("", "creditor_id")?, row.try_get("", "id")?);
        let began_at: DateTimeUtc = row.try_get("", "created_at")?;
        let code: String = row.try_get("", "currency")?;
        let (at, by) = (instant(began_at).map_err(corrupt)?, Actor::System);
        let state = PolicyState::Published { from_at: at, until_at: None, published_at: at, by };
        let body = DunningPolicy::standard(currency(code.trim()).map_err(corrupt)?);
        let json = |value: Result<serde_json::Value, StoreFault>| value.map(SqlValue::from).map_err(corrupt);
        let values: [SqlValue; 8] = [
            creditor_id.into(),
            id.into(),
            format!("Standard ({})", code.trim()).into(),
            json(to_json(&state))?,
            began_at.into(),
            json(to_json(&body))?,
            began_at.into(),
            json(to_json(&by))?,
        ];
        connection.execute_raw(Statement::from_sql_and_values(backend, CARRY, values)).await?;
    }
    Ok(())
}

const LADDERS: &str = "
SELECT creditors.id AS creditor_id, creditors.currency AS currency, policies.id AS id, policies.created_at AS created_at
FROM creditors JOIN dunning_policies AS policies ON policies.creditor_id = creditors.id
WHERE NOT EXISTS (SELECT 1 FROM dunning_policies AS later
    WHERE later.creditor_id = policies.creditor_id AND later.created_at > policies.created_at)";

const CARRY: &str = "
INSERT INTO policies (creditor_id, id, family_id, kind, name, revision, word, state, from_at, until_at, body, created_at,
    changed_at, changed_by)
VALUES ($1, $2, $2, 'dunning', $3, 1, 'published', $4, $5, NULL, $6, $7, $7, $8)";

const KINDS_SQLITE: &str = "
CREATE TABLE policies_of_all_kinds (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    id {id} NOT NULL,
    family_id {id} NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('discount', 'plan_template', 'late_fee', 'dunning', 'message_template')),
    name TEXT NOT NULL,
    revision {amount} NOT NULL,
    word TEXT NOT NULL CHECK (word IN ('draft', 'published', 'withdrawn')),
    state {json} NOT NULL,
    from_at {instant} CHECK ((word = 'draft') = (from_at IS NULL)),
    until_at {instant},
    body {json} NOT NULL,
    created_at {instant} NOT NULL,
    changed_at {instant} NOT NULL,
    changed_by {json} NOT NULL,
    PRIMARY KEY (creditor_id, id)
) {clustered};
INSERT INTO policies_of_all_kinds SELECT creditor_id, id, family_id, kind, name, revision, word, state, from_at, until_at,
    body, created_at, changed_at, changed_by FROM policies;
DROP TABLE policies;
ALTER TABLE policies_of_all_kinds RENAME TO policies;
CREATE UNIQUE INDEX policies_one_draft ON policies (creditor_id, family_id) WHERE word = 'draft';
CREATE INDEX policies_by_kind ON policies (creditor_id, kind, id);
CREATE INDEX policies_by_family ON policies (creditor_id, family_id, id);
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('policies', 'policies', '1000 200 1'),
    ('policies', 'policies_one_draft', '100 20 1'),
    ('policies', 'policies_by_kind', '1000 200 70 1'),
    ('policies', 'policies_by_family', '1000 200 5 1');
ANALYZE sqlite_schema;
";

const KINDS_POSTGRES: &str = "
ALTER TABLE policies DROP CONSTRAINT policies_kind_check;
ALTER TABLE policies ADD CONSTRAINT policies_kind_check
    CHECK (kind IN ('discount', 'plan_template', 'late_fee', 'dunning', 'message_template'));
";

const REMINDERS: &str = "
ALTER TABLE reminders ADD COLUMN step_place {number} NOT NULL DEFAULT 0;
DROP TABLE dunning_policies;
";
