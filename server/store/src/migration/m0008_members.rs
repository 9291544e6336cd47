use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0008_members"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        super::run(manager, TABLES).await?;
        match super::dialect(manager) {
            Dialect::Sqlite => {
                super::run(manager, PROTECTION_SQLITE).await?;
                super::run(manager, STATISTICS).await
            }
            Dialect::Postgres => super::run(manager, PROTECTION_POSTGRES).await,
        }
    }
}

/// Sessions of a console that knew no members end; who came by a printed link comes by a new one.
const TABLES: &str = "
CREATE TABLE members (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    id {id} NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'agent', 'finance', 'owner')),
    state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
    password_hash TEXT,
    totp {bytes},
    totp_pending {bytes},
    totp_step {amount},
    failed_count {number} NOT NULL,
    locked_until {instant},
    created_at {instant} NOT NULL,
    signed_in_at {instant},
    PRIMARY KEY (creditor_id, id),
    UNIQUE (creditor_id, email_key)
) {clustered};
CREATE INDEX members_by_email ON members (email_key);

CREATE TABLE member_recovery_codes (
    creditor_id {id} NOT NULL,
    member_id {id} NOT NULL,
    code_hash {bytes} NOT NULL,
    used_at {instant},
    PRIMARY KEY (creditor_id, member_id, code_hash),
    FOREIGN KEY (creditor_id, member_id) REFERENCES members (creditor_id, id)
) {clustered};

CREATE TABLE member_tokens (
    creditor_id {id} NOT NULL,
    token_hash {bytes} NOT NULL,
    member_id {id} NOT NULL,
    purpose TEXT NOT NULL,
    expires_at {instant} NOT NULL,
    PRIMARY KEY (creditor_id, token_hash),
    FOREIGN KEY (creditor_id, member_id) REFERENCES members (creditor_id, id)
) {clustered};
CREATE INDEX member_tokens_by_token ON member_tokens (token_hash);
CREATE INDEX member_tokens_by_member ON member_tokens (creditor_id, member_id, purpose);
DROP TABLE console_sign_ins;

DELETE FROM sessions WHERE kind = 'console';
ALTER TABLE sessions ADD COLUMN member_id {id} CHECK ((kind = 'console') = (member_id IS NOT NULL));
ALTER TABLE sessions ADD COLUMN begun_at {instant};
ALTER TABLE sessions ADD COLUMN seen_at {instant};
ALTER TABLE sessions ADD COLUMN ends_at {instant};
ALTER TABLE sessions ADD COLUMN replaced_at {instant};
ALTER TABLE sessions ADD COLUMN agent TEXT;
CREATE INDEX sessions_by_member ON sessions (creditor_id, member_id) WHERE member_id IS NOT NULL;

CREATE TABLE audit_log (
    creditor_id {id} NOT NULL REFERENCES creditors (id),
    id {id} NOT NULL,
    recorded_at {instant} NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id {id},
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id {id} NOT NULL,
    before {json},
    after {json},
    PRIMARY KEY (creditor_id, id)
) {clustered};
CREATE INDEX audit_log_by_actor ON audit_log (creditor_id, actor_kind, actor_id, id);
CREATE INDEX audit_log_by_action ON audit_log (creditor_id, action, id);
CREATE INDEX audit_log_by_subject ON audit_log (creditor_id, subject_kind, subject_id, id);
";

const PROTECTION_SQLITE: &str = "
CREATE TRIGGER audit_log_stays BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log never changes'); END;
CREATE TRIGGER audit_log_remains BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log never changes'); END;
";

const PROTECTION_POSTGRES: &str = "
CREATE TRIGGER audit_log_stays BEFORE UPDATE OR DELETE ON audit_log
FOR EACH ROW EXECUTE FUNCTION refuse_journal_change();
CREATE TRIGGER audit_log_remains BEFORE TRUNCATE ON audit_log
FOR EACH STATEMENT EXECUTE FUNCTION refuse_journal_change();
";

const STATISTICS: &str = "
DELETE FROM sqlite_stat1 WHERE tbl = 'console_sign_ins';
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('members', 'members', '1000 200 1'),
    ('members', 'sqlite_autoindex_members_2', '1000 200 1'),
    ('members', 'members_by_email', '1000 2'),
    ('member_recovery_codes', 'member_recovery_codes', '10000 2000 10 1'),
    ('member_tokens', 'member_tokens', '1000 200 1'),
    ('member_tokens', 'member_tokens_by_token', '1000 1'),
    ('member_tokens', 'member_tokens_by_member', '1000 200 2 1'),
    ('sessions', 'sessions_by_member', '1000 200 4'),
    ('audit_log', 'audit_log', '1000000 200000 1'),
    ('audit_log', 'audit_log_by_actor', '1000000 200000 50000 10000 1'),
    ('audit_log', 'audit_log_by_action', '1000000 200000 10000 1'),
    ('audit_log', 'audit_log_by_subject', '1000000 200000 50000 20 1');
ANALYZE sqlite_schema;
";
