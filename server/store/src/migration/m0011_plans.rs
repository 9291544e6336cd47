use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0011_plans"
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

/// An item is in one live plan at most: the database itself refuses the second.
const TABLES: &str = "
CREATE TABLE payment_plans (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    account_id {id} NOT NULL,
    template_id {id} NOT NULL,
    currency {currency} NOT NULL,
    total_minor {amount} NOT NULL CHECK (total_minor > 0),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'active', 'completed', 'broken', 'canceled')),
    waits_for TEXT CHECK (waits_for IS NULL OR (waits_for IN ('debtor', 'finance') AND state = 'proposed')),
    body {json} NOT NULL,
    accepted_at {instant},
    accepted_text TEXT CHECK ((accepted_text IS NULL) = (accepted_at IS NULL)),
    accepted_from TEXT CHECK ((accepted_from IS NULL) = (accepted_at IS NULL)),
    accepted_in TEXT CHECK ((accepted_in IS NULL) = (accepted_at IS NULL)),
    proposed_at {instant} NOT NULL,
    review_at {instant},
    PRIMARY KEY (creditor_id, id),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id),
    FOREIGN KEY (creditor_id, account_id) REFERENCES accounts (creditor_id, id),
    CHECK (state NOT IN ('active', 'completed', 'broken') OR accepted_at IS NOT NULL),
    CHECK (review_at IS NULL OR state IN ('proposed', 'active'))
) {clustered};
CREATE INDEX payment_plans_by_debtor ON payment_plans (creditor_id, debtor_id, id);
CREATE INDEX payment_plans_by_state ON payment_plans (creditor_id, state, id);
CREATE INDEX payment_plans_waiting ON payment_plans (creditor_id, waits_for, id) WHERE waits_for IS NOT NULL;
CREATE INDEX payment_plans_by_review ON payment_plans (review_at, creditor_id, id) WHERE review_at IS NOT NULL;

CREATE TABLE payment_plan_items (
    creditor_id {id} NOT NULL,
    plan_id {id} NOT NULL,
    invoice_id {id} NOT NULL,
    is_live {bool} NOT NULL,
    PRIMARY KEY (creditor_id, plan_id, invoice_id),
    FOREIGN KEY (creditor_id, plan_id) REFERENCES payment_plans (creditor_id, id),
    FOREIGN KEY (creditor_id, invoice_id) REFERENCES invoices (creditor_id, id)
) {clustered};
CREATE UNIQUE INDEX payment_plan_items_live ON payment_plan_items (creditor_id, invoice_id) WHERE is_live;
CREATE INDEX payment_plan_items_by_invoice ON payment_plan_items (creditor_id, invoice_id);
";

const STATISTICS: &str = "
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('payment_plans', 'payment_plans', '1000000 200000 1'),
    ('payment_plans', 'payment_plans_by_debtor', '1000000 200000 20 1'),
    ('payment_plans', 'payment_plans_by_state', '1000000 200000 50000 1'),
    ('payment_plans', 'payment_plans_waiting', '1000 200 100 1'),
    ('payment_plans', 'payment_plans_by_review', '100000 2 2 1'),
    ('payment_plan_items', 'payment_plan_items', '1000000 200000 10 1'),
    ('payment_plan_items', 'payment_plan_items_live', '100000 20000 1'),
    ('payment_plan_items', 'payment_plan_items_by_invoice', '1000000 200000 2');
ANALYZE sqlite_schema;
";
