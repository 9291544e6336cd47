use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0017_messages"
    }
}

/// The log of messages, what waits on paper, for a call or in the widget, and what debtors answer.
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
CREATE TABLE messages (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    reminder_id {id},
    purpose TEXT NOT NULL CHECK (purpose IN ('reminder', 'receipt', 'invoice', 'link', 'code', 'notice')),
    channel TEXT NOT NULL,
    template TEXT,
    language TEXT NOT NULL,
    recipient TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('handing_off', 'sent', 'delivered', 'read', 'bounced', 'complained', 'failed', 'unknown')),
    in_trouble {bool} NOT NULL,
    provider_reference TEXT,
    error TEXT,
    handed_off_at {instant} NOT NULL,
    finished_at {instant},
    PRIMARY KEY (creditor_id, id),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};
CREATE INDEX messages_by_debtor ON messages (creditor_id, debtor_id, id);
CREATE INDEX messages_by_reference ON messages (creditor_id, channel, provider_reference) WHERE provider_reference IS NOT NULL;
CREATE INDEX messages_in_trouble ON messages (creditor_id, id) WHERE in_trouble;

CREATE TABLE letters (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    content {json} NOT NULL,
    written_at {instant} NOT NULL,
    posted_at {instant},
    posted_by {json},
    PRIMARY KEY (creditor_id, id),
    CHECK ((posted_at IS NULL) = (posted_by IS NULL)),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};
CREATE INDEX letters_waiting ON letters (creditor_id, id) WHERE posted_at IS NULL;

CREATE TABLE call_tasks (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    phone TEXT,
    script TEXT NOT NULL,
    written_at {instant} NOT NULL,
    agent_id {id},
    call_at {instant},
    ended {json},
    is_open {bool} NOT NULL,
    PRIMARY KEY (creditor_id, id),
    CHECK (is_open = (ended IS NULL)),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};
CREATE INDEX call_tasks_open ON call_tasks (creditor_id, id) WHERE is_open;
CREATE INDEX call_tasks_by_agent ON call_tasks (creditor_id, agent_id, id) WHERE agent_id IS NOT NULL;
CREATE INDEX call_tasks_by_debtor ON call_tasks (creditor_id, debtor_id, id);

CREATE TABLE banners (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    written_at {instant} NOT NULL,
    until_at {instant} NOT NULL,
    seen_at {instant},
    PRIMARY KEY (creditor_id, id),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};
CREATE INDEX banners_by_debtor ON banners (creditor_id, debtor_id, id);

CREATE TABLE replies (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id},
    channel TEXT NOT NULL,
    sender TEXT NOT NULL,
    body TEXT NOT NULL,
    effect TEXT NOT NULL CHECK (effect IN ('none', 'opted_out', 'opted_in')),
    received_at {instant} NOT NULL,
    PRIMARY KEY (creditor_id, id)
) {clustered};
CREATE INDEX replies_by_debtor ON replies (creditor_id, debtor_id, id);
CREATE INDEX replies_by_sender ON replies (creditor_id, channel, sender, id);
CREATE INDEX debtors_by_phone ON debtors (creditor_id, phone) WHERE phone IS NOT NULL;

CREATE TABLE sent_invoices (
    creditor_id {id} NOT NULL,
    invoice_id {id} NOT NULL,
    message_id {id} NOT NULL,
    handed_off_at {instant} NOT NULL,
    PRIMARY KEY (creditor_id, invoice_id),
    FOREIGN KEY (creditor_id, invoice_id) REFERENCES invoices (creditor_id, id)
) {clustered};

CREATE INDEX invoices_by_import ON invoices (creditor_id, import_id, id) WHERE import_id IS NOT NULL;

CREATE TABLE invoice_sending (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    enabled {bool} NOT NULL,
    PRIMARY KEY (creditor_id)
) {clustered};
";

const STATISTICS: &str = "
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('messages', 'messages', '1000000 200000 1'),
    ('messages', 'messages_by_debtor', '1000000 200000 20 1'),
    ('messages', 'messages_by_reference', '1000000 200000 50000 1'),
    ('messages', 'messages_in_trouble', '10000 2000 1'),
    ('letters', 'letters', '100000 20000 1'),
    ('letters', 'letters_waiting', '1000 200 1'),
    ('call_tasks', 'call_tasks', '100000 20000 1'),
    ('call_tasks', 'call_tasks_open', '1000 200 1'),
    ('call_tasks', 'call_tasks_by_agent', '100000 20000 5000 1'),
    ('call_tasks', 'call_tasks_by_debtor', '100000 20000 5 1'),
    ('banners', 'banners', '100000 20000 1'),
    ('banners', 'banners_by_debtor', '100000 20000 5 1'),
    ('replies', 'replies', '100000 20000 1'),
    ('replies', 'replies_by_debtor', '100000 20000 5 1'),
    ('replies', 'replies_by_sender', '100000 20000 20000 5 1'),
    ('debtors', 'debtors_by_phone', '1000000 200000 2'),
    ('invoices', 'invoices_by_import', '1000000 200000 5000 1'),
    ('sent_invoices', 'sent_invoices', '1000000 200000 1'),
    ('invoice_sending', 'invoice_sending', '1000 1');
ANALYZE sqlite_schema;
";
