use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0012_claims"
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
CREATE TABLE disputes (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    invoice_id {id} NOT NULL,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    opened_at {instant} NOT NULL,
    opened_by {json} NOT NULL,
    state_name TEXT NOT NULL CHECK (state_name IN ('open', 'resolved', 'withdrawn')),
    state {json} NOT NULL,
    PRIMARY KEY (creditor_id, id),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id),
    FOREIGN KEY (creditor_id, invoice_id) REFERENCES invoices (creditor_id, id)
) {clustered};
CREATE UNIQUE INDEX disputes_open ON disputes (creditor_id, invoice_id) WHERE state_name = 'open';
CREATE INDEX disputes_by_debtor ON disputes (creditor_id, debtor_id, id);
CREATE INDEX disputes_by_state ON disputes (creditor_id, state_name, id);

CREATE TABLE promises (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    account_id {id} NOT NULL,
    amount_minor {amount} CHECK (amount_minor > 0),
    owed_minor {amount} NOT NULL CHECK (owed_minor > 0),
    currency {currency} NOT NULL,
    promised_on {date} NOT NULL,
    made_at {instant} NOT NULL,
    made_by {json} NOT NULL,
    withdrawn {json},
    PRIMARY KEY (creditor_id, id),
    FOREIGN KEY (creditor_id, account_id) REFERENCES accounts (creditor_id, id)
) {clustered};
CREATE INDEX promises_by_debtor ON promises (creditor_id, debtor_id, id);
CREATE INDEX promises_by_date ON promises (creditor_id, promised_on, id);

CREATE TABLE transfers (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    account_id {id} NOT NULL,
    amount_minor {amount} NOT NULL CHECK (amount_minor > 0),
    currency {currency} NOT NULL,
    made_on {date} NOT NULL,
    reference TEXT,
    declared_at {instant} NOT NULL,
    declared_by {json} NOT NULL,
    state_name TEXT NOT NULL CHECK (state_name IN ('waiting', 'matched', 'rejected')),
    state {json} NOT NULL,
    PRIMARY KEY (creditor_id, id),
    FOREIGN KEY (creditor_id, account_id) REFERENCES accounts (creditor_id, id)
) {clustered};
CREATE INDEX transfers_by_debtor ON transfers (creditor_id, debtor_id, id);
CREATE INDEX transfers_by_state ON transfers (creditor_id, state_name, id);

CREATE TABLE holds (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    reason TEXT NOT NULL,
    from_at {instant} NOT NULL,
    until_on {date} NOT NULL,
    placed_by {json} NOT NULL,
    ended {json},
    PRIMARY KEY (creditor_id, id),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};
CREATE INDEX holds_by_debtor ON holds (creditor_id, debtor_id, id);

CREATE TABLE settlement_offers (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    account_id {id} NOT NULL,
    items {json} NOT NULL,
    pay_minor {amount} NOT NULL CHECK (pay_minor > 0),
    full_minor {amount} NOT NULL CHECK (full_minor > pay_minor),
    currency {currency} NOT NULL,
    until_at {instant} NOT NULL,
    offered_at {instant} NOT NULL,
    offered_by {json} NOT NULL,
    state_name TEXT NOT NULL CHECK (state_name IN ('open', 'taken', 'withdrawn', 'lapsed')),
    state {json} NOT NULL,
    PRIMARY KEY (creditor_id, id),
    FOREIGN KEY (creditor_id, account_id) REFERENCES accounts (creditor_id, id)
) {clustered};
CREATE INDEX settlement_offers_by_debtor ON settlement_offers (creditor_id, debtor_id, id);

CREATE TABLE attachments (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    dispute_id {id},
    transfer_id {id},
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    byte_count {amount} NOT NULL,
    bytes {bytes} NOT NULL,
    sent_at {instant} NOT NULL,
    sent_by {json} NOT NULL,
    PRIMARY KEY (creditor_id, id),
    CHECK ((dispute_id IS NULL) <> (transfer_id IS NULL)),
    FOREIGN KEY (creditor_id, dispute_id) REFERENCES disputes (creditor_id, id),
    FOREIGN KEY (creditor_id, transfer_id) REFERENCES transfers (creditor_id, id)
) {heap};
CREATE INDEX attachments_by_debtor ON attachments (creditor_id, debtor_id, id);
CREATE INDEX attachments_by_dispute ON attachments (creditor_id, dispute_id, id);
CREATE INDEX attachments_by_transfer ON attachments (creditor_id, transfer_id, id);
";

const STATISTICS: &str = "
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('disputes', 'disputes', '1000000 200000 1'),
    ('disputes', 'disputes_open', '1000 200 1'),
    ('disputes', 'disputes_by_debtor', '1000000 200000 20 1'),
    ('disputes', 'disputes_by_state', '1000000 200000 50000 1'),
    ('promises', 'promises', '1000000 200000 1'),
    ('promises', 'promises_by_debtor', '1000000 200000 20 1'),
    ('promises', 'promises_by_date', '1000000 200000 200 1'),
    ('transfers', 'transfers', '1000000 200000 1'),
    ('transfers', 'transfers_by_debtor', '1000000 200000 20 1'),
    ('transfers', 'transfers_by_state', '1000000 200000 50000 1'),
    ('holds', 'holds', '1000000 200000 1'),
    ('holds', 'holds_by_debtor', '1000000 200000 20 1'),
    ('settlement_offers', 'settlement_offers', '1000000 200000 1'),
    ('settlement_offers', 'settlement_offers_by_debtor', '1000000 200000 20 1'),
    ('attachments', 'sqlite_autoindex_attachments_1', '1000000 200000 1'),
    ('attachments', 'attachments_by_debtor', '1000000 200000 20 1'),
    ('attachments', 'attachments_by_dispute', '1000000 200000 3 1'),
    ('attachments', 'attachments_by_transfer', '1000000 200000 3 1');
ANALYZE sqlite_schema;
";
