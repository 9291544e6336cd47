use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0004_reminders"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        super::run(manager, TABLES).await
    }
}

const TABLES: &str = "
CREATE TABLE dunning_policies (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    id {id} NOT NULL,
    step_offsets {json} NOT NULL,
    send_from TEXT NOT NULL,
    send_until TEXT NOT NULL,
    sundays {bool} NOT NULL,
    created_at {instant} NOT NULL,
    PRIMARY KEY (creditor_id, id)
) {clustered};
CREATE INDEX dunning_policies_by_date ON dunning_policies (creditor_id, created_at, id);

CREATE TABLE reminders (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    step_key TEXT NOT NULL,
    step_offset {number} NOT NULL,
    step_due_on {date} NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'handing_off', 'sent', 'delivered', 'bounced', 'unknown', 'failed', 'suppressed')),
    items {json} NOT NULL,
    planned_at {instant} NOT NULL,
    handed_off_at {instant},
    finished_at {instant},
    message_reference TEXT,
    policy_id {id} NOT NULL,
    reason TEXT NOT NULL,
    error TEXT,
    PRIMARY KEY (creditor_id, id),
    UNIQUE (creditor_id, debtor_id, step_key),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};
CREATE INDEX reminders_by_debtor ON reminders (creditor_id, debtor_id, id);
CREATE INDEX reminders_by_state ON reminders (creditor_id, state, id);

CREATE TABLE access_links (
    creditor_id {id} NOT NULL,
    id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    jti_hash {bytes} NOT NULL,
    key_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    issued_at {instant} NOT NULL,
    not_before {instant} NOT NULL,
    expires_at {instant} NOT NULL,
    revoked_at {instant},
    last_opened_at {instant},
    PRIMARY KEY (creditor_id, id),
    UNIQUE (creditor_id, jti_hash),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};
CREATE INDEX access_links_by_debtor ON access_links (creditor_id, debtor_id, id);

CREATE TABLE sessions (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    token_hash {bytes} NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('debtor', 'console')),
    debtor_id {id} CHECK ((kind = 'debtor') = (debtor_id IS NOT NULL)),
    link_id {id},
    created_at {instant} NOT NULL,
    expires_at {instant} NOT NULL,
    PRIMARY KEY (creditor_id, token_hash)
) {clustered};
CREATE INDEX sessions_by_token ON sessions (token_hash);
CREATE INDEX sessions_by_link ON sessions (creditor_id, link_id) WHERE link_id IS NOT NULL;
CREATE INDEX sessions_by_end ON sessions (expires_at);

CREATE TABLE console_sign_ins (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    token_hash {bytes} NOT NULL,
    expires_at {instant} NOT NULL,
    PRIMARY KEY (creditor_id, token_hash)
) {clustered};
CREATE INDEX console_sign_ins_by_token ON console_sign_ins (token_hash);
";
