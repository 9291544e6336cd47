use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0010_policies"
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
CREATE TABLE policies (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    id {id} NOT NULL,
    family_id {id} NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('discount', 'plan_template', 'late_fee')),
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
CREATE UNIQUE INDEX policies_one_draft ON policies (creditor_id, family_id) WHERE word = 'draft';
CREATE INDEX policies_by_kind ON policies (creditor_id, kind, id);
CREATE INDEX policies_by_family ON policies (creditor_id, family_id, id);

CREATE TABLE late_charges (
    creditor_id {id} NOT NULL,
    item_id {id} NOT NULL,
    of_id {id} NOT NULL,
    policy_id {id} NOT NULL,
    to_on {date} NOT NULL,
    amount_minor {amount} NOT NULL CHECK (amount_minor > 0),
    line {json} NOT NULL,
    PRIMARY KEY (creditor_id, item_id),
    FOREIGN KEY (creditor_id, item_id) REFERENCES invoices (creditor_id, id),
    FOREIGN KEY (creditor_id, of_id) REFERENCES invoices (creditor_id, id)
) {clustered};
CREATE INDEX late_charges_by_item ON late_charges (creditor_id, of_id, item_id);

CREATE TABLE late_charge_rounds (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    begun_on {date} NOT NULL,
    PRIMARY KEY (creditor_id)
) {clustered};
";

const STATISTICS: &str = "
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('policies', 'policies', '1000 200 1'),
    ('policies', 'policies_one_draft', '100 20 1'),
    ('policies', 'policies_by_kind', '1000 200 70 1'),
    ('policies', 'policies_by_family', '1000 200 5 1'),
    ('late_charge_rounds', 'late_charge_rounds', '1000 1'),
    ('late_charges', 'late_charges', '1000000 200000 1'),
    ('late_charges', 'late_charges_by_item', '1000000 200000 5 1');
ANALYZE sqlite_schema;
";
