use crate::Dialect;
use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait};

pub(super) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &str {
        "m0016_consents"
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

/// A channel's rows of one debtor are its history; the one in the last place counts.
const TABLES: &str = "
CREATE TABLE channel_consents (
    creditor_id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    place {amount} NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('email', 'sms', 'whatsapp', 'letter', 'call', 'banner')),
    state TEXT NOT NULL CHECK (state IN ('given', 'withdrawn', 'bounced', 'complained')),
    source TEXT NOT NULL,
    proof TEXT NOT NULL,
    address TEXT,
    at {instant} NOT NULL,
    recorded_at {instant} NOT NULL,
    PRIMARY KEY (creditor_id, debtor_id, place),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};

CREATE TABLE contact_preferences (
    creditor_id {id} NOT NULL,
    debtor_id {id} NOT NULL,
    wish {json} NOT NULL,
    changed_at {instant} NOT NULL,
    PRIMARY KEY (creditor_id, debtor_id),
    FOREIGN KEY (creditor_id, debtor_id) REFERENCES debtors (creditor_id, id)
) {clustered};

INSERT INTO channel_consents (creditor_id, debtor_id, place, channel, state, source, proof, address, at, recorded_at)
SELECT creditor_id, id, 1, 'email', 'withdrawn', 'one_click', '', email, email_opt_out_at, email_opt_out_at
FROM debtors WHERE email_opt_out_at IS NOT NULL;

ALTER TABLE debtors DROP COLUMN email_opt_out_at;
ALTER TABLE debtors ADD COLUMN postal_address TEXT;
";

const STATISTICS: &str = "
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('channel_consents', 'channel_consents', '1000000 200000 2 1'),
    ('contact_preferences', 'contact_preferences', '10000 2000 1');
ANALYZE sqlite_schema;
";
