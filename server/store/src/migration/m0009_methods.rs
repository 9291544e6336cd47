use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0009_methods"
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
CREATE TABLE method_setups (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    provider TEXT NOT NULL,
    reference TEXT,
    created_at {instant} NOT NULL,
    expires_at {instant} NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'saved', 'expired', 'failed')),
    ended_at {instant},
    PRIMARY KEY (creditor_id, id),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};
CREATE INDEX method_setups_by_id ON method_setups (id);
CREATE INDEX method_setups_open ON method_setups (created_at, creditor_id, id) WHERE state = 'open';

CREATE TABLE saved_methods (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    provider TEXT NOT NULL,
    holder_reference TEXT NOT NULL,
    method_reference TEXT NOT NULL,
    kind TEXT NOT NULL,
    brand TEXT NOT NULL,
    last4 TEXT NOT NULL CHECK (length(last4) <= 4),
    expires_year {number},
    expires_month {number},
    saved_at {instant} NOT NULL,
    removed_at {instant},
    PRIMARY KEY (creditor_id, id),
    UNIQUE (creditor_id, provider, method_reference),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};
CREATE INDEX saved_methods_by_debtor ON saved_methods (creditor_id, debtor_id, id);

CREATE TABLE autopay_plans (
    creditor_id {id} NOT NULL,
    plan_id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    look_at {instant},
    PRIMARY KEY (creditor_id, plan_id),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};
CREATE INDEX autopay_plans_by_debtor ON autopay_plans (creditor_id, debtor_id);
CREATE INDEX autopay_plans_due ON autopay_plans (look_at, creditor_id, plan_id) WHERE look_at IS NOT NULL;

CREATE TABLE autopay_charges (
    creditor_id {id} NOT NULL,
    plan_id {id} NOT NULL,
    instalment {number} NOT NULL CHECK (instalment >= 0),
    try_number {number} NOT NULL CHECK (try_number >= 1),
    debtor_id {id} NOT NULL,
    announced_at {instant},
    method_id {id},
    attempt_id {id},
    charged_at {instant},
    told_at {instant},
    PRIMARY KEY (creditor_id, plan_id, instalment, try_number),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};
CREATE INDEX autopay_charges_by_debtor ON autopay_charges (creditor_id, debtor_id, plan_id);

CREATE TABLE chargebacks (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    payment_id {id} NOT NULL,
    provider TEXT NOT NULL,
    reference TEXT NOT NULL,
    amount_minor {amount} NOT NULL CHECK (amount_minor > 0),
    currency {currency} NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('opened', 'won', 'lost')),
    opened_at {instant} NOT NULL,
    ended_at {instant},
    PRIMARY KEY (creditor_id, id),
    UNIQUE (creditor_id, provider, reference),
    FOREIGN KEY (creditor_id, payment_id) REFERENCES payments (creditor_id, id)
) {clustered};
CREATE INDEX chargebacks_by_debtor ON chargebacks (creditor_id, debtor_id, id);

CREATE TABLE given_back (
    creditor_id {id} NOT NULL,
    movement_key TEXT NOT NULL,
    payment_id {id} NOT NULL,
    amount_minor {amount} NOT NULL CHECK (amount_minor > 0),
    currency {currency} NOT NULL,
    taken {json} NOT NULL,
    restored_at {instant},
    PRIMARY KEY (creditor_id, movement_key),
    FOREIGN KEY (creditor_id, payment_id) REFERENCES payments (creditor_id, id)
) {clustered};
";

const STATISTICS: &str = "
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('method_setups', 'method_setups', '1000000 200000 1'),
    ('method_setups', 'method_setups_by_id', '1000000 1'),
    ('method_setups', 'method_setups_open', '1000 2 2 1'),
    ('saved_methods', 'saved_methods', '1000000 200000 1'),
    ('saved_methods', 'sqlite_autoindex_saved_methods_2', '1000000 200000 100000 1'),
    ('saved_methods', 'saved_methods_by_debtor', '1000000 200000 4 1'),
    ('autopay_plans', 'autopay_plans', '1000000 200000 1'),
    ('autopay_plans', 'autopay_plans_by_debtor', '1000000 200000 2'),
    ('autopay_plans', 'autopay_plans_due', '1000000 2 2 1'),
    ('autopay_charges', 'autopay_charges', '1000000 200000 20 2 1'),
    ('autopay_charges', 'autopay_charges_by_debtor', '1000000 200000 20 10'),
    ('chargebacks', 'chargebacks', '1000000 200000 1'),
    ('chargebacks', 'sqlite_autoindex_chargebacks_2', '1000000 200000 100000 1'),
    ('chargebacks', 'chargebacks_by_debtor', '1000000 200000 4 1'),
    ('given_back', 'given_back', '1000000 200000 1');
ANALYZE sqlite_schema;
";
