use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0003_payments"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        super::run(manager, TABLES).await
    }
}

const TABLES: &str = "
CREATE TABLE attempts (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    account_id {id} NOT NULL,
    provider TEXT NOT NULL,
    amount_minor {amount} NOT NULL,
    currency {currency} NOT NULL,
    allocation_order {json} NOT NULL,
    balance_version {amount} NOT NULL,
    created_at {instant} NOT NULL,
    expires_at {instant} NOT NULL,
    checkout_reference TEXT,
    checkout_url TEXT,
    state_name TEXT NOT NULL,
    state {json} NOT NULL,
    is_open {bool} NOT NULL,
    PRIMARY KEY (creditor_id, id),
    FOREIGN KEY (creditor_id, account_id) REFERENCES accounts (creditor_id, id)
) {clustered};
CREATE INDEX attempts_by_id ON attempts (id);
CREATE INDEX attempts_by_debtor ON attempts (creditor_id, debtor_id, id);
CREATE INDEX attempts_open ON attempts (created_at, creditor_id, id) WHERE is_open;
CREATE INDEX attempts_open_by_debtor ON attempts (creditor_id, debtor_id) WHERE is_open;

CREATE TABLE payments (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    account_id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    attempt_id {id},
    provider TEXT NOT NULL,
    provider_reference TEXT NOT NULL,
    amount_minor {amount} NOT NULL CHECK (amount_minor > 0),
    currency {currency} NOT NULL,
    effective_on {date} NOT NULL,
    unapplied_minor {amount} NOT NULL CHECK (unapplied_minor >= 0),
    refunded_minor {amount} NOT NULL CHECK (refunded_minor >= 0 AND refunded_minor <= amount_minor),
    recorded_at {instant} NOT NULL,
    PRIMARY KEY (creditor_id, id),
    UNIQUE (creditor_id, provider, provider_reference),
    FOREIGN KEY (creditor_id, account_id) REFERENCES accounts (creditor_id, id)
) {clustered};
CREATE INDEX payments_by_debtor ON payments (creditor_id, debtor_id, id);
CREATE INDEX payments_with_credit ON payments (creditor_id, account_id, id) WHERE unapplied_minor > 0;

CREATE TABLE allocations (
    creditor_id {id} NOT NULL,
    payment_id {id} NOT NULL,
    line_number {number} NOT NULL,
    invoice_id {id} NOT NULL,
    amount_minor {amount} NOT NULL CHECK (amount_minor >= 0),
    PRIMARY KEY (creditor_id, payment_id, line_number),
    FOREIGN KEY (creditor_id, payment_id) REFERENCES payments (creditor_id, id)
) {clustered};
CREATE INDEX allocations_by_invoice ON allocations (creditor_id, invoice_id);

CREATE TABLE refunds (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    payment_id {id} NOT NULL,
    amount_minor {amount} NOT NULL CHECK (amount_minor > 0),
    currency {currency} NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('requested', 'succeeded', 'failed')),
    provider_reference TEXT,
    reason TEXT NOT NULL,
    failure TEXT,
    created_at {instant} NOT NULL,
    settled_at {instant},
    PRIMARY KEY (creditor_id, id),
    FOREIGN KEY (creditor_id, payment_id) REFERENCES payments (creditor_id, id)
) {clustered};
CREATE INDEX refunds_by_payment ON refunds (creditor_id, payment_id, id);
CREATE INDEX refunds_by_reference ON refunds (creditor_id, provider_reference);
CREATE INDEX refunds_open ON refunds (created_at, creditor_id, id) WHERE state = 'requested';

CREATE TABLE inbound_events (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    provider TEXT NOT NULL,
    event_reference TEXT NOT NULL,
    received_at {instant} NOT NULL,
    body {bytes} NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'worked', 'unmatched', 'refused', 'ignored')),
    note TEXT,
    worked_at {instant},
    PRIMARY KEY (creditor_id, id),
    UNIQUE (creditor_id, provider, event_reference)
) {heap};
CREATE INDEX inbound_events_by_state ON inbound_events (creditor_id, state, id);
";
